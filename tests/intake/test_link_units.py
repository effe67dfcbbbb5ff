"""A list of units with expected numbers, as people type and paste it."""

from __future__ import annotations

import pytest

from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.link_units import read_link_units

NAMES = {UnitId("K1"): "Björkskolan", UnitId("K2"): "Vård; omsorg", UnitId("K3"): "Björkskolan"}
KNOWN = KnownUnits.of(NAMES, NAMES)


def test_names_and_ids_with_and_without_numbers_are_read() -> None:
    assert read_link_units("K1;25\n\nVård; omsorg (K2);\nk3", KnownUnits.of(NAMES | {UnitId("k3"): "x"}, NAMES)) == {
        "K1": 25,
        "K2": None,
        "k3": None,
    }


def test_two_columns_from_excel_are_read() -> None:
    assert read_link_units("K1\t25\r\nK2\t\r\n", KNOWN) == {"K1": 25, "K2": None}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("K1\nK9", "Rad 2: Enheten ”K9” finns inte"),
        ("Björkskolan;3", "Rad 1: Det finns flera enheter"),
        ("K1;3\nK1;4", "Rad 2: enheten står två gånger"),
        ("K1;många", "Rad 1: det väntade antalet"),
        ("K1;-3", "Rad 1: det väntade antalet"),
        ("K1;3,5", "Rad 1: det väntade antalet"),
        ("K1;٣", "Rad 1: det väntade antalet"),
        ("K1;" + "9" * 5000, "Rad 1: det väntade antalet"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_link_units(text, KNOWN)


def test_nothing_typed_is_no_unit() -> None:
    assert read_link_units(" \n;\n\t", KNOWN) == {}
