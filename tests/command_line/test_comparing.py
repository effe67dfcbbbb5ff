from __future__ import annotations

from sqlalchemy import text

from db.engine import transaction
from tests.command_line.conftest import Terminal


def test_years_of_before_the_program_compared_them_are_compared(terminal: Terminal) -> None:
    for year in ("2023", "2024", "2025"):
        answers = terminal.answers("E", "E", "E", "E1", "E1", "E1")
        terminal.import_measurement("--year", year, tree=terminal.tree(), answers=answers)
    before = terminal.row_counts()
    with transaction(terminal.engine, None) as session:
        session.execute(text("delete from year_comparison"))

    compared = terminal.run("compare-years", "--organisation", "Provstad")

    assert (compared.exit_code, compared.stderr) == (0, "")
    assert compared.stdout == "Publicerade år i Provstad är jämförda på nytt. Par av år: 3.\n"
    assert before["year_comparison"] > 0
    assert terminal.row_counts() == before


def test_an_organisation_that_is_not_there_is_refused(terminal: Terminal) -> None:
    refused = terminal.run("compare-years", "--organisation", "Provstad")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("Det finns ingen organisation som heter Provstad.")
