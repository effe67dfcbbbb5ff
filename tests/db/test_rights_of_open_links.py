"""Who may see and change open links: other organisations, branches, a web process that was taken over."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError

from db.commands import open_links
from db.models import OpenCode, OpenLink, OpenLinkUnit
from db.queries import open_links as queries
from dimios_dash.domain.open_links import LinkAnswers
from dimios_dash.errors import NotFound
from dimios_dash.ids import new_id
from tests.conftest import AsWeb
from tests.db.linking import A, B, Town
from tests.factories import LINK_SECRET, Make


@pytest.fixture
def town(make: Make, as_web: AsWeb) -> Town:
    return Town.begin(make, as_web)


def test_another_organisations_desk_sees_and_closes_no_link(town: Town) -> None:
    link, stranger = town.link({"A": None}), town.make.organisation()
    desk = town.make.desk(stranger)

    with town.as_web(stranger) as session:
        assert queries.of_measurement(session, desk, town.measurement_id) == ()
        assert queries.answers_by_unit(session, desk, town.measurement_id) == {}
        for deed in (
            lambda: queries.code_ids(session, desk, link.id),
            lambda: open_links.set_closed(session, desk, link.id, closed=True),
            lambda: open_links.make(session, desk, town.measurement_id, LINK_SECRET, {A: None}),
            lambda: open_links.make_codes(session, desk, town.measurement_id, LINK_SECRET, A, number=5),
        ):
            with pytest.raises(NotFound):
                deed()


def test_a_branch_sees_makes_and_closes_only_links_that_stay_inside_it(town: Town) -> None:
    own, wide, other = town.link({"A": 5}), town.link({"A": None, "B": None}), town.link({"B": None})
    desk = town.make.desk(town.organisation_id, "A")

    with town.as_web(town.organisation_id) as session:
        seen = [link.id for link in queries.of_measurement(session, desk, town.measurement_id)]
        open_links.set_closed(session, desk, own.id, closed=True)
        for link in (wide, other):
            with pytest.raises(NotFound):
                open_links.set_closed(session, desk, link.id, closed=True)
        with pytest.raises(NotFound):
            open_links.make(session, desk, town.measurement_id, LINK_SECRET, {A: None, B: None})

    assert seen == [own.id]


def test_the_follow_up_of_a_branch_counts_its_part_of_a_wider_link(town: Town) -> None:
    [wide] = town.link({"A": 4, "B": None}).codes
    [own] = town.link({"A": None}).codes
    for code, unit in ((wide, A), (wide, B), (own, A)):
        town.answer(code, unit)

    with town.as_web(town.organisation_id) as session:
        whole = queries.answers_by_unit(session, town.make.desk(town.organisation_id), town.measurement_id)
        branch = queries.answers_by_unit(session, town.make.desk(town.organisation_id, "A"), town.measurement_id)

    assert whole == {"A": LinkAnswers(2, 4, 1), "B": LinkAnswers(1)}
    assert branch == {"A": LinkAnswers(2, 4, 1)}


def test_the_database_keeps_no_code(town: Town) -> None:
    link = town.link({"A": 3}, codes=3)

    kept = town.make.session.scalars(select(OpenCode.code_hash).where(OpenCode.link_id == link.id)).all()

    assert len(kept) == 3
    assert not any(code.encode() in found for code in link.codes for found in kept)


def test_web_cannot_make_a_used_code_new(town: Town) -> None:
    [code] = town.link({"A": 1}, codes=1).codes
    town.answer(code)

    with town.as_web(town.organisation_id) as session:
        session.execute(update(OpenCode).values(used=False))

    assert not town.answer(code)


def test_web_cannot_delete_or_move_a_link(town: Town) -> None:
    link = town.link({"A": None})

    for statement in (
        text("delete from open_link"),
        text("delete from open_code"),
        update(OpenLink).values(measurement_id=new_id()),
        update(OpenCode).values(link_id=link.id),
        update(OpenLinkUnit).values(unit_id="B"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), town.as_web(town.organisation_id) as session:
            session.execute(statement)
