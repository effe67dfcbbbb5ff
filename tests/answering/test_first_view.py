"""The first view is small, and says nothing by its length that it did not say before."""

from __future__ import annotations

import gzip

from flask.testing import FlaskClient

from tests.answering.links import FIELDS, Box

READS_GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_the_form_is_compressed_for_browsers_that_read_it_and_the_same(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)

    plain, compressed = browser.get(link.path), browser.get(link.path, headers=READS_GZIP)

    assert plain.content_encoding is None
    assert compressed.content_encoding == "gzip"
    assert gzip.decompress(compressed.data) == plain.data
    assert compressed.content_length == len(compressed.data) < 8_000
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, compressed))


def test_a_page_with_somebodys_answers_is_not_compressed(box: Box, browser: FlaskClient) -> None:
    answer = browser.post(box.link().path, data=FIELDS | {"F1.1": "7"}, headers=READS_GZIP)

    assert answer.status_code == 422
    assert answer.content_encoding is None


def test_one_stylesheet_is_kept_by_browsers_under_its_version_and_fetches_nothing(
    box: Box, browser: FlaskClient
) -> None:
    page = browser.get(box.link().path).text
    [address] = [part.split('"')[0] for part in page.split('<link rel="stylesheet" href="')[1:]]

    styles = browser.get(address)

    assert styles.status_code == 200
    assert styles.mimetype == "text/css"
    assert "immutable" in styles.headers["Cache-Control"]
    assert "no-store" not in styles.headers["Cache-Control"]
    assert ".statement" in styles.text
    assert "--colour-accent" in styles.text
    assert "url(" not in styles.text


def test_no_page_of_the_form_asks_for_anything_but_style_and_script(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    pages = [browser.get(link.path), browser.post(link.path, data=FIELDS)]
    pages += [browser.get(link.path), browser.get(f"{link.path}/tack"), browser.get("/svara/fel")]

    assert not any("<img" in page.text or "/assets/favicon" in page.text for page in pages)
