"""Granvik's files: what they hold, and who may fetch them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from db.engine import connect
from dimios_dash import demo_files, guard
from dimios_dash.errors import NotFound
from dimios_dash.ids import UnitId
from dimios_dash.intake.respondent_file import read_respondents
from dimios_dash.intake.tree_file import UnitRow, read_tree
from dimios_dash.preparation import key_store
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings

ALL_FILES = [file.name for file in (*demo_files.TREE_FILES, *demo_files.RESPONDENT_FILES, *demo_files.STAFF_FILES)]


@pytest.fixture
def granvik(project: Path) -> Path:
    return project / "dimios_dash" / "demo_data" / "granvik"


@pytest.fixture
def browser() -> FlaskClient:
    """Fetches without anybody at the door."""
    server = Flask(__name__)
    server.testing = True
    server.register_blueprint(demo_files.blueprint)
    return server.test_client()


@pytest.fixture
def stranger(place: Settings) -> Iterator[FlaskClient]:
    """Somebody who has not signed in, at a guarded server."""
    server = Flask(__name__)
    server.secret_key = "of a test"
    engine = connect(str(place.database_url))
    server.extensions["dimios"] = Surroundings(place, engine, key_store(place))
    guard.protect(server)
    server.register_blueprint(demo_files.blueprint)
    yield server.test_client()
    engine.dispose()


@pytest.mark.parametrize("name", ALL_FILES)
def test_each_file_comes_as_it_is_to_be_saved(browser: FlaskClient, granvik: Path, name: str) -> None:
    with browser.get(f"/demo/filer/{name}") as answer:
        content = answer.data

    assert content == (granvik / name).read_bytes()
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"


@pytest.mark.parametrize("name", ["../organisations.csv", "tree.csv", ".."])
def test_no_other_file_is_given_away(browser: FlaskClient, name: str) -> None:
    with browser.application.test_request_context(), pytest.raises(NotFound):
        demo_files.demo_file(name)


def test_a_stranger_is_sent_to_the_sign_in(stranger: FlaskClient) -> None:
    answer = stranger.get(demo_files.TREE_FILES[0].address)

    assert answer.status_code == 303
    assert answer.location.startswith("/logga-in")


def test_the_tree_is_the_same_from_windows_1252_and_from_excel(granvik: Path) -> None:
    from_csv, from_excel = (tree(granvik / name) for name in ("trad.csv", "trad.xlsx"))

    assert from_csv == from_excel
    assert "Förskolan Åsen" in {unit.name for unit in from_csv}
    with pytest.raises(UnicodeDecodeError):
        (granvik / "trad.csv").read_text(encoding="utf-8")


def test_the_respondents_are_the_same_from_csv_and_from_excel(granvik: Path) -> None:
    units = [unit.unit_id for unit in tree(granvik / "trad.csv")]

    from_csv, from_excel = (
        read_respondents((granvik / name).read_bytes(), name, units)
        for name in ("respondenter.csv", "respondenter.xlsx")
    )

    assert from_csv == from_excel
    assert from_csv.findings == ()
    assert len(from_csv.rows) == 42
    assert all(row.address.endswith("@granvik.example") for row in from_csv.rows)


def test_the_file_with_faults_shows_one_of_each_kind(granvik: Path) -> None:
    units = [UnitId(unit.unit_id) for unit in tree(granvik / "trad.csv")]
    name = "respondenter-med-fel.csv"

    found = read_respondents((granvik / name).read_bytes(), name, units)

    assert [(finding.row, finding.column) for finding in found.errors] == [
        (3, "epost"),  # the same address in other letters
        (5, "epost"),  # two @
        (6, "epost"),  # none
        (7, "enhet_id"),  # unknown
        (8, "enhet_id"),  # in small letters
        (11, "enhet_id"),  # none
        (12, "respondenttyp"),  # 4
        (13, "epost"),  # a name
    ]


def tree(path: Path) -> tuple[UnitRow, ...]:
    """The units of a file without faults."""
    parsed = read_tree(path.read_bytes(), path.name)
    assert parsed.ok
    return parsed.rows
