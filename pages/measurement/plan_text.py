"""Numbers of people and units with their words in the right form."""

from __future__ import annotations

from dimios_dash.figures.numbers import count


def people(number: int) -> str:
    """A number of respondents."""
    return f"{count(number)} {'respondent' if number == 1 else 'respondenter'}"


def units(number: int) -> str:
    """A number of units."""
    return f"{count(number)} {'enhet' if number == 1 else 'enheter'}"


def invitations(number: int) -> str:
    """A number of mails that invite."""
    return f"{count(number)} {'inbjudan' if number == 1 else 'inbjudningar'}"
