"""Whatever is sent, whoever sent it gets a page that helps, nobody meets a fault of ours, and nothing is stored."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from werkzeug.test import TestResponse

from tests.answering.halls import hall
from tests.answering.links import Box
from tests.answering.malformed import FORMS, PARCELS, Sent

SUBMISSIONS = int(os.environ.get("MALFORMED_SUBMISSIONS", "1000"))  # altogether; README says how to send more
DOORS: dict[str, tuple[Callable[[Box], str], SearchStrategy[Sent]]] = {
    "a personal link": (lambda box: box.link(invited=10).path, FORMS),
    "a personal link's envelopes": (lambda box: f"{box.link().path}/kuvert", PARCELS),
    "the page for a code": (lambda _box: "/oppen", FORMS),
    "an open link": (lambda box: hall(box).path, FORMS),
    "an open link for two units": (lambda box: hall(box, ("E1", "E2")).path, FORMS),
    "an open link's envelopes": (lambda box: f"{hall(box).path}/kuvert", PARCELS),
    "a code for one answer": (lambda box: hall(box, codes=1).path, FORMS),
    "a stranger's link": (lambda box: f"{box.link().path[:-4]}AAAA", FORMS),
    "a code that nobody has made": (lambda _box: "/oppen/K7RT-2MXP-9WQH-4FGA", FORMS),
}


@pytest.mark.parametrize("door", DOORS)
def test_any_malformed_submission_is_refused_with_a_page_that_helps_and_nothing_is_stored(
    box: Box, browser: FlaskClient, door: str
) -> None:
    make_path, anything = DOORS[door]
    path = make_path(box)

    @settings(max_examples=SUBMISSIONS // len(DOORS) + 1, suppress_health_check=list(HealthCheck))
    @given(sent=anything)
    def refused(sent: Sent) -> None:
        answer = browser.post(path, data=sent.body, content_type=sent.kind, environ_overrides=dict(sent.environ))

        assert 400 <= answer.status_code < 500
        assert helps(answer)
        assert answer.is_json == path.endswith("/kuvert") or "HTTP_HOST" in sent.environ

    before = box.rows()
    refused()

    assert box.rows() == before


def helps(answer: TestResponse) -> bool:
    """Whether it says in words what happened: a page with a heading and where to get help, or what the script reads."""
    if answer.is_json:
        told = answer.json
        return bool(told and (told.get("again") or (told["title"] and told["sentences"])))
    return "<h1" in answer.text and 'href="mailto:' in answer.text and '<html lang="' in answer.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(token=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/?#"), max_size=70))
def test_any_address_is_a_broken_link(browser: FlaskClient, token: str) -> None:
    answer = browser.get(f"/svara/{token}")

    assert answer.status_code == 404
