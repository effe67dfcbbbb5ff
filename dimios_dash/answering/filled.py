"""Reads what a form sent. The names are the contract: `respondenttyp`, each statement's key, and `enhet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.crypto.sealing import ROLE_TYPES, Sheet
from dimios_dash.domain.instrument import Instrument, Scale

ROLE_TYPE: Final = "respondenttyp"
UNIT: Final = "enhet"  # the unit the form was opened for; a form without it takes the unit as it is
DONT_KNOW: Final = "vet_ej"

Fields = Mapping[str, Sequence[str]]  # every value that was sent, by name


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody has chosen. A value that the form does not offer is as if nothing was chosen."""

    chosen: Mapping[str, int]  # role type under its name, scale points under their statement's key; 0 is Vet ej
    missing: tuple[str, ...]  # fields without exactly one value that the form offers, in the form's order
    strange: bool  # something came that the form does not have
    unit: str | None  # what `enhet` said

    @property
    def is_complete(self) -> bool:
        """Whether it is one answer sheet and nothing else."""
        return not self.missing and not self.strange

    @property
    def sheet(self) -> Sheet:
        """The answer sheet to seal. Raises KeyError unless complete."""
        answers = {name: value for name, value in self.chosen.items() if name != ROLE_TYPE}
        return Sheet(self.chosen[ROLE_TYPE], answers, {})


def untouched(role_type: int | None) -> Filled:
    """The form as it is first shown, with the role type from the list of respondents."""
    return Filled({} if role_type is None else {ROLE_TYPE: role_type}, (), strange=False, unit=None)


def read(fields: Fields, instrument: Instrument) -> Filled:
    """What `fields` say about the statements of `instrument`. Takes anything a browser, or anybody else, may send."""
    offered = _offered(instrument)
    chosen = {
        name: values[sent[0]]
        for name, values in offered.items()
        if len(sent := fields.get(name, ())) == 1 and sent[0] in values
    }
    units = fields.get(UNIT, ())
    return Filled(
        chosen=chosen,
        missing=tuple(name for name in offered if name not in chosen),
        strange=len(units) > 1 or not fields.keys() <= {*offered, UNIT},
        unit=units[0] if units else None,
    )


def _offered(instrument: Instrument) -> dict[str, dict[str, int]]:
    """The fields in the form's order, each with the values it offers and what they mean."""
    points = _points(instrument.scale)
    role_types = {str(role_type): role_type for role_type in ROLE_TYPES}
    return {ROLE_TYPE: role_types} | dict.fromkeys(map(str, instrument.statement_keys), points)


def _points(scale: Scale) -> dict[str, int]:
    return {str(point): point for point in range(scale.lowest, scale.highest + 1)} | {DONT_KNOW: 0}
