"""The first view of results is small enough for a poor connection, and afterwards its files are there."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from dimios_dash.page_files import ASSETS, PLOTLY
from tests.browser.conftest import Visit, sign_in
from tests.browser.loading import cold, warm

LEADER = "ledning@ekhamn.example"
OVERVIEW = "/resultat/oversikt"
MOST_BYTES = 800_000
READ = """async address => {
    const answer = await fetch(address);
    return [answer.headers.get("content-encoding"), await answer.text()];
}"""


def test_the_first_view_is_small_and_the_next_fetches_its_content_alone(visit: Visit) -> None:
    signed_in = visit()
    sign_in(signed_in, LEADER)
    stranger = visit().context
    stranger.add_cookies(signed_in.context.cookies())  # type: ignore[arg-type]  # as it gives them

    page, first = cold(stranger, OVERVIEW)
    again = warm(page)

    assert 100_000 < first.size <= MOST_BYTES, sorted((size, first.addresses[n]) for n, size in first.sizes.items())
    assert again.size <= MOST_BYTES / 10
    asked = {urlsplit(each).path for each in again.fetched}
    assert {"/_dash-layout", "/_dash-dependencies", OVERVIEW} <= asked
    assert not [each for each in asked if each.endswith((".css", ".woff2", ".min.js")) or each == PLOTLY]


def test_plotly_is_what_was_compressed_once_and_for_all(visit: Visit) -> None:
    page = visit()
    page.goto("/logga-in")

    encoding, text = page.evaluate(READ, PLOTLY)

    assert encoding == "br"
    assert text == Path(ASSETS / "vendor" / "plotly-basic.min.js").read_text("utf-8")
