"""The release file as an Excel workbook, for people: one sheet per table, with names beside the ids."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

import pandas as pd

from dimios_dash import instruments
from dimios_dash.domain import days
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scoring import Level
from dimios_dash.exports import detail_sheets
from dimios_dash.exports.release_entries import BenchmarkEntry, ReleaseFile
from dimios_dash.exports.sheet_names import columns_of_cells, labels, reason, unit_names
from dimios_dash.figures import numbers

WIDEST: Final = 60  # characters
NUMBER: Final = "0.0"
# Names of units come from customers: text that looks like a formula or an address stays text.
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}

_LEVELS: Final = {
    Level.CATEGORY: "kategori",
    Level.DIMENSION: "dimension",
    Level.INDEX: "index",
    Level.STATEMENT: "påstående",
}
_NUMBERS: Final = {"Medelvärde": float, "Intervall från": float, "Intervall till": float}
_SYNTHETIC: Final = "Ja, resultaten är påhittade"


def as_xlsx(file: ReleaseFile) -> bytes:
    """A workbook with "Läs mig" first and one sheet for each table that holds something."""
    instrument = instruments.load(file.instrument.removeprefix("dimios-"))
    sheets = {
        "Läs mig": _read_me(file),
        "Enheter": _units(file),
        "Medelvärden": _means(file, instrument),
        "Nivåer": _levels(file, instrument),
        "Respondenttyper": detail_sheets.role_types(file, instrument),
        "Fördelningar": detail_sheets.distributions(file, instrument),
        "Vet ej": detail_sheets.dont_know(file, instrument),
        "Texter": detail_sheets.texts(file, instrument),
        "Spridning": detail_sheets.spread(file, instrument),
        "Reliabilitet": detail_sheets.reliability(file, instrument),
        "Räknas i enhet": _homes(file),
        "Jämförelse": _benchmark(file.benchmark, instrument),
    }
    content = BytesIO()
    with pd.ExcelWriter(content, engine="xlsxwriter", engine_kwargs={"options": OPTIONS}) as writer:
        for name, table in sheets.items():
            if not table.empty:
                _write(writer, name, table)
    return content.getvalue()


def _write(writer: pd.ExcelWriter[Any], name: str, table: pd.DataFrame) -> None:
    """The table with a header that stays in sight, and columns as wide as what is in them."""
    table.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    one_decimal = writer.book.add_format({"num_format": NUMBER})
    for place, column in enumerate(table.columns):
        longest = max(len(column), *(len(str(value)) for value in table[column]))
        kind = one_decimal if pd.api.types.is_float_dtype(table[column]) else None
        writer.sheets[name].set_column(place, place, min(longest, WIDEST) + 2, kind)


def _read_me(file: ReleaseFile) -> pd.DataFrame:
    rows = {
        "Organisation": file.organisation,
        "År": str(file.year),
        "Frågebatteri": file.instrument,
        "Minst antal svar (k)": str(file.k),
        "Publicerad": days.written(file.released_on),
        "Svarande": numbers.count(file.units[0].answered),
        "Svarssedlar som inte kunde räknas": numbers.count(file.skipped_ballots),
        "Påhittade resultat": _SYNTHETIC if file.synthetic else "Nej",
        "Regel": f"Ett medelvärde visas när minst {file.k} har gett ett giltigt svar och ingen mindre grupp går att "
        "räkna fram. Vet ej räknas inte som svar. Skalan är 0–100.",
        "Medelvärden och nivåer": file.explanations["means"],
        "Eller högre, eller lägre": file.explanations["at_bound"],
        "Några räknas högre upp": "Några i grenen räknas i en enhet ovanför, inte här, om de gav ett svar på skalan.",
        "Respondenttyper": file.explanations["splits"],
        "Fördelningar": file.explanations["distributions"],
        "Vet ej": "Andelen i procent som svarade Vet ej, av alla som svarade på enkäten.",
        "Texter": file.explanations["texts"],
        "Spridning": file.explanations["pooled_spread"],
        "Reliabilitet": file.explanations["reliability"],
    }
    return pd.DataFrame(list(rows.items()), columns=["Uppgift", "Innehåll"])


def _units(file: ReleaseFile) -> pd.DataFrame:
    rows = [
        {
            "Enhet": unit.id,
            "Överordnad": unit.parent_id,
            "Namn": unit.name,
            "Verksamhet": Activity(unit.activity).label,
            "Ingår": "ja" if unit.takes_part else "nej",
            "Inbjudna": unit.invited,
            "Svarande": unit.answered,
        }
        for unit in file.units
    ]
    return pd.DataFrame(rows).astype({"Inbjudna": "Int64"})


def _means(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    columns = columns_of_cells(file, instrument)
    return pd.DataFrame(
        {
            **columns(cell.unit, cell.statement),
            "Medelvärde": cell.mean,
            "Intervall från": cell.interval_low,
            "Intervall till": cell.interval_high,
            "Vid gränsen": cell.at_bound,
            "Några räknas högre upp": "ja" if cell.some_counted_higher_up else None,
            "Varför det inte visas": reason(file, cell.hidden),
        }
        for cell in file.means
    ).astype(_NUMBERS)


def _levels(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    names, called = unit_names(file), labels(instrument)
    return pd.DataFrame(
        {
            "Enhet": level.unit,
            "Namn": names[level.unit],
            "Nivå": _LEVELS[level.level],
            "Nyckel": level.key,
            "Benämning": called[level.key],
            "Medelvärde": level.mean,
            "Intervall från": level.interval_low,
            "Intervall till": level.interval_high,
            "Varför det inte visas": reason(file, level.hidden),
        }
        for level in file.levels
    ).astype(_NUMBERS)


def _homes(file: ReleaseFile) -> pd.DataFrame:
    """One row per unit, one column per statement: the unit where the unit's own answers count first."""
    wide = pd.DataFrame({str(statement): homes for statement, homes in file.homes.items()})
    return wide.reindex([unit.id for unit in file.units]).rename_axis("Enhet").reset_index()


def _benchmark(benchmark: BenchmarkEntry | None, instrument: Instrument) -> pd.DataFrame:
    """Empty where there is none, and where fewer than five others can be compared with."""
    if benchmark is None:
        return pd.DataFrame()
    called = labels(instrument)
    return pd.DataFrame(
        {
            "Nyckel": value.key,
            "Benämning": called[value.key],
            "Andra organisationer": value.organisations,
            "Medelvärde": value.mean,
            "Undre kvartil": value.lower_quartile,
            "Median": value.median,
            "Övre kvartil": value.upper_quartile,
            "Urval": benchmark.pool,
            "Beräknad": str(benchmark.computed_on),
            "Påhittade resultat ingår": "ja" if benchmark.synthetic else "nej",
        }
        for value in benchmark.values
    )
