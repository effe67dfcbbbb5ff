"""Reads what a form sent. The names are the contract: `respondenttyp`, each statement's key, `forslag_<category>` and
`larande` for texts, `enhet`, and `sett`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dimios_dash.crypto.sealing import ROLE_TYPES, Sheet
from dimios_dash.domain import personal_data
from dimios_dash.domain.free_text import LONGEST, tidied
from dimios_dash.domain.instrument import Instrument, Scale
from dimios_dash.domain.personal_data import Found
from dimios_dash.domain.suggestions import LEARNING

ROLE_TYPE: Final = "respondenttyp"
UNIT: Final = "enhet"  # the unit the form was opened for; a form without it takes the unit as it is
SEEN: Final = "sett"  # what looked personal and has been pointed out: sent again, it is meant
DONT_KNOW: Final = "vet_ej"
SUGGESTION: Final = "forslag_"
SWITCH: Final = "byt"  # the button that shows the form in another language

Fields = Mapping[str, Sequence[str]]  # every value that was sent, by name


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody has chosen and written. A value that the form does not offer is as if nothing was chosen."""

    chosen: Mapping[str, int]  # role type under its name, scale points under their statement's key; 0 is Vet ej
    texts: Mapping[str, str]  # tidied, under their field's name; empty ones too
    missing: tuple[str, ...]  # fields without exactly one value that the form offers, in the form's order
    personal: Mapping[str, tuple[Found, ...]]  # what looks personal, by field; of texts that are not too long
    seen: frozenset[str]
    strange: bool  # something came that the form does not have
    unit: str | None  # what `enhet` said

    @property
    def too_long(self) -> dict[str, int]:
        """The length of each text that is longer than it may be."""
        return {name: len(text) for name, text in self.texts.items() if len(text) > LONGEST}

    @property
    def pointed_out(self) -> dict[str, tuple[Found, ...]]:
        """What looks personal and the writer has not been asked about, by field."""
        return {name: all_of for name, all_of in self.personal.items() if {each.text for each in all_of} - self.seen}

    @property
    def is_untouched(self) -> bool:
        """Whether no statement is chosen, judged or written about; the role type may come from the list."""
        return not (self.chosen.keys() - {ROLE_TYPE} or self.texts or self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether it is one answer sheet and nothing else, as its writer means it."""
        return not (self.missing or self.too_long or self.pointed_out or self.strange)

    @property
    def sheet(self) -> Sheet:
        """The answer sheet to seal. Raises KeyError unless complete."""
        answers = {name: value for name, value in self.chosen.items() if name != ROLE_TYPE}
        texts = {name.removeprefix(SUGGESTION): text for name, text in self.texts.items() if text}
        return Sheet(self.chosen[ROLE_TYPE], answers, texts)


def untouched(role_type: int | None) -> Filled:
    """The form as it is first shown, with the role type from the list of respondents."""
    chosen = {} if role_type is None else {ROLE_TYPE: role_type}
    return Filled(chosen, {}, (), {}, frozenset(), strange=False, unit=None)


def read(fields: Fields, instrument: Instrument) -> Filled:
    """What `fields` say about the statements of `instrument`. Takes anything a browser, or anybody else, may send."""
    offered = _offered(instrument)
    chosen = {
        name: values[sent[0]]
        for name, values in offered.items()
        if len(sent := fields.get(name, ())) == 1 and sent[0] in values
    }
    single = [*_text_fields(instrument), UNIT]
    units = fields.get(UNIT, ())
    texts = {name: tidied(fields[name][0]) for name in _text_fields(instrument) if name in fields}
    return Filled(
        chosen=chosen,
        texts=texts,
        missing=tuple(name for name in offered if name not in chosen),
        personal=_personal(texts),
        seen=frozenset(fields.get(SEEN, ())),
        strange=any(len(fields.get(name, ())) > 1 for name in single) or not fields.keys() <= {*offered, *single, SEEN},
        unit=units[0] if units else None,
    )


def unjudged(filled: Filled) -> Filled:
    """As it was sent to be shown in another language: nobody has said that it is finished."""
    return replace(filled, missing=(), personal={}, strange=False)


def _offered(instrument: Instrument) -> dict[str, dict[str, int]]:
    """The fields to choose in, in the form's order, each with the values it offers and what they mean."""
    points = _points(instrument.scale)
    role_types = {str(role_type): role_type for role_type in ROLE_TYPES}
    return {ROLE_TYPE: role_types} | dict.fromkeys(map(str, instrument.statement_keys), points)


def _points(scale: Scale) -> dict[str, int]:
    return {str(point): point for point in range(scale.lowest, scale.highest + 1)} | {DONT_KNOW: 0}


def _text_fields(instrument: Instrument) -> Iterator[str]:
    """The fields to write in, in the form's order."""
    yield from (SUGGESTION + category.key for category in instrument.categories)
    yield LEARNING


def _personal(texts: Mapping[str, str]) -> dict[str, tuple[Found, ...]]:
    found = {name: personal_data.found(text) for name, text in texts.items() if len(text) <= LONGEST}
    return {name: all_of for name, all_of in found.items() if all_of}
