"""The same cells answer in whichever language is being spoken."""

from __future__ import annotations

from typing import Any

import pytest

from dimios_dash.analyses import ANALYSES, Analysis, position, strengths, summary
from dimios_dash.ids import OrganisationId
from dimios_dash.language import Language, speaking
from dimios_dash.translations import _
from tests.analyses.conftest import ReadBasis
from tests.factories import Make


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.slug)
def test_question_answer_and_reading_are_said_in_each_language(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis, analysis: Analysis[Any]
) -> None:
    make.release(organisation, 2024, {"K": 42, "A": 38, "B": 44})
    found = read_basis(make.release(organisation, 2025, {"K": {"F": 62, "A": 41, "F3": 70}, "A": 40, "B": 60}))

    said = [everything_said(analysis, found, language) for language in Language]

    assert len({words[0] for words in said}) == len({words[2] for words in said}) == len(Language)


def everything_said(analysis: Analysis[Any], found: Any, language: Language) -> tuple[str, ...]:
    with speaking(language):
        cells = analysis.read(found)
        return (_(analysis.question), analysis.headline(cells), analysis.reading(cells), *analysis.notes(cells))


def test_english_says_numbers_and_names_its_own_way(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    found = read_basis(make.release(organisation, 2025, {"K": {"F": 70, "A": 30.5, "F1.2": 90}}, answered=100))

    with speaking(Language.ENGLISH):
        assert position.headline(position.read(found)) == "The position is Driven but bound"
        assert strengths.headline(strengths.read(found)).startswith("Prioritisation highest")
        assert summary.sentence(found) == "The index is 50.9 of 100 and the position is Driven but bound."
