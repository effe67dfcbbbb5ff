"""How much travels before a page is there, and how long its reader waits for the charts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page

CHARTS = """() => {
    const rooms = [...document.querySelectorAll(".card__figure")];
    return rooms.length > 0 && rooms.every(room => room.querySelector(".main-svg")) && performance.now();
}"""


@dataclass(slots=True)
class Loading:
    """What a browser fetched, by the number it gives to each: address, and bytes with heads (0: kept from before)."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    milliseconds: float = 0.0  # until every chart was drawn

    @property
    def size(self) -> float:
        """Bytes on the wire."""
        return sum(self.sizes.values())

    @property
    def fetched(self) -> list[str]:
        """Addresses that the server was asked for."""
        return [self.addresses[number] for number, size in self.sizes.items() if size]


def cold(visitor: BrowserContext, address: str) -> tuple[Page, Loading]:
    """An empty page of somebody signed in, whose browser has kept nothing, on its way to the address."""
    page = visitor.new_page()
    return page, _followed(page, address)


def warm(page: Page) -> Loading:
    """The same page loaded again."""
    return _followed(page, page.url)


def _followed(page: Page, address: str) -> Loading:
    found, ear = Loading(), page.context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        found.addresses[event["requestId"]] = event["response"]["url"]

    def finished(event: dict[str, Any]) -> None:
        found.sizes[event["requestId"]] = event["encodedDataLength"]

    ear.on("Network.responseReceived", answered)
    ear.on("Network.loadingFinished", finished)
    ear.send("Network.enable")
    page.goto(address, wait_until="commit")
    found.milliseconds = page.wait_for_function(CHARTS, polling=16).json_value()
    page.wait_for_load_state("networkidle")
    ear.detach()
    return found
