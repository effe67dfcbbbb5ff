"""Puts a release among the organisation's years: its rows, earlier years in its tree, and itself in later trees."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.commands import recalculated, regrouped, releases
from db.commands.regrouped import InLaterTree
from db.queries import ballots, stored_releases, unit_history
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


def _place_among_years(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> None:
    years = stored_releases.released(session, scope)
    for other, year in years.items():
        if year != years[measurement_id]:
            earlier, later = sorted((measurement_id, other), key=years.__getitem__)
            _place(session, scope, earlier, later, until=years[later])


def _place(session: Session, scope: SystemScope, earlier: MeasurementId, later: MeasurementId, until: int) -> None:
    """One release in the tree of a later year, its units followed through what has happened to them `until` then."""
    old = stored_releases.of_measurement(session, scope, earlier)
    tree = ballots.frozen_tree(session, scope, later)
    changes = unit_history.between(session, scope, old.year, until)
    found = regroup(old.release, tree, continued(old.tree.ids, changes, tree), HIGHEST)
    regrouped.replace(session, scope, InLaterTree(earlier, later, tree, found))
