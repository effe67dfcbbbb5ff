"""The place a command works in, made ready first and left as it was found; and the one way in which it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from dimios_dash.errors import UserError

if TYPE_CHECKING:
    from pydantic import ValidationError
    from sqlalchemy import Engine

    from dimios_dash.crypto.keystore import KeyStore
    from dimios_dash.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """A prepared place. The engine speaks as *worker*."""

    settings: Settings
    engine: Engine
    keys: KeyStore


@contextmanager
def prepared() -> Iterator[Place]:
    """Database started and migrated for the block; the embedded one ends with it unless somebody else uses it."""
    with refusing(), _database() as settings:
        from dimios_dash.preparation import key_store, worker_engine

        engine = worker_engine(settings)
        try:
            yield Place(settings, engine, key_store(settings))
        finally:
            engine.dispose()


@contextmanager
def refusing() -> Iterator[None]:
    """What a user can mend becomes a sentence on standard error and exit code 1."""
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError

    from dimios_dash.domain.disclosure import Leak

    try:
        yield
    except UserError as problem:
        raise _refused(str(problem)) from None
    except ValidationError as problem:
        raise _refused(_settings_sentence(problem)) from None
    except Leak as problem:
        raise _refused(
            "Kontrollen av anonymiteten stoppade publiceringen. Ingenting har sparats. Det är ett fel i programmet: "
            f"anmäl det, och säg att det gäller påstående nummer {', '.join(str(at + 1) for at in problem.statements)}."
        ) from None
    except OperationalError as problem:
        raise _refused(f"Databasen går inte att nå. Ingenting har sparats. Den svarade: {problem.orig}") from None


@contextmanager
def _database() -> Iterator[Settings]:
    from db import embedded
    from dimios_dash.preparation import prepare
    from dimios_dash.settings import Settings

    settings = Settings()
    try:
        prepare(settings)
        yield settings
    finally:
        if settings.database_url is None:
            embedded.leave(settings.data)


def _settings_sentence(problem: ValidationError) -> str:
    """Which environment variables are wrong; never their values, some of which are passwords."""
    wrong = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}".removeprefix(": ") for error in problem.errors()]
    return f"Inställningarna går inte att använda. {'; '.join(wrong)}"


def _refused(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
