from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dimios_dash.domain.gate.finer_hidden import PROTECTED_PICTURE
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.exports.release_entries import BenchmarkEntry, BenchmarkValue, ReleaseFile
from dimios_dash.exports.release_file import gather
from dimios_dash.exports.release_workbook import as_xlsx
from tests.exports.conftest import KEYS, TREE
from tests.factories import Make


def opened(file: ReleaseFile) -> Workbook:
    return load_workbook(BytesIO(as_xlsx(file)))


def rows(workbook: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(workbook[sheet].iter_rows(values_only=True))


def test_the_workbook_has_a_sheet_for_each_table_that_holds_something(make: Make, released: ResultsScope) -> None:
    workbook = opened(gather(make.session, released))

    number = {sheet: len(rows(workbook, sheet)) - 1 for sheet in workbook.sheetnames[1:]}
    assert number == {
        "Enheter": len(TREE),
        "Medelvärden": len(TREE) * len(KEYS),
        "Nivåer": len(TREE) * 9,
        "Respondenttyper": 3 * 2 * len(KEYS),
        "Fördelningar": len(KEYS),
        "Vet ej": len(TREE) * len(KEYS),
        "Spridning": len(KEYS) + 9,
        "Räknas i enhet": len(TREE),
    }
    assert {sheet.freeze_panes for sheet in workbook} == {"A2"}


def test_the_first_sheet_says_what_one_reads(make: Make, released: ResultsScope) -> None:
    read_me = rows(opened(gather(make.session, released)), "Läs mig")

    facts = {row[0]: row[1] for row in read_me}
    assert facts["Organisation"] == "Provköpings kommun"
    assert facts["År"] == "2025"
    assert facts["Minst antal svar (k)"] == "3"
    assert facts["Publicerad"] == "22 november 2026"
    assert facts["Påhittade resultat"] == "Ja, resultaten är påhittade"
    assert str(facts["Regel"]).startswith("Ett medelvärde visas när minst 3")


def test_a_hidden_mean_is_an_empty_cell_with_its_reason_beside(make: Make, released: ResultsScope) -> None:
    means = rows(opened(gather(make.session, released)), "Medelvärden")

    header, *cells = means
    of_b = [dict(zip(header, cell, strict=True)) for cell in cells if cell[0] == "B"]
    assert {cell["Medelvärde"] for cell in of_b} == {None}
    assert {str(cell["Varför det inte visas"]).split(",")[0] for cell in of_b} == {"Visas inte"}


def test_shown_means_are_numbers_with_one_decimal(make: Make, released: ResultsScope) -> None:
    sheet = opened(gather(make.session, released))["Medelvärden"]

    shown = [cell for cell in sheet["E"][1:] if cell.value is not None]
    assert {type(cell.value) for cell in shown} == {float, int}
    assert sheet.column_dimensions["E"].width > 10
    assert {cell.number_format for cell in shown} == {"0.0"}


def test_a_name_that_looks_like_a_formula_stays_text(make: Make, released: ResultsScope) -> None:
    cell = opened(gather(make.session, released))["Enheter"]["C2"]

    assert (cell.value, cell.data_type) == ("=Enhet E", "s")


def test_a_benchmark_gets_a_sheet(make: Make, released: ResultsScope) -> None:
    value = BenchmarkValue("F1.1", 5, 48.5, None, None, None)
    benchmark = BenchmarkEntry("sector:kommun", 2025, date(2026, 3, 1), 5, synthetic=True, values=(value,))

    workbook = opened(replace(gather(make.session, released), benchmark=benchmark))

    header, only = rows(workbook, "Jämförelse")
    row = dict(zip(header, only, strict=True))
    assert (row["Nyckel"], row["Medelvärde"], row["Median"], row["Påhittade resultat ingår"]) == (
        "F1.1",
        48.5,
        None,
        "ja",
    )


def test_dont_know_is_told_in_per_cent(make: Make, released: ResultsScope) -> None:
    header, *cells = rows(opened(gather(make.session, released)), "Vet ej")

    whole, hidden = (dict(zip(header, next(cell for cell in cells if cell[0] == unit), strict=True)) for unit in "EC")
    assert (whole["Vet ej, procent"], whole["Intervall från"]) == (0, 0)
    assert 20 < float(str(whole["Intervall till"])) < 30
    assert hidden["Vet ej, procent"] is None
    assert str(hidden["Varför det inte visas"]).startswith("Visas inte, eftersom andelen Vet ej behöver minst tio")


def test_every_sheet_of_details_is_explained_on_the_first(make: Make, released: ResultsScope) -> None:
    facts = {row[0]: str(row[1]) for row in rows(opened(gather(make.session, released)), "Läs mig")}

    assert PROTECTED_PICTURE in facts["Fördelningar"]
    assert {"Respondenttyper", "Vet ej", "Texter", "Spridning", "Reliabilitet"} <= facts.keys()
