"""The instrument (frågebatteri): its scale and its tree of dimensions, categories and statements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dimios_dash.domain.texts import Texts
from dimios_dash.ids import StatementKey
from dimios_dash.language import Language

LOWEST = 1
HIGHEST = 6
DIMENSIONS = 2
CATEGORIES = 3  # in each dimension
STATEMENTS = 5  # in each category
_NEEDED = (Language.SWEDISH, Language.ENGLISH)


@dataclass(frozen=True, slots=True)
class Scale:
    """The points of agreement, and Vet ej beside them, which is no point and never counts as one."""

    lowest: int
    highest: int
    labels: tuple[Texts, ...]  # one for each point, lowest first
    dont_know: Texts


@dataclass(frozen=True, slots=True)
class Statement:
    """What a respondent agrees with or not. Capability and statement are one to one: one level, "förmåga"."""

    key: StatementKey
    capability: Texts
    text: Texts
    help: Texts  # empty where the statement needs none


@dataclass(frozen=True, slots=True)
class Category:
    key: str  # "F1"
    name: Texts
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    key: str  # "F" capability, "A" heritage
    name: Texts
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version. Keys of statements are stable over versions, their wording is not."""

    version: str
    scale: Scale
    dimensions: tuple[Dimension, ...]

    @property
    def categories(self) -> tuple[Category, ...]:
        """All categories, in the order of the file."""
        return tuple(category for dimension in self.dimensions for category in dimension.categories)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the file."""
        return tuple(statement for category in self.categories for statement in category.statements)

    @property
    def statement_keys(self) -> tuple[StatementKey, ...]:
        """Keys of all statements, in the order of the file: the order of every array over statements."""
        return tuple(statement.key for statement in self.statements)

    def statement(self, key: StatementKey) -> Statement:
        """Raises KeyError for a key this version does not have."""
        return {statement.key: statement for statement in self.statements}[key]

    def category_of(self, key: StatementKey) -> Category:
        """The category a statement belongs to. Raises KeyError for a key this version does not have."""
        return {statement.key: category for category in self.categories for statement in category.statements}[key]


def parse(document: Mapping[str, object]) -> Instrument:
    """The instrument written in a document of the form of `instruments/dimios-2026.1.json`.

    Raises ValueError saying where, when anything is missing, empty, of another kind or of another number
    than two dimensions of three categories of five statements on the scale 1-6, or when a key is used
    twice or does not fit the part above it. Norwegian and Finnish may be missing, and help in any language.
    """
    root = _Entry("instrument", document)
    instrument = Instrument(
        version=root.text("version"),
        scale=_scale(root.entry("scale")),
        dimensions=tuple(_dimension(entry) for entry in root.entries("dimensions", DIMENSIONS)),
    )
    _require_unique_keys(instrument)
    return instrument


def _scale(entry: _Entry) -> Scale:
    if (entry.content.get("min"), entry.content.get("max")) != (LOWEST, HIGHEST):
        raise ValueError(f"{entry.where}: min and max must be {LOWEST} and {HIGHEST}")
    if entry.content.get("dont_know") is not True:
        raise ValueError(f"{entry.where}: dont_know must be true")
    languages = [entry.labels(language) for language in Language]
    *points, dont_know = (Texts(*labels) for labels in zip(*languages, strict=True))
    return Scale(LOWEST, HIGHEST, tuple(points), dont_know)


def _dimension(entry: _Entry) -> Dimension:
    key = entry.key(r"[A-Z]")
    categories = tuple(_category(child, key) for child in entry.entries("categories", CATEGORIES))
    return Dimension(key, entry.texts(), categories)


def _category(entry: _Entry, dimension: str) -> Category:
    key = entry.key(rf"{dimension}[1-9]")
    statements = tuple(_statement(child, key) for child in entry.entries("items", STATEMENTS))
    return Category(key, entry.texts(), statements)


def _statement(entry: _Entry, category: str) -> Statement:
    return Statement(
        key=StatementKey(entry.key(rf"{category}\.[1-9]")),
        capability=entry.texts("capability_"),
        text=entry.texts(),
        help=Texts(*(entry.text_or_empty(f"help_{language}") for language in Language)),
    )


def _require_unique_keys(instrument: Instrument) -> None:
    # A key holds its parent's, so two equal ones always stand on the same level.
    keys = Counter(dimension.key for dimension in instrument.dimensions)
    keys.update(category.key for category in instrument.categories)
    keys.update(instrument.statement_keys)
    twice = [key for key, times in keys.items() if times > 1]
    if twice:
        raise ValueError(f"instrument: used more than once: {', '.join(twice)}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One object of the document and its place there, so that every complaint can say where."""

    where: str
    content: Mapping[str, object]

    def entry(self, name: str) -> _Entry:
        return _entry(f"{self.where}.{name}", self.content.get(name))

    def entries(self, name: str, count: int) -> tuple[_Entry, ...]:
        values = self._list(name, count)
        return tuple(_entry(f"{self.where}.{name}[{place}]", value) for place, value in enumerate(values))

    def labels(self, language: Language) -> list[str]:
        """One label for each point of the scale, then that of Vet ej; empty ones where a language may be missing."""
        name, count = f"labels_{language}", HIGHEST - LOWEST + 2
        if language not in _NEEDED and name not in self.content:
            return [""] * count
        labels = self._list(name, count)
        return [_text(f"{self.where}.{name}[{place}]", label) for place, label in enumerate(labels)]

    def key(self, pattern: str) -> str:
        key = self.text("id")
        if not re.fullmatch(pattern, key):
            raise ValueError(f"{self.where}.id: {key!r} does not fit its place ({pattern})")
        return key

    def texts(self, before: str = "") -> Texts:
        """In every language; `before` the language stands in the names of the fields."""
        read = {language: self.text if language in _NEEDED else self.text_or_empty for language in Language}
        return Texts(*(read[language](before + language) for language in Language))

    def text(self, name: str) -> str:
        return _text(f"{self.where}.{name}", self.content.get(name))

    def text_or_empty(self, name: str) -> str:
        return self.text(name) if self.content.get(name, "") != "" else ""

    def _list(self, name: str, count: int) -> list[object]:
        values = self.content.get(name)
        if not isinstance(values, list) or len(values) != count:
            raise ValueError(f"{self.where}.{name} must be a list of {count}")
        return values


def _entry(where: str, value: object) -> _Entry:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where} must be an object")  # noqa: TRY004 - one kind of error for a bad document
    return _Entry(where, value)


def _text(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where} must be a text that is not empty")
    return value
