"""The answer in ten seconds."""

from __future__ import annotations

from dimios_dash.analyses import summary
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make


def test_where_nothing_was_compared_the_sentence_does_not_call_a_change_certain(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    make.release(organisation, 2023, {"K": 30})
    released = make.release(organisation, 2025, {"K": {"F": 70, "A": 20}})

    assert summary.sentence(read_basis(released)) == (
        "Index är 45,0 av 100 och läget är Driven men bunden. 2023 var index 30,0."
        " Det är inte prövat om skillnaden är säker."
    )


def test_key_figures_say_last_times_value_in_words(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    make.release(organisation, 2024, {"K": {"F": 71.5, "A": 20}})
    released = make.release(organisation, 2025, {"K": {"F": 70, "A": 20}})

    figures = summary.key_figures(read_basis(released))

    assert [(each.key.label, each.value, each.note) for each in figures] == [
        ("Index", 45.0, "0,8 lägre än 2024 (45,8)"),
        ("Digital förmåga", 70.0, "1,5 lägre än 2024 (71,5)"),
        ("Digitalt arv", 20.0, "Samma som 2024"),
    ]


def test_years_that_show_different_statements_are_not_subtracted(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    every = {f"{dimension}{number}": 40.0 for dimension in "FA" for number in (1, 2, 3)}
    four = {f"F1.{number}": 40.0 for number in (1, 2, 3, 4)}
    make.release(organisation, 2024, {"K": {**{key: every[key] for key in every if key != "F1"}, **four}})
    released = make.release(organisation, 2025, {"K": 50})

    index, *_ = summary.key_figures(read_basis(released))

    assert index.note == "40,0 år 2024, men delvis andra påståenden visas"


def test_a_first_measurement_has_nothing_to_compare_with(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 80})

    index, *_ = summary.key_figures(read_basis(released))

    assert index.note == "Första mätningen för enheten"
    assert summary.sentence(read_basis(released)) == "Index är 80,0 av 100 och läget är Handlingskraftig."


def test_a_hidden_index_says_why(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50}})

    index, capability, _ = summary.key_figures(read_basis(released))

    assert (index.value, capability.value) == (None, 50.0)
    assert "minst en av de två dimensionerna" in index.note
    assert summary.sentence(read_basis(released)).startswith("Delar av resultatet visas.")
