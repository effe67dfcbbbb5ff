"""Every callback, sent by everybody who may not, with everything it does not expect: refused, and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from db.engine import connect
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role, may
from dimios_dash.preparation import key_store
from dimios_dash.settings import Settings
from tests.attacks.callbacks import KNOWN, Body, Known, places, posted, served, with_value
from tests.attacks.organisations import SECRET, Victim, everything
from tests.attacks.people import Person
from tests.factories import Make

REFUSED = {400, 401, 403, 404}
OTHERS = [role for role in Role if role is not Role.KEY_USER]
NAME_NO_UNIT = ("mailing-tick", "clos", "start", "sample", "respondent-many-ticked", "texts-try", "it-check", "{")
every_callback = pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.first_input)

NESTED: list[object] = []
for _ in range(400):
    NESTED = [NESTED]
NASTY: tuple[object, ...] = (
    {"id": {"a": [1]}}, [[["E"]]], NESTED, "x" * 300_000, "\0", "\ud800", "' or 1=1 --", "../../etc/passwd",
    float("nan"), float("inf"), -(10**40), True, [True], {"__class__": "x"}, "2026-13-45", [2026, {"$gt": ""}],
)  # fmt: skip


OF_ONES_OWN = ("cancel.n_clicks", "add.n_clicks", "make.n_clicks", "make-choice.n_clicks", "make-codes.n_clicks")
FREE_TEXT = {
    *("unit-name.value", "unit-new-name.value", "unit-new-id.value", "targets-name.value"),
    "suggestion-edit-tags.value",
}


def is_as_good_as_any(known: Known, body: Body, place: tuple[str, int], value: object) -> bool:
    """A number for a click, and printable text of a name's length where a name is written."""
    if place == ("inputs", 0) and known.first_input.endswith("n_clicks"):
        return isinstance(value, int)
    entry = body[place[0]][place[1]]
    written = not isinstance(entry, list) and f"{entry['id']}.{entry['property']}" in FREE_TEXT
    return written and isinstance(value, str) and value.isprintable() and len(value) < 60


@pytest.fixture(scope="module")
def crowd(site_place: Settings) -> Iterator[Make]:
    """Rows for the whole file: signing in takes its time."""
    engine = connect(str(site_place.database_url))
    with Session(engine, expire_on_commit=False) as session:
        yield Make(session, key_store(site_place))
    engine.dispose()


@pytest.fixture(scope="module")
def victims(site: Flask, crowd: Make) -> dict[MeasurementState, Victim]:
    """One for each state; no attack may change it."""
    states = (MeasurementState.DRAFT, MeasurementState.OPEN, MeasurementState.CLOSED)
    return {state: Victim.begin(site, crowd, state) for state in states}


@pytest.fixture(scope="module")
def intruders(site: Flask, crowd: Make) -> list[Person]:
    """Key users of other organisations: one that has nothing, one with a measurement of the same year that is over."""
    bare, measuring = crowd.organisation(), crowd.organisation()
    crowd.units(measuring, {"X": None})
    crowd.invitation(measuring, crowd.measurement(measuring, MeasurementState.RELEASED), "X")
    return [Person.arrive(site, crowd, each, Role.KEY_USER) for each in (bare, measuring)]


@pytest.fixture(scope="module")
def colleagues(site: Flask, crowd: Make, victims: dict[MeasurementState, Victim]) -> dict[tuple[str, Role], Person]:
    """Somebody of every other role in the victims' organisations."""
    return {
        (state, role): Person.arrive(site, crowd, victim.organisation_id, role)
        for state, victim in victims.items()
        for role in OTHERS
    }


def test_every_callback_of_the_site_is_in_the_table_of_attacks(site: Flask) -> None:
    assert sorted(served(site)) == sorted(known.first_input for known in KNOWN)


@every_callback
def test_what_the_attacks_send_is_what_works_for_those_who_may(site: Flask, crowd: Make, known: Known) -> None:
    victim = Victim.begin(site, crowd, known.state)
    before = everything(crowd.session)

    status, told = victim.key_user.post(posted(site, known, victim.values))

    assert status == 200
    assert SECRET in told or known.first_input.startswith(NAME_NO_UNIT)
    assert (everything(crowd.session) != before) is known.changes


@every_callback
def test_nobody_is_answered_without_a_session(
    site: Flask, crowd: Make, victims: dict[MeasurementState, Victim], known: Known
) -> None:
    before = everything(crowd.session)
    victim = victims[known.state]

    answer = site.test_client().post(
        "/_dash-update-component",
        json=posted(site, known, victim.values),
        headers={"X-CSRFToken": victim.key_user.csrf},
    )

    assert answer.status_code == 401
    assert SECRET not in answer.text
    assert everything(crowd.session) == before


@every_callback
def test_a_page_of_somebody_elses_cannot_send_it(
    site: Flask, crowd: Make, victims: dict[MeasurementState, Victim], intruders: list[Person], known: Known
) -> None:
    before = everything(crowd.session)
    victim = victims[known.state]
    body = posted(site, known, victim.values)

    answers = [victim.key_user.post(body, csrf) for csrf in ("", "x", intruders[0].csrf, victim.key_user.csrf[:-1])]

    assert [status for status, _ in answers] == [403] * 4
    assert everything(crowd.session) == before


@every_callback
def test_every_role_without_the_permission_is_refused(
    site: Flask,
    crowd: Make,
    victims: dict[MeasurementState, Victim],
    colleagues: dict[tuple[str, Role], Person],
    known: Known,
) -> None:
    before = everything(crowd.session)
    body = posted(site, known, victims[known.state].values | {"_pages_location.pathname": "/matning/avsluta"})

    barred = [role for role in OTHERS if known.needs is None or not may(role, known.needs)]
    answers = {role: colleagues[known.state, role].post(body) for role in barred}

    assert barred
    assert {status for status, _ in answers.values()} == {403}
    assert not any(SECRET in told for _, told in answers.values())
    assert everything(crowd.session) == before


@pytest.mark.parametrize("known", [each for each in KNOWN if not each.own], ids=lambda known: known.first_input)
def test_a_key_user_of_another_organisation_gets_no_word_and_changes_nothing(
    site: Flask, crowd: Make, victims: dict[MeasurementState, Victim], intruders: list[Person], known: Known
) -> None:
    before = everything(crowd.session)
    values = {**victims[known.state].values, "unit-choice-boxes": {"E": [f"E-{SECRET}"]}}

    answers = [intruder.post(posted(site, known, values)) for intruder in intruders]

    own = known.first_input.endswith(OF_ONES_OWN)  # those do what they do to one's own
    if known.changes and not own:
        assert answers[0][0] == 404
    assert all(status < 500 for status, _ in answers)
    assert not any(SECRET in told for _, told in answers)
    assert everything(crowd.session) == before


@every_callback
def test_malformed_values_are_refused_and_change_nothing(
    site: Flask, crowd: Make, victims: dict[MeasurementState, Victim], known: Known
) -> None:
    before = everything(crowd.session)
    victim = victims[known.state]
    body = posted(site, known, victim.values)

    answers = [
        victim.key_user.post(with_value(body, place, value))
        for place in places(body)
        for value in NASTY
        if not is_as_good_as_any(known, body, place, value)
        and not (known.own and isinstance(value, str))  # words as good as any
    ]

    assert {status for status, _ in answers} <= {*REFUSED, 200}
    assert REFUSED & {status for status, _ in answers}
    assert not any("Traceback" in told for _, told in answers)
    assert everything(crowd.session) == before


@every_callback
@pytest.mark.parametrize("part", ["output", "outputs", "inputs", "state"])
def test_requests_that_no_browser_makes_are_refused_before_anything_is_done(
    site: Flask, crowd: Make, victims: dict[MeasurementState, Victim], known: Known, part: str
) -> None:
    before = everything(crowd.session)
    victim = victims[known.state]
    body = posted(site, known, victim.values)
    shapes: tuple[object, ...] = ("x", [], {}, None, 5, [None], [[]], [{"id": "a"}], {"id": {"a": 1}, "property": 5})

    answers = [victim.key_user.post({**body, part: shape}) for shape in shapes]

    harmless = not body["state"]  # where none is expected, none is missed
    assert {status for status, _ in answers} <= ({*REFUSED, 200} if harmless else REFUSED)
    assert everything(crowd.session) == before
