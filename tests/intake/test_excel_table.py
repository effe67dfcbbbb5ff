from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dimios_dash.errors import Invalid
from dimios_dash.intake import limits
from dimios_dash.intake.findings import Severity
from dimios_dash.intake.table import Table, read_table

MakeWorkbook = Callable[..., bytes]
ROWS = [["enhet_id", "namn"], ["E1", "Skola"], ["E2", "Bad"], ["E3", "Vård"]]


def lines(table: Table) -> list[str]:
    return [finding.as_line() for finding in table.findings]


def names(table: Table) -> list[str]:
    return [row.cells["namn"] for row in table.rows]


def with_formula(value: str | int | float) -> bytes:
    """A workbook as Excel saves it: the formula in B3 together with the value it last had."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    sheet.write_formula("B3", '=A3&" nord"', None, value)
    workbook.close()
    return content.getvalue()


def test_an_ordinary_workbook_reads_without_remarks(xlsx: MakeWorkbook) -> None:
    table = read_table(xlsx(ROWS), "enheter.xlsx")

    assert table.columns == ("enhet_id", "namn")
    assert names(table) == ["Skola", "Bad", "Vård"]
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert lines(table) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        (3.5, "3.5"),
        (0.1 + 0.2, "0.3"),
        (1234567890123, "1234567890123"),
        (datetime(2025, 2, 1), "2025-02-01"),  # noqa: DTZ001  (Excel knows no time zones)
        (datetime(2025, 2, 1, 13, 30), "2025-02-01 13:30:00"),  # noqa: DTZ001
        (True, "SANT"),
        (" \u00a0Bad\u200b ", "Bad"),
        (None, ""),
    ],
)
def test_values_become_the_text_that_people_see(xlsx: MakeWorkbook, value: object, text: str) -> None:
    table = read_table(xlsx([["enhet_id", "namn"], ["E1", value]]), "enheter.xlsx")

    assert table.rows[0].cells["namn"] == text


def test_a_hidden_row_is_read_and_the_user_is_told(xlsx: MakeWorkbook) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    table = read_table(xlsx(ROWS, hide), "enheter.xlsx")

    assert names(table) == ["Skola", "Bad", "Vård"]
    assert [row.hidden for row in table.rows] == [False, True, False]
    assert lines(table) == [
        "varning, rad 3: Rad 3 är dold i Excel och har tagits med. Ta bort raden ur filen om den inte ska vara med."
    ]


def test_a_hidden_column_is_read_and_the_user_is_told(xlsx: MakeWorkbook) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["B"].hidden = True

    table = read_table(xlsx(ROWS, hide), "enheter.xlsx")

    assert names(table) == ["Skola", "Bad", "Vård"]
    assert lines(table) == ["varning, kolumn namn: Kolumn B är dold i Excel och har lästs in som de andra."]


def test_a_formula_counts_as_the_value_it_last_showed() -> None:
    message = "Cell B3 innehåller en formel. Det värde den senast visade, ”E2 nord”, har lästs in."

    table = read_table(with_formula("E2 nord"), "enheter.xlsx")

    assert names(table) == ["Skola", "E2 nord", "Vård"]
    assert lines(table) == [f"varning, rad 3, kolumn namn: {message}"]


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell_not_an_error() -> None:
    content = with_formula("x")
    with zipfile.ZipFile(BytesIO(content)) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml")
    content = replace_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b"<v>x</v>", b"<v></v>"))

    table = read_table(content, "enheter.xlsx")

    assert names(table) == ["Skola", "", "Vård"]
    assert [finding.severity for finding in table.findings] == [Severity.WARNING]


def test_a_formula_without_a_saved_value_is_an_error_that_says_paste_as_values(xlsx: MakeWorkbook) -> None:
    table = read_table(xlsx([*ROWS, ["=A2", "=B2"]]), "enheter.xlsx")

    assert lines(table) == [
        f"rad 5, kolumn {column}: Cell {cell} innehåller en formel vars värde inte är sparat i filen. "
        "Kopiera cellerna i Excel och klistra in dem som värden."
        for column, cell in (("enhet_id", "A5"), ("namn", "B5"))
    ]


def test_a_cell_that_shows_an_error_is_an_error() -> None:
    table = read_table(with_formula("#REF!"), "enheter.xlsx")

    assert lines(table) == ["rad 3, kolumn namn: Cell B3 visar felet #REF!. Rätta den i Excel."]


def test_merged_cells_are_an_error_that_names_them(xlsx: MakeWorkbook) -> None:
    table = read_table(xlsx(ROWS, lambda sheet: sheet.merge_cells("A3:A4")), "enheter.xlsx")

    assert lines(table) == [
        "rad 3: Cellerna A3:A4 är sammanfogade. Dela upp dem i Excel så att varje rad har sina egna värden."
    ]


def test_empty_rows_are_skipped_and_the_others_keep_their_numbers(xlsx: MakeWorkbook) -> None:
    table = read_table(xlsx([[], ROWS[0], [], [" ", "\u00a0"], ROWS[1], [], ROWS[2]]), "enheter.xlsx")

    assert [row.number for row in table.rows] == [5, 7]


def test_the_first_visible_sheet_with_content_is_read(xlsx: MakeWorkbook) -> None:
    def add_sheets(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("Tomt")
        for name in ("Enheter", "Gamla"):
            sheet.parent.create_sheet(name).append(["enhet_id", "namn"])
            sheet.parent[name].append([name, name])

    table = read_table(xlsx(ROWS, add_sheets), "enheter.xlsx")

    assert names(table) == ["Enheter"]
    assert lines(table) == ["varning: Bara bladet ”Enheter” har lästs in. Innehåll finns också i ”Gamla”."]


def test_a_workbook_without_content_is_said_to_be_empty(xlsx: MakeWorkbook) -> None:
    with pytest.raises(Invalid, match="är tom"):
        read_table(xlsx([]), "enheter.xlsx")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_refused_with_a_sentence(xlsx: MakeWorkbook, part: str) -> None:
    content = replace_part(xlsx(ROWS), part, b"<worksheet><sheetData><row r='1'>")

    with pytest.raises(Invalid, match="verkar vara skadad"):
        read_table(content, "enheter.xlsx")


def test_a_workbook_cut_off_on_its_way_is_refused_with_a_sentence(xlsx: MakeWorkbook) -> None:
    content = xlsx(ROWS)

    with pytest.raises(Invalid, match="verkar vara skadad"):
        read_table(content[: len(content) // 2], "enheter.xlsx")


def test_a_small_file_that_unpacks_to_an_enormous_one_is_refused(
    xlsx: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1_000_000)
    content = replace_part(xlsx(ROWS), "xl/worksheets/sheet1.xml", b" " * 1_000_000)

    with pytest.raises(Invalid, match="för stor när den packas upp"):
        read_table(content, "enheter.xlsx")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("xl/worksheets/sheet1.xml", "MAX_SHEET_TAGS"),
        ("xl/worksheets/sheet1.xml", "MAX_ELEMENTS"),
        ("xl/theme/theme1.xml", "MAX_OTHER_TAGS"),
    ],
)
def test_a_small_file_with_countless_elements_is_refused(
    xlsx: MakeWorkbook, monkeypatch: pytest.MonkeyPatch, part: str, name: str
) -> None:
    monkeypatch.setattr(limits, name, 10_000)
    content = replace_part(xlsx(ROWS), part, b"<a>" + b"<b/>" * 10_000 + b"</a>")

    with pytest.raises(Invalid, match="för stor när den packas upp"):
        read_table(content, "enheter.xlsx")


def test_more_rows_than_excel_has_are_refused_even_when_empty(
    xlsx: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SHEET_ROWS", 3)

    with pytest.raises(Invalid, match="för stor när den packas upp"):
        read_table(xlsx([*ROWS, ["E4", "Bad"]]), "enheter.xlsx")


def test_a_single_cell_far_out_is_refused_rather_than_filled_up(xlsx: MakeWorkbook) -> None:
    content = xlsx(ROWS, lambda sheet: sheet.cell(3, 16_384, "x"))

    with pytest.raises(Invalid, match="Rad 3 har fler än 500 kolumner"):
        read_table(content, "enheter.xlsx")


def test_hidden_rows_and_formulas_are_still_seen_by_openpyxl_itself(xlsx: MakeWorkbook) -> None:
    """Our parser and openpyxl's slow, complete reader agree about a workbook of every kind of cell."""

    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].hidden = True

    content = xlsx([*ROWS, ["E4", 7], ["E5", 2.5]], hide)
    sheet = load_workbook(BytesIO(content), data_only=True).worksheets[0]

    table = read_table(content, "enheter.xlsx")

    expected = [(str(row[0].value), str(row[1].value)) for row in sheet.iter_rows(min_row=2)]
    assert [(row.cells["enhet_id"], row.cells["namn"]) for row in table.rows] == expected
    assert [row.hidden for row in table.rows] == [bool(sheet.row_dimensions[row.number].hidden) for row in table.rows]


def replace_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one of its parts replaced."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, part if member == name else old.read(member))
    return changed.getvalue()
