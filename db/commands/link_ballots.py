"""Puts a sealed answer into the ballot box through an open link, and counts it there and then."""

from __future__ import annotations

from datetime import date
from functools import cache
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Insert,
    LargeBinary,
    Table,
    Uuid,
    and_,
    bindparam,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.commands.ballots import SealedAnswer
from db.models import Ballot, Measurement, OpenCode, OpenLink, OpenLinkUnit, Placement
from db.placing import of_the_box, receives_on
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import LinkScope

_COLUMNS = ["organisation_id", "id", "measurement_id", "unit_id", "channel", "envelope"]


def submit(session: Session, scope: LinkScope, answer: SealedAnswer, once: UUID, today: date) -> bool:
    """Use the code, count the answer and put the envelope in the box, in one statement.

    `once` names the envelope: sent again under the same name it is in the box already, which is as good. False, with
    nothing changed, when the code is unknown, used or closed, does not lead to the unit, belongs to another box by
    now, or the unit does not receive answers `today`. Twenty at once with a code for one answer leave one
    envelope: the first locks the code.
    """
    whose = {"organisation": scope.organisation_id, "code": scope.code_hash, "name": once}
    put, options = _put(for_its_box=answer.box is not None), {"preserve_rowcount": True}
    try:
        with session.begin_nested():
            done = session.connection().execute(put, whose | answer.given(today), execution_options=options)
            return done.rowcount == 1
    except IntegrityError as problem:
        if not isinstance(problem.orig, UniqueViolation):
            raise
        return True


@cache
def _put(*, for_its_box: bool) -> Insert:
    """Written once: to put it together takes longer than to carry it out."""
    used = _use(for_its_box=for_its_box)
    counted = _count(used)
    envelope = select(
        counted.c.organisation_id,
        bindparam("name", type_=Uuid),
        used.c.measurement_id,
        counted.c.unit_id,
        literal(Channel.LINK.value),
        bindparam("sealed", type_=LargeBinary),
    ).join_from(counted, used, counted.c.link_id == used.c.link_id)
    # The table, not the model: the model would ask for the row back, and web may not read ballots.
    box: Table = Ballot.metadata.tables[Ballot.__tablename__]
    return insert(box).from_select(_COLUMNS, envelope).add_cte(used, counted)


def _use(*, for_its_box: bool) -> CTE:
    """The code, used up if it is for one answer; everything it depends on is looked at here, before anything else."""
    return (
        update(OpenCode)
        .values(used=OpenLink.one_answer)
        .where(
            OpenCode.organisation_id == bindparam("organisation"),
            OpenCode.code_hash == bindparam("code"),
            ~OpenCode.used,
            OpenLink.organisation_id == OpenCode.organisation_id,
            OpenLink.id == OpenCode.link_id,
            ~OpenLink.closed,
            *_leads_to_unit(),
            Measurement.organisation_id == OpenLink.organisation_id,
            Measurement.id == OpenLink.measurement_id,
            *receives_on(bindparam("today", type_=Date)),
            *(of_the_box() if for_its_box else ()),
        )
        .returning(OpenCode.organisation_id, OpenCode.link_id, OpenLink.measurement_id)
        .cte("used")
    )


def _leads_to_unit() -> list[ColumnElement[bool]]:
    """The unit is one of the link's, and takes part."""
    of_link = and_(OpenLinkUnit.organisation_id == OpenLink.organisation_id, OpenLinkUnit.link_id == OpenLink.id)
    return [
        select(OpenLinkUnit.unit_id).where(of_link, OpenLinkUnit.unit_id == bindparam("unit")).exists(),
        Placement.organisation_id == OpenLink.organisation_id,
        Placement.measurement_id == OpenLink.measurement_id,
        Placement.unit_id == bindparam("unit"),
        Placement.takes_part.is_(True),
    ]


def _count(used: CTE) -> CTE:
    return (
        update(OpenLinkUnit)
        .values(answers=OpenLinkUnit.answers + 1)
        .where(
            OpenLinkUnit.organisation_id == used.c.organisation_id,
            OpenLinkUnit.link_id == used.c.link_id,
            OpenLinkUnit.unit_id == bindparam("unit"),
        )
        .returning(OpenLinkUnit.organisation_id, OpenLinkUnit.link_id, OpenLinkUnit.unit_id)
        .cte("counted")
    )
