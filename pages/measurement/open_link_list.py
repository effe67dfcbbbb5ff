"""The links of /matning/oppna-lankar: where each leads, how many have answered, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

from db.queries.open_links import LinkSummary
from dimios_dash.components.aria import aria
from dimios_dash.components.layout import Tone, empty, notice
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.crypto.link_secrets import ensure_link_secret
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.elements import html
from dimios_dash.exports.open_codes import printed
from dimios_dash.figures.numbers import HIDDEN, count, percent
from dimios_dash.web import Context

_COLUMNS = (
    Column("Leder till"),
    Column("Svar", number=True),
    Column("Väntade", number=True),
    Column("Andel", number=True),
    Column("Länk"),
    Column("Gör"),
)


def closing_id(link: object) -> dict[str, object]:
    """Id of the button that closes a link."""
    return {"component": "open-link-close", "link": link}


def reopening_id(link: object) -> dict[str, object]:
    """Id of the button that opens it again."""
    return {"component": "open-link-reopen", "link": link}


def listed(ctx: Context, links: Sequence[LinkSummary]) -> list[Component]:
    """The table, or what to do where there is nothing in it yet."""
    if not links:
        return [empty("Inga öppna länkar än", "Nå dem som saknar e-post: gör en länk eller koder här nedanför.")]
    rows = [_row(ctx, link) for link in links]
    return [html.Div(table("Öppna länkar och engångskoder, med svaren hittills", _COLUMNS, rows), className="section")]


def made(link: LinkSummary) -> Component:
    """What to do with a link that has just been made."""
    print_it = html.A("Visa och skriv ut", href=_paper(link), target="_blank", rel="noopener")
    if link.one_answer:
        number = count(link.response.expected)
        return notice(Tone.SUCCESS, f"Koder gjorda för {link.units[0].name}: {number}", print_it)
    return notice(Tone.SUCCESS, f"Länken till {_where(link)} är gjord", print_it)


def _row(ctx: Context, link: LinkSummary) -> list[Cell]:
    response = link.response
    return [
        _leads_to(link),
        count(response.answers),
        count(response.expected) if response.expected else HIDDEN,
        percent(response.rate) if response.rate is not None else HIDDEN,
        _address(ctx, link),
        html.Div(_deeds(link), className="row-deeds"),
    ]


def _leads_to(link: LinkSummary) -> Cell:
    state = [html.Span("Stängd", className="table__reason")] if link.closed else []
    if len(link.units) == 1:
        kind = [html.Span("Engångskoder", className="table__reason")] if link.one_answer else []
        return [link.units[0].name, *kind, *state]
    each = [
        html.Li(f"{unit.name}: {count(unit.answers)}" + (f" av {count(unit.expected)}" if unit.expected else ""))
        for unit in link.units
    ]
    return [html.Details([html.Summary(_where(link)), html.Ul(each)]), *state]


def _where(link: LinkSummary) -> str:
    return link.units[0].name if len(link.units) == 1 else f"{count(len(link.units))} enheter att välja mellan"


def _address(ctx: Context, link: LinkSummary) -> Cell:
    """What to copy into a message; codes for one answer each are many, and stand on their sheet."""
    if link.code_id is None:
        return html.A("Ladda ner som CSV", href=f"/hamta/koder/{link.id}.csv")
    code = printed(ctx, open_code(ensure_link_secret(ctx.keys, link.measurement_id), link.code_id))
    return html.Span(code.address, className="link-address")


def _deeds(link: LinkSummary) -> list[Component]:
    print_it = html.A("Skriv ut", href=_paper(link), target="_blank", rel="noopener", **_about(link, "Skriv ut"))
    label, id_ = ("Öppna igen", reopening_id) if link.closed else ("Stäng", closing_id)
    switch = html.Button(
        label, id=id_(str(link.id)), type="button", className="button button--quiet", **_about(link, label)
    )
    return [print_it, switch]


def _about(link: LinkSummary, label: str) -> dict[str, Any]:
    """The name of what is done for those who do not see in which row it stands."""
    what = "engångskoder för" if link.one_answer else "länken till"
    return aria(label=f"{label}: {what} {_where(link)}")


def _paper(link: LinkSummary) -> str:
    return f"/utskrift/{'koder' if link.one_answer else 'lank'}/{link.id}"
