"""What became of units between two years, in words."""

from __future__ import annotations

from sqlalchemy import update

from db.models import Placement, UnitChange
from dimios_dash.analyses.change import lineage
from dimios_dash.ids import OrganisationId, new_id
from tests.analyses.change.two_years import LOW, MOVED, TREE, looked_at, release
from tests.factories import Make


def happened(make: Make, organisation_id: OrganisationId, kind: str, unit: str, to: list[str], **words: str) -> None:
    row = {"unit_id": unit, "version": 2, "kind": kind, "to_ids": to, "after_year": 2024, **words}
    make.session.add(UnitChange(organisation_id=organisation_id, id=new_id(), **row))


def test_a_tree_that_is_the_same_has_nothing_to_tell(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025)

    assert lineage.sentences(looked_at(make, organisation_id)) == ()


def test_units_that_moved_were_renamed_closed_or_are_new_are_told(make: Make) -> None:
    organisation_id = make.organisation()
    later = {**MOVED, "N": "E"}
    del later["A2"]
    release(make, organisation_id, 2024)
    measurement = release(make, organisation_id, 2025, {**{u: LOW[u] for u in LOW if u != "A2"}, "N": [3] * 3}, later)
    named = update(Placement).where(Placement.measurement_id == measurement, Placement.unit_id == "B")
    make.session.execute(named.values(name="Miljö"))

    told = lineage.sentences(looked_at(make, organisation_id))

    assert set(told) == {
        "Enhet A1 har flyttats från Enhet A till Miljö.",
        "Miljö hette Enhet B.",
        "Enhet N är ny under Enhet E.",
        "Enhet A2 är stängd. Den låg under Enhet A.",
    }


def test_a_unit_that_was_merged_or_split_says_into_what(make: Make) -> None:
    organisation_id = make.organisation()
    later = {unit: above for unit, above in TREE.items() if unit != "A2"} | {"A3": "A"}
    release(make, organisation_id, 2024)
    happened(make, organisation_id, "merged", "A2", ["A1"], became="Enhet A1")
    happened(make, organisation_id, "split", "A1", ["A3"], was="Enhet A1", became="Enhet A1 och Enhet A3")
    release(make, organisation_id, 2025, {**{u: LOW[u] for u in LOW if u != "A2"}, "A3": [3] * 3}, later)

    told = lineage.sentences(looked_at(make, organisation_id, "A"))

    assert set(told) == {
        "Enhet A2 är ihopslagen med Enhet A1.",
        "Enhet A1 är delad i Enhet A1 och Enhet A3.",
        "Enhet A3 är ny under Enhet A, delad ur Enhet A1.",
    }


def test_a_unit_that_was_not_there_says_so_and_one_from_elsewhere_does_not_name_the_place(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, {**LOW, "N": [3] * 3}, {**MOVED, "N": "E"})

    assert lineage.sentences(looked_at(make, organisation_id, "N")) == (
        "Enheten fanns inte i trädet 2024. Den har kommit till senare.",
    )
    assert lineage.sentences(looked_at(make, organisation_id, "B")) == (
        "Enhet A1 har flyttats från en annan del av organisationen till Enhet B.",
    )
