"""What Intern jämförelse must show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot, sqrt
from typing import Final

from scipy.special import stdtr
from scipy.stats import false_discovery_control

from tests.views.looking import Cell, Expected, Look, Row, View
from tests.views.release_file import CATEGORIES, STATEMENTS, Release, Spread, Values, apart_from, levels, names

_DEPTHS: Final = {"1": 1, "2": 2, "alla": 99}
_STEPS: Final = (2, 5, 10)  # of the colours, in the legend
_TOO_FEW: Final = "Visas inte, eftersom för få påståenden visas på båda sidor."

Place = tuple[str, str]  # unit and level


def _columns(look: Look) -> list[str]:
    part = look.choices.get("dimension", "")
    if look.choices.get("mot") == "formagor":
        return [key for key in STATEMENTS if key.startswith(part)]
    return [part or "index", *_categories(look)]


def _categories(look: Look) -> list[str]:
    return [key for key in CATEGORIES if key.startswith(look.choices.get("dimension", ""))]


def below(look: Look) -> list[str]:
    """As many levels as were chosen."""

    def under(unit: str, depth: int) -> list[str]:
        children = look.now.children(unit) if depth else []
        return [each for child in children for each in (child, *under(child, depth - 1))]

    return under(look.unit, _DEPTHS[look.choices.get("niva", "1")])


def heat(look: Look) -> Expected:
    """Every unit on every column: its values, or how far it lies from what was chosen."""
    columns, units = _columns(look), _units(look)
    rows = [_row(look, unit, _shown(look, unit), columns) for unit in units]
    return Expected([*_above(look, columns), *rows], [*_STEPS, *range(len(units) + 1), *_found(look)])


def _units(look: Look) -> list[str]:
    """The rows; the whole organisation is not compared with itself."""
    itself = [] if look.choices.get("visa") == "helheten" and look.unit == look.whole else [look.unit]
    return [*itself, *below(look)]


def _shown(look: Look, unit: str) -> Values:
    return _apart(look, unit) if "visa" in look.choices else look.now.values[unit]


def _row(look: Look, unit: str, values: Values, columns: Sequence[str], name: str = "") -> Row:
    cells = {names()[key]: values[key] for key in columns}
    return name or look.now.name(unit), {"Svarande": look.now.answered(unit), **cells}


def _above(look: Look, columns: Sequence[str]) -> list[Row]:
    """What units stand beside, in scores."""
    shown = look.choices.get("visa", "varde")
    if shown == "ifjol" or (shown == "varde" and look.unit == look.whole):
        return []
    if shown == "andra":
        means = {key: each["mean"] for key, each in look.now.others.items()}
        row: dict[str, Cell] = {"Svarande": None, **{names()[key]: means.get(key) for key in columns}}
        return [("Andra kommuner", row)] if means else []
    return [_row(look, look.whole, look.now.values[look.whole], columns, "Hela organisationen")]


def _apart(look: Look, unit: str) -> Values:
    """From the whole, where nothing else was chosen; over statements that both sides show."""
    shown = look.choices.get("visa", "varde")
    if shown == "ifjol":
        return levels({}) if look.changes is None else look.changes.difference[unit]
    if shown == "andra":
        return apart_from(look.now.means[unit], {key: each["mean"] for key, each in look.now.others.items()})
    return apart_from(look.now.means[unit], look.now.means[look.whole])


def _found(look: Look) -> list[float]:
    """The unit and category that stand out, the clearest of them, and how sure they are."""
    itself = [look.unit] if look.unit != look.whole or look.choices.get("visa") in {"ifjol", "andra"} else []
    places = {(unit, key): _apart(look, unit)[key] for unit in below(look) or itself for key in _categories(look)}
    points = {place: each for place, each in places.items() if each is not None}
    if not points:
        return [look.now.others_counted]
    most = max(points, key=lambda place: abs(points[place]))
    sure = [abs(points[place]) for place in _certain(look, points)]
    margin = [spread.margin] if (spread := look.now.pooled_spread(*most)) else []
    return [points[most], *margin, look.now.answered(most[0]), max(sure, default=0.0), look.now.others_counted]


def _certain(look: Look, points: Mapping[Place, float]) -> list[Place]:
    """More than chance when all are looked at together; since last time as the two releases say."""
    if look.choices.get("visa") == "ifjol":
        return [place for place in points if look.changes is not None and look.changes.certain(*place)]
    beside = look.whole if look.choices.get("visa") != "andra" else None
    return more_than_chance(look.now, points, beside)


def more_than_chance(release: Release, points: Mapping[Place, float], beside: str | None) -> list[Place]:
    """Of differences to another unit of the release, or to a number that has no error of its own."""
    p = {}
    for (unit, key), difference in points.items():
        one, other = release.pooled_spread(unit, key), None if beside is None else release.pooled_spread(beside, key)
        if one is not None and (beside is None or other is not None):
            p[unit, key] = float(2 * stdtr(one.degrees, -abs(difference) / _error(one, other)))
    adjusted = false_discovery_control(list(p.values())).tolist() if p else []
    return [place for place, each in zip(p, adjusted, strict=True) if each <= 0.05]


def _error(one: Spread, other: Spread | None) -> float:
    return hypot(sqrt(one.variance), sqrt(other.variance) if other else 0.0)


def side_by_side(look: Look) -> Expected:
    """Chosen units, and how each differs from the first; a single one stands beside the whole."""
    units = look.choices["jamfor"].split(",")
    called = {unit: look.now.name(unit) for unit in units}
    if len(units) == 1:
        called[look.whole] = "Hela organisationen"
    first, *others = called
    apart = {(unit, key): apart_from(look.now.means[unit], look.now.means[first])[key]
             for unit in others for key in _columns(look)}  # fmt: skip
    sure = more_than_chance(look.now, {place: each for place, each in apart.items() if each is not None}, first)
    rows = [(names()[key], _beside(look, called, apart, sure, key)) for key in _columns(look)]
    return Expected(rows, [look.now.answered(unit) for unit in called])


def _beside(
    look: Look, called: Mapping[str, str], apart: Mapping[Place, float | None], sure: Sequence[Place], key: str
) -> dict[str, Cell]:
    first, *others = called
    row: dict[str, Cell] = {name: look.now.values[unit][key] for unit, name in called.items()}
    for unit in others:
        column, points = f"{called[unit]}, skillnad mot {called[first]}", apart[unit, key]
        row[column] = points
        if any(each is None or (unit, other) in sure for (of, other), each in apart.items() if of == unit):
            row[f"{column}, anmärkning"] = _TOO_FEW if points is None else "mer än slump" * ((unit, key) in sure)
    return row


INTERNAL: Final = View(
    "/resultat/internt",
    {"enheter-karta": heat, "valda-enheter": side_by_side},
    lambda look: [len(look.now.children(look.unit))],
    (
        {},
        {"mot": "formagor", "niva": "alla", "visa": "helheten"},
        {"niva": "2", "visa": "ifjol"},
        {"dimension": "A", "visa": "andra", "jamfor": "E01,E03,E0201"},
        {"jamfor": "E04"},
    ),
)
