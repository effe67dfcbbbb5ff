from __future__ import annotations

from dimios_dash.intake.findings import Finding, Notebook, Parsed, Severity


def test_a_line_says_row_and_column_before_the_message() -> None:
    finding = Finding(Severity.ERROR, 7, "enhet_id", "Enhetens id saknas.")

    assert finding.as_line() == "rad 7, kolumn enhet_id: Enhetens id saknas."


def test_a_line_about_the_whole_file_is_just_the_message() -> None:
    assert Finding(Severity.ERROR, None, None, "Ingen rad är överst.").as_line() == "Ingen rad är överst."


def test_warnings_do_not_stop_an_import_and_errors_do() -> None:
    notes = Notebook()
    notes.warn(3, None, "Rad 3 är dold.")
    warned = notes.parsed(["row"])
    notes.error(2, "namn", "Namnet saknas.")
    wrong = notes.parsed(["row"])

    assert (warned.ok, wrong.ok) == (True, False)
    assert wrong.as_lines() == ["rad 2, kolumn namn: Namnet saknas.", "varning, rad 3: Rad 3 är dold."]
    assert [finding.row for finding in wrong.errors] == [2]
    assert [finding.row for finding in wrong.warnings] == [3]


def test_only_the_first_two_hundred_findings_are_given_and_the_rest_counted() -> None:
    notes = Notebook()
    for row in range(250, 0, -1):
        notes.error(row, "namn", "Namnet saknas.")
    notes.warn(1, None, "Rad 1 är dold.")

    lines = notes.parsed([]).as_lines()

    assert lines[0] == "rad 1, kolumn namn: Namnet saknas."
    assert lines[199] == "rad 200, kolumn namn: Namnet saknas."
    assert lines[200:] == ["Ytterligare 50 fel och 1 varning visas inte. Rätta det som visas och läs in filen igen."]


def test_a_thousand_warnings_do_not_push_out_an_error_below_them() -> None:
    notes = Notebook()
    for row in range(1000):
        notes.warn(row, None, "Raden är dold.")
    notes.error(1001, "namn", "Namnet saknas.")

    parsed: Parsed[str] = notes.parsed([])

    assert [finding.row for finding in parsed.errors] == [1001]
    assert parsed.as_lines()[-1].startswith("varning: Ytterligare 801 varningar visas inte.")


def test_a_cell_with_an_error_of_its_own_is_not_also_called_empty() -> None:
    notes = Notebook([Finding(Severity.ERROR, 2, "namn", "Cell B2 visar felet #REF!.")])

    notes.error(2, "namn", "Namnet saknas.")
    notes.error(2, "enhet_id", "Enhetens id saknas.")

    assert [finding.column for finding in notes.parsed([]).errors] == ["namn", "enhet_id"]
