"""Sheets of a release workbook with what is finer than means, and with what is said of the whole."""

from __future__ import annotations

import pandas as pd

from dimios_dash.domain.instrument import HIGHEST, LOWEST, Instrument
from dimios_dash.exports.release_entries import ReleaseFile
from dimios_dash.exports.sheet_names import columns_of_cells, labels, reason, unit_names

_PER_CENT = 100
_LEARNING = "Det som fungerade, som andra kan lära av"


def role_types(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    columns = columns_of_cells(file, instrument)
    return pd.DataFrame(
        {
            **columns(cell.unit, cell.statement),
            "Respondenttyp": cell.group,
            "Medelvärde": cell.mean,
            "Vid gränsen": cell.at_bound,
        }
        for cell in file.splits
    )


def distributions(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    """One column per answer of the scale."""
    columns = columns_of_cells(file, instrument)
    points = [f"Svar {point}" for point in range(LOWEST, HIGHEST + 1)]
    return pd.DataFrame(
        {
            **columns(cell.unit, cell.statement),
            **dict(zip(points, cell.counts, strict=True)),
        }
        for cell in file.distributions
    )


def dont_know(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    """In per cent."""
    columns = columns_of_cells(file, instrument)
    return pd.DataFrame(
        {
            **columns(cell.unit, cell.statement),
            "Vet ej, procent": _per_cent(cell.share_or_band),
            "Intervall från": _per_cent(cell.interval_low),
            "Intervall till": _per_cent(cell.interval_high),
            "Varför det inte visas": reason(file, cell.hidden),
        }
        for cell in file.dont_know
    ).astype({"Vet ej, procent": float, "Intervall från": float, "Intervall till": float})


def spread(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    called = labels(instrument)
    return pd.DataFrame(
        {"Nyckel": each.key, "Benämning": called[each.key], "Standardavvikelse": each.standard_deviation}
        for each in file.pooled_spread
    )


def reliability(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    """Two decimals, as text with the Swedish comma: the sheets' numbers have one."""
    called = labels(instrument)
    return pd.DataFrame(
        {
            "Kategori": each.category,
            "Benämning": called[each.category],
            "Cronbachs alfa": _two_decimals(each.alpha),
            "Intervall från": _two_decimals(each.alpha_low),
            "Intervall till": _two_decimals(each.alpha_high),
            "Omega": _two_decimals(each.omega),
        }
        for each in file.reliability
    )


def texts(file: ReleaseFile, instrument: Instrument) -> pd.DataFrame:
    names, called = unit_names(file), labels(instrument)
    return pd.DataFrame(
        {
            "Enhet": each.unit,
            "Namn": names[each.unit],
            "Fråga": _LEARNING if each.category is None else called[each.category],
            "Text": each.text,
        }
        for each in file.texts
    )


def _per_cent(share: float | None) -> float | None:
    return None if share is None else share * _PER_CENT


def _two_decimals(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
