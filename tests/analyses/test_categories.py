"""Six categories, last time's, and the others'."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Benchmark
from dimios_dash.analyses import categories
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked

KEYS = ["F1", "F2", "F3", "A1", "A2", "A3"]


def compare(
    make: Make, organisation: OrganisationId, organisations: int, mean: float | None, *, synthetic: bool = False
) -> None:
    """What the other municipalities reached in 2025, the same in every category; None: too few of them."""
    keys = [] if mean is None else KEYS
    values = [mean for _ in keys]
    unknown = [None for _ in keys]
    make.session.add(
        Benchmark(
            organisation_id=organisation,
            year=2025,
            pool="sector:kommun",
            computed_on=date(2026, 3, 2),
            organisations=organisations,
            synthetic=synthetic,
            keys=keys,
            counts=[organisations for _ in keys],
            mean=values,
            lower_quartile=unknown,
            median=unknown,
            upper_quartile=unknown,
        )
    )
    make.session.flush()


def test_the_sentence_names_the_ends_and_how_many_lie_above_the_others(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50, "A": 40, "F3": 66, "A1": 31}})
    compare(make, organisation, 24, 45.0)

    cells = categories.read(read_basis(released))

    assert categories.headline(cells) == "Starkast i Balansering, svagast i Infrastruktur"
    assert categories.reading(cells) == (
        "Balansering ligger på 66,0 och Infrastruktur på 31,0 av 100."
        " 3 av 6 kategorier ligger över medel för andra kommuner."
    )


def test_the_spider_has_last_time_and_the_others_beside_this_year(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    make.release(organisation, 2023, {"K": 40})
    released = make.release(organisation, 2025, {"K": 50})
    compare(make, organisation, 24, 45.0)

    cells = categories.read(read_basis(released))
    drawn = checked(categories.draw(cells))

    assert {trace.name for trace in drawn.data} == {"web", "2025", "2023", "Andra kommuner"}
    assert [column.name for column in categories.table(cells).columns] == [
        "Kategori",
        "2025",
        "2023",
        "Medel för andra kommuner",
    ]
    assert [cell.value for cell in categories.table(cells).rows[0].cells] == ["Effektivitet", 50.0, 40.0, 45.0]


@pytest.mark.parametrize("synthetic", [True, False])
def test_the_others_are_described_in_words(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis, synthetic: bool
) -> None:
    released = make.release(organisation, 2025, {"K": 50})
    compare(make, organisation, 24, 45.0, synthetic=synthetic)

    (note,) = categories.notes(categories.read(read_basis(released)))

    assert "24 andra kommuner, hela organisationer, mätår 2025, beräknat 2 mars 2026" in note
    assert ("syntetiska jämförelsevärden" in note) is synthetic


def test_with_fewer_than_five_others_it_is_said_why_there_is_no_comparison(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50})
    compare(make, organisation, 4, None)

    cells = categories.read(read_basis(released))
    drawn = checked(categories.draw(cells))

    assert categories.notes(cells) == (
        "Jämförelsen visas när minst 5 andra kommuner har publicerat 2025 års resultat; den 2 mars 2026 var de 4.",
    )
    assert {trace.name for trace in drawn.data} == {"web", "2025"}
    assert len(categories.table(cells).columns) == 2


def test_before_anything_has_been_computed_that_is_said(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50})

    assert categories.notes(categories.read(read_basis(released))) == (
        "Det finns inga jämförelsevärden för 2025 ännu.",
    )


def test_a_hidden_category_is_explained_in_the_table_and_no_end(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50, "A2": 40, "A3": 60}})

    cells = categories.read(read_basis(released))
    hidden = categories.table(cells).rows[3].cells

    assert categories.headline(cells) == "Starkast i Användning, svagast i Organisation"
    assert (hidden[0].value, hidden[1].value) == ("Infrastruktur", None)
    assert "färre än tre av kategorins fem påståenden" in hidden[1].note
