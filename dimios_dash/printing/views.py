"""/utskrift/lank/<id> and /utskrift/koder/<id>: what is printed of an open link. Signed-in people only."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import segno
from flask import Blueprint, render_template
from markupsafe import Markup

from dimios_dash import access
from dimios_dash.domain import days
from dimios_dash.errors import NotFound
from dimios_dash.exports.open_codes import CodeSheet, PrintedCode, printed_codes
from dimios_dash.ids import OpenLinkId
from dimios_dash.web import NO_SUCH_PAGE, context

_MASK: Final = 2  # any is readable; trying all eight for each of 500 codes would take ten seconds

blueprint = Blueprint("printing", __name__, template_folder="templates")


@blueprint.get("/utskrift/lank/<uuid:link>")
def poster(link: UUID) -> str:
    """One link, large, to put up on a wall or show on a screen. Raises NotFound."""
    return _printed(link, "poster", one_answer=False)


@blueprint.get("/utskrift/koder/<uuid:link>")
def slips(link: UUID) -> str:
    """Codes for one answer each, to be cut out. Raises NotFound."""
    return _printed(link, "slips", one_answer=True)


def _printed(link: UUID, name: str, *, one_answer: bool) -> str:
    with context() as ctx:
        sheet = printed_codes(ctx, access.respondents(ctx), OpenLinkId(link))
        who = {"organisation": ctx.user.organisation_name, "support": ctx.settings.support_address}
    if sheet.link.one_answer is not one_answer:
        raise NotFound(NO_SUCH_PAGE)
    return render_template(f"printing/{name}.html", sheet=sheet, last_day=_last_day(sheet), qr=_qr, **who)


def _last_day(sheet: CodeSheet) -> str:
    return "" if sheet.period is None else days.written(sheet.period.closes)


def _qr(code: PrintedCode) -> Markup:
    """The address as a QR code, drawn in the page itself."""
    drawn = segno.make(code.address, error="m", micro=False, mask=_MASK)
    return Markup(drawn.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704, made by segno
