"""What ids and keys are called on the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.exports.release_entries import ReleaseFile
from dimios_dash.ids import UnitId


def unit_names(file: ReleaseFile) -> Mapping[UnitId, str]:
    return {unit.id: unit.name for unit in file.units}


def labels(instrument: Instrument) -> Mapping[str, str]:
    """What every key is called: the index, dimensions, categories, and the capability of each statement."""
    parts: Sequence[tuple[str, str]] = [
        (INDEX_KEY, "Index"),
        *((dimension.key, dimension.name.sv) for dimension in instrument.dimensions),
        *((category.key, category.name.sv) for category in instrument.categories),
        *((statement.key, statement.capability.sv) for statement in instrument.statements),
    ]
    return dict(parts)


def columns_of_cells(file: ReleaseFile, instrument: Instrument) -> Callable[[UnitId, str], dict[str, str]]:
    """Gives the first columns of a sheet of cells: unit and statement, each with its name."""
    names, called = unit_names(file), labels(instrument)

    def columns(unit: UnitId, statement: str) -> dict[str, str]:
        return {"Enhet": unit, "Namn": names[unit], "Påstående": statement, "Förmåga": called[statement]}

    return columns


def reason(file: ReleaseFile, hidden: str | None) -> str | None:
    return None if hidden is None else file.hidden_reasons[hidden]
