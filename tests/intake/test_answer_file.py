from __future__ import annotations

from collections.abc import Callable

import pytest

from dimios_dash.errors import Invalid
from dimios_dash.ids import StatementKey, UnitId
from dimios_dash.intake.answer_file import AnswerRow, read_answers
from dimios_dash.intake.findings import Parsed

MakeWorkbook = Callable[..., bytes]
UNITS = [UnitId("E"), UnitId("E1")]
KEYS = [StatementKey("F1.1"), StatementKey("F1.2"), StatementKey("A1.1")]
HEADER = "enhet_id;respondenttyp;F1.1;F1.2;A1.1"


def answers(*lines: str, header: str = HEADER, scale_points: int = 6) -> Parsed[AnswerRow]:
    return read_answers("\n".join([header, *lines]).encode(), "svar.csv", UNITS, KEYS, scale_points)


def test_a_row_becomes_an_answer_sheet() -> None:
    parsed = answers("E1;3;1;6;4")

    assert parsed.as_lines() == []
    assert parsed.rows == (AnswerRow(2, UnitId("E1"), 3, (1, 6, 4)),)


def test_values_come_in_the_order_of_the_statements_not_of_the_file() -> None:
    parsed = answers("4;6;E1;1;3", header="a1.1;F1.2; Enhet ID ;f1.1;Respondenttyp")

    assert parsed.rows == (AnswerRow(2, UnitId("E1"), 3, (1, 6, 4)),)


@pytest.mark.parametrize("text", ["", " ", "vet ej", "VET EJ", "Vet\u00a0ej", "vet_ej", "-", "–"])
def test_every_way_to_write_vet_ej_is_zero(text: str) -> None:
    parsed = answers(f"E;1;{text};2;3")

    assert parsed.as_lines() == []
    assert parsed.rows[0].values == (0, 2, 3)


@pytest.mark.parametrize("text", ["0", "7", "3,5", "x", "-1", "٣"])
def test_what_is_no_answer_is_an_error_in_its_row_and_column(text: str) -> None:
    parsed = answers("E;1;1;2;3", f"E;1;1;{text};3")

    assert parsed.as_lines() == [f"rad 3, kolumn F1.2: ”{text}” är inget svar. Skriv 1–6, eller lämna tomt för Vet ej."]


def test_the_scale_decides_which_points_there_are() -> None:
    assert answers("E;1;5;1;1", scale_points=5).ok
    assert not answers("E;1;6;1;1", scale_points=5).ok


@pytest.mark.parametrize(
    ("role_type", "message"),
    [("", "Respondenttyp saknas. Skriv 1, 2 eller 3."), ("4", "”4” är ingen respondenttyp. Skriv 1, 2 eller 3.")],
)
def test_every_answer_sheet_needs_a_role_type(role_type: str, message: str) -> None:
    assert answers(f"E;{role_type};1;2;3").as_lines() == [f"rad 2, kolumn respondenttyp: {message}"]


def test_an_unknown_unit_is_an_error() -> None:
    assert answers("Q;1;1;2;3").as_lines() == ["rad 2, kolumn enhet_id: Enheten ”Q” finns inte i organisationsträdet."]


def test_a_missing_statement_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match=r"Kolumner saknas i ”svar.csv”: F1\.2, A1\.1\."):
        answers("E;1;1", header="enhet_id;respondenttyp;F1.1")


def test_numbers_from_excel_are_answers(xlsx: MakeWorkbook) -> None:
    content = xlsx([HEADER.split(";"), ["E", 1, 1.0, 6, None]])

    assert read_answers(content, "svar.xlsx", UNITS, KEYS).rows[0].values == (1, 6, 0)


def test_twenty_thousand_answer_sheets_are_read() -> None:
    parsed = answers(*(f"E1;{number % 3 + 1};{number % 6 + 1};;6" for number in range(20_000)))

    assert parsed.ok
    assert len(parsed.rows) == 20_000
    assert parsed.rows[-1] == AnswerRow(20_001, UnitId("E1"), 2, (2, 0, 6))
