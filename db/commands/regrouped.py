"""Stores an earlier release as it looks in a later measurement's tree. Only tallying calls it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db import packing
from db.models import RegroupedUnit
from db.packed_rows import insert_shuffled
from dimios_dash.domain.gate.regrouping import Regrouped
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId


@dataclass(frozen=True, slots=True, eq=False)
class InLaterTree:
    """One earlier measurement in the tree of one later."""

    earlier: MeasurementId
    later: MeasurementId
    tree: Tree  # of the later
    regrouped: Regrouped


def replace(session: Session, scope: SystemScope, found: InLaterTree) -> None:
    """Write it, in an order that means nothing, in the place of what was there of these two."""
    session.execute(
        delete(RegroupedUnit).where(
            RegroupedUnit.organisation_id == scope.organisation_id,
            RegroupedUnit.measurement_id == found.earlier,
            RegroupedUnit.later_id == found.later,
        )
    )
    owner = {
        "organisation_id": scope.organisation_id,
        "measurement_id": found.earlier,
        "later_id": found.later,
    }
    insert_shuffled(session, RegroupedUnit, owner, packing.regrouped(found.tree, found.regrouped))
