"""Vet ej as a leader meets it, and every share beside the release file."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from dash import html
from dash.development.base_component import Component
from sqlalchemy import event

from dimios_dash import access
from dimios_dash.analyses.internal.choices import Depth
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import NotFound
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.figures.numbers import percent
from dimios_dash.ids import OrganisationId
from pages.results import dont_know
from tests.factories import Make
from tests.pages.context import context, links, parts, words
from tests.pages.released_demo import ekhamn


def drawn(
    make: Make, organisation_id: OrganisationId, enhet: str | None = None, *, branch: str | None = None, **choices: Any
) -> Component:
    ctx = context(make, organisation_id, Role.LEADER, branch=branch)
    return dont_know.layout(ctx, access.results(ctx, 2025, enhet), 2025, enhet, **choices)


def shown(page: Component) -> dict[str, list[str]]:
    """The cells of every row of the map that leads to a unit: the mean, then the statements."""
    table = next(part for part in parts(page) if isinstance(part, html.Table))
    found = {}
    for row in table.children[2].children:
        for link in links(row.children[0]):
            unit = link.partition("enhet=")[2].partition("&")[0]
            found[unit] = [words(cell) for cell in row.children[2:]]
    return found


@pytest.fixture
def released(make: Make) -> OrganisationId:
    return ekhamn(make, 2024, 2025)


def test_every_share_of_ekhamn_is_that_of_the_release_file_and_every_hidden_one_has_its_reason(
    make: Make, released: OrganisationId
) -> None:
    file = orjson.loads(as_json(gather(make.session, access.export(make.session, released, 2025))))
    shares: dict[str, list[float | None]] = {}
    for cell in file["dont_know"]:
        shares.setdefault(cell["unit"], []).append(cell["share_or_band"])
    outside = {unit["id"] for unit in file["units"] if not unit["takes_part"]}

    found: dict[str, list[str]] = {}
    for page in range(1, 6):
        found |= shown(drawn(make, released, niva=Depth.ALL, sida=page))

    assert found.keys() == shares.keys() - {"E"}
    for unit, cells in found.items():
        if None in shares[unit]:
            assert len(cells) == 1
            assert cells[0].startswith("○ Ingår inte" if unit in outside else "– Visas inte")
        else:
            assert cells[1:] == [percent(share) for share in shares[unit]]


def test_a_branch_sees_its_units_and_nothing_else(make: Make, released: OrganisationId) -> None:
    page = drawn(make, released, branch="E03", niva=Depth.ALL)

    assert "Socialförvaltningen" in words(page)
    assert not any(name in words(page) for name in ("Ekhamns kommun", "Utbildningsförvaltningen", "Räddningstjänsten"))
    assert all("enhet=E03" in link for link in links(page) if "enhet=" in link)


@pytest.mark.parametrize(("branch", "unit"), [("E03", "E"), ("E03", "E02"), (None, "finns-inte")])
def test_a_unit_outside_looks_missing(make: Make, released: OrganisationId, branch: str | None, unit: str) -> None:
    with pytest.raises(NotFound):
        drawn(make, released, unit, branch=branch)


def test_reading_takes_as_many_statements_for_many_units_as_for_few(make: Make, released: OrganisationId) -> None:
    seen: list[str] = []
    event.listen(make.session.connection(), "before_cursor_execute", lambda *call: seen.append(call[2]))

    drawn(make, released, niva=Depth.ALL)
    for_the_whole = len(seen)
    drawn(make, released, "E03", niva=Depth.ALL)

    assert len(seen) == 2 * for_the_whole <= 22
