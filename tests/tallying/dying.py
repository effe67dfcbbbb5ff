"""Deeds in a process of their own that kills itself at one of its steps: -9, in the middle of whatever it does.

A step is the moment before each SQL statement, and those before and after each commit and each deed of the key store.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, event

from db.commands import ballots
from db.commands.ballots import SealedAnswer
from db.engine import connect, transaction
from dimios_dash import access
from dimios_dash.crypto.keystore import FolderKeyStore, KeyStore
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.tallying.boxes import destroy_due, give_up_unreleased, remix
from dimios_dash.tallying.release import release_measurement

Deed = Callable[[Engine, KeyStore], object]
Step = Callable[..., None]

_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])  # what is imported once starts in no time


def dies_at(step: int, deed: Deed, url: str, keys: Path) -> bool:
    """Do it in another process that kills itself at this step, from 1; False where it was done before that."""
    process = _PROCESSES.Process(target=_live, args=(step, deed, url, keys))
    process.start()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _live(last: int, deed: Deed, url: str, keys: Path) -> None:
    steps = 0

    def step(*_anything: object) -> None:
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = connect(url)
    for moment in ("before_cursor_execute", "commit", "checkin"):
        event.listen(engine, moment, step)
    deed(engine, cast(KeyStore, _MortalKeys(FolderKeyStore([keys]), step)))


class _MortalKeys:
    """A key store each of whose deeds is two steps."""

    def __init__(self, keys: KeyStore, step: Step) -> None:
        self._keys, self._step = keys, step

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def run(*arguments: object) -> object:
            self._step()
            done = getattr(self._keys, name)(*arguments)
            self._step()
            return done

        return run


class Submit:
    """Put an answer in the box as the web process does; what it acknowledges is written to a file."""

    def __init__(self, token: str, envelope: bytes, today: date, acknowledged: Path) -> None:
        self._token, self._envelope, self._today, self._file = token, envelope, today, acknowledged

    def __call__(self, engine: Engine, _keys: KeyStore) -> None:
        scope = access.form(self._token)
        with transaction(engine, scope.organisation_id) as session:
            done = ballots.submit(session, scope, SealedAnswer(UnitId("E"), self._envelope), self._today)
        self._file.write_text(str(done))


class Remix:
    def __init__(self, night: date) -> None:
        self._night = night

    def __call__(self, engine: Engine, _keys: KeyStore) -> None:
        remix(engine, self._night)


class Release:
    def __init__(self, organisation_id: OrganisationId, measurement_id: MeasurementId) -> None:
        self._ids = organisation_id, measurement_id

    def __call__(self, engine: Engine, keys: KeyStore) -> None:
        release_measurement(engine, keys, *self._ids, lambda _done, _total: None)


class Destroy:
    def __init__(self, today: date) -> None:
        self._today = today

    def __call__(self, engine: Engine, keys: KeyStore) -> None:
        give_up_unreleased(engine, self._today)
        destroy_due(engine, keys, self._today)
