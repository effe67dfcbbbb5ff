"""Stores how two releases compare. Only tallying calls it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete
from sqlalchemy.orm import Session

from db import packing
from db.models import YearComparison
from db.packed_rows import insert_shuffled
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.statistics.compared import Comparisons
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId


@dataclass(frozen=True, slots=True, eq=False)
class ComparedYears:
    """One earlier measurement beside one later, for the N units of the later tree."""

    earlier: MeasurementId
    later: MeasurementId
    tree: Tree
    answered_before: NDArray[np.int64]  # [N]
    same_people: NDArray[np.bool_]  # [N]
    comparisons: Comparisons


def replace(session: Session, scope: SystemScope, found: ComparedYears) -> None:
    """Write it, in an order that means nothing, in the place of what was there of these two.

    Units in which nothing can be compared have no row.
    """
    session.execute(
        delete(YearComparison).where(
            YearComparison.organisation_id == scope.organisation_id,
            YearComparison.measurement_id == found.earlier,
            YearComparison.later_id == found.later,
        )
    )
    owner = {
        "organisation_id": scope.organisation_id,
        "measurement_id": found.earlier,
        "later_id": found.later,
    }
    rows = packing.compared(found.tree, found.answered_before, found.same_people, found.comparisons)
    insert_shuffled(session, YearComparison, owner, rows)
