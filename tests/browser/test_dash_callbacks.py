"""Dash's own browser on Dash's own part: callbacks answer, and none of them logs an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash.testing.browser import Browser
from selenium.webdriver import ChromeOptions
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import CHROMIUM, HEADLESS, PASSWORD, PATIENCE, Product


@pytest.fixture
def dash_browser(product: Product, tmp_path: Path) -> Iterator[Any]:
    """Chromium as dash[testing] drives it, at the running product."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing and could not be installed")
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*HEADLESS, "--window-size=1440,900"):
        options.add_argument(argument)  # type: ignore[no-untyped-call]
    with Browser(
        "Chrome",
        options=[options],
        download_path=str(tmp_path),
        percy_run=False,
        percy_finalize=False,
        wait_timeout=PATIENCE,
    ) as browser:
        browser.driver.get(product.address + "/logga-in")  # not one of Dash's pages, which `server_url` waits for
        yield browser


def test_choosing_another_unit_redraws_the_page_and_marks_the_menu(dash_browser: Any, product: Product) -> None:
    dash_browser.find_element("#epost").send_keys("ledning@ekhamn.example")
    dash_browser.find_element("#losenord").send_keys(PASSWORD)
    dash_browser.find_element("button[type=submit]").click()
    dash_browser.wait_for_element("a.menu__link")
    dash_browser.driver.get(product.address + "/resultat/oversikt")
    dash_browser.wait_for_text_to_equal("h1", "Ekhamns kommun 2025")

    dash_browser.wait_for_element("main a[href*='enhet=E02']").send_keys(Keys.ENTER)

    dash_browser.wait_for_text_to_equal("h1", "Utbildningsförvaltningen 2025")
    marked = dash_browser.find_element("a.menu__link[aria-current=page]")
    assert marked.get_attribute("textContent") == "Översikt"
    assert dash_browser.get_logs() == []
