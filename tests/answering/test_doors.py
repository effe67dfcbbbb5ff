"""Every closed door has a kind page that says what to do, takes the same work, and tells a stranger nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from db.models import Base
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.surroundings import Surroundings
from tests.answering.halls import hall
from tests.answering.links import FIELDS, THIS_YEAR, Box

Paths = Callable[[Box], str]


def of_state(state: MeasurementState, year: int = THIS_YEAR) -> Paths:
    return lambda box: box.link(state, year).path


def changed(table: str, **values: object) -> Paths:
    """A link after something has happened to its rows."""

    def path(box: Box) -> str:
        link = box.link()
        box.change(link, table, **values)
        return link.path

    return path


def forged(box: Box) -> str:
    """Another secret, as well written as the true one."""
    path = box.link().path
    return path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:]


def erased(box: Box) -> str:
    """A link whose organisation has left, with all its rows."""
    link = box.link()
    with box.engine.begin() as owner:
        for table in reversed(Base.metadata.sorted_tables):
            owned = table.c.get("organisation_id", table.c.id if table.name == "organisation" else None)
            if owned is not None:
                owner.execute(table.delete().where(owned == link.organisation_id))
    return link.path


LINKS: dict[str, tuple[Paths, int, str, str]] = {
    "answered": (changed("invitation", answered=True), 200, "Ditt svar är redan mottaget", "kan stänga sidan"),
    "removed": (
        changed("invitation", removed=True),
        410,
        "Länken gäller inte längre",
        "Hör av dig till den",
    ),
    "too early": (of_state(MeasurementState.OPEN, THIS_YEAR + 1), 200, "har inte öppnat än", "öppna länken igen då"),
    "draft": (
        changed("measurement", state="draft", opens=None, closes=None),
        200,
        "har inte öppnat än",
        "Spara mejlet",
    ),
    "no box": (changed("measurement", box_public_key=None), 503, "Mätningen öppnar strax", "Ladda om sidan"),
    "over": (
        of_state(MeasurementState.OPEN, THIS_YEAR - 1),
        410,
        "Mätningen är stängd",
        "Hör av dig till den",
    ),
    "closed": (
        changed("measurement", state="closed", closed_on=date(THIS_YEAR, 12, 31)),
        410,
        "Mätningen är stängd",
        "Om mätningen förlängs fungerar din länk igen",
    ),
    "cancelled": (of_state(MeasurementState.CANCELLED), 410, "Mätningen är avbruten", "Du behöver inte göra något mer"),
    "destroyed": (of_state(MeasurementState.DESTROYED), 410, "Mätningen är avbruten", "Du behöver inte göra något mer"),
    "forged": (forged, 404, "Länken fungerar inte", "be den som bjöd in dig att skicka den igen"),
    "erased": (erased, 404, "Länken fungerar inte", "be den som bjöd in dig att skicka den igen"),
}


@contextmanager
def statements(server: Flask) -> Iterator[list[str]]:
    """What the server asks its database meanwhile."""
    here: Surroundings = server.extensions["dimios"]
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(here.engine, "before_cursor_execute", see)
    yield seen
    event.remove(here.engine, "before_cursor_execute", see)


@pytest.mark.parametrize("state", LINKS)
def test_a_closed_door_says_why_and_what_to_do(box: Box, browser: FlaskClient, state: str) -> None:
    make_path, status, title, advice = LINKS[state]
    path = make_path(box)

    page = browser.get(path)

    assert page.status_code == status
    assert title in page.text
    assert advice in page.text
    assert 'href="mailto:' in page.text
    assert "<form" not in page.text


@pytest.mark.parametrize("state", LINKS)
def test_behind_a_closed_door_stand_no_name_of_organisation_or_unit(box: Box, browser: FlaskClient, state: str) -> None:
    path = LINKS[state][0](box)

    pages = [browser.get(path), browser.post(path), browser.post(path, data=FIELDS)]

    names = ("Provkommun", "Enhet E", path.rpartition("/")[2])
    assert not any(name in page.text for page in pages[:2] for name in names)
    assert [page.status_code >= 400 for page in pages[1:]] == [True, True]


def test_all_links_ask_the_database_the_same(box: Box, browser: FlaskClient, form_server: Flask) -> None:
    asked = {}
    for state, (make_path, *_) in LINKS.items():
        path = make_path(box)
        with statements(form_server) as looked:
            browser.get(path)
        with statements(form_server) as sent:
            browser.post(path)
        asked[state] = (tuple(looked), tuple(sent))

    assert len(asked["forged"][0]) > 1
    assert len(set(asked.values())) == 1


def test_codes_that_nobody_has_made_ask_the_database_the_same(
    box: Box, browser: FlaskClient, form_server: Flask
) -> None:
    paths = [
        hall(box, codes=1, state=MeasurementState.CANCELLED).path,
        hall(box, state=MeasurementState.OPEN, year=THIS_YEAR + 1).path,
        hall(box).path,
        "/oppen/K7RT-2MXP-9WQH-4FGA",
        "/oppen/no-code",
    ]
    asked = []
    for path in paths:
        with statements(form_server) as seen:
            browser.get(path)
        asked.append(tuple(seen))

    assert len(asked[0]) > 1
    assert len(set(asked)) == 1


@pytest.mark.parametrize("state", LINKS)
def test_looking_at_a_closed_door_changes_nothing(box: Box, browser: FlaskClient, state: str) -> None:
    path = LINKS[state][0](box)
    before = box.rows()

    for method in ("GET", "HEAD", "OPTIONS"):
        browser.open(path, method=method, headers={"Sec-Purpose": "prefetch", "Purpose": "prefetch"})
        browser.open(f"{path}/tack", method=method)

    assert box.rows() == before
