"""Ekhamn, a made-up municipality: its units, and three years of released results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.commands import consents, groups, targets
from db.demo import files
from db.demo.texts import decide
from db.queries import memberships
from dimios_dash import access
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.targets import Wish
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.respondent_file import RespondentRow
from dimios_dash.tallying.moving_in import move_in

YEARS = (2023, 2024, 2025)
K = 3
WHOLE = "E"
EMPLOYEES = 1_355  # in all units of the tree
GROUP = "Ekhamns koncern"
FOCUS = StrategyFocus.MENTIONED
PUBLISHED = (12, 1)  # month and day on which each year's results came


def build_released(session: Session, keys: KeyStore, organisation_id: OrganisationId, today: date) -> None:
    """Move in the released years, those before the year of `today`, as from another tool."""
    scope, tree = access.system(organisation_id), files.ekhamns_tree()
    units = [row.unit_id for row in tree]
    listed = files.ekhamns_respondents(units)
    for year in YEARS:
        if year < today.year:
            answers = files.ekhamns_answers(year, units)
            published, invited = date(year, *PUBLISHED), _invited(listed, answers)
            texts = files.ekhamns_texts(year)
            written = [(each.unit_id, {each.question: each.text}) for each in texts]
            move_in(session, scope, keys, year, K, tree, answers, published, invited, written, focus=FOCUS)
            decide(session, organisation_id, year, texts)
    _aim(session, organisation_id, today)


def _aim(session: Session, organisation_id: OrganisationId, today: date) -> None:
    """What the whole municipality wants to have reached in the next measurement but one."""
    scope, by = access.command_line(organisation_id), today.year + 1
    for level, wish in (("index", Wish(50.0, by)), ("A1", Wish(48.0, by, "Ida Sandell, it-chef"))):
        targets.add(session, scope, UnitId(WHOLE), level, wish, today=today)


def _invited(listed: Sequence[RespondentRow], answers: Sequence[AnswerRow]) -> Mapping[UnitId, int]:
    """Invited in each unit itself: as many as are invited this year, and no fewer than have answered."""
    return Counter(row.unit_id for row in listed) | Counter(row.unit_id for row in answers)


def show_to_others(session: Session, organisation_id: OrganisationId) -> str:
    """Say where Ekhamn lies and how large it is, show a point, and propose a group; the code that leads to it."""
    desk = access.command_line(organisation_id)
    consents.describe(session, desk, County.VASTRA_GOTALAND, EMPLOYEES)
    consents.change(session, desk, frozenset({Consent.POINT}))
    groups.propose(session, desk, GROUP)
    return memberships.own(session, desk)[0].code
