"""Who is asked in the journey, and what they answer: Ekhamn's list, where one department has a staff to choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from playwright.sync_api import FilePayload

from tests.browser.answering import VALUE
from tests.browser.test_main_job import KEYS, Reply

ORGANISATION = "Nya Ekhamn"
KEY_USER = "nora.ekman@ekhamn.example"
FILES = Path("dimios_dash/demo_data/ekhamn")
PLANNED = "E04"  # whose respondents are chosen from the staff
STAFF = {"E04": 4, "E0401": 22, "E0402": 60, "E0403": 35, "E0404": 6, "E0405": 48}
PROPOSED = 4 + 5 * 5  # a tenth of them, but at least five in each unit, or all four
BY_HAND = {"Bygglov": 13, "Geodata": 7}  # in place of five
CHOSEN = PROPOSED + 8 + 2
UNITS, RESPONDENTS = 59, 306


def staff() -> dict[str, str]:
    """Address → unit of everybody who works in the planned department."""
    return {
        f"anstalld{number}.{unit.lower()}@ekhamn.example": unit
        for unit, people in STAFF.items()
        for number in range(people)
    }


def staff_file() -> FilePayload:
    """The staff as personnel would hand it over."""
    rows = [(address, unit, number % 3 + 1) for number, (address, unit) in enumerate(staff().items())]
    return _file("personal.csv", rows)


def others(project: Path) -> dict[str, str]:
    """Address → unit of Ekhamn's respondents outside the planned department."""
    return {row["epost"]: row["enhet_id"] for row in _rows(project)}


def others_file(project: Path) -> FilePayload:
    """The same, as a file."""
    return _file("respondenter.csv", [(row["epost"], row["enhet_id"], row["respondenttyp"]) for row in _rows(project)])


def reply(address: str, unit: str) -> Reply:
    """Somebody's answers: in the middle of the scale, so that no group stands at a blunted end."""
    random = np.random.default_rng(list(address.encode()))
    values = random.choice([0, 2, 3, 3, 4, 4, 5], len(KEYS))
    return Reply(unit, int(random.integers(1, 4)), tuple(int(value) for value in values))


def all_alike(unit: str) -> Reply:
    """What is said where one answers in the browser."""
    return Reply(unit, 3, (int(VALUE),) * len(KEYS))


def _rows(project: Path) -> Iterator[dict[str, str]]:
    with (project / FILES / "respondents.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from (row for row in csv.DictReader(file, delimiter=";") if not row["enhet_id"].startswith(PLANNED))


def _file(name: str, rows: Sequence[tuple[str, str, object]]) -> FilePayload:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([("epost", "enhet_id", "respondenttyp"), *rows])
    return FilePayload(name=name, mimeType="text/csv", buffer=text.getvalue().encode())
