"""Connections: three roles, and one transaction per deed with its organisation set for row-level security."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

import orjson
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from dimios_dash.ids import OrganisationId

_OFTEN: Final = 5  # times until a statement of a connection is planned once and for all


class Role(StrEnum):
    """Who speaks to the database. The names are those of the database's own roles."""

    WEB = "dimios_web"  # pages and the form: inserts ballots, cannot read them; one organisation at a time
    WORKER = "dimios_worker"  # mail, tally
    OWNER = "dimios_owner"  # migrations


def normalised(url: str) -> str:
    """A database address SQLAlchemy understands: `postgres://` and a bare `postgresql://` mean psycopg."""
    scheme, separator, rest = url.partition("://")
    if scheme in {"postgres", "postgresql"}:
        scheme = "postgresql+psycopg"
    return scheme + separator + rest


def url_for(owner_url: str, role: Role, password: str) -> str:
    """The owner's address with another role's name and password in it."""
    url = make_url(normalised(owner_url)).set(username=role.value, password=password)
    return url.render_as_string(hide_password=False)


def connect(url: str) -> Engine:
    """An engine. Statements are prepared on our own server alone: a transaction pooler may stand before any other."""
    address = make_url(normalised(url))
    is_ours = str(address.query.get("host", "")).startswith("/")  # db/embedded.py listens nowhere but at a socket
    return create_engine(
        address,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged; addresses and answers are not
        pool_size=8,
        max_overflow=8,
        connect_args={"prepare_threshold": _OFTEN if is_ours else None},
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )


@contextmanager
def transaction(engine: Engine, organisation_id: OrganisationId | None) -> Iterator[Session]:
    """One transaction; *web* sees the rows of `organisation_id` and no others (none at all without it)."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        if organisation_id is not None:  # whose rows are seen is forgotten at the end of each transaction
            set_organisation(session, organisation_id)
        yield session


def set_organisation(session: Session, organisation_id: OrganisationId | None) -> None:
    """Tell row-level security whose rows this transaction may see."""
    wanted = "" if organisation_id is None else str(organisation_id)
    session.connection().execute(_SET, {"wanted": wanted})


_SET: Final = text("select set_config('dimios.organisation_id', :wanted, true)")
