"""Tracks with the others and ourselves on them, and tiles of counties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.comparing.county import County
from dimios_dash.figures.counties import PLACES, counties
from dimios_dash.figures.placing import Placing, placings
from dimios_dash.figures.theme import HEAT, Colour
from tests.figures.checked import checked

scores = st.floats(0, 100).map(lambda value: round(value, 1))
maybe = st.none() | scores


def test_a_row_without_others_has_a_track_and_no_band_or_mean() -> None:
    drawn = checked(
        placings([Placing("Skola", "för få", 40.0, None), Placing("Vård", "", 50.0, 45.0, 40.0, 55.0)], "Ni", "Mitt")
    )

    tracks, bands, means, own = drawn.data
    assert (len(tracks.y), len(bands.y), len(means.y), len(own.y)) == (2, 1, 1, 2)
    assert (bands.base[0], bands.x[0]) == (40.0, 15.0)


def test_a_hidden_own_value_is_a_dash() -> None:
    drawn = checked(placings([Placing("Skola", "", None, 45.0)], "Ni", "Mitt"))

    assert [note.text for note in drawn.layout.annotations][1] == "–"
    assert len(drawn.data[3].x) == 0


@given(st.lists(st.builds(Placing, st.just("a"), st.just("b"), maybe, maybe, maybe, maybe), max_size=6))
def test_every_value_lies_on_its_track(rows: list[Placing]) -> None:
    drawn = checked(placings(rows, "Ni", "Mitt"))

    low, high = drawn.layout.xaxis.range
    values = [value for row in rows for value in (row.own, row.mean) if value is not None]
    assert 0 <= low < high <= 100
    assert all(low <= value <= high for value in values)


def test_every_county_has_a_tile_of_its_own() -> None:
    assert set(PLACES) == set(County)
    assert len(set(PLACES.values())) == len(County)


def test_the_lowest_county_is_lightest_the_highest_darkest_and_the_own_one_framed() -> None:
    drawn = checked(counties({County.SKANE: 40.0, County.DALARNA: 60.0, County.UPPSALA: None}, County.SKANE))

    tiles = dict(zip(PLACES, drawn.layout.shapes, strict=True))
    assert (tiles[County.SKANE].fillcolor, tiles[County.DALARNA].fillcolor) == (HEAT[0].value, HEAT[-1].value)
    assert tiles[County.UPPSALA].fillcolor == Colour.SURFACE.value
    assert [county for county, tile in tiles.items() if tile.line.width == 4] == [County.SKANE]


def test_counties_that_are_alike_have_the_middle_colour() -> None:
    drawn = checked(counties({County.SKANE: 40.0, County.DALARNA: 40.0}, None))

    tiles = dict(zip(PLACES, drawn.layout.shapes, strict=True))
    assert {tiles[county].fillcolor for county in (County.SKANE, County.DALARNA)} == {HEAT[3].value}
