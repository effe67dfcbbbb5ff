"""What a unit's id, name and number of employees may be, in a file as in a form."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST_ID: Final = 64
LONGEST_NAME: Final = 200
MOST_EMPLOYEES: Final = 10_000_000  # above that it is a telephone number
MOST_LEVELS: Final = 20  # the root is the first


def id_problem(text: str) -> str | None:
    """What is wrong with an id, in a sentence; None for one that can be used."""
    if not text:
        return "Enhetens id saknas. Ge enheten ett eget id som behålls från år till år."
    if len(text) > LONGEST_ID:
        return f"Enhetens id är längre än {LONGEST_ID} tecken. Korta det."
    if any(character in "/\\" or _is_invisible(character) for character in text):
        shown = "".join(character if character.isprintable() else "?" for character in text)
        return f"Id ”{shown}” har snedstreck, radbrytning eller osynliga tecken. Ta bort dem."
    return None


def name_problem(text: str) -> str | None:
    """What is wrong with a name, in a sentence; None for one that can be shown."""
    if not text.strip():
        return "Enhetens namn saknas. Skriv det namn som ska visas."
    if len(text) > LONGEST_NAME:
        return f"Namnet är längre än {LONGEST_NAME} tecken. Korta det."
    if any(_is_invisible(character) for character in tidy(text)):
        return "Namnet har tecken som inte syns. Skriv om namnet för hand."
    return None


def tidy(name: str) -> str:
    """The name with single spaces, none at its ends."""
    return " ".join(name.split())


def employees_of(text: str) -> int | None:
    """A number of employees, "1 200" as Swedes write it too; None for an empty text. Raises ValueError."""
    digits = "".join(text.split())
    if not digits:
        return None
    if digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_EMPLOYEES)):
        number = int(digits)
        if number <= MOST_EMPLOYEES:
            return number
    raise ValueError("not a number of employees")


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
