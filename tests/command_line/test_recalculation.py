from __future__ import annotations

from db.commands import people
from db.engine import transaction
from dimios_dash import access
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.sector import Sector
from dimios_dash.preparation import key_store
from dimios_dash.settings import Settings
from dimios_dash.tallying.release import release_measurement
from tests.command_line.conftest import Terminal
from tests.factories import Make
from tests.tallying.conftest import Town, sheet

COMMAND = ("recalculate-release", "--organisation", "Provstad", "--year", "2026")


def test_a_release_is_counted_anew(terminal: Terminal, another_place: Settings) -> None:
    town = Town(another_place, terminal.engine, key_store(another_place))
    with transaction(terminal.engine, None) as session:
        make = Make(session, town.keys)
        organisation_id = people.create_organisation(session, access.system(), town.keys, "Provstad", Sector.KOMMUN)
        make.units(organisation_id, {"E": None})
        measurement_id = make.measurement(organisation_id, MeasurementState.CLOSED)
    for point in (3, 4, 5):
        town.put(measurement_id, "E", sheet(point))
    release_measurement(terminal.engine, town.keys, organisation_id, measurement_id, lambda _done, _total: None)
    before = terminal.row_counts()

    counted = terminal.run(*COMMAND)

    assert (counted.exit_code, counted.stderr) == (0, "")
    assert counted.stdout == (
        "Resultatet för 2026 i Provstad är räknat på nytt ur samma svar. Medelvärden som har ändrats: 0. "
        "Texterna är desamma.\n"
    )
    assert terminal.row_counts() - before == {"audit_event": 1}


def test_what_cannot_be_counted_anew_is_refused_in_a_sentence(terminal: Terminal) -> None:
    terminal.import_measurement(tree=terminal.tree(), answers=terminal.answers("E", "E", "E"))
    before = terminal.row_counts()

    moved_in = terminal.run(*COMMAND[:-1], "2025")
    missing = terminal.run(*COMMAND)

    assert (moved_in.exit_code, missing.exit_code) == (1, 1)
    assert moved_in.stderr.startswith("Mätningen för 2025 är inläst från ett annat verktyg.")
    assert missing.stderr == "Det finns inget publicerat resultat för 2026.\n"
    assert terminal.row_counts() == before
