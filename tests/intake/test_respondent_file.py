from __future__ import annotations

from collections.abc import Callable, Container

import pytest

from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.findings import Parsed
from dimios_dash.intake.respondent_file import RespondentRow, read_respondents

MakeWorkbook = Callable[..., bytes]
UNITS = [UnitId("E"), UnitId("E0101"), UnitId("E0102")]
HEADER = "epost;enhet_id;respondenttyp"


def respondents(*lines: str, header: str = HEADER, existing: Container[str] = frozenset()) -> Parsed[RespondentRow]:
    return read_respondents("\n".join([header, *lines]).encode(), "urval.csv", UNITS, existing)


def test_a_whole_list_becomes_respondents() -> None:
    parsed = respondents("Anna.Berg@Ekhamn.example;E;2", " Bo Ek <bo@ekhamn.example> ; E0101 ;")

    assert parsed.as_lines() == []
    assert parsed.rows == (
        RespondentRow(2, "Anna.Berg@Ekhamn.example", UnitId("E"), 2),
        RespondentRow(3, "bo@ekhamn.example", UnitId("E0101"), None),
    )


def test_the_role_type_may_be_left_out_altogether() -> None:
    parsed = respondents("a@ekhamn.example,E", header="E-post,Enhet id")

    assert parsed.as_lines() == []
    assert parsed.rows == (RespondentRow(2, "a@ekhamn.example", UnitId("E"), None),)


def test_a_list_without_units_is_refused() -> None:
    with pytest.raises(Invalid, match=r"Kolumner saknas i ”urval.csv”: enhet_id\."):
        respondents("a@ekhamn.example;2", header="epost;respondenttyp")


def test_the_same_address_in_another_case_is_an_error_that_names_the_first_row() -> None:
    parsed = respondents("anna@ekhamn.example;E;1", "bo@ekhamn.example;E;1", "ANNA@Ekhamn.Example;E0101;2")

    assert parsed.as_lines() == [
        (
            "rad 4, kolumn epost: Adressen finns redan på rad 2. Stora och små bokstäver gör ingen skillnad. "
            "Ta bort en av raderna."
        )
    ]


def test_an_address_that_is_invited_already_is_left_out_with_a_warning() -> None:
    parsed = respondents("Anna@ekhamn.example;E;1", "bo@ekhamn.example;E;1", existing={"anna@ekhamn.example"})

    assert parsed.ok
    assert [row.address for row in parsed.rows] == ["bo@ekhamn.example"]
    assert parsed.as_lines() == [
        (
            "varning, rad 2, kolumn epost: Adressen finns redan bland mätningens respondenter. "
            "Raden hoppas över och ändrar ingenting."
        )
    ]


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        ("E0103", "Enheten ”E0103” finns inte i organisationsträdet. Menade du ”E0102”?"),
        ("e0101", "Enheten ”e0101” finns inte i organisationsträdet. Menade du ”E0101”?"),
        ("Kansliet", "Enheten ”Kansliet” finns inte i organisationsträdet."),
        ("", "Enhetens id saknas. Skriv det id som enheten har i organisationsträdet."),
    ],
)
def test_an_unknown_unit_is_named_and_a_close_one_suggested(unit: str, message: str) -> None:
    parsed = respondents(f"a@ekhamn.example;{unit};1")

    assert parsed.as_lines() == [f"rad 2, kolumn enhet_id: {message}"]
    assert parsed.rows == ()


@pytest.mark.parametrize("role_type", ["0", "4", "chef", "1,5"])
def test_a_role_type_that_does_not_exist_is_an_error(role_type: str) -> None:
    parsed = respondents(f"a@ekhamn.example;E;{role_type}")

    assert parsed.as_lines() == [
        f"rad 2, kolumn respondenttyp: ”{role_type}” är ingen respondenttyp. Skriv 1, 2 eller 3, eller lämna tomt."
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "E-postadressen saknas. Skriv den, eller ta bort raden."),
        ("anna", "Det här är inte en e-postadress: den ska ha ett enda @, som i namn@kommun.se."),
        ("a@kommun", "Det som står efter @ är inte en domän med punkt, som i kommun.se. Rätta adressen."),
    ],
)
def test_what_is_not_an_address_is_an_error_on_its_row(address: str, message: str) -> None:
    assert respondents(f"{address};E;1").as_lines() == [f"rad 2, kolumn epost: {message}"]


def test_no_finding_quotes_an_address() -> None:
    parsed = respondents("anna@ekhamn.example;E;9", "ANNA@ekhamn.example;Q;", "anna svensson@x;E;")

    assert len(parsed.errors) == 4
    assert not any("anna" in line.casefold() for line in parsed.as_lines())


def test_all_that_is_wrong_in_a_row_is_said_at_once() -> None:
    parsed = respondents("anna;Q;9")

    assert [finding.column for finding in parsed.errors] == ["epost", "enhet_id", "respondenttyp"]


def test_whole_numbers_from_excel_are_role_types(xlsx: MakeWorkbook) -> None:
    content = xlsx([HEADER.split(";"), ["a@ekhamn.example", "E", 3.0]])

    assert read_respondents(content, "urval.xlsx", UNITS).rows[0].role_type == 3


def test_twenty_thousand_respondents_of_unknown_units_give_two_hundred_lines_and_a_count() -> None:
    parsed = respondents(*(f"a{number}@ekhamn.example;Q{number};1" for number in range(20_000)))

    assert len(parsed.as_lines()) == 201
    assert parsed.as_lines()[0] == "rad 2, kolumn enhet_id: Enheten ”Q0” finns inte i organisationsträdet."
    assert parsed.as_lines()[-1] == ("Ytterligare 19800 fel visas inte. Rätta det som visas och läs in filen igen.")


def test_twenty_thousand_respondents_are_read() -> None:
    parsed = respondents(*(f"a{number}@ekhamn.example;E0101;{number % 3 + 1}" for number in range(20_000)))

    assert parsed.ok
    assert len(parsed.rows) == 20_000
