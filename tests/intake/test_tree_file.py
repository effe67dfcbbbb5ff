from __future__ import annotations

from collections.abc import Callable

import pytest

from dimios_dash.domain.activity import Activity
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.findings import Parsed
from dimios_dash.intake.tree_file import UnitRow, read_tree

MakeWorkbook = Callable[..., bytes]


def tree(*lines: str, header: str = "enhet_id;overordnad_id;namn") -> Parsed[UnitRow]:
    return read_tree("\n".join([header, *lines]).encode(), "enheter.csv")


def test_a_whole_tree_becomes_units() -> None:
    parsed = tree(
        "E;;Ekhamns kommun;ovrigt;4",
        "E1;E;Skolförvaltningen;Skola;1 200",
        "E2;E;Bygg;;",
        header="enhet_id;overordnad_id;namn;verksamhet;anstallda",
    )

    assert parsed.as_lines() == []
    assert parsed.rows == (
        UnitRow(2, UnitId("E"), None, "Ekhamns kommun", Activity.OVRIGT, 4),
        UnitRow(3, UnitId("E1"), UnitId("E"), "Skolförvaltningen", Activity.SKOLA, 1200),
        UnitRow(4, UnitId("E2"), UnitId("E"), "Bygg", Activity.OVRIGT, None),
    )


@pytest.mark.parametrize(
    "header",
    [
        "ID;Överordnad;Enhet;Verksamhet;Anställda",
        " Enhet id ; ÖVERORDNAD_ID;Namn;verksamhetsområde;anstallda",
        "enhet_id;överordnad id;namn;VERKSAMHET;ANSTÄLLDA",
    ],
)
def test_headers_are_understood_as_people_write_them(header: str) -> None:
    parsed = tree("E;;Kommunen;vård;7", header=header)

    assert parsed.as_lines() == []
    assert parsed.rows == (UnitRow(2, UnitId("E"), None, "Kommunen", Activity.VARD, 7),)


def test_missing_columns_are_named_beside_those_found() -> None:
    with pytest.raises(Invalid) as refusal:
        tree("E;Kommunen", header="enhet_id;titel")

    assert str(refusal.value) == (
        "Kolumner saknas i ”enheter.csv”: overordnad_id, namn. "
        "Första raden ska vara en rubrikrad; nu står där ”enhet_id” och ”titel”."
    )


def test_two_names_for_one_column_are_refused() -> None:
    with pytest.raises(Invalid, match=r"Kolumnerna ”id” och ”enhet_id” betyder samma sak"):
        tree("E;E;;Kommunen", header="id;enhet_id;overordnad_id;namn")


def test_a_column_nobody_knows_is_left_out_with_a_warning() -> None:
    parsed = tree("E;;Kommunen;Skola", header="enhet_id;overordnad_id;namn;verksamet")

    assert parsed.ok
    assert parsed.as_lines() == [
        (
            "varning, kolumn verksamet: Kolumnen känns inte igen och har inte lästs in. "
            "Kontrollera stavningen om den skulle ha varit med."
        )
    ]


@pytest.mark.parametrize("employees", ["-1", "många", "2,5", "1e3", "²", "99999999999"])
def test_a_number_of_employees_that_is_none_is_an_error(employees: str) -> None:
    parsed = tree(f"E;;Kommunen;{employees}", header="enhet_id;overordnad_id;namn;anstallda")

    assert parsed.as_lines() == [
        (
            f"rad 2, kolumn anstallda: ”{employees}” är inte ett antal anställda. "
            "Skriv ett heltal från 0, eller lämna tomt."
        )
    ]


def test_an_unknown_activity_is_answered_with_those_that_exist() -> None:
    parsed = tree("E;;Kommunen;rymdfart", header="enhet_id;overordnad_id;namn;verksamhet")

    assert parsed.as_lines() == [
        (
            "rad 2, kolumn verksamhet: Verksamheten ”rymdfart” finns inte. Välj bland ledning, skola, social, "
            "samhallsbyggnad, kultur_fritid, service, teknik, vard, ovrigt, eller lämna tomt."
        )
    ]


def test_a_formula_without_value_is_told_once(xlsx: MakeWorkbook) -> None:
    content = xlsx([["enhet_id", "overordnad_id", "namn"], ["E", None, "=A2"]])

    (line,) = read_tree(content, "enheter.xlsx").as_lines()

    assert line.startswith("rad 2, kolumn namn: Cell C2 innehåller en formel vars värde inte är sparat")


def test_twenty_thousand_units_are_read_from_excel(xlsx: MakeWorkbook) -> None:
    rows = [["E0", None, "Kommunen"], *([f"E{n}", f"E{(n - 1) // 10}", f"Enhet {n}"] for n in range(1, 20_000))]

    parsed = read_tree(xlsx([["enhet_id", "overordnad_id", "namn"], *rows]), "enheter.xlsx")

    assert parsed.as_lines() == []
    assert len(parsed.rows) == 20_000
    assert parsed.rows[-1].row == 20_001
