from __future__ import annotations

from db.queries.sample import Sample, SampledUnit
from dimios_dash.components.unit_choice import unit_choice
from dimios_dash.ids import UnitId
from tests.pages.context import words

UNITS = [("E", None, 1), ("A", "E", 0), ("A1", "A", 2), ("A11", "A1", 3), ("B", "E", 4)]


def sample(units: list[tuple[str, str | None, int]]) -> Sample:
    return Sample(
        tuple(
            SampledUnit(UnitId(unit), None if above is None else UnitId(above), f"Enhet {unit}", respondents)
            for unit, above, respondents in units
        )
    )


def test_each_branch_has_its_boxes_and_units_without_any_below_stand_with_the_whole() -> None:
    text = words(unit_choice(sample(UNITS)))

    assert "Enhet E och enheter utan undernivå –  2 av 2 valda" in text
    assert "Enhet E (1 respondent) Enhet B (4 respondenter)" in text
    assert "Enhet A –  2 av 2 valda" in text
    assert "Enhet A (0 respondenter) Enhet A1, hela grenen (2 enheter, 5 respondenter)" in text


def test_an_organisation_of_one_unit_can_choose_it() -> None:
    assert "Enhet E –  1 av 1 valda" in words(unit_choice(sample(UNITS[:1])))
