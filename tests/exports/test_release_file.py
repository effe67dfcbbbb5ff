from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from db.models import Benchmark
from dimios_dash import access
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.errors import NotFound
from dimios_dash.exports.release_file import as_json, gather
from tests.conftest import AsWeb
from tests.exports.conftest import KEYS, TREE
from tests.factories import Make

FIELDS = {
    "organisation": str,
    "year": int,
    "k": int,
    "instrument": str,
    "units": list,
    "homes": dict,
    "means": list,
    "splits": list,
    "distributions": list,
    "levels": list,
    "dont_know": list,
    "hidden_reasons": dict,
    "released_on": str,
    "synthetic": bool,
    "skipped_ballots": int,
    "benchmark": type(None),
    "pooled_spread": list,
    "reliability": list,
    "texts": list,
    "explanations": dict,
}
CELL = ["unit", "statement"]
INTERVAL = ["interval_low", "interval_high"]


def exported(make: Make, scope: ResultsScope) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(as_json(gather(make.session, scope)))
    return parsed


def cells(file: dict[str, Any], unit: str) -> list[dict[str, Any]]:
    return [cell for cell in file["means"] if cell["unit"] == unit]


def test_the_file_has_exactly_these_fields_in_this_order(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    assert {name: type(value) for name, value in file.items()} == FIELDS
    assert list(file) == list(FIELDS)
    assert list(file["means"][0]) == [*CELL, "mean", "hidden", "at_bound", *INTERVAL, "some_counted_higher_up"]
    assert list(file["splits"][0]) == [*CELL, "group", "mean", "at_bound"]
    assert list(file["distributions"][0]) == [*CELL, "counts"]
    assert list(file["dont_know"][0]) == [*CELL, "share_or_band", "hidden", *INTERVAL]
    assert list(file["levels"][0]) == ["unit", "level", "key", "mean", "hidden", *INTERVAL]
    assert (file["organisation"], file["year"], file["k"]) == ("Provköpings kommun", 2025, 3)
    assert (file["instrument"], file["released_on"], file["synthetic"]) == ("dimios-2026.1", "2026-11-22", True)


def test_units_say_where_they_are_and_how_many_answered(make: Make, released: ResultsScope) -> None:
    units = {unit["id"]: unit for unit in exported(make, released)["units"]}

    assert units.keys() == TREE.keys()
    assert units["E"] == {
        "id": "E",
        "parent_id": None,
        "name": "=Enhet E",
        "activity": "skola",
        "takes_part": True,
        "answered": 12,
        "invited": 9,
        "answered_by_role_type": {"1": 0, "2": 12, "3": 0, "1+2": 12},
    }
    assert (units["A"]["parent_id"], units["A"]["answered"], units["A"]["invited"]) == ("E", 3, 4)
    assert units["D"]["takes_part"] is False


def test_a_mean_is_shown_or_there_is_a_reason_never_both(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    everything = [*file["means"], *file["levels"]]
    assert all((entry["mean"] is None) == (entry["hidden"] is not None) for entry in everything)
    assert {entry["hidden"] for entry in everything} - {None} <= file["hidden_reasons"].keys()
    assert {cell["hidden"] for cell in cells(file, "B")} == {"too_few"}
    assert {cell["hidden"] for cell in cells(file, "D")} == {"not_taking_part"}
    assert {cell["hidden"] for cell in cells(file, "C")} == {None}
    assert {cell["mean"] for cell in cells(file, "C")} == {45.0}


def test_where_blunting_hides_a_unanimous_group_the_file_says_or_higher(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    assert {(cell["mean"], cell["at_bound"]) for cell in cells(file, "A")} == {(86.7, "eller högre")}
    assert {cell["at_bound"] for cell in cells(file, "C")} == {None}


def test_homes_say_where_each_units_answers_are_counted(make: Make, released: ResultsScope) -> None:
    homes = exported(make, released)["homes"]

    assert list(homes) == list(KEYS)
    assert homes["F1.1"] == {"E": "E", "A": "A", "B": "E", "C": "C", "D": homes["F1.1"]["D"]}


def test_every_unit_has_its_nine_levels(make: Make, released: ResultsScope) -> None:
    levels = exported(make, released)["levels"]

    of_c = [(level["level"], level["key"], level["mean"]) for level in levels if level["unit"] == "C"]
    assert of_c == [
        *(("category", key, 45.0) for key in ("F1", "F2", "F3", "A1", "A2", "A3")),
        ("dimension", "F", 45.0),
        ("dimension", "A", 45.0),
        ("index", "index", 45.0),
    ]
    assert [level["hidden"] for level in levels if level["unit"] == "B"] == [
        *["few_statements"] * 6,
        *["hidden_category"] * 2,
        "hidden_dimension",
    ]


def test_numbers_have_one_decimal_at_most(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    means = [entry["mean"] for entry in [*file["means"], *file["levels"]] if entry["mean"] is not None]
    assert means
    assert all(mean == round(mean, 1) for mean in means)


def test_neither_answers_nor_pieces_nor_times_are_in_the_file(make: Make, released: ResultsScope) -> None:
    text = as_json(gather(make.session, released)).decode()

    for never in ("piece", "sum", "total", "role", "ballot_id", "values", "envelope", "valid", "author"):
        assert f'"{never}' not in text


def test_the_benchmark_of_the_sector_is_in_the_file(make: Make, released: ResultsScope) -> None:
    make.session.execute(
        insert(Benchmark).values(
            organisation_id=released.organisation_id,
            year=2025,
            pool="sector:kommun",
            computed_on=date(2026, 3, 1),
            organisations=6,
            synthetic=False,
            keys=["index"],
            counts=[5],
            mean=[48.5],
            lower_quartile=[None],
            median=[None],
            upper_quartile=[None],
        )
    )

    benchmark = exported(make, released)["benchmark"]

    assert benchmark == {
        "pool": "sector:kommun",
        "year": 2025,
        "computed_on": "2026-03-01",
        "organisations": 6,
        "synthetic": False,
        "values": [
            {
                "key": "index",
                "organisations": 5,
                "mean": 48.5,
                "lower_quartile": None,
                "median": None,
                "upper_quartile": None,
            }
        ],
    }


def test_the_rights_of_web_are_enough(as_web: AsWeb, released: ResultsScope) -> None:
    with as_web(released.organisation_id) as session:
        assert gather(session, released).organisation == "Provköpings kommun"


def test_a_year_without_a_release_is_not_found(make: Make, released: ResultsScope) -> None:
    with pytest.raises(NotFound, match="inget publicerat resultat för 2024"):
        access.export(make.session, released.organisation_id, 2024)
