"""Made-up answers: people in units, each with a level of their own around the organisation's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dimios_dash import instruments
from dimios_dash.domain.instrument import HIGHEST, LOWEST

ROLE_TYPES: Final = (1, 2, 3)
_SHARES: Final = (0.2, 0.35, 0.45)  # of the role types
_DONT_KNOW: Final = 0.12
_OF_STATEMENTS, _OF_UNITS, _OF_PEOPLE, _OF_ANSWERS = 0.35, 0.2, 0.5, 0.9  # standard deviations, in scale points
_PROFILE_SEED: Final = 2019  # what is hard is hard in every organisation


@dataclass(frozen=True, slots=True)
class Answers:
    """n sheets: role_type[n]; values[n, statement], scale points, 0 for Vet ej, in the instrument's order."""

    role_type: NDArray[np.int64]
    values: NDArray[np.int64]


def made_up(chance: np.random.Generator, level: float, unit: NDArray[np.int64]) -> Answers:
    """Answers of people in units, unit[n] an index from 0; `level` is what their index comes near to, 0-100."""
    centre = LOWEST + (HIGHEST - LOWEST) * level / 100
    of_unit = chance.normal(0, _OF_UNITS, unit.max() + 1)[unit]
    of_person = chance.normal(0, _OF_PEOPLE, unit.size)
    statements = _profile()
    of_answer = chance.normal(0, _OF_ANSWERS, (unit.size, statements.size))
    felt = centre + (of_unit + of_person)[:, np.newaxis] + statements + of_answer
    values = np.clip(np.rint(felt), LOWEST, HIGHEST).astype(np.int64)
    values[chance.random(values.shape) < _DONT_KNOW] = 0
    return Answers(chance.choice(ROLE_TYPES, unit.size, p=_SHARES), values)


def _profile() -> NDArray[np.float64]:
    """How much easier or harder each statement is than the average one, in scale points."""
    statements = len(instruments.load().statement_keys)
    easier = np.random.default_rng(_PROFILE_SEED).normal(0, _OF_STATEMENTS, statements)
    return np.asarray(easier - easier.mean())
