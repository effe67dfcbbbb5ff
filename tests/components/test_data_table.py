"""The table twin of a chart."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.components.data_table import data_table
from dimios_dash.components.view import View
from dimios_dash.figures.bars import BarKind
from dimios_dash.ids import UnitId
from tests.pages.context import links, words

VIEW = View("/resultat/oversikt", 2025, UnitId("K"))
COLUMNS = (Column("Enhet", numeric=False), Column("Digital förmåga", bar=BarKind.CAPABILITY), Column("Svarande"))


def parts(drawn: Component, kind: type[Component]) -> list[Any]:
    return [part for part in drawn._traverse() if isinstance(part, kind)]  # type: ignore[no-untyped-call]


def test_numbers_are_written_in_swedish_and_stand_to_the_right() -> None:
    drawn = data_table(Table("Enheter", COLUMNS, (Row((Cell("Skola"), Cell(56.0), Cell(1234))),)), VIEW)

    assert words(drawn) == "Enheter Enhet Digital förmåga Svarande Skola 56,0 1\u00a0234"
    assert [cell.className for cell in parts(drawn, html.Td)] == ["table__number", "table__number"]


def test_a_hidden_value_has_its_reason_beside_it_and_no_bar() -> None:
    hidden = Row((Cell("Skola"), Cell(None, "Visas inte."), Cell(2)))

    drawn = data_table(Table("Enheter", COLUMNS, (hidden,)), VIEW)

    assert "– Visas inte. 2" in words(drawn)
    assert parts(drawn, html.Progress) == []


def test_a_bar_is_nothing_to_a_screen_reader() -> None:
    drawn = data_table(Table("Enheter", COLUMNS, (Row((Cell("Skola"), Cell(56.0), Cell(4))),)), VIEW)

    (bar,) = parts(drawn, html.Progress)
    assert getattr(bar, "aria-hidden") == "true"


def test_a_unit_leads_to_the_same_page_of_its_own() -> None:
    row = Row((Cell("Skola", unit_id=UnitId("Ö 1&2")), Cell(56.0), Cell(4)), RowKind.OUTSIDE)

    drawn = data_table(Table("Enheter", COLUMNS, (row,)), VIEW)

    assert links(drawn) == ["/resultat/oversikt?ar=2025&enhet=%C3%96+1%262"]
    assert len(parts(drawn, dcc.Link)) == 1
    assert parts(drawn, html.Tr)[1].className == "is-outside"


def test_every_head_says_what_it_is_a_head_of() -> None:
    drawn = data_table(Table("Enheter", COLUMNS, (Row((Cell("Skola"), Cell(56.0), Cell(4))),)), VIEW)

    assert [head.scope for head in parts(drawn, html.Th)] == ["col", "col", "col", "row"]
    frame = drawn.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    assert (frame["tabIndex"], frame["role"], frame["aria-label"]) == (0, "region", "Enheter")
