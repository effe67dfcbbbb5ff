"""/demo/filer/<name>: files ready to import, for somebody who tries the demo. Registered in demo mode only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, send_from_directory

from dimios_dash.errors import NotFound

_FOLDER: Final = Path(__file__).resolve().parent / "demo_data" / "granvik"

blueprint = Blueprint("demo_files", __name__)


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file of Granvik's, and what a page says of it."""

    name: str
    label: str

    @property
    def address(self) -> str:
        """Where a browser gets it."""
        return f"/demo/filer/{self.name}"


TREE_FILES: Final = (
    DemoFile("trad.xlsx", "Granviks enheter, Excel"),
    DemoFile("trad.csv", "Granviks enheter, CSV som Excel sparar den"),
)
RESPONDENT_FILES: Final = (
    DemoFile("respondenter.xlsx", "Granviks respondenter, Excel"),
    DemoFile("respondenter.csv", "Granviks respondenter, CSV"),
    DemoFile("respondenter-med-fel.csv", "Respondenter med vanliga fel, för att se hur de visas"),
)
STAFF_FILES: Final = (DemoFile("personal.csv", "Granviks personal att dra ett urval ur, CSV"),)
_NAMES: Final = frozenset(file.name for file in (*TREE_FILES, *RESPONDENT_FILES, *STAFF_FILES))


@blueprint.get("/demo/filer/<name>")
def demo_file(name: str) -> Response:
    """The file as it is, to be saved. Raises NotFound for any other name."""
    if name not in _NAMES:
        raise NotFound("Filen finns inte. Gå tillbaka och välj en av demons filer.")
    # Octets, not text: one of them is in Windows-1252, which Flask would announce as UTF-8.
    return send_from_directory(_FOLDER, name, as_attachment=True, mimetype="application/octet-stream")
