"""The whole product, started as `make run` starts it, and real browsers that visit it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HEADLESS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "ett lösenord för prov"
PATIENCE = 120  # seconds; the machine may be busy

expect.set_options(timeout=PATIENCE * 1000)

Visit = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Product:
    """Where the running product answers."""

    address: str
    data: Path


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Product]:
    """`serve --demo` in a folder of its own: web server, worker, mail catcher, demo."""
    folder = tmp_path_factory.mktemp("produkten är igång")
    with running(folder, project, "--demo", DIMIOS_DEMO_PASSWORD=PASSWORD) as product:
        yield product


@contextmanager
def running(folder: Path, project: Path, *options: str, **settings: str) -> Iterator[Product]:
    """`serve` with its data in `folder`, on a free port, as `make run` starts it; ended with the block."""
    port = free_port()
    place = {"DIMIOS_DATA": str(folder / "data"), "PORT": str(port), **settings}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dimios_dash", "serve", *options],
            env=surroundings(folder, project) | place,
            stdout=log,
            stderr=log,
            cwd=project,
        )
        try:
            wait_for_page(f"http://127.0.0.1:{port}/logga-in", process, folder / "log")
            yield Product(f"http://127.0.0.1:{port}", folder / "data")
        finally:
            process.terminate()
            process.wait(PATIENCE)


def surroundings(folder: Path, project: Path) -> dict[str, str]:
    """What our programs need to run from anywhere, and nothing of the one who tests."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(project)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session."""
    driver, _script = compute_driver_executable()
    if CHROMIUM is None or subprocess.run([driver, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("Chromium, or a library to steer it with, is missing and could not be installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=HEADLESS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, product: Product) -> Iterator[Visit]:
    """`visit()` is a new visitor's empty page; anything their browser complains about fails the test.

    With `refused` the test asks for what is refused, and the browser may say so.
    """
    visitors: list[BrowserContext] = []
    complaints: list[str] = []

    def come(*, width: int = 1440, script: bool = True, refused: bool = False) -> Page:
        visitor = chromium.new_context(
            base_url=product.address,
            viewport={"width": width, "height": 900},
            locale="sv-SE",
            java_script_enabled=script,
        )
        visitor.set_default_timeout(PATIENCE * 1000)
        visitors.append(visitor)
        page = visitor.new_page()
        if not refused:
            page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("request", lambda asked: complaints.append(asked.url) if leaves(asked.url, product) else None)
        return page

    yield come
    for visitor in visitors:
        visitor.close()
    assert complaints == []


def sign_in(page: Page, address: str) -> None:
    """Through the form, as a person does."""
    page.goto("/logga-in")
    page.get_by_label("E-postadress").fill(address)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/")


def leaves(url: str, product: Product) -> bool:
    """Whether a request goes to another host."""
    return not url.startswith((product.address, "data:", "blob:"))


def is_complaint(said: ConsoleMessage) -> bool:
    """Whether a browser complains of something that is not an answer the test asked for."""
    return said.type == "error" and "422 (UNPROCESSABLE" not in said.text


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_page(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the page answers; fails with the log when the process ends first."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310, our own address
            return
        time.sleep(0.2)
    pytest.fail(f"the product did not start:\n{log.read_text(errors='replace')[-3000:]}")
