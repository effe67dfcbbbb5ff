"""Two people change the same tree at the same time: one of them is first, and the other is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.commands import tree_edit
from db.commands.tree_edit import Named, Stale
from db.engine import Role, connect, transaction
from db.queries import units
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.errors import Invalid
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from tests.factories import Make

A, B = UnitId("A"), UnitId("B")


@dataclass(frozen=True)
class Editors:
    """Two hands on one organisation's tree K with A and B below, each in a transaction of its own."""

    web: Engine
    scope: DeskScope

    def at_once(self, *deeds: Callable[[Session], object]) -> list[str]:
        """What each was told; nothing where it went well."""
        together = Barrier(len(deeds))

        def do(deed: Callable[[Session], object]) -> str:
            try:
                with transaction(self.web, self.scope.organisation_id) as session:
                    session.connection()
                    together.wait()
                    deed(session)
            except Invalid as problem:
                return str(problem)
            return ""

        with ThreadPoolExecutor(len(deeds)) as hands:
            return list(hands.map(do, deeds))

    def tree(self) -> dict[str, tuple[str | None, str]]:
        with transaction(self.web, self.scope.organisation_id) as session:
            return {each.unit_id: (each.parent_id, each.name) for each in units.tree(session, self.scope)}


@pytest.fixture
def editors(another_place: Settings) -> Iterator[Editors]:
    keys = key_store(another_place)
    owner = connect(str(another_place.database_url))
    with transaction(owner, None) as session:
        make = Make(session, keys)
        organisation_id: OrganisationId = make.organisation()
        make.units(organisation_id, {"K": None, "A": "K", "B": "K"})
        scope = make.desk(organisation_id)
    web = connect(role_url(another_place, keys, Role.WEB))
    yield Editors(web, scope)
    web.dispose()
    owner.dispose()


def test_of_two_names_at_once_one_stays_and_the_other_is_told(editors: Editors) -> None:
    def rename(name: str) -> Callable[[Session], object]:
        said = Described(name, Activity.SKOLA, "")
        return lambda session: tree_edit.describe(session, editors.scope, Named(A, 1), said)

    told = editors.at_once(rename("Norra"), rename("Södra"))

    _, kept = editors.tree()["A"]
    assert sorted(map(bool, told)) == [False, True]
    assert f"bytte namn från Enhet A till {kept}" in max(told)


def test_two_moves_at_once_make_no_ring(editors: Editors) -> None:
    told = editors.at_once(
        lambda session: tree_edit.move(session, editors.scope, Named(A, 1), B),
        lambda session: tree_edit.move(session, editors.scope, Named(B, 1), A),
    )

    parents = {unit: parent for unit, (parent, _) in editors.tree().items()}
    assert "kan inte flyttas in i sig själv" in max(told)
    assert parents in ({"K": None, "B": "K", "A": "B"}, {"K": None, "A": "K", "B": "A"})


def test_a_unit_is_not_added_below_one_that_closes_at_the_same_time(editors: Editors) -> None:
    said = Described("Ny", Activity.SKOLA, "")

    told = editors.at_once(
        lambda session: tree_edit.close(session, editors.scope, Named(A, 1)),
        lambda session: tree_edit.add(session, editors.scope, Named(A, 1), "NY", said),
    )

    assert ("A" in editors.tree()) is ("NY" in editors.tree()) is bool(told[0])
    assert issubclass(Stale, Invalid)
