"""The own organisation in its pools: what is said, drawn and put in the table where others are many, few and none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dimios_dash import access
from dimios_dash.analyses import Analysis, basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import (
    CAPABILITY_PLACES,
    CATEGORY_PLACES,
    COUNTIES,
    OWN_GROUP,
    OWN_PLACE,
    SECTORS,
    SIMILAR,
    SIZES,
)
from dimios_dash.analyses.everyone.chosen import LEVEL, POOL, LevelChoice, PoolChoice
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.neighbours import YEAR, counted, neighbour, neighbours

_FROZEN = "Urvalen ändras bara den 1 februari, maj, augusti och november, och bara när minst sex är nya."
Read = Callable[..., Basis]


@pytest.fixture
def read(make: Make) -> Read:
    def of(organisation_id: OrganisationId, **choices: object) -> Basis:
        return basis.read(make.session, access.export(make.session, organisation_id, YEAR), choices)

    return of


def said(analysis: Analysis[Any], found: Basis) -> tuple[str, str]:
    cells = analysis.read(found)
    return plain(analysis.headline(cells)), plain(analysis.reading(cells))


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ")


def test_the_answer_is_about_those_of_our_size_and_says_how_many_and_which_place(make: Make, read: Read) -> None:
    own = neighbour(make, 60)
    neighbours(make, [40, 42, 44, 46, 48, 50, 52, 54, 70, 72])
    neighbours(make, [10] * 6, employees=20_000)
    counted(make)

    headline, reading = said(OWN_PLACE, read(own))

    assert headline == "Ja, högre än medel (kommuner, 1 000–2 999 anställda)"
    assert reading == (
        "Index är 60,0; medel för 10 andra (kommuner, 1 000–2 999 anställda) är 51,8. "
        "Ni är på plats 3 av 11, minst lika högt som 80 % av de andra."
    )


def test_where_those_of_our_size_are_too_few_the_answer_is_about_the_sector(make: Make, read: Read) -> None:
    own = neighbour(make, 30)
    neighbours(make, [40] * 6, employees=20_000)
    counted(make)

    cells = OWN_PLACE.read(read(own))

    assert OWN_PLACE.headline(cells) == "Nej, lägre än medel (kommuner)"
    assert plain(OWN_PLACE.notes(cells)[-1]) == (
        "Kommuner, 1 000–2 999 anställda: visas när minst 5 andra är räknade; 1 februari 2026 var de 0."
    )


def test_before_anybody_is_counted_it_says_so_and_draws_nothing(make: Make, read: Read) -> None:
    found = read(neighbour(make, 30))

    cells = OWN_PLACE.read(found)

    assert OWN_PLACE.headline(cells) == "Det finns ännu inga att jämföra med"
    assert OWN_PLACE.draw(cells) is None
    every: tuple[Analysis[Any], ...] = (CATEGORY_PLACES, COUNTIES, SIZES, SECTORS)
    assert not any(analysis.draw(analysis.read(found)) for analysis in every)


def test_who_has_told_neither_size_nor_county_is_asked_for_them(make: Make, read: Read) -> None:
    own = neighbour(make, 30, employees=None, county=None)
    counted(make)

    assert OWN_PLACE.notes(OWN_PLACE.read(read(own)))[-1] == (
        "Er storlek eller ert län är inte angivet, så de urvalen saknas."
    )


def test_it_is_said_which_year_when_and_that_the_own_one_is_left_out(make: Make, read: Read) -> None:
    own, *_others = neighbours(make, [30] * 7)
    counted(make)

    notes = OWN_PLACE.notes(OWN_PLACE.read(read(own)))

    assert notes == (
        "Ett par poängs skillnad kan vara slump: det är inte prövat om den är säker.",
        "Hela organisationer, mätår 2025, var och en räknas lika. Ni själva är borträknade.",
        "Räknat 1 februari 2026. " + _FROZEN,
    )


def test_categories_are_compared_with_the_chosen_pool(make: Make, read: Read) -> None:
    own = neighbour(make, 50)
    neighbours(make, [80] * 6)
    neighbours(make, [10] * 12, county=County.DALARNA)
    neighbours(make, [100] * 8, sector=Sector.REGION, county=None)
    counted(make)

    in_sector, in_county, in_nation = (
        said(CATEGORY_PLACES, read(own, **{POOL: choice}))
        for choice in (PoolChoice.SECTOR, PoolChoice.COUNTY, PoolChoice.NATION)
    )

    assert in_sector[1] == "6 av 6 ligger över medel för de andra (kommuner)."
    assert in_county[1] == "0 av 6 ligger över medel för de andra (Skåne län)."
    assert in_nation[1] == "0 av 6 ligger över medel för de andra (hela landet)."


def test_only_the_capabilities_that_differ_most_are_drawn_and_all_are_in_the_table(make: Make, read: Read) -> None:
    own, *_others = neighbours(make, [50] * 7)
    counted(make)

    cells = CAPABILITY_PLACES.read(read(own))

    drawn = CAPABILITY_PLACES.draw(cells)
    assert drawn is not None
    assert len(drawn.layout["annotations"]) == 2 * 8
    assert len(CAPABILITY_PLACES.table(cells).rows) == 30


def test_the_map_has_every_county_and_shows_those_with_enough(make: Make, read: Read) -> None:
    own, *_others = neighbours(make, [50] * 7)
    neighbours(make, [70] * 6, county=County.DALARNA)
    neighbours(make, [90] * 3, county=County.GOTLAND)
    neighbours(make, [90] * 6, county=None)
    counted(make)

    cells = COUNTIES.read(read(own))
    rows = {row.cells[0].value: (row.cells[1].value, row.cells[2].value) for row in COUNTIES.table(cells).rows}

    assert COUNTIES.headline(cells) == "Dalarnas län högst, Skåne län lägst"
    assert len(rows) == 21
    assert (rows["Dalarnas län"], rows["Skåne län"], rows["Gotlands län"]) == ((70.0, 6), (50.0, 6), (None, 3))


@pytest.mark.parametrize("level", LevelChoice)
def test_sectors_and_sizes_follow_the_chosen_level(make: Make, read: Read, level: LevelChoice) -> None:
    own, *_others = neighbours(make, [50] * 7)
    neighbours(make, [30] * 6, sector=Sector.REGION, employees=20_000)
    counted(make)
    found = read(own, **{LEVEL: level})

    assert said(SECTORS, found) == ("Kommuner högst, Regioner lägst", f"{level.label} går från 30,0 till 50,0 i medel.")
    assert said(SIZES, found)[0] == "Kommuner, 1 000–2 999 anställda 50,0"


def test_without_consents_and_groups_it_is_said_what_is_needed(make: Make, read: Read) -> None:
    own, *_others = neighbours(make, [50] * 7)
    counted(make)
    found = read(own)

    assert said(SIMILAR, found) == (
        "För få har samtyckt till att jämföras",
        "Minst 5 andra måste ha samtyckt till att jämföras som liknande; nu är de 0.",
    )
    assert said(OWN_GROUP, found)[0] == "Ni är inte med i någon grupp"
