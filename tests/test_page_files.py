"""What Dash's pages are made of: sent small, kept by browsers as long as it is true, and never somebody's own."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from dimios_dash import page_files

SUITE = "/_dash-component-suites/dash/deps/react@18.3.1.min.js"
FILES = (page_files.address("pages.css"), page_files.address("pages.js"), page_files.PLOTLY, SUITE, "/assets/mark.svg")
GZIP = {"Accept-Encoding": "gzip"}


def fetched(site: Flask, address: str, **headers: str) -> TestResponse:
    """By somebody who is not signed in."""
    site.test_client().get("/assets/mark.svg").close()  # Dash tells its files at the first request
    answer = site.test_client().get(address, headers=headers)
    answer.get_data()
    answer.close()
    return answer


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_the_same_compressed_and_much_smaller(site: Flask, address: str) -> None:
    plain, small = fetched(site, address), fetched(site, address, **GZIP)

    assert plain.status_code == small.status_code == 200
    assert [plain.content_encoding, small.content_encoding] == [None, "gzip"]
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < 0.6 * len(plain.data)
    assert "Accept-Encoding" in small.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_plotly_has_a_form_that_is_smaller_still(site: Flask) -> None:
    answer = fetched(site, page_files.PLOTLY, **{"Accept-Encoding": "gzip, br"})

    assert (answer.content_encoding, answer.mimetype) == ("br", "text/javascript")
    assert len(answer.data) < 340_000


def test_the_head_of_a_file_is_asked_for_without_the_file(site: Flask) -> None:
    answer = site.test_client().head(FILES[0], headers=GZIP)

    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("address", FILES[:2])
def test_a_version_is_kept_for_good_and_another_is_not(site: Flask, address: str) -> None:
    named, guessed = fetched(site, address), fetched(site, re.sub("v=.*", "v=0", address))

    assert (named.cache_control.max_age, guessed.cache_control.max_age) == (365 * 24 * 3600, None)
    assert named.data == guessed.data


def test_plotly_is_asked_about_once_a_day(site: Flask) -> None:
    first = fetched(site, page_files.PLOTLY)
    again = fetched(site, page_files.PLOTLY, **{"If-None-Match": first.headers["ETag"]})

    assert (first.cache_control.max_age, first.cache_control.no_cache) == (24 * 3600, None)
    assert again.status_code == 304


def test_no_style_or_script_of_dash_pages_is_left_out(site: Flask) -> None:
    styles, script = (fetched(site, address).text for address in FILES[:2])
    others = re.compile(r"answer|promise|sheet")  # of pages that Flask draws
    files = [each for each in Path("assets").glob("*.*s*") if each.suffix in {".css", ".js"}]
    ours = [each for each in files if not others.match(each.name)]

    assert len(ours) > 20
    assert all(each.read_text("utf-8") in (styles if each.suffix == ".css" else script) for each in ours)
    assert ".form-select" in styles


def test_a_page_for_everybody_decides_for_itself(site: Flask) -> None:
    answer = fetched(site, "/logga-in", **GZIP)

    assert answer.content_encoding is None
