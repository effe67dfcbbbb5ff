"""The commands, run in this process on a database of their own, and files to give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from typer.testing import CliRunner, Result

from db.engine import connect
from db.models import Base
from dimios_dash import instruments
from dimios_dash.command_line import app
from dimios_dash.settings import Settings

HEADER = ";".join(["enhet_id", "respondenttyp", *instruments.load().statement_keys])


@dataclass(frozen=True)
class Terminal:
    """Where an operator types."""

    engine: Engine
    folder: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed, env=self.environment)

    def file(self, name: str, *lines: str) -> str:
        """A file with these lines; where it lies."""
        path = self.folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)

    def tree(self, *lines: str) -> str:
        return self.file("tree.csv", "enhet_id;overordnad_id;namn", *(lines or ("E;;Provstad", "E1;E;Kansliet")))

    def answers(self, *units: str) -> str:
        """One answer sheet for each unit that is named, 4 to everything."""
        rows = [f"{unit};2" + ";4" * (HEADER.count(";") - 1) for unit in units]
        return self.file("answers.csv", HEADER, *rows)

    def import_measurement(self, *more: str, tree: str, answers: str) -> Result:
        """Of Provstad 2025, unless `more` says otherwise: the last one counts."""
        arguments = ("--organisation", "Provstad", "--sector", "kommun", "--year", "2025")
        return self.run("import-measurement", *arguments, "--tree", tree, "--answers", answers, *more)

    def row_counts(self) -> Counter[str]:
        """Rows of every table."""
        with self.engine.connect() as connection:
            return Counter(
                {
                    name: connection.scalar(select(func.count()).select_from(table)) or 0
                    for name, table in Base.metadata.tables.items()
                }
            )


@pytest.fixture
def terminal(another_place: Settings, tmp_path: Path) -> Iterator[Terminal]:
    environment = {
        "DATABASE_URL": str(another_place.database_url),
        "DIMIOS_DATA": str(another_place.data),
        "DIMIOS_KEYS": str(another_place.keys),
    }
    engine = connect(str(another_place.database_url))
    yield Terminal(engine, tmp_path, environment)
    engine.dispose()
