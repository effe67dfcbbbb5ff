"""`incidents`: what an operator has to look at."""

from __future__ import annotations

from sqlalchemy import insert

from db.models import Incident
from dimios_dash.ids import PLATFORM, new_id
from tests.command_line.conftest import Terminal


def test_incidents_are_listed_with_their_references(terminal: Terminal) -> None:
    quiet = terminal.run("incidents")
    row = {"organisation_id": PLATFORM, "id": new_id(), "kind": "job_failed", "reference": "ab12cd34"}
    with terminal.engine.begin() as connection:
        connection.execute(insert(Incident).values(**row, details={"job": "boxes", "error": "KeyMissing"}))

    listed = terminal.run("incidents")

    assert quiet.stdout.strip() == "Inget har hänt som du behöver titta på."
    assert "Ett arbete misslyckades av ett fel hos oss. Dimios drift. Referens ab12cd34. job: boxes." in listed.stdout
