"""The checklist of /matning/start: what a start will mean, to how many and when, and what to look at before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dimios_dash.components.checklist import Check, Standing
from dimios_dash.domain.calendar import Period, check_period, days_left, late_in_year_warning
from dimios_dash.domain.days import period, written
from dimios_dash.domain.sample.taking_part import Plan
from dimios_dash.domain.unit_periods import check_unit_period
from dimios_dash.errors import Invalid
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId
from pages.measurement.plan_text import people, units

NAMED = 5  # units that are named one by one
SHORT = 7  # days: with fewer, holidays and part-time keep many from answering
_LIST = ("Till respondenterna", "/matning/respondenter")

OwnDays = Mapping[UnitId, Period]


@dataclass(frozen=True, slots=True)
class Intent:
    """What would be started now. `days` None: not both are chosen."""

    found: Plan
    names: Mapping[UnitId, str]
    without_role: int  # of those who would be invited
    days: Period | None
    own: OwnDays
    k: int


def checks(intent: Intent, today: date) -> list[Check]:
    """In the order of what matters; those that depend on what is chosen on the page."""
    days = _days(intent.days, today)
    ready = intent.days if days.standing is not Standing.MUST else None
    own = _own_days(intent, ready, today)
    return [_mails(intent, today), days, *own, _units(intent), _roles(intent), _smallest(intent.k), _TREE, _BOX]


_TREE: Final = Check(
    Standing.READY,
    "Organisationsträdet",
    ("Det sparas som det ser ut nu och gäller för hela mätningen.",),
    ("Till trädet", "/matning/trad"),
)
_BOX: Final = Check(
    Standing.READY,
    "Valurnan",
    (
        (
            "Den görs när du startar, innan första mejlet går. Ingen kan se några svar, inte heller driften, "
            "förrän mätningen är avslutad och resultatet publicerat."
        ),
    ),
)


def _smallest(k: int) -> Check:
    promised = (
        f"Inget visas för grupper med färre än {k} svar. Det får respondenterna veta, "
        "och därför kan talet inte ändras efter starten."
    )
    return Check(Standing.READY, f"Minst {k} svar", (promised,))


def _mails(intent: Intent, today: date) -> Check:
    if intent.found.invited == 0:
        nobody = "Ingen får någon inbjudan, eftersom de valda enheterna saknar respondenter."
        return Check(Standing.MUST, "Inbjudningar", (nobody,), ("Lägg till respondenter", "/matning/respondenter"))
    first = intent.days
    when = "genast" if first is None or first.opens <= today else f"den {written(first.opens)} klockan 7"
    sentence = f"{people(intent.found.invited)} får en inbjudan med en personlig länk via e-post, {when}."
    later = " I enheter med egna dagar går de på enhetens första dag." if intent.own else ""
    return Check(Standing.READY, "Inbjudningar", (sentence + later,), _LIST)


def _days(days: Period | None, today: date) -> Check:
    problem = "Välj en första dag och en sista dag." if days is None else _problem(days, today)
    if days is None or problem:
        return Check(Standing.MUST, "Dagar", ("Perioden är inte klar.", problem))
    left = days_left(days, today)
    said = f"Det går att svara {period(days.opens, days.closes)}, alltså {left} {'dag' if left == 1 else 'dagar'}."
    short = "Det är kort tid. Ge gärna två till tre veckor, så hinner fler." if left < SHORT else ""
    late = late_in_year_warning(today) or ""
    standing = Standing.LOOK if short or late else Standing.READY
    return Check(standing, "Dagar", tuple(filter(None, (said, short, late))))


def _problem(days: Period, today: date) -> str:
    """What is wrong with the days, for the year of today; empty where nothing is."""
    try:
        check_period(days, today.year)
    except Invalid as problem:
        return str(problem)
    over = f"Den sista dagen, {written(days.closes)}, har redan varit. Välj i dag eller en senare dag."
    return over if days.closes < today else ""


def _own_days(intent: Intent, whole: Period | None, today: date) -> list[Check]:
    if not intent.own:
        return []
    problems = [] if whole is None else _problems_of_units(intent, whole, today)
    if problems:
        return [Check(Standing.MUST, "Egna dagar", tuple(problems))]
    said = tuple(
        f"{intent.names[unit_id]}: {period(own.opens, own.closes)}" for unit_id, own in _first(intent.own, NAMED)
    )
    more = len(intent.own) - NAMED
    rest = (f"… och {units(more)} till.",) if more > 0 else ()
    return [Check(Standing.READY, "Egna dagar", (*said, *rest))]


def _first(own: OwnDays, number: int) -> list[tuple[UnitId, Period]]:
    return list(own.items())[:number]


def _problems_of_units(intent: Intent, whole: Period, today: date) -> list[str]:
    outside = [
        f"{intent.names[unit_id]} ingår inte. Ta bort dess egna dagar, eller välj med enheten."
        for unit_id in intent.own
        if unit_id not in intent.found.units
    ]
    return outside + [
        said for unit_id, own in intent.own.items() if (said := _of_unit(intent, unit_id, own, whole, today))
    ]


def _of_unit(intent: Intent, unit_id: UnitId, own: Period, whole: Period, today: date) -> str:
    try:
        check_unit_period(intent.names[unit_id], own, whole, today)
    except Invalid as problem:
        return str(problem)
    return ""


def _units(intent: Intent) -> Check:
    found = intent.found
    taking_part = f"{units(len(found.units))} ingår i mätningen."
    if not found.units_left_out:
        return Check(Standing.READY, "Enheter", (taking_part,))
    outside = f"{units(len(found.units_left_out))} ingår inte i år: {_named(found.units_left_out, intent.names)}."
    if not found.respondents_left_out:
        return Check(Standing.READY, "Enheter", (taking_part, outside))
    lost = f"{people(found.respondents_left_out)} där får ingen inbjudan."
    return Check(Standing.LOOK, "Enheter", (taking_part, f"{outside} {lost}"), _LIST)


def _roles(intent: Intent) -> Check:
    if not intent.without_role:
        return Check(Standing.READY, "Respondenttyp", ("Alla har en respondenttyp i listan.",))
    return Check(
        Standing.LOOK,
        "Respondenttyp",
        (
            (
                f"{people(intent.without_role)} saknar respondenttyp i listan. De väljer den själva i formuläret, "
                "så det hindrar ingenting."
            ),
        ),
        ("Se vilka", "/matning/respondenter?typ=0"),
    )


def _named(left_out: Sequence[UnitId], names: Mapping[UnitId, str]) -> str:
    named = ", ".join(names[unit] for unit in left_out[:NAMED])
    more = len(left_out) - NAMED
    return named if more <= 0 else f"{named} och {count(more)} till"
