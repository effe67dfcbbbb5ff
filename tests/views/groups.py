"""What Jämför grupper must show: other organisations by what their strategy says, from their own release files."""

from __future__ import annotations

from math import sqrt
from statistics import fmean, stdev
from typing import Final

from tests.views.looking import Cell, Expected, Look, Row, View
from tests.views.release_file import t_quantile

_GROUPS: Final = {
    "main": "Digitalisering är ett av huvudspåren",
    "mentioned": "Digitalisering nämns",
    "absent": "Digitalisering nämns inte",
}


def by_strategy(look: Look) -> Expected:
    """Mean, interval from ten organisations on, and how far it lies from the own whole."""
    key = look.choices.get("matt", "index")
    own = look.now.values[look.whole][key]
    found = {focus: _values(look, focus, key) for focus in _GROUPS}
    rows = [(_GROUPS[focus], _group(values, own)) for focus, values in found.items()]
    me: Row = ("Ni", {"Medel": own, "Intervall": None, "Organisationer": None, "Skillnad mot er": None})
    return Expected([*rows, me], _said(list(found.values())))


def _values(look: Look, focus: str, key: str) -> list[float]:
    """Of the others in the group; none where the pool is not told."""
    told = look.shown.told.get((look.year, f"focus:{focus}"), ())
    values = [each.values(look.year)[key] for each in look.others if each.name in told]
    return [each for each in values if each is not None] if len(values) >= 5 else []


def _group(values: list[float], own: float | None) -> dict[str, Cell]:
    mean = round(fmean(values), 1) if values else None
    return {
        "Medel": mean,
        "Intervall": _interval(values),
        "Organisationer": len(values) or None,
        "Skillnad mot er": None if mean is None or own is None else mean - round(own, 1),
    }


def _interval(values: list[float]) -> tuple[float, float] | None:
    if len(values) < 10:
        return None
    mean = round(fmean(values), 1)
    margin = t_quantile(len(values) - 1) * round(stdev(values), 1) / sqrt(len(values))
    return mean - margin, mean + margin


def _said(groups: list[list[float]]) -> list[float]:
    """How the highest differs from the lowest, by Welch; how many there are, and their shares."""
    shown = sorted((each for each in groups if each), key=fmean)
    total = sum(map(len, shown))
    found: list[float] = [total, *(100 * len(each) / total for each in shown)]
    if len(shown) < 2:
        return found
    low, high = shown[0], shown[-1]
    difference = round(fmean(high), 1) - round(fmean(low), 1)
    parts = [round(stdev(each), 1) ** 2 / len(each) for each in (low, high)]
    degrees = sum(parts) ** 2 / sum(part**2 / (len(each) - 1) for part, each in zip(parts, (low, high), strict=True))
    margin = t_quantile(int(degrees)) * sqrt(sum(parts))
    return [*found, difference, difference - margin, difference + margin]


GROUPS: Final = View(
    "/resultat/grupper", {"strategi": by_strategy}, lambda _look: (), ({}, {"matt": "A"}), of_whole=True
)
