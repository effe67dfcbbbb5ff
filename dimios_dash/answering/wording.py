"""What the page says while somebody answers, whether the server says it or the script: each sentence stands once."""

from __future__ import annotations

from typing import Final

from dimios_dash.domain.free_text import LONGEST
from dimios_dash.translations import N_, _

_WORDS: Final = {
    "not_sent": N_("Svaret är inte skickat än. Allt du har valt och skrivit finns kvar."),
    "one_missing": N_("1 fråga återstår"),
    "some_missing": N_("{n} frågor återstår"),
    "look_through": N_("Läs igenom det du har skrivit"),
    "choose": N_("Välj ett av {lowest}–{highest}, eller Vet ej."),
    "choose_role": N_("Välj en av de tre rollerna."),
    "your_role": N_("Välj din roll"),
    "suggestion": N_("Förslag om {category}"),
    "suggestion_hint": N_("Vad skulle behöva ändras hos er?"),
    "learning": N_("Vad har fungerat som andra kan lära av?"),
    "own_words_hint": N_("Frivilligt, högst {longest} tecken. Skriv inga namn och inget annat som visar vem någon är."),
    "too_long": N_("Texten är {n} tecken lång. Korta den till högst {longest}."),
    "personal": N_("Det här kan peka ut någon: {found}. Ändra texten, eller skicka igen om det ska stå kvar."),
    "found": N_("{what} ({kind})"),
    "length": N_("{n} av {longest} tecken"),
    "sending": N_("Svaret förseglas och skickas …"),
    "moved": N_("Sedan du öppnade formuläret har du flyttats till {unit}. Svaret räknas där, och skickas nu på nytt."),
    "lost": N_("Svaret har inte kommit fram än"),
    "lost_more": N_(
        "Det ligger kvar här, förseglat. Kontrollera uppkopplingen och stäng inte sidan."
        " Nya försök görs av sig själva, och det blir aldrig mer än ett svar."
    ),
    "try_again": N_("Försök igen nu"),
    "stays": N_("Ditt svar är inte skickat. Allt du har valt och skrivit finns kvar på sidan tills du stänger den."),
    "unable": N_("Din webbläsare kunde inte försegla svaret"),
    "unable_more": N_("Skicka det en gång till, så förseglar servern det när det kommer fram."),
}


def words() -> dict[str, str]:
    """By name, in the language of the page; what stands in braces is filled in where it is said."""
    return {name: _(text).replace("{longest}", str(LONGEST)) for name, text in _WORDS.items()}
