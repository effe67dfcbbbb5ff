"""The texts that stand until an organisation puts them in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dimios_dash.domain.wording import TextKind
from dimios_dash.language import Language

_IN_WORDS: Final = {  # domain.calendar.K_CHOICES
    Language.SWEDISH: {3: "tre", 5: "fem", 7: "sju", 10: "tio"},
    Language.ENGLISH: {3: "three", 5: "five", 7: "seven", 10: "ten"},
    Language.NORWEGIAN: {3: "tre", 5: "fem", 7: "sju", 10: "ti"},
    Language.FINNISH: {3: "kolme", 5: "viisi", 7: "seitsemän", 10: "kymmenen"},
}


def in_words(k: int, language: Language) -> str:
    """The smallest group that is shown, as texts say it. Raises KeyError for a k that nobody can choose."""
    return _IN_WORDS[language][k]


USUAL: Final[Mapping[Language, Mapping[TextKind, str]]] = {
    Language.SWEDISH: {
        TextKind.INVITATION_SUBJECT: "{organisation} ber om din bild av den digitala mognaden",
        TextKind.INVITATION: "{organisation} undersöker sin digitala mognad och ber om din bild. Svaren visar vad som "
        "hjälper och vad som hindrar er i arbetet med digital utveckling. De blir underlag för vad ni gör härnäst.",
        TextKind.REMINDER_SUBJECT: "Påminnelse: svara gärna senast den {sista_dag}",
        TextKind.REMINDER: "För en tid sedan bad {organisation} om din bild av den digitala mognaden. Vi har inte fått "
        "något svar från din länk än. Ju fler som svarar, desto säkrare blir underlaget för vad ni gör härnäst.",
        TextKind.INTRODUCTION: "{organisation} vill veta hur du ser på saken. Svara som du själv ser det. Några "
        "påståenden är svåra. Vet ej är också ett användbart svar: det visar var fler behöver få veta mer.",
        TextKind.THANKS: "Tack för att du tog dig tid! Resultatet visas när mätningen är stängd.",
    },
    Language.ENGLISH: {
        TextKind.INVITATION_SUBJECT: "{organisation} asks for your view of its digital maturity",
        TextKind.INVITATION: "{organisation} is looking into its digital maturity and asks for your view. The answers "
        "show what helps and what hinders you in digital development. They are the basis for what you do next.",
        TextKind.REMINDER_SUBJECT: "Reminder: please answer no later than {sista_dag}",
        TextKind.REMINDER: "A while ago {organisation} asked for your view of its digital maturity. No answer has come "
        "from your link yet. The more people answer, the firmer the basis for what you do next.",
        TextKind.INTRODUCTION: "{organisation} would like to know how you see it. Answer from your own experience. "
        "Some statements are hard. Don't know is a useful answer too: it shows where more people need to learn.",
        TextKind.THANKS: "Thank you for your time! The results are shown when the survey has closed.",
    },
    Language.NORWEGIAN: {
        TextKind.INVITATION_SUBJECT: "{organisation} ber om ditt syn på den digitale modenheten",
        TextKind.INVITATION: "{organisation} undersøker sin digitale modenhet og ber om ditt syn. Svarene viser hva "
        "som hjelper og hva som hindrer dere i digital utvikling. De blir grunnlag for det dere gjør videre.",
        TextKind.REMINDER_SUBJECT: "Påminnelse: svar gjerne senest {sista_dag}",
        TextKind.REMINDER: "For en tid siden ba {organisation} om ditt syn på den digitale modenheten. Vi har ennå "
        "ikke fått svar fra lenken din. Jo flere som svarer, desto sikrere blir grunnlaget for det dere gjør videre.",
        TextKind.INTRODUCTION: "{organisation} vil vite hvordan du ser på saken. Svar slik du selv ser det. Noen "
        "påstander er vanskelige. Vet ikke er også et nyttig svar: det viser hvor flere trenger å vite mer.",
        TextKind.THANKS: "Takk for at du tok deg tid! Resultatet vises når undersøkelsen er avsluttet.",
    },
    Language.FINNISH: {
        TextKind.INVITATION_SUBJECT: "{organisation} pyytää näkemystäsi digikypsyydestä",
        TextKind.INVITATION: "{organisation} selvittää digitaalista kypsyyttään ja pyytää sinun näkemystäsi. "
        "Vastaukset kertovat, mikä auttaa ja mikä estää digitaalista kehittämistä. Niiden pohjalta "
        "päätetään, mitä tehdään seuraavaksi.",
        TextKind.REMINDER_SUBJECT: "Muistutus: vastaathan viimeistään {sista_dag}",
        TextKind.REMINDER: "Jokin aika sitten {organisation} pyysi näkemystäsi digikypsyydestä. Linkistäsi ei ole "
        "vielä tullut vastausta. Mitä useampi vastaa, sitä varmemmalla pohjalla jatketaan.",
        TextKind.INTRODUCTION: "{organisation} haluaa tietää, miten sinä näet asian. Vastaa oman kokemuksesi "
        "mukaan. Jotkin väittämät ovat vaikeita. En osaa sanoa on myös hyödyllinen vastaus: se näyttää, missä "
        "tarvitaan lisää tietoa.",
        TextKind.THANKS: "Kiitos ajastasi! Tulokset näytetään, kun kysely on päättynyt.",
    },
}
