"""The form as part of the whole server."""

from __future__ import annotations

from flask import Flask

from dimios_dash.crypto.sealing import Sheet
from tests.answering.links import ANSWERS, FIELDS, Box


def test_the_whole_server_receives_an_answer_without_a_session_or_a_cookie(box: Box, site: Flask) -> None:
    link = box.link()
    browser = site.test_client()

    opened = browser.get(link.path)
    sent = browser.post(link.path, data=FIELDS)
    thanked = browser.get(f"{link.path}/tack")

    assert [answer.status_code for answer in (opened, sent, thanked)] == [200, 303, 200]
    assert [answer.headers.get("Set-Cookie") for answer in (opened, sent, thanked)] == [None] * 3
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]
