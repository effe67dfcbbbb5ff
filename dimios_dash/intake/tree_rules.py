"""What makes rows of units one tree: ids once, parents that exist, one root, no cycles, not too deep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dimios_dash.domain.trees.unit_fields import MOST_LEVELS
from dimios_dash.ids import UnitId
from dimios_dash.intake.findings import Notebook
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.texts import listing, quote
from dimios_dash.intake.unit_row import NAME, PARENT, UNIT, UnitRow

_LONGEST_CHAIN: Final = 10  # units of a cycle that are spelt out


def check_tree(notes: Notebook, rows: Sequence[UnitRow]) -> None:
    """Notes everything that keeps `rows` from being one tree, and siblings of the same name as warnings."""
    units = _once_each(notes, rows)
    _check_root(notes, rows)
    parents = _parents(notes, rows, units)
    levels, cycles = _levels(units, parents)
    _note_cycles(notes, cycles, units)
    _note_depth(notes, levels, units)
    _check_siblings(notes, units.values())


def duplicated(rows: Iterable[UnitRow]) -> int:
    """How many rows have an id that an earlier row has."""
    ids = [row.unit_id for row in rows]
    return len(ids) - len(set(ids))


def orphaned(rows: Sequence[UnitRow]) -> int:
    """How many rows name a parent that is not in the file."""
    ids = {row.unit_id for row in rows}
    return sum(row.parent_id is not None and row.parent_id not in ids for row in rows)


def _once_each(notes: Notebook, rows: Iterable[UnitRow]) -> dict[UnitId, UnitRow]:
    """The first row of each id; later ones are errors."""
    units: dict[UnitId, UnitRow] = {}
    for row in rows:
        first = units.setdefault(row.unit_id, row)
        if first is not row:
            message = f"Id {quote(row.unit_id)} finns redan på rad {first.row}. Varje enhet ska ha ett eget id."
            notes.error(row.row, UNIT, message)
    return units


def _check_root(notes: Notebook, rows: Iterable[UnitRow]) -> None:
    roots = [row.row for row in rows if row.parent_id is None]
    advice = f"Bara organisationen själv, överst i trädet, ska ha tomt i {PARENT}."
    if not roots:
        notes.error(None, PARENT, f"Ingen rad är överst i trädet. {advice}")
    elif len(roots) > 1:
        places = listing([str(row) for row in roots])
        notes.error(roots[1], PARENT, f"Flera enheter saknar överordnad enhet: rad {places}. {advice}")


def _parents(notes: Notebook, rows: Iterable[UnitRow], units: Mapping[UnitId, UnitRow]) -> dict[UnitId, UnitId]:
    """Each unit's parent by its first row; own and unknown parents are errors and left out."""
    known = KnownUnits.of(units)
    parents: dict[UnitId, UnitId] = {}
    for row in rows:
        if row.parent_id is None:
            continue
        if row.parent_id == row.unit_id:
            notes.error(row.row, PARENT, "Enheten står som överordnad åt sig själv. Ange enheten närmast ovanför.")
        elif row.parent_id not in units:
            hint = known.hint(row.parent_id)
            message = f"Den överordnade enheten {quote(row.parent_id)} finns inte i filen.{hint}"
            notes.error(row.row, PARENT, message)
        elif units[row.unit_id] is row:
            parents[row.unit_id] = row.parent_id
    return parents


def _levels(units: Iterable[UnitId], parents: Mapping[UnitId, UnitId]) -> tuple[dict[UnitId, int], list[list[UnitId]]]:
    """Each unit's level (1 without a parent, 0 inside a cycle), and the cycles, each once, from child to parent."""
    levels: dict[UnitId, int] = {}
    cycles: list[list[UnitId]] = []
    for unit in units:
        path = _path_up(unit, parents, levels)
        top = parents.get(path[-1]) if path else None
        if top is not None and top not in levels:  # the path runs into itself
            cycle = path[path.index(top) :]
            cycles.append(cycle)
            levels.update(dict.fromkeys(cycle, 0))
            path = path[: path.index(top)]
        for below in reversed(path):
            levels[below] = levels.get(parents[below], 0) + 1 if below in parents else 1
    return levels, cycles


def _path_up(unit: UnitId, parents: Mapping[UnitId, UnitId], known: Mapping[UnitId, int]) -> list[UnitId]:
    """From `unit` upwards, up to a unit whose level is known, one without parent, or one met before."""
    path: dict[UnitId, None] = {}  # a set that keeps its order
    current: UnitId | None = unit
    while current is not None and current not in known and current not in path:
        path[current] = None
        current = parents.get(current)
    return list(path)


def _note_cycles(notes: Notebook, cycles: Iterable[list[UnitId]], units: Mapping[UnitId, UnitRow]) -> None:
    for cycle in cycles:
        first = min(range(len(cycle)), key=lambda place: units[cycle[place]].row)
        chain = [*cycle[first:], *cycle[:first]]
        shown = chain if len(chain) <= _LONGEST_CHAIN else [*chain[:_LONGEST_CHAIN], "…"]
        message = f"Enheterna ligger i en ring: {' → '.join([*shown, chain[0]])}. Rätta överordnad enhet för en av dem."
        notes.error(units[chain[0]].row, PARENT, message)


def _note_depth(notes: Notebook, levels: Mapping[UnitId, int], units: Mapping[UnitId, UnitRow]) -> None:
    for unit, level in levels.items():
        if level > MOST_LEVELS:
            message = f"Enheten ligger på nivå {level}, men ett träd får ha högst {MOST_LEVELS} nivåer. Flytta upp den."
            notes.error(units[unit].row, PARENT, message)


def _check_siblings(notes: Notebook, units: Iterable[UnitRow]) -> None:
    """The same name in different branches is common and fine; side by side nobody can tell them apart."""
    firsts: dict[tuple[UnitId | None, str], UnitRow] = {}
    for unit in units:
        first = firsts.setdefault((unit.parent_id, unit.name.casefold()), unit)
        if first is not unit and unit.name:
            message = f"Enheten heter likadant som den på rad {first.row} och har samma överordnade enhet."
            notes.warn(unit.row, NAME, message)
