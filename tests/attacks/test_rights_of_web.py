"""What the web process may do in SQL, column by column: what is new stays closed until somebody opens it here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from db.engine import Role, connect
from db.models import Base
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from tests.conftest import AsWeb
from tests.factories import Make

COLUMNS = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}


def all_of(*tables: str) -> set[str]:
    return {column for column in COLUMNS if column.partition(".")[0] in tables}


READ = all_of(
    *("instrument_version", "sign_in_name", "throttle", "organisation", "unit", "account", "sign_in_session"),
    *("measurement", "placement", "invitation", "open_link", "release", "released_unit", "benchmark", "suggestion"),
    *("regrouped_unit", "year_comparison"),
    *("outbox", "job", "upload", "audit_event", "erasure_certificate", "destruction_warning", "answer_count"),
    *("open_link_unit", "open_code", "open_code_owner"),
    *("mail_pace", "reminder_round", "wording", "glossary_entry", "unit_change", "suggestion_review"),
    *("given_consent", "group_code", "group_membership", "group_member", "shared_result", "target"),
) - {"shared_result.organisation_id", "shared_result.consent", "shared_result.seen_by"}
INSERT = all_of(
    *(
        "throttle",
        "unit",
        "sign_in_session",
        "placement",
        "open_link",
        "open_link_unit",
        "open_code",
        "open_code_owner",
        "ballot",
        "outbox",
        "job",
        "upload",
    ),
    *("audit_event", "reminder_round", "returned_mail", "wording", "glossary_entry", "unit_change"),
    *("suggestion_review", "target"),
    *("given_consent", "group_code", "group_membership", "group_member"),
) | {
    *("mail_pace.organisation_id", "mail_pace.per_minute"),
    *(f"measurement.{name}" for name in ("organisation_id", "id", "year", "k", "instrument_version")),
    *(f"invitation.{name}" for name in ("organisation_id", "id", "measurement_id", "unit_id", "role_type")),
    *("invitation.address", "invitation.address_index", "invitation.language"),
}
SUGGESTIONS_KEY = {"suggestion_review.organisation_id", "suggestion_review.suggestion_id"}
UPDATE = (all_of("throttle", "unit", "wording", "suggestion_review") - SUGGESTIONS_KEY) | {
    *(f"target.{name}" for name in ("value", "year", "owner_name", "owner_account", "version")),
    *("placement.closes", "open_link.closed", "open_link_unit.answers", "open_code.used"),
    *("measurement.mail_paused", "mail_pace.per_minute", "outbox.state", "outbox.due_at", "invitation.mail"),
    *("organisation.county", "organisation.employees"),
    *(
        "account.password_hash",
        "account.weekly_mail",
        "account.language",
        "measurement.goal",
        "measurement.strategy_focus",
    ),
    *(f"measurement.{name}" for name in ("state", "opens", "closes", "closed_on", "k")),
    *(f"invitation.{name}" for name in ("answered", "unit_id", "role_type", "removed", "language", "version")),
}
DELETE = {"throttle", "sign_in_session", "upload", "reminder_round", "wording", "glossary_entry", "given_consent"} | {
    *("group_membership", "target")
}


@pytest.mark.parametrize(("right", "expected"), [("select", READ), ("insert", INSERT), ("update", UPDATE)])
def test_web_may_do_to_each_column_what_stands_here_and_no_more(make: Make, right: str, expected: set[str]) -> None:
    query = text("select has_column_privilege('dimios_web', :table, :column, :right)")

    granted = {
        column
        for column in COLUMNS
        if make.session.scalar(
            query, {"table": column.partition(".")[0], "column": column.partition(".")[2], "right": right}
        )
    }

    assert granted == expected


@pytest.mark.parametrize(
    ("right", "expected"), [("delete", DELETE), ("truncate", set()), ("references", set()), ("trigger", set())]
)
def test_web_may_do_to_each_table_what_stands_here_and_no_more(make: Make, right: str, expected: set[str]) -> None:
    query = text("select has_table_privilege('dimios_web', :table, :right)")

    granted = {name for name in Base.metadata.tables if make.session.scalar(query, {"table": name, "right": right})}

    assert granted == expected


@pytest.fixture(scope="module")
def web(place: Settings) -> Iterator[Engine]:
    """Signed in to the database as the web process is, with nobody else's rights behind it."""
    engine = connect(role_url(place, key_store(place), Role.WEB))
    yield engine
    engine.dispose()


def test_web_is_nobody_special(make: Make) -> None:
    role = make.session.execute(
        text("select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles"
             " where rolname = 'dimios_web'")
    ).one()  # fmt: skip
    memberships = make.session.scalar(text("select count(*) from pg_auth_members where member = 'dimios_web'::regrole"))
    owned = make.session.scalar(text("select count(*) from pg_class where relowner = 'dimios_web'::regrole"))

    assert tuple(role) == (False,) * 5
    assert (memberships, owned) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "set role dimios_worker", "set role dimios_owner", "set session authorization dimios_owner",
        "copy ballot to stdout", "table ballot", "select 1 from ballot", "select count(*) from released_piece",
        "insert into ballot values (gen_random_uuid()) returning id", "lock table ballot in access exclusive mode",
        "alter table ballot disable row level security", "alter policy own_organisation on unit using (true)",
        "create table public.taken (a int)", "create function public.taken() returns int language sql as 'select 1'",
        "select pg_read_file('/etc/passwd')", "copy unit from program 'id'",
        "select * from pg_authid", "select pg_ls_waldir()", "select * from alembic_version", "truncate unit",
        "create extension dblink", "drop policy own_organisation on unit",
        "select lo_import('/etc/passwd')", "select * from pg_stat_replication_slots, pg_hba_file_rules",
    ],
)  # fmt: skip
def test_web_finds_no_way_around_its_rights(web: Engine, statement: str) -> None:
    with pytest.raises(ProgrammingError) as refused, web.connect() as connection:
        connection.exec_driver_sql(statement)

    assert isinstance(refused.value.orig, InsufficientPrivilege)


def test_statistics_tell_web_nothing_of_what_it_may_not_read(make: Make, as_web: AsWeb) -> None:
    with as_web(make.organisation()) as session:
        told = set(session.scalars(text("select distinct tablename from pg_stats where schemaname = 'public'")))

    assert told <= {"instrument_version", "sign_in_name", "throttle", "open_code_owner", "group_code"}
