"""What the page says while somebody answers, whether the server says it or the script: each sentence stands once."""

from __future__ import annotations

from typing import Final

from dimios_dash.domain.free_text import LONGEST

WORDS: Final = {
    "not_sent": "Svaret är inte skickat än. Allt du har valt och skrivit finns kvar.",
    "one_missing": "1 fråga återstår",
    "some_missing": "{n} frågor återstår",
    "look_through": "Läs igenom det du har skrivit",
    "choose": "Välj ett av {lowest}–{highest}, eller Vet ej.",
    "choose_role": "Välj en av de tre rollerna.",
    "your_role": "Välj din roll",
    "suggestion": "Förslag om {category}",
    "suggestion_hint": "Vad skulle behöva ändras hos er?",
    "learning": "Vad har fungerat som andra kan lära av?",
    "own_words_hint": (f"Frivilligt, högst {LONGEST} tecken. Skriv inga namn och inget annat som visar vem någon är."),
    "too_long": f"Texten är {{n}} tecken lång. Korta den till högst {LONGEST}.",
    "personal": "Det här kan peka ut någon: {found}. Ändra texten, eller skicka igen om det ska stå kvar.",
    "found": "{what} ({kind})",
    "length": f"{{n}} av {LONGEST} tecken",
    "sending": "Svaret förseglas och skickas …",
    "moved": "Sedan du öppnade formuläret har du flyttats till {unit}. Svaret räknas där, och skickas nu på nytt.",
    "lost": "Svaret har inte kommit fram än",
    "lost_more": (
        "Det ligger kvar här, förseglat. Kontrollera uppkopplingen och stäng inte sidan."
        " Nya försök görs av sig själva, och det blir aldrig mer än ett svar."
    ),
    "try_again": "Försök igen nu",
    "stays": "Ditt svar är inte skickat. Allt du har valt och skrivit finns kvar på sidan tills du stänger den.",
    "unable": "Din webbläsare kunde inte försegla svaret",
    "unable_more": "Skicka det en gång till, så förseglar servern det när det kommer fram.",
}
