"""A browser that shows nothing but text can answer: it needs no style, no script, no picture and no cookie."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from dimios_dash.crypto.sealing import Sheet
from tests.answering.halls import hall
from tests.answering.links import ANSWERS, FIELDS, Box
from tests.browser.text_browser import W3M, opened, shown, stops

pytestmark = pytest.mark.skipif(W3M is None, reason="w3m is missing and could not be installed")


def answering(page: str) -> list[int]:
    """The stops to choose to answer FIELDS and send it, counted from 1."""
    wanted = [
        place
        for place, (tag, told) in enumerate(stops(page), 1)
        if told.get("type") == "submit" or (told.get("type") == "radio" and FIELDS[str(told["name"])] == told["value"])
    ]
    assert len(wanted) == len(FIELDS) + 1
    return wanted


def fetched(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310, our own address
        return str(answer.read().decode())


def test_the_form_is_answered_in_text_alone(box: Box, address: str, tmp_path: Path) -> None:
    link = box.link()

    with opened(address + link.path, tmp_path) as browser:
        browser.wait_for("Viewing")
        browser.choose(answering(fetched(address + link.path)))
        browser.wait_for("Tack!")
    said = shown(f"{address}{link.path}/tack", tmp_path)

    assert "flyttades" not in said
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_an_open_link_is_answered_in_text_alone(box: Box, address: str, tmp_path: Path) -> None:
    found = hall(box, ("E1", "E2"))
    path = f"{address}{found.path}?enhet=E2"

    with opened(path, tmp_path) as browser:
        browser.wait_for("Viewing")
        browser.choose(answering(fetched(path)))
        browser.wait_for("Tack!")

    assert found.sheets("E2") == [Sheet(2, ANSWERS, {})]


def test_what_is_missing_is_listed_in_text_with_a_way_to_it(box: Box, address: str, tmp_path: Path) -> None:
    link = box.link()

    with opened(address + link.path, tmp_path) as browser:
        browser.wait_for("Viewing")
        browser.choose(answering(fetched(address + link.path))[1:])
        browser.wait_for("1 fråga återstår")

    assert box.ballots(link) == []


def test_the_form_as_text_says_each_thing_once_and_nothing_that_is_not_so(
    box: Box, address: str, tmp_path: Path
) -> None:
    said = shown(address + box.link(invited=10).path, tmp_path)

    assert "Servern förseglar svaret så snart det kommer fram." in said
    assert "Din webbläsare förseglar" not in said
    assert said.count("( )") == 3 + 30 * 7
    assert "(*)" not in said
