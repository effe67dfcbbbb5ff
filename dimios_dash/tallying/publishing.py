"""Puts a release among the organisation's years: its rows, and each year beside each later one in the later tree."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from sqlalchemy.orm import Session

from db.commands import recalculated, regrouped, releases, year_comparisons
from db.commands.regrouped import InLaterTree
from db.queries import stored_releases, unit_history
from db.queries.stored_releases import StoredRelease
from dimios_dash.domain.gate.regrouping import regroup
from dimios_dash.domain.instrument import HIGHEST
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tallied import Tallied
from dimios_dash.domain.trees.lineage import continued
from dimios_dash.ids import MeasurementId


def publish(session: Session, scope: SystemScope, measurement_id: MeasurementId, tallied: Tallied, today: date) -> None:
    """Store a release that is new."""
    releases.store(session, scope, measurement_id, tallied, today)
    _place_among_years(session, scope, measurement_id)


def publish_anew(session: Session, scope: SystemScope, measurement_id: MeasurementId, tallied: Tallied) -> None:
    """Store a release in the place of the one that was published."""
    recalculated.replace(session, scope, measurement_id, tallied)
    _place_among_years(session, scope, measurement_id)


def compare_years(session: Session, scope: SystemScope) -> int:
    """Place and compare all of an organisation's released years anew; how many pairs of years.

    For releases of a time when the program did not compare them, or not as it does now. Reads releases, no answers.
    """
    found = [stored_releases.of_measurement(session, scope, each) for each in stored_releases.released(session, scope)]
    pairs = list(combinations(found, 2))  # oldest first
    for earlier, later in pairs:
        _place(session, scope, earlier, later)
    return len(pairs)


def _place_among_years(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> None:
    others = [each for each in stored_releases.released(session, scope) if each != measurement_id]
    if not others:
        return
    own = stored_releases.of_measurement(session, scope, measurement_id)
    for other in others:
        found = stored_releases.of_measurement(session, scope, other)
        earlier, later = sorted((own, found), key=lambda each: each.year)
        _place(session, scope, earlier, later)


def _place(session: Session, scope: SystemScope, earlier: StoredRelease, later: StoredRelease) -> None:
    """One release in the tree of a later year, its units followed through what has happened to them in between."""
    from dimios_dash.tallying.comparing import compared  # scipy takes a second to load

    changes = unit_history.between(session, scope, earlier.year, later.year)
    places = continued(earlier.tree.ids, changes, later.tree)
    found = regroup(earlier.release, later.tree, places, HIGHEST)
    ids = earlier.measurement_id, later.measurement_id
    regrouped.replace(session, scope, InLaterTree(*ids, later.tree, found))
    year_comparisons.replace(session, scope, compared(earlier, later, places, found))
