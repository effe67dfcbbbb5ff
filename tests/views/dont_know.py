"""What Vet ej must show."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean
from typing import Final

from tests.views.everyone import beside
from tests.views.internal import below
from tests.views.looking import Cell, Expected, Look, Row, View
from tests.views.release_file import STATEMENTS, Release, names
from tests.views.two_releases import NORMAL

_WORDS: Final = (
    (0.05, "nästan ingen"),
    (0.15, "omkring en av tio"),
    (0.225, "omkring en av fem"),
    (0.29, "omkring en av fyra"),
    (0.42, "omkring en av tre"),
    (0.58, "omkring hälften"),
    (0.71, "omkring två av tre"),
    (0.85, "omkring tre av fyra"),
    (1.01, "nästan alla"),
)
SECTOR: Final = "sector:kommun"
_STEPS: Final = (10, 25)  # per cent, in the legend


def _asked(look: Look) -> list[str]:
    return [key for key in STATEMENTS if key.startswith(look.choices.get("dimension", ""))]


def _mean(release: Release, unit: str, beginning: str) -> float | None:
    """Per cent; None where any share is hidden."""
    shares = [release.unknown[unit, key] for key in STATEMENTS if key.startswith(beginning)]
    return None if None in shares else 100 * fmean(shares)


def _wilson(share: float, n: int) -> tuple[float, float]:
    """95 %, in per cent."""
    squared = NORMAL**2
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    half = NORMAL * sqrt(share * (1 - share) / n + squared / (4 * n**2)) / (1 + squared / n)
    return 100 * (middle - half), 100 * (middle + half)


def heat(look: Look) -> Expected:
    """Shares of the unit and of those below, and of all statements together."""
    units = [look.unit, *below(look)]
    shown = [unit for unit in units[1:] if look.now.unknown[unit, "F1.1"] is not None]
    own = [share for key in _asked(look) if (share := look.now.unknown[look.unit, key]) is not None]
    most = [100 * max(own), *_wilson(max(own), look.now.answered(look.unit))] if own else []
    return Expected(
        [(look.now.name(unit), _shares(look, unit)) for unit in units],
        [*_STEPS, *most, len(shown), *range(len(units) + 1)],
    )


def _shares(look: Look, unit: str) -> dict[str, Cell]:
    shares = {key: look.now.unknown[unit, key] for key in _asked(look)}
    cells: dict[str, Cell] = {names()[key]: None if each is None else 100 * each for key, each in shares.items()}
    everything = _mean(look.now, unit, look.choices.get("dimension", ""))
    return {"Svarande": look.now.answered(unit), "Alla": everything, **cells}


def to_train(look: Look) -> Expected:
    """Statements that a tenth of the unit, or a quarter of a unit directly below, answers Vet ej to."""
    rows: list[Row] = []
    for key in STATEMENTS:
        share, many = look.now.unknown[look.unit, key], _with_many(look, key)
        if many or (share is not None and share >= 0.10):
            rows.append((names()[key], _capability(look, share, many)))
    return Expected(rows, [10, 25])


def _with_many(look: Look, key: str) -> list[tuple[float, str]]:
    """Most first."""
    shares = [(look.now.unknown[unit, key], look.now.name(unit)) for unit in look.now.children(look.unit)]
    return sorted([(share, name) for share, name in shares if share is not None and share >= 0.25], key=lambda p: -p[0])


def _capability(look: Look, share: float | None, many: list[tuple[float, str]]) -> dict[str, Cell]:
    row: dict[str, Cell] = {"Mest i": tuple(100 * each for each, _name in many[:3])}
    if share is None:
        return {**row, "Vet ej": None, "Ungefär": ""}
    between = _wilson(share, look.now.answered(look.unit))
    about = next(words for limit, words in _WORDS if share < limit)
    return {**row, "Vet ej": 100 * share, "Vet ej, anmärkning": between, "Ungefär": about}


def trend(look: Look) -> Expected:
    """Every year with the unit, each as it was published."""
    return Expected([(str(each.year), _year(each, look.unit)) for each in (*look.earlier, look.now)])


def _year(release: Release, unit: str) -> dict[str, Cell]:
    dimensions = {names()[key]: _mean(release, unit, key) for key in ("F", "A")}
    return {"Alla": _mean(release, unit, ""), **dimensions}


def among_others(look: Look) -> Expected:
    """The whole organisation beside the others of its sector, where each of them shows its shares."""
    pool = [each.years[look.year] for each in look.others if each.name in look.shown.told.get((look.year, SECTOR), ())]
    everybody = {_percent(release, key) for release in (*pool, look.now) for key in STATEMENTS}
    told = [] if None in everybody else pool
    rows = [
        ("Alla påståenden", _beside(look, told, "")),
        *((names()[key], _beside(look, told, key)) for key in STATEMENTS),
    ]
    return Expected(rows, [*_said(rows), len(pool)])


def _percent(release: Release, beginning: str) -> float | None:
    return _mean(release, release.root, beginning)


def _beside(look: Look, told: list[Release], beginning: str) -> dict[str, Cell]:
    shares = [share for release in told if (share := _percent(release, beginning)) is not None]
    return beside(shares, _percent(look.now, beginning), among=False)


def _said(rows: Sequence[Row]) -> list[float]:
    """How many lie above the others' mean."""
    above = [row for _name, row in rows[1:] if isinstance(row["Medel"], float) and isinstance(row["Ni"], float)]
    return [sum(round(float(str(row["Ni"])), 1) > round(float(str(row["Medel"])), 1) for row in above), len(above)]


DONT_KNOW: Final = View(
    "/resultat/vet-ej",
    {"vet-ej": heat, "utbildningslista": to_train, "vet-ej-over-tid": trend, "vet-ej-bland-andra": among_others},
    lambda _look: (),
    ({}, {"dimension": "F", "niva": "alla"}),
)
