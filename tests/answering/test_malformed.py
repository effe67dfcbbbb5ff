"""Whatever is sent, nobody meets a fault of ours and nothing half-made is stored."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.answering.links import FIELDS, STATEMENTS, Box, Link

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = (
    st.sampled_from([*STATEMENTS, "respondenttyp", "enhet", "forslag_F1", "larande", "sett", "csrf", "F1.1[]", ""])
    | TEXTS
)
WRONG = TEXTS.filter(lambda text: text not in {*"123456", "vet_ej", "E1"})
VALUES = st.sampled_from(["1", "6", "7", "vet_ej", "", "E1", "\0", "１"]) | TEXTS
KINDS = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "",
    "text/plain; charset=\0",
]

REPEATED = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def link(box: Box) -> Link:
    """One link for all examples: none of them may use it up."""
    return box.link()


@REPEATED
@given(fields=st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=3), max_size=40))
def test_any_fields_get_the_form_back(browser: FlaskClient, link: Link, fields: dict[str, list[str]]) -> None:
    answer = browser.post(link.path, data=MultiDict(fields))

    assert answer.status_code == 422


@REPEATED
@given(name=st.sampled_from([*FIELDS, "enhet"]), values=st.lists(WRONG, min_size=1, max_size=2))
def test_one_wrong_field_among_right_ones_stores_nothing(
    box: Box, browser: FlaskClient, link: Link, name: str, values: list[str]
) -> None:
    answer = browser.post(link.path, data=MultiDict(FIELDS | {name: values}))

    assert answer.status_code in {409, 422}
    assert not box.answered(link)


@REPEATED
@given(body=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_any_bytes_get_the_form_back(browser: FlaskClient, link: Link, body: bytes, kind: str) -> None:
    answer = browser.post(link.path, data=body, content_type=kind)

    assert 400 <= answer.status_code < 500


@REPEATED
@given(token=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/?#"), max_size=70))
def test_any_address_is_a_broken_link(browser: FlaskClient, token: str) -> None:
    answer = browser.get(f"/svara/{token}")

    assert answer.status_code == 404
