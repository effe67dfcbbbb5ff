"""What Data och diagram must show."""

from __future__ import annotations

from statistics import fmean
from typing import Final

from tests.views.looking import Cell, Expected, Look, View
from tests.views.release_file import CATEGORIES, DIMENSIONS, STATEMENTS, names

_COLUMNS: Final = {"dimension": "Dimensioner", "kategori": "Kategorier", "formaga": "Förmågor"}
_TYPES: Final = {"1": "Utformar styrningen", "2": "Styr", "1+2": "Utformar eller styr", "3": "Verkar inom styrningen"}


def _depth(look: Look) -> str:
    return look.choices.get("niva", "kategori")


def _keys(look: Look) -> list[str]:
    """The levels that are listed."""
    every = {"dimension": DIMENSIONS, "kategori": CATEGORIES, "formaga": STATEMENTS}[_depth(look)]
    return [key for key in every if key.startswith(look.choices.get("kategori", ""))]


def _statements(key: str) -> list[str]:
    return [statement for statement in STATEMENTS if statement.startswith(key)]


def every_level(look: Look) -> Expected:
    """Mean, interval, how many answered, and the share of Vet ej."""
    rows = [(names()[key], _level(look, key)) for key in _keys(look)]
    shown = [key for key in _keys(look) if look.values[key] is not None]
    return Expected(rows, [len(shown) - 1, *range(len(_rivals(look, shown)) + 1)])


def _rivals(look: Look, shown: list[str]) -> list[str]:
    """Those whose interval overlaps that of the lowest."""
    if not shown:
        return []
    *others, lowest = sorted(shown, key=lambda key: -round(look.values[key] or 0, 1))
    high = (look.now.interval(look.unit, lowest) or (0.0, 100.0))[1]
    return [key for key in others if (look.now.interval(look.unit, key) or (0.0, 100.0))[0] <= high]


def _level(look: Look, key: str) -> dict[str, Cell]:
    counts = look.now.counts.get((look.unit, key))
    shares = [look.now.unknown[look.unit, each] for each in _statements(key)]
    return {
        "Medel": look.values[key],
        "Intervall": look.now.interval(look.unit, key),
        "Svar": f"av {look.now.answered(look.unit)} svarande" if counts is None else f"{sum(counts)} svar",
        "Vet ej": None if None in shares else 100 * fmean(shares),
    }


def role_types(look: Look) -> Expected:
    """Means of the three types, else of two groups, over statements that show all of them; and the gap."""
    for groups in (("1", "2", "3"), ("1+2", "3")):
        found = {key: _by_type(look, key, groups) for key in _keys(look)}
        if any(found.values()):
            break
    rows = [(names()[key], _gap(groups, means)) for key, means in found.items()]
    return Expected(rows)


def _by_type(look: Look, key: str, groups: tuple[str, ...]) -> dict[str, float]:
    """None of them where fewer than three of five statements show all groups."""
    split, asked = look.now.split, _statements(key)
    shown = [
        cells
        for each in asked
        if len(cells := [cell for group in groups if (cell := split.get((look.unit, each, group)))]) == len(groups)
        and not any(cell["at_bound"] == "går inte att skilja från helheten" for cell in cells)
    ]
    if not shown or 5 * len(shown) < 3 * len(asked):
        return {}
    return {group: fmean(cells[place]["mean"] for cells in shown) for place, group in enumerate(groups)}


def _gap(groups: tuple[str, ...], means: dict[str, float]) -> dict[str, Cell]:
    row: dict[str, Cell] = {_TYPES[group]: means.get(group) for group in groups}
    return row | {"Skillnad": means[groups[0]] - means["3"] if means else None}


def spread_of_answers(look: Look) -> Expected:
    """Per cent of the answers at each of the six points."""
    keys = [key for key in STATEMENTS if key.startswith(look.choices.get("kategori", ""))]
    found = {key: look.now.counts.get((look.unit, key)) for key in keys}
    rows = [(names()[key], _shares(counts)) for key, counts in found.items()]
    shown = [counts for counts in found.values() if counts]
    ends = [100 * sum(part) / sum(counts) for counts in shown for part in (counts[:2], counts[4:])]
    return Expected(rows, [*range(7), len(found) - len(shown), *ends])


def _shares(counts: tuple[int, ...] | None) -> dict[str, Cell]:
    if counts is None:
        return {**{str(point): None for point in range(1, 7)}, "Svar": None}
    return {**{str(point): 100 * each / sum(counts) for point, each in enumerate(counts, 1)}, "Svar": sum(counts)}


DATA: Final = View(
    "/resultat/data",
    {"nivaer": every_level, "respondenttyper": role_types, "fordelning": spread_of_answers},
    lambda _look: (),
    ({}, {"niva": "dimension"}, {"niva": "formaga", "kategori": "A2"}),
)
