"""How long a box of 20,000 envelopes takes to open, and what one submission costs in the database.

python -m benchmarks.ballots [how many]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import Engine, Table, event, insert
from sqlalchemy.orm import Session

from benchmarks.sending import place
from db.commands import ballots
from db.commands.ballots import SealedAnswer
from db.engine import Role, connect, transaction
from db.models import Ballot
from dimios_dash import access, instruments
from dimios_dash.crypto.sealing import ENVELOPE_BYTES, Associated, Sheet, public_key, seal
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.preparation import owner_url, role_url
from dimios_dash.surroundings import Surroundings
from dimios_dash.tallying.opening import open_box
from tests.factories import Invited, Make

ENVELOPES = 20_000
SUBMISSIONS = 1_000
AT_A_TIME = 500
UNIT, TODAY = UnitId("K"), date(2026, 5, 5)
BOX: Table = Ballot.metadata.tables[Ballot.__tablename__]


def main(envelopes: int = ENVELOPES) -> None:
    """Print both tables."""
    with TemporaryDirectory() as folder, place(Path(folder), smtp_port=1) as here:
        organisation_id, measurement_id, invited = poll(here)
        fill(here, organisation_id, measurement_id, envelopes)
        seconds, busy = opening(here, organisation_id, measurement_id)
        print(f"{'envelopes':>10} {'seconds':>8} {'of processor':>13}   (one process, from database to answers)")
        print(f"{envelopes:>10} {seconds:>8.1f} {busy:>13.1f}")
        print()
        print_submissions(here, organisation_id, measurement_id, invited)


def poll(here: Surroundings) -> tuple[OrganisationId, MeasurementId, list[Invited]]:
    """An open measurement of one unit with SUBMISSIONS respondents."""
    owner = connect(owner_url(here.settings))
    with transaction(owner, None) as session:
        make = Make(session, here.keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {UNIT: None})
        measurement_id = make.measurement(organisation_id, year=TODAY.year)
        invited = [make.invitation(organisation_id, measurement_id, UNIT) for _ in range(SUBMISSIONS)]
    owner.dispose()
    return organisation_id, measurement_id, invited


def fill(here: Surroundings, organisation_id: OrganisationId, measurement_id: MeasurementId, envelopes: int) -> None:
    """Ordinary sealed answers, in batches that fit in memory."""
    sealed_to = Associated(measurement_id, UNIT, Channel.EMAIL)
    public = public_key(here.keys.read(f"boxes/{measurement_id}"))
    sheet = Sheet(2, dict.fromkeys(instruments.load().statement_keys, 4), {})
    for start in range(0, envelopes, AT_A_TIME):
        rows = [
            row(organisation_id, measurement_id, seal(public, sealed_to, sheet))
            for _ in range(start, min(start + AT_A_TIME, envelopes))
        ]
        with transaction(here.engine, None) as session:
            session.execute(insert(BOX), rows)


def row(organisation_id: OrganisationId, measurement_id: MeasurementId, envelope: bytes) -> dict[str, object]:
    """One ballot."""
    names = {"organisation_id": organisation_id, "id": new_id(), "measurement_id": measurement_id}
    return {**names, "unit_id": UNIT, "channel": Channel.EMAIL.value, "envelope": envelope}


def opening(here: Surroundings, organisation_id: OrganisationId, measurement_id: MeasurementId) -> tuple[float, float]:
    """Seconds from a closed box to answers in memory, as a release does it, and seconds of processor among them."""
    scope, instrument = access.system(organisation_id), instruments.load()
    began, busy = perf_counter(), process_time()
    with transaction(here.engine, organisation_id) as session:
        open_box(session, scope, here.keys, measurement_id, instrument, progress=lambda _done, _total: None)
    return perf_counter() - began, process_time() - busy


def print_submissions(
    here: Surroundings, organisation_id: OrganisationId, measurement_id: MeasurementId, invited: Sequence[Invited]
) -> None:
    """Medians of the statement from its sending to its answer, beside a bare insert of one envelope."""
    web = connect(role_url(here.settings, here.keys, Role.WEB))
    envelope = bytes(ENVELOPE_BYTES)
    deeds: list[Callable[[Session], object]] = [_submission(one, envelope) for one in invited]
    bare = insert(BOX)
    inserts: list[Callable[[Session], object]] = [
        lambda session: session.connection().execute(bare, row(organisation_id, measurement_id, envelope))
    ] * len(invited)
    reference = _timed(web, organisation_id, inserts)
    submission = _timed(web, organisation_id, deeds)
    print(f"{'':>12} {'ms':>6} {'ratio':>6}   (medians of {len(invited)}, without commit)")
    for name, milliseconds in (("bare insert", reference), ("submission", submission)):
        print(f"{name:>12} {milliseconds:>6.2f} {milliseconds / reference:>6.1f}")
    web.dispose()


def _submission(one: Invited, envelope: bytes) -> Callable[[Session], object]:
    scope, answer = access.form(one.token), SealedAnswer(UNIT, envelope)
    return lambda session: ballots.submit(session, scope, answer, TODAY)


def _timed(engine: Engine, organisation_id: OrganisationId, deeds: Sequence[Callable[[Session], object]]) -> float:
    """Median milliseconds that the database took for each deed's last statement."""
    sent, took = [0.0], [0.0]

    def begins(*_anything: object) -> None:
        sent[0] = perf_counter()

    def ends(*_anything: object) -> None:
        took[-1] = perf_counter() - sent[0]

    event.listen(engine, "before_cursor_execute", begins)
    event.listen(engine, "after_cursor_execute", ends)
    for deed in deeds:
        with transaction(engine, organisation_id) as session:
            deed(session)
        took.append(0.0)
    event.remove(engine, "before_cursor_execute", begins)
    event.remove(engine, "after_cursor_execute", ends)
    return 1000 * median(took[:-1])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
