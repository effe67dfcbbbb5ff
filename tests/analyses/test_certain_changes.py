"""What has certainly changed since last time, and how it is said at the top of Översikt."""

from __future__ import annotations

import pytest

from db.models import RegroupedUnit, YearComparison
from dimios_dash import instruments
from dimios_dash.analyses import certain_changes, summary
from dimios_dash.domain.statistics import level_columns
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make

INSTRUMENT = instruments.load()
KEYS = level_columns.keys(INSTRUMENT)


def compare(
    make: Make, organisation: OrganisationId, years: tuple[MeasurementId, MeasurementId], **changes: tuple[float, float]
) -> None:
    """What the worker stored of K: a difference and its adjusted p for each key ("F1_1" for F1.1), else no change."""
    earlier, later = years
    row = {"organisation_id": organisation, "measurement_id": earlier, "later_id": later, "unit_id": "K"}
    told = {key.replace("_", "."): change for key, change in changes.items()}
    statements = len(INSTRUMENT.statement_keys)
    make.session.add(RegroupedUnit(**row, mean=[40.0] * statements, whole=[1] * statements))
    make.session.add(
        YearComparison(
            **row,
            answered_before=40,
            same_people=True,
            difference=[told.get(key, (0.0, 1.0))[0] for key in KEYS],
            margin=[3.0] * len(KEYS),
            adjusted_p=[told.get(key, (0.0, 1.0))[1] for key in KEYS],
            hedges_g=[0.1] * len(KEYS),
            smallest=[4.2] * len(KEYS),
        )
    )
    make.session.flush()


@pytest.fixture
def years(make: Make, organisation: OrganisationId) -> tuple[MeasurementId, MeasurementId]:
    """2024 and 2025."""
    return make.release(organisation, 2024, {"K": 40}), make.release(organisation, 2025, {"K": 45})


def test_the_certain_ones_are_named_the_largest_first(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis, years: tuple[MeasurementId, MeasurementId]
) -> None:
    compare(make, organisation, years, F1=(5.0, 0.01), A2=(-7.5, 0.05), F1_1=(9.0, 0.04), F2=(20.0, 0.051))

    cells = certain_changes.read(read_basis(years[1]))

    assert certain_changes.headline(cells) == (
        "Säkert ändrat sedan 2024: Förvaltning +9,0, Organisation −7,5 och Effektivitet +5,0"
    )
    assert certain_changes.reading(cells) == "Säkert högre: 2. Säkert lägre: 1. Jämförda: 39."
    told = {row.cells[0].value: row.cells[4].value for row in certain_changes.table(cells).rows}
    assert [name for name, verdict in told.items() if verdict == "säker"] == [
        *("Effektivitet", "Organisation", "Förvaltning")
    ]


def test_where_none_is_certain_it_says_how_large_a_change_would_have_to_be(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis, years: tuple[MeasurementId, MeasurementId]
) -> None:
    compare(make, organisation, years, index=(1.1, 0.4))

    cells = certain_changes.read(read_basis(years[1]))

    assert certain_changes.headline(cells) == "Ingen förändring sedan 2024 är säker"
    assert certain_changes.reading(cells) == (
        "Index har ändrats med +1,1; det hade behövt vara minst 4,2 för att vara säkert."
    )


def test_without_an_earlier_year_or_anything_to_compare_it_says_so(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    first = make.release(organisation, 2024, {"K": 40})
    second = make.release(organisation, 2025, {"K": 45})

    nothing = certain_changes.read(read_basis(first, year=2024))
    incomparable = certain_changes.read(read_basis(second))

    assert certain_changes.headline(nothing) == "Det finns inget tidigare år att jämföra med"
    assert certain_changes.headline(incomparable) == "Det går inte att jämföra med 2024"
    assert certain_changes.table(nothing).rows == certain_changes.table(incomparable).rows == ()


@pytest.mark.parametrize(
    ("change", "sentence", "note"),
    [
        ((2.1, 0.05), "Det är säkert högre än 2024, med 2,1.", "2,1 högre än 2024, säkert"),
        ((2.1, 0.06), "Det är 2,1 högre än 2024, men skillnaden kan vara slump.", "2,1 högre än 2024, kan vara slump"),
        ((-3.0, 0.01), "Det är säkert lägre än 2024, med 3,0.", "3,0 lägre än 2024, säkert"),
        ((-3.0, 0.9), "Det är 3,0 lägre än 2024, men skillnaden kan vara slump.", "3,0 lägre än 2024, kan vara slump"),
        ((0.0, 1.0), "Det är detsamma som 2024.", "Samma som 2024"),
    ],
)
def test_the_top_of_the_page_says_whether_the_index_is_certainly_another(  # noqa: PLR0917, what fixtures give
    make: Make,
    organisation: OrganisationId,
    read_basis: ReadBasis,
    years: tuple[MeasurementId, MeasurementId],
    change: tuple[float, float],
    sentence: str,
    note: str,
) -> None:
    compare(make, organisation, years, index=change)
    found = read_basis(years[1])

    assert summary.sentence(found) == f"Index är 45,0 av 100 och läget är mitt på kartan. {sentence}"
    assert summary.key_figures(found)[0].note == note
