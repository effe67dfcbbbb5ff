"""The published instruments, one data file for each version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from dimios_dash.domain.instrument import Instrument, parse
from dimios_dash.domain.texts import Texts
from dimios_dash.ids import StatementKey

LATEST: Final = "2026.1"
VERSIONS: Final = (LATEST,)


@cache
def load(version: str = LATEST) -> Instrument:
    """The instrument of a version, checked when it is first asked for.

    Raises KeyError for a version that is not in `VERSIONS`, and ValueError, saying where, for a broken file.
    """
    instrument = parse(json.loads(document(version)))
    if instrument.version != version:
        raise ValueError(f"dimios-{version}.json says that it is version {instrument.version}")
    return instrument


def document(version: str = LATEST) -> bytes:
    """The file of a version as it was published (JSON, UTF-8). Raises KeyError for an unknown version."""
    if version not in VERSIONS:
        raise KeyError(version)
    return files(__name__).joinpath(f"dimios-{version}.json").read_bytes()


@cache
def material(version: str = LATEST) -> Mapping[StatementKey, Texts]:
    """What to read or do together about each statement where many answer Vet ej. Raises KeyError as `load` does."""
    if version not in VERSIONS:
        raise KeyError(version)
    texts = json.loads(files(__name__).joinpath(f"material-{version}.json").read_bytes())
    return {StatementKey(key): Texts(**said) for key, said in texts.items()}
