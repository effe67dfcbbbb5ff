"""Who answers on /matning/folj: by role type, and whether those who have answered resemble those who were asked."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from db.queries.response_groups import ResponseGroup
from dimios_dash.components.layout import card
from dimios_dash.components.table import Column, table
from dimios_dash.domain.statistics.representativity import representativity
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count, number, percent

ALIKE, MOSTLY_ALIKE = 0.9, 0.75  # R-indicators
FEWEST_TO_NAME = 5  # invited: a smaller group is named by nobody
ROLE_TYPES = {
    1: "1 Utformar styrningen",
    2: "2 Styr",
    3: "3 Verkar inom styrningen",
    None: "Typ saknas i listan",
}
_COLUMNS = (
    Column("Respondenttyp"),
    Column("Svarsfrekvens", number=True),
    Column("Har svarat", number=True),
    Column("Inbjudna", number=True),
)


def groups(found: Sequence[ResponseGroup]) -> list[Component]:
    """Nothing where nobody is invited."""
    if not found:
        return []
    by_type = {kind: [each for each in found if each.role_type == kind] for kind in ROLE_TYPES}
    rows = [_row(ROLE_TYPES[kind], each) for kind, each in by_type.items() if each]
    return [
        card(
            "Vilka svarar?",
            html.P(_alike(found), className="card__reading"),
            table("Respondenttyp enligt listan; i formuläret väljer var och en själv", _COLUMNS, rows),
        )
    ]


def _row(label: str, groups: Sequence[ResponseGroup]) -> tuple[str, str, str, str]:
    invited, answered = _sums(groups)
    return label, percent(answered / invited), count(answered), count(invited)


def _sums(groups: Sequence[ResponseGroup]) -> tuple[int, int]:
    return sum(each.invited for each in groups), sum(each.answered for each in groups)


def _alike(groups: Sequence[ResponseGroup]) -> str:
    """The R-indicator in words; the weight of a number that few know is left to the end."""
    found = representativity([each.invited for each in groups], [each.answered for each in groups])
    if found is None:
        return "Än är det för tidigt att säga om de som har svarat liknar dem som fick frågan."
    indicator = f"(R {number(found.indicator, 2)}, där 1 är helt lika)"
    if found.indicator >= ALIKE:
        return f"De som har svarat liknar dem som fick frågan {indicator}."
    if found.indicator >= MOSTLY_ALIKE:
        return f"De som har svarat liknar i stort sett dem som fick frågan {indicator}.{_least(groups)}"
    return f"Svaren kommer mer från vissa grupper än från andra {indicator}.{_least(groups)}"


def _least(groups: Sequence[ResponseGroup]) -> str:
    """The role type that answers least, where that can be said."""
    rates = {}
    for kind in ROLE_TYPES:
        invited, answered = _sums([each for each in groups if each.role_type == kind])
        if invited >= FEWEST_TO_NAME:
            rates[kind] = answered / invited
    if len(rates) < 2 or min(rates.values()) == max(rates.values()):  # noqa: PLR2004, one has nothing to compare with
        return ""
    kind = min(rates, key=lambda each: rates[each])
    return f" Lägst är svarsfrekvensen för {ROLE_TYPES[kind].lower()}."
