"""The codes of an open link with everything that is printed beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from db.queries import measurements, open_links
from db.queries.open_links import LinkSummary
from dimios_dash.crypto.link_secrets import ensure_link_secret
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import OpenLinkId
from dimios_dash.web import Context

OPEN: Final = "/oppen"  # where codes are typed, and the path before each


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code, and the whole address that a camera reads."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """What is printed of one link. `period` is None until the days are chosen."""

    link: LinkSummary
    period: Period | None
    place: str  # what somebody types first, without https://
    codes: tuple[PrintedCode, ...]

    @property
    def unit(self) -> str:
        """The unit's name; "" where whoever answers chooses."""
        return self.link.units[0].name if len(self.link.units) == 1 else ""


def printed_codes(ctx: Context, scope: DeskScope, link_id: OpenLinkId) -> CodeSheet:
    """Every code of a link. Raises NotFound for one that is not there for the scope, or whose measurement is gone."""
    link = open_links.require(ctx.session, scope, link_id)
    ids = open_links.code_ids(ctx.session, scope, link_id)
    of_year = {each.id: each.period for each in measurements.all_years(ctx.session, scope)}
    if link.measurement_id not in of_year:
        raise NotFound("Mätningen är avbruten, så länken finns inte kvar.")
    secret = ensure_link_secret(ctx.keys, link.measurement_id)
    codes = tuple(printed(ctx, open_code(secret, each)) for each in ids)
    return CodeSheet(link, of_year[link.measurement_id], place(ctx), codes)


def printed(ctx: Context, code: str) -> PrintedCode:
    """A code with its address."""
    return PrintedCode(code, f"{ctx.settings.address}{OPEN}/{code}")


def place(ctx: Context) -> str:
    """Where a code is typed, as short as it can be written."""
    return ctx.settings.address.partition("://")[2] + OPEN
