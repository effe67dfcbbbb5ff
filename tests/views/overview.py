"""What Översikt must show."""

from __future__ import annotations

from math import sqrt
from typing import Final

from tests.views.looking import Cell, Expected, Look, Row, View
from tests.views.release_file import CATEGORIES, LEVELS, STATEMENTS, Release, Values, apart_from, names
from tests.views.two_releases import NORMAL

_POSITIONS = {(False, False): "Inbromsad", (True, False): "Driven men bunden",
              (False, True): "Rustad men avvaktande", (True, True): "Handlingskraftig"}  # fmt: skip
_ASSUMED_SPREAD = 20.0  # where the release holds none


def place(look: Look) -> Expected:
    """Every year of the unit, then the others that agreed to be seen, with the margin of the band."""
    years = [(str(each.year), each.values[look.unit]) for each in (*look.earlier, look.now)]
    others = look.on_the_map
    column = "År eller organisation" if others else "År"
    spread = max(look.now.pooled.get(key, 0.0) for key in ("F", "A")) or _ASSUMED_SPREAD
    answered = look.now.answered(look.unit)
    margin = NORMAL * spread / sqrt(answered) if answered >= 3 else 50.0
    named = sum(name != "En annan organisation" for name, _values in others)
    rows = [(name, {column: name, **_position(values)}) for name, values in (*years, *others)]
    return Expected(rows, [margin, spread, len(others), named])


def _position(values: Values) -> dict[str, Cell]:
    capability, heritage = values["F"], values["A"]
    where = "–"
    if capability is not None and heritage is not None:
        where = _POSITIONS[round(capability, 1) >= 50, round(heritage, 1) >= 50]
    return {"Digital förmåga": capability, "Digitalt arv": heritage, "Läge": where}


def categories(look: Look) -> Expected:
    """This year beside last time, the others and what is aimed at."""
    targets = {key: value for (unit, key), (value, _year) in look.targets.items() if unit == look.unit}
    columns: list[tuple[str, dict[str, float | None]]] = [(str(look.year), look.values)]
    if look.last is not None:
        columns.append((str(look.last.year), look.last.values[look.unit]))
    if look.now.others:
        means = {key: each["mean"] for key, each in look.now.others.items()}
        columns.append(("Medel för andra kommuner", {key: means.get(key) for key in CATEGORIES}))
        above = [key for key in CATEGORIES if (mean := look.values[key]) is not None and round(mean, 1) > means[key]]
    if any(key in targets for key in CATEGORIES):
        columns.append(("Mål", {key: targets.get(key) for key in CATEGORIES}))
    rows = [(names()[key], {name: found[key] for name, found in columns}) for key in CATEGORIES]
    compared = sum(look.values[key] is not None for key in CATEGORIES)
    said = [look.now.others_counted, compared, *([len(above)] if look.now.others else [])]
    return Expected(rows, said)


def standouts(look: Look) -> Expected:
    """The three highest, the three lowest, and all that are strong or weak."""
    means = {key: mean for key in STATEMENTS if (mean := look.now.means[look.unit][key]) is not None}
    highest = sorted(means, key=lambda key: -means[key])[: min(3, (len(means) + 1) // 2)]
    lowest = [key for key in sorted(means, key=lambda key: means[key]) if key not in highest][:3]
    strong, weak = [key for key in means if means[key] >= 67], [key for key in means if means[key] <= 33]
    ways = {"tre högsta": highest, "stark": strong, "tre lägsta": lowest, "svag": weak}
    rows: list[Row] = [
        (
            names()[key],
            {
                "Medel": means[key],
                "Kategori": names()[key[:2]],
                "Sticker ut": ", ".join(way for way, found in ways.items() if key in found),
            },
        )
        for key in {key for found in ways.values() for key in found}
    ]
    hidden = [cell["hidden"] for cell in look.now.file["means"] if cell["unit"] == look.unit and cell["hidden"]]
    return Expected(rows, [67, 33, len(strong), len(weak), len(means), *map(hidden.count, set(hidden))])


def certain_changes(look: Look) -> Expected:
    """Everything that can be compared with last time, as the organisation is now."""
    found = look.changes
    if found is None:
        return Expected([])
    rows: list[Row] = []
    for key in (*LEVELS, *STATEMENTS):
        difference = found.difference[look.unit][key]
        if difference is not None:
            certain = "säker" if found.certain(look.unit, key) else "kan vara slump"
            cells = (difference, found.margin(look.unit, key), found.smallest(look.unit, key), certain)
            columns = (f"Skillnad mot {found.then.year}", "Felmarginal", "Säkert från, prövad ensam", "Bedömning")
            rows.append((names()[key], dict(zip(columns, cells, strict=True))))
    certain_ones = [row for _name, row in rows if row["Bedömning"] == "säker"]
    up = sum(float(str(row[f"Skillnad mot {found.then.year}"])) > 0 for row in certain_ones)
    return Expected(rows, [up, len(certain_ones) - up, len(rows)])


def units(look: Look) -> Expected:
    """The unit and those directly below it."""
    below = look.now.children(look.unit)
    shown = [unit for unit in below if look.now.values[unit]["index"] is not None]
    rows = [(look.now.name(unit), _unit(look.now, unit)) for unit in (look.unit, *below)]
    return Expected(rows, [len(below), len(shown)])


def _unit(release: Release, unit: str) -> dict[str, Cell]:
    values, entry = release.values[unit], release.units[unit]
    return {
        "Index": values["index"],
        "Digital förmåga": values["F"],
        "Digitalt arv": values["A"],
        "Svarande": entry["answered"],
        "Inbjudna": entry["invited"],
    }


def outside(look: Look) -> list[float]:
    """Numbers beside the cards: key figures, last time's, targets, and the way to what is worth reading next."""
    found = [value for key in ("index", "F", "A") if (value := look.values[key]) is not None]
    if look.last is not None:
        before = look.last.values[look.unit]
        found += [value for key in ("index", "F", "A") if (value := before[key]) is not None]
        found += _since(look, before)
    for (unit, key), (aim, year) in look.targets.items():
        if unit == look.unit:
            found += [aim, year, *([aim - now] if (now := look.values[key]) is not None else [])]
    return [*found, *_farthest_from_the_whole(look)]


def _since(look: Look, before: Values) -> list[float]:
    """What changed as the organisation is now; of what was not tested the difference of what was published."""
    changes = look.changes
    found: list[float] = []
    for key in ("index", "F", "A"):
        difference = None if changes is None else changes.difference[look.unit][key]
        now, then = look.values[key], before[key]
        if difference is not None:
            found.append(difference)
        elif now is not None and then is not None:
            found.append(round(now, 1) - round(then, 1))
    return found


def _farthest_from_the_whole(look: Look) -> list[float]:
    whole = look.now.means[look.whole]
    apart = [apart_from(look.now.means[unit], whole)["index"] for unit in look.now.children(look.unit)]
    return [max((abs(each) for each in apart if each is not None), default=0.0)]


OVERVIEW: Final = View(
    "/resultat/oversikt",
    {
        "lage": place,
        "kategorier": categories,
        "styrkor": standouts,
        "sakra-forandringar": certain_changes,
        "enheter": units,
    },
    outside,
)
