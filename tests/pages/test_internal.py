"""Intern jämförelse as a leader meets it, and every number of it beside what anybody computes from the release file."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from typing import Any

import orjson
import pytest
from dash import html
from dash.development.base_component import Component
from sqlalchemy import event

from db.queries import year_comparisons
from dimios_dash import access, instruments
from dimios_dash.analyses.internal.choices import Against, Depth, Shown
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import NotFound
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import OrganisationId, UnitId
from pages.results import internal
from tests.factories import Make
from tests.pages.context import context, links, parts, words
from tests.pages.released_demo import ekhamn, others

TREE = {"K": None, "A": "K", "A1": "A", "A2": "A", "B": "K"}
MEANS: dict[str, float | None] = {"K": 50.0, "A": 40.0, "A1": 45.0, "A2": 35.0, "B": 60.0}
INSTRUMENT = instruments.load()

Numbers = dict[tuple[str, str], float | None]  # by unit and column


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    make.release(organisation_id, 2024, MEANS)
    make.release(organisation_id, 2025, {**MEANS, "A2": None}, home="A")
    return organisation_id


def drawn(
    make: Make, organisation_id: OrganisationId, enhet: str | None = None, *, branch: str | None = None, **choices: Any
) -> Component:
    """The page of 2025, as one who may open it sees it."""
    ctx = context(make, organisation_id, Role.LEADER, branch=branch)
    return internal.layout(ctx, access.results(ctx, 2025, enhet), 2025, enhet, **choices)


def table_of(page: Component) -> html.Table:
    found = [part for part in parts(page) if isinstance(part, html.Table)]
    return found[0]


def numbers(page: Component, columns: list[str]) -> Numbers:
    """Of every row that leads to a unit; None where there is a dash."""
    (_head, _groups, body) = (part for part in table_of(page).children)
    found: Numbers = {}
    for row in body.children:
        unit = [link.partition("enhet=")[2].partition("&")[0] for link in links(row.children[0])]
        cells = row.children[2:-1]
        if unit:
            texts = [words(cell) for cell in cells] if len(cells) == len(columns) else [""] * len(columns)
            found.update({(unit[0], column): _read(text) for column, text in zip(columns, texts, strict=True)})
    return found


def _read(text: str) -> float | None:
    digits = text.strip("≥≤* ").replace("−", "-").replace(",", ".")
    return None if not digits or digits.startswith("–") else float(digits)


def test_a_unit_leads_to_its_own_map_with_what_was_chosen(make: Make, organisation: OrganisationId) -> None:
    found = links(table_of(drawn(make, organisation, visa=Shown.WHOLE, sida=1)))

    assert "/resultat/internt?ar=2025&enhet=A&visa=helheten" in found
    assert "/resultat/internt?ar=2025&enhet=K&visa=helheten&sortera=F1" in found
    assert "/resultat/internt?ar=2025&enhet=K&visa=helheten&jamfor=B" in found


def test_a_head_sorts_down_then_up_then_as_the_tree_stands(make: Make, organisation: OrganisationId) -> None:
    ways = []
    for sort in ("", "F1", "-F1"):
        page = drawn(make, organisation, sortera=sort)
        (head,) = (part for part in parts(page) if isinstance(part, html.Th) and "Effektivitet" in words(part))
        ways.append((getattr(head, "aria-sort", None), links(head)[0].partition("sortera=")[2]))

    assert ways == [(None, "F1"), ("descending", "-F1"), ("ascending", "")]


def test_chosen_units_stand_side_by_side_and_can_be_taken_away(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation, jamfor="A,B")

    assert "Enhet B ligger längst från Enhet A i Effektivitet: 20,0 över" in words(page)
    assert "/resultat/internt?ar=2025&enhet=K&jamfor=B" in links(page)
    assert "Valda enheter" not in words(drawn(make, organisation))


def test_a_hidden_unit_says_why_across_its_row(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation, "A")

    assert "Visas inte, eftersom för få har svarat" in words(table_of(page))
    assert "Svaren räknas in i Enhet A." in words(table_of(page))


def test_a_branch_sees_its_units_and_of_the_whole_its_totals(make: Make, organisation: OrganisationId) -> None:
    page = drawn(make, organisation, branch="A", visa=Shown.WHOLE, niva=Depth.ALL, jamfor="B,K,A1")

    assert "Hela organisationen" in words(page)
    assert "50,0" in words(page)
    assert "Enhet K" not in words(page)
    assert "Enhet B" not in words(page)
    assert not any("B" in link.partition("?")[2] for link in links(page))


@pytest.mark.parametrize(("branch", "unit"), [("A", "K"), ("A", "B"), (None, "Z")])
def test_a_unit_outside_looks_missing(make: Make, organisation: OrganisationId, branch: str | None, unit: str) -> None:
    with pytest.raises(NotFound):
        drawn(make, organisation, unit, branch=branch)


@pytest.mark.parametrize("sida", [-3, 0, 1, 99, 10**20])
def test_a_page_that_there_is_not_is_the_nearest(make: Make, organisation: OrganisationId, sida: int) -> None:
    assert "Enhet A" in words(drawn(make, organisation, sida=sida))


@pytest.mark.parametrize("shown", list(Shown))
def test_reading_takes_as_many_statements_for_many_units_as_for_few(
    make: Make, organisation: OrganisationId, shown: Shown
) -> None:
    larger = make.organisation()
    more = {f"A{number}": "A" for number in range(3, 90)}
    make.units(larger, TREE | more)
    make.release(larger, 2024, MEANS | dict.fromkeys(more, 45.0))
    make.release(larger, 2025, MEANS | dict.fromkeys(more, 47.0))
    seen: list[str] = []
    event.listen(make.session.connection(), "before_cursor_execute", lambda *call: seen.append(call[2]))

    drawn(make, organisation, "K", visa=shown, niva=Depth.ALL)
    for_few = len(seen)
    drawn(make, larger, "K", visa=shown, niva=Depth.ALL)
    for_many = len(seen) - for_few
    drawn(make, larger, "A1", visa=shown)

    assert len(seen) - for_few - for_many <= for_many == for_few <= 8


def from_file(make: Make, organisation_id: OrganisationId, year: int) -> dict[tuple[str, str], Fraction | None]:
    """Means of statements as the release file has them."""
    file = orjson.loads(as_json(gather(make.session, access.export(make.session, organisation_id, year))))
    return {
        (cell["unit"], cell["statement"]): None if cell["mean"] is None else Fraction(str(cell["mean"]))
        for cell in file["means"]
    }


def by_hand(shown: dict[str, Fraction | None], against: dict[str, Fraction | None] | None, key: str) -> Fraction | None:
    """A level of one unit, or its difference, over statements that both show."""
    if key in shown:
        return _minus(shown[key], Fraction(0) if against is None else against[key])
    if key in {"index", "F", "A"}:
        below = ["F", "A"] if key == "index" else [f"{key}{number}" for number in (1, 2, 3)]
        found = [by_hand(shown, against, each) for each in below]
        shown_below = [value for value in found if value is not None]
        return sum(shown_below, Fraction(0)) / len(found) if len(shown_below) == len(found) else None
    each = [by_hand(shown, against, statement) for statement in shown if statement.startswith(key)]
    there = [value for value in each if value is not None]
    return sum(there, Fraction(0)) / len(there) if len(there) >= 3 else None


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


@pytest.mark.parametrize("against", list(Against))
@pytest.mark.parametrize("shown", [Shown.VALUE, Shown.WHOLE, Shown.OTHERS])
def test_every_number_of_ekhamn_is_what_anybody_computes_from_the_release_file(
    make: Make, shown: Shown, against: Against
) -> None:
    organisation_id = ekhamn(make, 2025)
    bench = others(make, organisation_id)
    means = from_file(make, organisation_id, 2025)
    statements = list(map(str, INSTRUMENT.statement_keys))
    columns = ["index", "F1", "F2", "F3", "A1", "A2", "A3"] if against is Against.CATEGORIES else statements
    choices: dict[Shown, dict[str, Fraction | None] | None] = {
        Shown.VALUE: None,
        Shown.WHOLE: {key: means["E", key] for key in statements},
        Shown.OTHERS: {key: Fraction(str(mean)) for key, mean in bench.items()},
    }

    found: Numbers = {}
    for page in count(1):
        more = numbers(drawn(make, organisation_id, visa=shown, mot=against, niva=Depth.ALL, sida=page), columns)
        if not more.keys() - found.keys():
            break
        found |= more

    units = {unit for unit, _key in means} - {"E"}
    assert found.keys() == {(unit, column) for unit in units for column in columns}
    for (unit, column), value in found.items():
        exact = by_hand({key: means[unit, key] for key in statements}, choices[shown], column)
        assert (value is None) == (exact is None), (unit, column)
        assert value is None or abs(Fraction(str(value)) - (exact or 0)) <= Fraction(1, 20), (unit, column)


def test_differences_to_last_time_are_those_that_were_compared_when_the_years_were_released(make: Make) -> None:
    organisation_id = ekhamn(make, 2024, 2025)
    scope = access.export(make.session, organisation_id, 2025)
    columns = ["index", "F1", "F2", "F3", "A1", "A2", "A3"]

    found = numbers(drawn(make, organisation_id, visa=Shown.LAST), columns)

    for (unit, column), value in found.items():
        compared = year_comparisons.of_unit(make.session, scope.narrow(UnitId(unit))).get(2024)
        change = compared.changes.get(column) if compared else None
        assert value == (None if change is None else change.difference), (unit, column)
    assert any(value is not None for value in found.values())
