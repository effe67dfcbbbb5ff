"""Every state that the form's pages can be in, and how a visitor gets there."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.answering.halls import hall
from tests.answering.links import FIELDS, Box
from tests.answering.test_doors import LINKS
from tests.browser.sealing.filling import be_thanked, fill, send

Visit = Callable[[Box, Page], object]
HALF = {name: FIELDS[name] for name in list(FIELDS)[:8]}


def _of_link(make_path: Callable[[Box], str]) -> Visit:
    return lambda box, page: page.goto(make_path(box))


def _half_answered(box: Box, page: Page) -> None:
    page.goto(box.link(invited=10).path)
    fill(page, {"F1": "Fråga kim@prov.example"}, HALF)
    send(page)
    expect(page.locator("#fel")).to_be_visible()


def _closed_meanwhile(box: Box, page: Page) -> None:
    link = box.link()
    page.goto(link.path)
    fill(page)
    box.close(link)
    send(page)
    expect(page.get_by_role("main")).to_contain_text("Mätningen är stängd")


def _thanked(path: str, page: Page) -> None:
    page.goto(path)
    fill(page)
    send(page)
    be_thanked(page)


def _answered_here(box: Box, page: Page) -> None:
    path = hall(box).path
    _thanked(path, page)
    page.goto(path)


def _wrong_code(_box: Box, page: Page) -> None:
    page.goto("/oppen")
    page.get_by_label("Kod").fill("K7RT")
    page.get_by_role("button", name="Fortsätt").click()


OF_THE_FORM: dict[str, Visit] = {
    "the form": lambda box, page: page.goto(box.link(invited=10).path),
    "the form of a few": lambda box, page: page.goto(box.link().path),
    "in English": lambda box, page: page.goto(f"{box.link(invited=10).path}?sprak=en"),
    "half answered": _half_answered,
    "closed meanwhile": _closed_meanwhile,
    "an open link": lambda box, page: page.goto(hall(box).path),
}

BESIDE_IT: dict[str, Visit] = {
    "thanks": lambda box, page: _thanked(box.link(invited=10).path, page),
    "a choice of units": lambda box, page: page.goto(hall(box, ("E1", "E2")).path),
    "thanks for all": lambda box, page: _thanked(hall(box).path, page),
    "answered here": _answered_here,
    "a code": lambda _box, page: page.goto("/oppen"),
    "a wrong code": _wrong_code,
    "an unknown code": lambda _box, page: page.goto("/oppen/K7RT-2MXP-9WQH-4FGA"),
    "a used code": lambda box, page: page.goto(_used(box)),
    "trouble": lambda _box, page: page.goto("/svara/hjalp"),
} | {name: _of_link(make_path) for name, (make_path, *_) in LINKS.items()}


def _used(box: Box) -> str:
    found = hall(box, codes=1)
    box.change(found.link, "open_code", used=True)
    return found.path
