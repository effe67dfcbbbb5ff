"""The demo's own files, read as a customer's are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, TypeVar

from dimios_dash import instruments
from dimios_dash.domain.sector import Sector
from dimios_dash.domain.suggestions import LEARNING
from dimios_dash.ids import UnitId
from dimios_dash.intake.answer_file import AnswerRow, read_answers
from dimios_dash.intake.findings import Parsed
from dimios_dash.intake.respondent_file import RespondentRow, read_respondents
from dimios_dash.intake.tree_file import UnitRow, read_tree

T = TypeVar("T")
_FOLDER: Final = files("dimios_dash") / "demo_data"


def ekhamns_tree() -> Sequence[UnitRow]:
    """Ekhamn's 59 units."""
    return _rows(read_tree(_content("ekhamn/tree.csv"), "tree.csv"))


def ekhamns_answers(year: int, units: Sequence[UnitId]) -> Sequence[AnswerRow]:
    """What Ekhamn answered in 2023, 2024 or 2025."""
    name, keys = f"answers-{year}.csv", instruments.load().statement_keys
    return _rows(read_answers(_content(f"ekhamn/{name}"), name, units, keys))


@dataclass(frozen=True, slots=True)
class DemoText:
    """A free text, who wrote it where, and what is decided about it: "" nothing, "visas", or a reason to hide it."""

    unit_id: UnitId
    question: str  # a category's key, or LEARNING
    text: str
    decision: str
    masked: tuple[str, ...]
    tags: tuple[str, ...]
    status: str
    group: str  # texts of a year with the same letter are alike; the first is their head


def ekhamns_texts(year: int) -> Sequence[DemoText]:
    """What was written in Ekhamn that year, each text by somebody else."""
    rows = csv.DictReader(_content("ekhamn/texts.csv").decode().splitlines(), delimiter=";")
    return [_text(row) for row in rows if row["ar"] == str(year)]


def _text(row: dict[str, str]) -> DemoText:
    masked, tags = (tuple(filter(None, row[name].split("|"))) for name in ("maskera", "etiketter"))
    said = UnitId(row["enhet_id"]), row["fraga"] or LEARNING, row["text"]
    return DemoText(*said, row["beslut"], masked, tags, row["status"], row["samlas"])


def ekhamns_respondents(units: Sequence[UnitId]) -> Sequence[RespondentRow]:
    """Ekhamn's 306 respondents."""
    return _rows(read_respondents(_content("ekhamn/respondents.csv"), "respondents.csv", units))


def organisations(sector: Sector) -> list[str]:
    """Names of organisations that are publicly known to measure their digital maturity, in the file's order."""
    lines = _content("organisations.csv").decode("utf-8-sig").splitlines()
    return [row["name"] for row in csv.DictReader(lines) if row["sector"] == sector]


def _content(name: str) -> bytes:
    return _FOLDER.joinpath(name).read_bytes()


def _rows(parsed: Parsed[T]) -> Sequence[T]:
    """Raises ValueError for a file with errors: it is part of the program."""
    if not parsed.ok:
        raise ValueError("; ".join(parsed.as_lines()))
    return parsed.rows
