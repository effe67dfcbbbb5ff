"""Open links are made, shown, closed and answered through, as web does it on a real database."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from db.commands import link_ballots, open_links
from db.commands.ballots import Box, SealedAnswer
from db.models import OpenCode, Placement
from db.queries import open_links as queries
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import PLATFORM, UnitId
from tests.conftest import AsWeb
from tests.db.linking import A, B, Town, made
from tests.db.measuring import TODAY, TREE, events
from tests.factories import LINK_SECRET, Make


@pytest.fixture
def town(make: Make, as_web: AsWeb) -> Town:
    return Town.begin(make, as_web)


def test_a_link_is_made_and_its_code_can_be_shown_again_at_any_time(town: Town) -> None:
    desk = town.make.desk(town.organisation_id)

    with town.as_web(town.organisation_id) as session:
        link_id = made(session, town, {A: 20, B: None})
        [link] = queries.of_measurement(session, desk, town.measurement_id)
        [code_id] = queries.code_ids(session, desk, link_id)

    assert (link.id, link.one_answer, link.closed, link.year) == (link_id, False, False, 2026)
    assert [(unit.unit_id, unit.name, unit.expected, unit.answers) for unit in link.units] == [
        ("A", "Enhet A", 20, 0),
        ("B", "Enhet B", None, 0),
    ]
    assert town.answer(open_code(LINK_SECRET, code_id))
    assert events(town.make, town.organisation_id) == ["open_link_made"]


def test_answers_through_a_link_are_put_in_the_box_and_counted_by_unit(town: Town) -> None:
    [code] = town.link({"A": 20, "B": None}).codes

    received = [town.answer(code), town.answer(code), town.answer(code.lower(), B)]

    assert received == [True] * 3
    assert town.ballots() == [("A", "link"), ("A", "link"), ("B", "link")]
    assert town.counted() == {"A": 2, "B": 1}


def test_a_code_for_one_answer_lets_one_in(town: Town) -> None:
    first, second = town.link({"A": 2}, codes=2).codes

    received = [town.answer(first), town.answer(first), town.answer(second)]

    assert received == [True, False, True]
    assert town.ballots() == [("A", "link")] * 2
    assert town.counted() == {"A": 2}


def test_the_same_envelope_sent_again_is_received_once(town: Town) -> None:
    [code] = town.link({"A": None}).codes
    name = uuid4()

    received = [town.answer(code, once=name), town.answer(code, once=name)]

    assert received == [True, True]
    assert town.ballots() == [("A", "link")]
    assert town.counted() == {"A": 1}


@pytest.mark.parametrize("codes", [None, 1])
def test_a_unit_outside_the_link_is_refused_and_uses_no_code(town: Town, codes: int | None) -> None:
    [code] = town.link({"A": None}, codes).codes

    assert not town.answer(code, B)
    assert not town.answer(code, UnitId("finns-inte"))
    assert town.ballots() == []
    assert town.answer(code, A)


def test_a_unit_that_takes_no_part_is_refused(town: Town) -> None:
    [code] = town.link({"A": None}).codes
    town.make.session.execute(
        update(Placement).where(Placement.measurement_id == town.measurement_id).values(takes_part=False)
    )

    assert not town.answer(code)
    assert (town.ballots(), town.counted()) == ([], {})


@pytest.mark.parametrize(
    ("changed", "today"),
    [
        ({"state": "draft", "promised_k": None}, TODAY),
        ({"state": "closed", "closed_on": TODAY}, TODAY),
        ({"state": "cancelled"}, TODAY),
        ({}, date(2025, 12, 31)),
        ({}, date(2027, 1, 1)),
    ],
)
def test_outside_its_days_a_measurement_receives_nothing(town: Town, changed: dict[str, object], today: date) -> None:
    [code] = town.link({"A": 3}, codes=1).codes
    if changed:
        town.change(**changed)

    assert not town.answer(code, today=today)
    assert (town.ballots(), town.counted()) == ([], {})
    assert not town.make.session.scalar(select(OpenCode.used).where(OpenCode.organisation_id == town.organisation_id))


def test_an_envelope_for_another_box_is_refused(town: Town) -> None:
    [code] = town.link({"A": None}).codes
    scope, other = town.scope(code), Box(town.measurement_id, b"another key")

    with town.as_web(town.organisation_id) as session:
        received = link_ballots.submit(session, scope, SealedAnswer(A, b"sealed", other), uuid4(), TODAY)

    assert not received
    assert town.ballots() == []


def test_a_closed_link_receives_nothing_until_it_is_opened_again(town: Town) -> None:
    link, desk = town.link({"A": None}), town.make.desk(town.organisation_id)

    with town.as_web(town.organisation_id) as session:
        open_links.set_closed(session, desk, link.id, closed=True)
    refused = town.answer(link.codes[0])
    with town.as_web(town.organisation_id) as session:
        open_links.set_closed(session, desk, link.id, closed=False)

    assert not refused
    assert town.answer(link.codes[0])
    assert events(town.make, town.organisation_id) == ["open_link_closed", "open_link_reopened"]


def test_a_code_that_nobody_has_made_belongs_to_nobody(town: Town) -> None:
    for code in ("0000-0000-0000-0000", "", "x" * 5000, "\0"):
        assert town.scope(code).organisation_id == PLATFORM
        assert not town.answer(code)


@pytest.mark.parametrize("state", [MeasurementState.CLOSED, MeasurementState.RELEASED, MeasurementState.CANCELLED])
def test_a_measurement_that_is_over_gets_no_links(make: Make, as_web: AsWeb, state: MeasurementState) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    town = Town(make, as_web, organisation_id, make.measurement(organisation_id, state))

    with as_web(organisation_id) as session, pytest.raises(Invalid, match="tar inte emot fler svar"):
        made(session, town, {A: None})


def test_before_the_start_a_link_can_be_made_for_any_unit_in_use(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    town = Town(make, as_web, organisation_id, make.measurement(organisation_id, MeasurementState.DRAFT))
    make.session.execute(text("delete from placement where measurement_id = :m"), {"m": town.measurement_id})

    with as_web(organisation_id) as session:
        made(session, town, {A: None})
        with pytest.raises(NotFound):
            made(session, town, {UnitId("X"): None})
