"""The first view is small, and says nothing by its length that it did not say before."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode

from flask.testing import FlaskClient

from tests.answering.links import FIELDS, Box

READS_GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_the_form_is_compressed_for_browsers_that_read_it_and_the_same(box: Box, browser: FlaskClient) -> None:
    link = box.link(invited=10)

    plain, compressed = browser.get(link.path), browser.get(link.path, headers=READS_GZIP)

    assert plain.content_encoding is None
    assert compressed.content_encoding == "gzip"
    assert gzip.decompress(compressed.data) == plain.data
    assert compressed.content_length == len(compressed.data) < 12_000
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, compressed))


def test_a_page_with_somebodys_answers_is_not_compressed(box: Box, browser: FlaskClient) -> None:
    answer = browser.post(box.link().path, data=FIELDS | {"F1.1": "7"}, headers=READS_GZIP)

    assert answer.status_code == 422
    assert answer.content_encoding is None


def test_the_styles_stand_in_each_page_alone_allowed_and_fetch_nothing(box: Box, browser: FlaskClient) -> None:
    for answer in (browser.get(box.link().path), browser.post(box.link().path), browser.get("/svara/fel")):
        [styles] = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        source = b64encode(hashlib.sha256(styles.encode()).digest()).decode()

        assert f"style-src 'self' 'sha256-{source}';" in answer.headers["Content-Security-Policy"]
        assert ".statement" in styles
        assert "--colour-accent" in styles
        assert "url(" not in styles


def test_those_of_one_unit_and_role_type_get_the_same_page_and_others_their_own(box: Box, browser: FlaskClient) -> None:
    mine = box.link(invited=10)
    beside, acting, elsewhere = box.beside(mine), box.beside(mine, role_type=3), box.beside(mine, "E2")

    pages = {link: browser.get(link.path).text for link in (mine, beside, acting, elsewhere)}
    norwegian = browser.get(f"{mine.path}?sprak=nb").text

    assert pages[mine] == pages[beside]
    assert len({*pages.values(), norwegian}) == 4
    assert not any(link.token in page for link in pages for page in pages.values())


def test_what_has_changed_meanwhile_stands_on_the_next_page(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    before = browser.get(link.path).text
    box.change(link, "placement", name="Nya namnet")

    after = browser.get(link.path).text

    assert "Nya namnet" not in before
    assert "Nya namnet" in after


def test_no_page_of_the_form_asks_for_anything_but_style_and_script(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    pages = [browser.get(link.path), browser.post(link.path, data=FIELDS)]
    pages += [browser.get(link.path), browser.get(f"{link.path}/tack"), browser.get("/svara/fel")]

    assert not any("<img" in page.text or "/assets/favicon" in page.text for page in pages)
