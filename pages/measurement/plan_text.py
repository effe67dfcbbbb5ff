"""What a start will mean, in sentences with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dimios_dash.domain.calendar import Period, days_left
from dimios_dash.domain.days import period, written
from dimios_dash.domain.taking_part import Plan
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId

NAMED = 5  # units left out that are named one by one


def plan_list(found: Plan, names: Mapping[UnitId, str], days: Period | None, k: int, today: date) -> Component:
    """The list above the start button."""
    sentences = [
        _mails(found, days, today),
        _days(days, today),
        _units(found),
        *_left_out(found, names),
        f"Inget visas för grupper med färre än {k} svar. Det får respondenterna veta.",
        "Organisationsträdet sparas som det ser ut nu och gäller för hela mätningen.",
        "Ingen kan se några svar, inte heller driften, förrän mätningen är avslutad och resultatet publicerat.",
    ]
    return html.Ul([html.Li(sentence) for sentence in sentences])


def people(number: int) -> str:
    """A number of respondents with the word in its right form."""
    return f"{count(number)} {'respondent' if number == 1 else 'respondenter'}"


def units(number: int) -> str:
    """A number of units with the word in its right form."""
    return f"{count(number)} {'enhet' if number == 1 else 'enheter'}"


def _mails(found: Plan, days: Period | None, today: date) -> str:
    if found.invited == 0:
        return "Ingen får någon inbjudan, eftersom de valda enheterna saknar respondenter."
    when = "genast" if days is None or days.opens <= today else f"den {written(days.opens)} klockan 7"
    return f"{people(found.invited)} får en inbjudan med en personlig länk via e-post, {when}."


def _days(days: Period | None, today: date) -> str:
    if days is None or days.closes < days.opens:
        return "Perioden är inte klar. Välj en första dag och en sista dag som inte ligger före den."
    left = days_left(days, today)
    return f"Det går att svara {period(days.opens, days.closes)}, alltså {left} {'dag' if left == 1 else 'dagar'}."


def _units(found: Plan) -> str:
    return f"{units(len(found.units))} ingår i mätningen."


def _left_out(found: Plan, names: Mapping[UnitId, str]) -> list[str]:
    if not found.units_left_out:
        return []
    outside = f"{units(len(found.units_left_out))} ingår inte i år: {_named(found.units_left_out, names)}."
    if not found.respondents_left_out:
        return [outside]
    return [f"{outside} {people(found.respondents_left_out)} där får ingen inbjudan."]


def _named(left_out: Sequence[UnitId], names: Mapping[UnitId, str]) -> str:
    named = ", ".join(names[unit] for unit in left_out[:NAMED])
    more = len(left_out) - NAMED
    return named if more <= 0 else f"{named} och {count(more)} till"
