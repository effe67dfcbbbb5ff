"""Other organisations, so that there is somebody to compare with. Their names are real, all else is made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from db.commands import consents as commands
from db.commands import groups, people
from db.demo.answering import made_up
from db.demo.places import COMPANIES, CONSENTS, EMPLOYEES, MEASURED, places
from dimios_dash import access
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.tallying.moving_in import move_in

K: Final = 3
PUBLISHED: Final = (12, 1)  # month and day on which each year's results came
YEARS: Final = tuple(MEASURED)
# The published national index was 47 in 2023; later years are guessed to go on from there.
_LEVELS: Final = {2023: 47.0, 2024: 48.0, 2025: 49.0}
_SPREAD: Final = 2.5  # standard deviation between organisations
_FEWEST, _MOST = 40, 80  # answers of one organisation
_ANSWER_RATE: Final = 0.7
COMPANY: Final = (None, 400, frozenset[Consent](), StrategyFocus.ABSENT)  # county, employees, consents, strategy
FOCI: Final = len(StrategyFocus)
_SEED: Final = 20260101

_UNITS: Final = {
    Sector.KOMMUN: (
        ("Kommunledning", Activity.LEDNING),
        ("Skola och förskola", Activity.SKOLA),
        ("Vård och omsorg", Activity.SOCIAL),
        ("Samhällsbyggnad", Activity.SAMHALLSBYGGNAD),
        ("Kultur och fritid", Activity.KULTUR_FRITID),
        ("Service", Activity.SERVICE),
    ),
    Sector.REGION: (
        ("Regionledning", Activity.LEDNING),
        ("Sjukhusvård", Activity.VARD),
        ("Nära vård", Activity.VARD),
        ("Kollektivtrafik", Activity.SAMHALLSBYGGNAD),
        ("Regional utveckling", Activity.OVRIGT),
    ),
    Sector.MYNDIGHET: (
        ("Ledning och stab", Activity.LEDNING),
        ("Kärnverksamhet", Activity.OVRIGT),
        ("It och digitalisering", Activity.TEKNIK),
        ("Administration", Activity.SERVICE),
    ),
    Sector.OVRIG: (
        ("Ledning och stab", Activity.LEDNING),
        ("Verksamhet", Activity.OVRIGT),
        ("Drift", Activity.TEKNIK),
    ),
}


@dataclass(frozen=True, slots=True)
class _Other:
    """An organisation with results of some years. `level` is how far its index lies above the nation's."""

    name: str
    sector: Sector
    level: float
    years: tuple[int, ...]
    county: County | None
    employees: int
    consents: frozenset[Consent]
    focus: StrategyFocus


def build(session: Session, keys: KeyStore, today: date) -> list[OrganisationId]:
    """All of them, released through the gate and marked as synthetic."""
    chance = np.random.default_rng(_SEED)
    return [_build(session, keys, chance, other) for other in _chosen(chance, today)]


def build_companies(session: Session, keys: KeyStore, today: date, code: str) -> list[OrganisationId]:
    """Companies of Ekhamn's, that show their results in the group that the code leads to."""
    chance = np.random.default_rng(_SEED)
    years = tuple(year for year in (max(YEARS),) if year < today.year)
    made = [
        _build(
            session,
            keys,
            chance,
            _Other(name, Sector.OVRIG, level, years, None, 400, frozenset(), StrategyFocus.ABSENT),
        )
        for name, level in COMPANIES.items()
    ]
    for organisation_id in made:
        groups.join(session, access.command_line(organisation_id), code)
    return made


def _chosen(chance: np.random.Generator, today: date) -> list[_Other]:
    found = []
    for sector in _UNITS:
        counts = {year: MEASURED[year].get(sector, 0) for year in YEARS if year < today.year}
        named = list(places(sector).items())[: max(counts.values(), default=0)]
        for place, (name, county) in enumerate(named):
            years = tuple(year for year, count in counts.items() if place < count)
            employees, consents = EMPLOYEES[place % len(EMPLOYEES)], CONSENTS[sector].get(place, frozenset())
            level = chance.normal(0, _SPREAD)
            found.append(_Other(name, sector, level, years, county, employees, consents, _focus(place, level)))
    return found


def _focus(place: int, level: float) -> StrategyFocus:
    """Higher ones have it as a main line more often, but not always."""
    if place % FOCI == 0:
        return StrategyFocus.MENTIONED
    return StrategyFocus.MAIN if level > 0 else StrategyFocus.ABSENT


def _build(session: Session, keys: KeyStore, chance: np.random.Generator, other: _Other) -> OrganisationId:
    organisation_id = people.create_organisation(
        session, access.system(), keys, other.name, other.sector, synthetic=True
    )
    desk = access.command_line(organisation_id)
    commands.describe(session, desk, other.county, other.employees)
    commands.change(session, desk, other.consents)
    tree = _tree(other)
    for year in other.years:
        answers, published = _answers(chance, tree, _LEVELS[year] + other.level), date(year, *PUBLISHED)
        scope = access.system(organisation_id)
        move_in(session, scope, keys, year, K, tree, answers, published, _invited(answers), focus=other.focus)
    return organisation_id


def _tree(other: _Other) -> list[UnitRow]:
    root = UnitId("O")
    below = [
        UnitRow(row, UnitId(f"O{row - 2}"), root, name, activity, None)
        for row, (name, activity) in enumerate(_UNITS[other.sector], start=3)
    ]
    return [UnitRow(2, root, None, other.name, Activity.OVRIGT, None), *below]


def _answers(chance: np.random.Generator, tree: Sequence[UnitRow], level: float) -> list[AnswerRow]:
    """Everybody works in a unit below the whole."""
    unit = chance.integers(1, len(tree), chance.integers(_FEWEST, _MOST + 1))
    made = made_up(chance, level, unit)
    return [
        AnswerRow(row, tree[place].unit_id, role_type, tuple(values))
        for row, (place, role_type, values) in enumerate(
            zip(unit.tolist(), made.role_type.tolist(), made.values.tolist(), strict=True), start=2
        )
    ]


def _invited(answers: Sequence[AnswerRow]) -> dict[UnitId, int]:
    answered = Counter(row.unit_id for row in answers)
    return {unit: ceil(count / _ANSWER_RATE) for unit, count in answered.items()}
