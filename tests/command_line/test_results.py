from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from sqlalchemy import select, update

from db.engine import transaction
from db.models import Measurement, Organisation, ReleasedUnit
from dimios_dash.domain import disclosure
from tests.command_line.conftest import Terminal


def test_an_earlier_measurement_is_imported_and_exported(terminal: Terminal, tmp_path: Path) -> None:
    output = tmp_path / "release.json"

    imported = terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers(*["E"] * 3, *["E1"] * 3))
    exported = terminal.run(
        *("export-release", "--organisation", "Provstad", "--year", "2025"),
        *("--format", "json", "--output", str(output)),
    )

    assert (imported.exit_code, imported.stderr) == (0, "")
    assert imported.stdout == (
        "Mätningen för 2025 i Provstad är inläst och publicerad: 6 svar, 2 enheter, "
        "minst 3 svar för att något ska visas. Svaren har inte sparats.\n"
    )
    assert exported.stdout == f"Resultatet för 2025 i Provstad är sparat i {output}.\n"
    file = json.loads(output.read_text(encoding="utf-8"))
    assert [(unit["id"], unit["answered"]) for unit in file["units"]] == [("E", 6), ("E1", 3)]
    assert {cell["mean"] for cell in file["means"]} == {60.0}


def test_the_release_is_exported_for_people_too(terminal: Terminal, tmp_path: Path) -> None:
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))
    output = tmp_path / "release.xlsx"

    exported = terminal.run(
        *("export-release", "--organisation", "Provstad", "--year", "2025"),
        *("--format", "xlsx", "--output", str(output)),
    )

    assert exported.exit_code == 0
    assert openpyxl.load_workbook(output).sheetnames[0] == "Läs mig"


def test_nothing_is_written_when_a_file_has_errors_and_every_one_is_named(terminal: Terminal) -> None:
    before = terminal.row_counts()
    tree = terminal.tree("E;;Provstad", "E1;E9;Kansliet")

    refused = terminal.import_measurement(tree=tree, answers=terminal.answers("E"))

    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"{tree}: rad 3, kolumn overordnad_id: Den överordnade enheten ”E9” finns inte")
    assert "Ingenting har lästs in." in refused.stderr
    assert terminal.row_counts() == before


def test_a_wrong_answer_is_named_by_file_row_and_column(terminal: Terminal) -> None:
    before = terminal.row_counts()
    answers = terminal.answers("E", "Q")
    path = Path(answers)
    path.write_text(path.read_text(encoding="utf-8").replace("E;2;4;4", "E;2;4;9"), encoding="utf-8")

    refused = terminal.import_measurement(tree=terminal.tree(), answers=answers)

    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[:2] == [
        f"{answers}: rad 2, kolumn F1.2: ”9” är inget svar. Skriv 1–6, eller lämna tomt för Vet ej.",
        f"{answers}: rad 3, kolumn enhet_id: Enheten ”Q” finns inte i organisationsträdet.",
    ]
    assert terminal.row_counts() == before


def test_a_file_that_cannot_be_read_as_a_whole_is_named(terminal: Terminal) -> None:
    before = terminal.row_counts()
    tree = terminal.tree()

    missing = terminal.import_measurement(tree=tree, answers="/finns/inte.csv")
    empty = terminal.import_measurement(tree=tree, answers=terminal.file("tom.csv"))

    assert (missing.exit_code, empty.exit_code) == (1, 1)
    assert missing.stderr == "/finns/inte.csv: Filen går inte att läsa (No such file or directory).\n"
    assert "tom.csv: ”tom.csv” är tom." in empty.stderr
    assert terminal.row_counts() == before


def test_warnings_are_said_and_hinder_nothing(terminal: Terminal) -> None:
    tree = terminal.tree("E;;Provstad", "E1;E;Kansliet", "E2;E;kansliet")

    imported = terminal.import_measurement(tree=tree, answers=terminal.answers("E", "E", "E"))

    assert imported.exit_code == 0
    assert imported.stderr.startswith(f"{tree}: varning, rad 4, kolumn namn: ")


def test_a_second_import_of_the_same_year_is_refused(terminal: Terminal) -> None:
    files = {"tree": terminal.tree(), "answers": terminal.answers("E", "E", "E")}
    terminal.import_measurement(**files)
    before = terminal.row_counts()

    again = terminal.import_measurement(**files)

    assert again.exit_code == 1
    assert again.stderr.startswith("Provstad har redan en publicerad mätning för 2025.")
    assert terminal.row_counts() == before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--sector", "region"), "Provstad finns redan med sektorn kommun, inte region."),
        (("--year", "2999"), "En tidigare mätning kan vara från 2000 till "),
        (("--k", "4"), "Det minsta antalet svar för att något ska visas kan vara 3, 5, 7 eller 10."),
        (("--k", "3"), "Provstad visar inget för färre än 5 svar."),
    ],
)
def test_what_does_not_fit_the_organisation_is_refused(terminal: Terminal, more: tuple[str, str], said: str) -> None:
    terminal.run("create-organisation", "--name", "Provstad", "--sector", "kommun")
    with transaction(terminal.engine, None) as session:
        session.execute(update(Organisation).where(Organisation.name == "Provstad").values(k=5))
    before = terminal.row_counts()

    refused = terminal.import_measurement(*more, tree=terminal.tree(), answers=terminal.answers("E"))

    assert refused.exit_code == 1
    assert refused.stderr.startswith(said)
    assert terminal.row_counts() == before


def test_without_a_k_the_organisations_own_is_taken(terminal: Terminal) -> None:
    terminal.run("create-organisation", "--name", "Provstad", "--sector", "kommun")
    with transaction(terminal.engine, None) as session:
        session.execute(update(Organisation).where(Organisation.name == "Provstad").values(k=5))

    imported = terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))

    assert "minst 5 svar för att något ska visas" in imported.stdout


def test_a_release_that_the_check_objects_to_leaves_nothing_behind(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = terminal.row_counts()
    monkeypatch.setattr(disclosure, "leaks", lambda *_args, **_options: np.array([0]))

    stopped = terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))

    assert stopped.exit_code == 1
    assert "Kontrollen av anonymiteten stoppade publiceringen" in stopped.stderr
    assert terminal.row_counts() == before


def test_an_import_adds_these_rows_and_none_elsewhere(terminal: Terminal) -> None:
    before = terminal.row_counts()

    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))

    added = {"organisation": 1, "address_key": 1, "unit": 2, "measurement": 1, "placement": 2, "release": 1}
    assert terminal.row_counts() - before == Counter(added | {"released_unit": 2, "released_piece": 2})


@pytest.mark.parametrize(
    ("organisation", "year", "said"),
    [
        ("Provby", 2025, "Det finns ingen organisation som heter Provby. Kontrollera stavningen.\n"),
        ("Provstad", 2024, "Det finns inget publicerat resultat för 2024.\n"),
    ],
)
def test_an_export_of_what_is_not_there_is_refused_and_no_file_is_made(
    terminal: Terminal, tmp_path: Path, organisation: str, year: int, said: str
) -> None:
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))
    output = tmp_path / "release.json"

    refused = terminal.run(
        *("export-release", "--organisation", organisation, "--year", str(year)),
        *("--format", "json", "--output", str(output)),
    )

    assert (refused.exit_code, refused.stderr) == (1, said)
    assert not output.exists()


def test_an_export_that_cannot_be_written_says_so(terminal: Terminal) -> None:
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))

    refused = terminal.run(
        *("export-release", "--organisation", "Provstad", "--year", "2025"),
        *("--format", "json", "--output", "/finns/inte/release.json"),
    )

    assert refused.exit_code == 1
    assert "/finns/inte/release.json: Filen går inte att skriva" in refused.stderr


def test_benchmarks_are_those_of_the_fixed_date_that_came_last(terminal: Terminal) -> None:
    """A new result has to wait for the next one: nobody can make a pool on any day."""
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers(*["E"] * 10))

    computed = terminal.run("compute-benchmarks", "--year", "2025")

    day = r"1 (februari|maj|augusti|november) \d{4}"
    assert re.fullmatch(f"Jämförelserna för 2025 gäller den {day}. Organisationer som räknas in: 0.\n", computed.stdout)
    assert terminal.row_counts()["benchmark"] == 0


def test_old_results_are_compared_the_same_however_often_one_asks(terminal: Terminal) -> None:
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers(*["E"] * 10))
    with transaction(terminal.engine, None) as session:
        session.execute(update(Measurement).values(released_on=date(2020, 1, 1)))

    computed = [terminal.run("compute-benchmarks", "--year", "2025") for _ in range(2)]

    assert [each.stdout.rpartition(": ")[2] for each in computed] == ["1.\n", "1.\n"]
    assert terminal.row_counts()["benchmark"] == 4  # its own of the sector and the nation, and what others would see


def test_the_tree_may_be_an_excel_file(terminal: Terminal, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (["enhet_id", "överordnad", "namn"], ["E", None, "Provstad"], ["E1", "E", "Kansliet"]):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "tree.xlsx")

    imported = terminal.import_measurement(tree=str(tmp_path / "tree.xlsx"), answers=terminal.answers("E1", "E1", "E1"))

    assert imported.exit_code == 0
    with transaction(terminal.engine, None) as session:
        assert set(session.scalars(select(ReleasedUnit.unit_id))) == {"E", "E1"}
