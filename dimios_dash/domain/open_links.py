"""What an open link may be made for, and how its answers compare with what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

MOST_UNITS: Final = 200  # of one link: more than anybody chooses among with patience
MOST_CODES: Final = 500  # of one unit at a time
MOST_EXPECTED: Final = 100_000


@dataclass(frozen=True, slots=True)
class LinkAnswers:
    """Answers by open links, and how they compare where a number was expected."""

    answers: int
    expected: int = 0  # of units and links with an expected number
    of_expected: int = 0  # answers of the same

    @property
    def rate(self) -> float | None:
        """Of what was expected, 0-1 and above where more have come; None where no number is expected."""
        return self.of_expected / self.expected if self.expected else None

    @classmethod
    def of(cls, expected: int | None, answers: int) -> LinkAnswers:
        """Of one unit of one link."""
        return cls(answers) if expected is None else cls(answers, expected, answers)


def together(all_of: Iterable[LinkAnswers]) -> LinkAnswers:
    """The sum; nothing of nothing."""
    total = LinkAnswers(0)
    for each in all_of:
        total = LinkAnswers(
            total.answers + each.answers, total.expected + each.expected, total.of_expected + each.of_expected
        )
    return total


def by_branch(
    own: Mapping[UnitId, LinkAnswers], units: Sequence[tuple[UnitId, UnitId | None]]
) -> dict[UnitId, LinkAnswers]:
    """Answers of each unit and everything below it, from `own` ones; units with their parents, parents first.

    Empty where there are no links at all.
    """
    if not own:
        return {}
    totals = {unit_id: own.get(unit_id, LinkAnswers(0)) for unit_id, _ in units}
    for unit_id, parent_id in reversed(units):
        if parent_id is not None:
            totals[parent_id] = together((totals[parent_id], totals[unit_id]))
    return totals


def check_units(expected: Mapping[UnitId, int | None]) -> None:
    """Raises Invalid for no unit, too many, and for a number nobody can mean. None: no number is expected."""
    if not expected:
        raise Invalid("Välj minst en enhet för länken.")
    if len(expected) > MOST_UNITS:
        raise Invalid(f"En länk kan gälla högst {MOST_UNITS} enheter. Gör flera länkar.")
    if any(number is not None and not 1 <= number <= MOST_EXPECTED for number in expected.values()):
        raise Invalid(f"Väntat antal är ett heltal från 1 till {MOST_EXPECTED}. Lämna fältet tomt om du inte vet.")


def check_codes(number: int | None) -> int:
    """How many codes to make. Raises Invalid."""
    if number is None or not 1 <= number <= MOST_CODES:
        raise Invalid(f"Skriv hur många koder du behöver, från 1 till {MOST_CODES}.")
    return number
