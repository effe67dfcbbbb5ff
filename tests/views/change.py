"""What Förändring must show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from tests.views.looking import Cell, Expected, Look, Row, View, two_releases
from tests.views.release_file import CATEGORIES, STATEMENTS, Release, Values, levels, names
from tests.views.two_releases import HEADLINE, TwoReleases

_TYPES: Final = (("1", "2", "3"), ("1+2", "3"))  # the finer split first


def since(look: Look) -> TwoReleases | None:
    """Beside the year that was chosen, else the newest that has anything to compare."""
    pairs = [two_releases(each, look.now) for each in look.earlier]
    if "fran" in look.choices:
        return next((pair for pair in pairs if pair.then.year == int(look.choices["fran"])), None)
    comparable = [pair for pair in pairs if any(each is not None for each in pair.difference[look.unit].values())]
    return next(iter(reversed(comparable or pairs)), None)


def whole(look: Look) -> Expected:
    """Index and dimensions, and how they went over the years."""
    found = since(look)
    if found is None:
        return Expected([(names()[key], {str(look.year): look.values[key]}) for key in HEADLINE])
    line = [levels(each.of_everybody(look.unit))[key] for each in look.earlier for key in HEADLINE]
    published = [look.values[key] for key in HEADLINE]
    smallest = found.smallest(look.unit, "index")
    return Expected(
        _aimed(look, _rows(found, {(look.unit, key): names()[key] for key in HEADLINE}), HEADLINE),
        [each for each in (*line, *published, smallest, _people(found.then, look.unit)) if each is not None],
    )


def _people(release: Release, unit: str) -> int:
    return release.answered(unit) if unit in release.units else 0


def of_levels(look: Look) -> Expected:
    """Categories or capabilities."""
    keys = STATEMENTS if look.choices.get("niva") == "formagor" else CATEGORIES
    expected = _compared(since(look), {(look.unit, key): names()[key] for key in keys})
    return Expected(_aimed(look, expected.rows, keys), expected.said)


def _aimed(look: Look, rows: Sequence[Row], keys: Sequence[str]) -> list[Row]:
    """With what each level is to reach and what is left to it from its published value, where one of them has any."""
    own = {names()[key]: (key, *found) for (unit, key), found in look.targets.items() if unit == look.unit}
    if not any(key in keys for key, _aim, _year in own.values()):
        return [*rows]
    return [(name, {**row, **_left(look, own.get(name))}) for name, row in rows]


def _left(look: Look, target: tuple[str, float, int] | None) -> dict[str, Cell]:
    if target is None:
        return {"Mål": None, "Senast": None, "Kvar": None}
    key, aim, year = target
    now = look.values[key]
    return {"Mål": aim, "Senast": year, "Kvar": None if now is None else max(0.0, aim - round(now, 1))}


def of_units(look: Look) -> Expected:
    """One level of the unit and of those directly below."""
    key = look.choices.get("matt", "index")
    units, found = (look.unit, *look.now.children(look.unit)), since(look)
    expected = _compared(found, {(unit, key): look.now.name(unit) for unit in units})
    if found is None:
        return expected
    people = [_answered(found, unit) for unit in units]
    rows = [(name, {**row, **each}) for (name, row), each in zip(expected.rows, people, strict=True)]
    return Expected(rows, expected.said)


def _answered(found: TwoReleases, unit: str) -> dict[str, Cell]:
    """The earlier number only where anything of the unit can be compared."""
    compared = any(each is not None for each in found.difference[unit].values())
    before = _people(found.then, unit) if compared else None
    return {f"Svarande {found.then.year}": before, f"Svarande {found.now.year}": found.now.answered(unit)}


def _compared(found: TwoReleases | None, places: Mapping[tuple[str, str], str]) -> Expected:
    if found is None:
        return Expected([])
    differences = {(unit, key) for unit, key in places if found.difference[unit][key] is not None}
    sure = [place for place in differences if found.certain(*place)]
    return Expected(_rows(found, places), [len(sure), len(differences), len(places) - 1])


def _rows(found: TwoReleases, places: Mapping[tuple[str, str], str]) -> list[Row]:
    return [(name, _row(found, unit, key)) for (unit, key), name in places.items()]


def _row(found: TwoReleases, unit: str, key: str) -> dict[str, Cell]:
    """Both values are computed on the statements that the difference is computed on."""
    then, now, difference = _published(found.then, unit), found.now.values[unit], found.difference[unit][key]
    margin = None if difference is None else found.margin(unit, key)
    if difference is not None:
        alike = [statement for statement in STATEMENTS if found.difference[unit][statement] is not None]
        then, now = (_only(year.means[unit], alike) for year in (found.then, found.now))
    return {
        str(found.then.year): then[key],
        str(found.now.year): now[key],
        "Skillnad": difference,
        "95 % intervall": None if difference is None or margin is None else _around(round(difference, 1), margin),
        "Bedömning": _verdict(found, unit, key),
    }


def _published(release: Release, unit: str) -> Values:
    return release.values[unit] if unit in release.units else levels({})


def _only(means: Values, statements: list[str]) -> Values:
    return levels({key: means[key] for key in statements})


def _around(difference: float, margin: float) -> tuple[float, float]:
    return difference - margin, difference + margin


def _verdict(found: TwoReleases, unit: str, key: str) -> str:
    if found.difference[unit][key] is None:
        return "går inte att jämföra"
    if (unit, key) not in found.adjusted:
        return "inte prövad"
    return "säker" if found.certain(unit, key) else "kan vara slump"


def parts(look: Look) -> Expected:
    """What was published is real change, another mix of role types, and a changed organisation; here it is the same."""
    found = since(look)
    if found is None:
        return Expected([])
    mix = levels(_mix(found, look.unit))
    change = {key: found.difference[look.unit][key] for key in HEADLINE}
    known = {key: mix[key] if change[key] is not None else None for key in HEADLINE}
    real = {key: None if each is None else round(each, 1) - round(known[key] or 0.0, 1) for key, each in change.items()}
    tree = {key: None if each is None else 0.0 for key, each in change.items()}
    name = "Verklig förändring" if known["index"] is not None else "Verklig förändring och annan blandning"
    columns = {
        "Publicerad förändring": change,
        name: real,
        "Annan blandning av respondenttyper": known,
        "Ändrad organisation": tree,
    }
    return Expected([(part, {names()[key]: each for key, each in values.items()}) for part, values in columns.items()])


def _mix(found: TwoReleases, unit: str) -> Values:
    """Σ (w2 − w1) (m1 + m2) / 2 over the role types, of each statement that shows them in both years (Kitagawa)."""
    if unit not in found.then.units:
        return {}
    return {
        key: next((each for groups in _TYPES if (each := _mix_of(found, unit, key, groups)) is not None), None)
        for key in STATEMENTS
    }


def _mix_of(found: TwoReleases, unit: str, key: str, groups: tuple[str, ...]) -> float | None:
    years = (found.then, found.now)
    answered = [[year.units[unit]["answered_by_role_type"].get(group) for group in groups] for year in years]
    means = [[year.split.get((unit, key, group)) for group in groups] for year in years]
    if any(None in each for each in (*answered, *means)):
        return None
    shares = [[float(n) / sum(each) for n in each] for each in answered]
    middles = [fmean(cell["mean"] for cell in cells) for cells in zip(*means, strict=True)]
    parts: list[float] = [(now - then) * middle for then, now, middle in zip(*shares, middles, strict=True)]
    return sum(parts)


CHANGE: Final = View(
    "/resultat/forandring",
    {
        "forandring": whole,
        "forandring-nivaer": of_levels,
        "forandring-enheter": of_units,
        "forandring-delar": parts,
    },
    lambda _look: (),
    ({}, {"fran": "2023", "niva": "formagor", "matt": "F1"}),
)
