"""One unit in one year as somebody looks at it, and what a card must then say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tests.views.neighbours import Neighbour
from tests.views.numbers import numbers_in
from tests.views.release_file import Release, Values
from tests.views.two_releases import TwoReleases
from tests.views.visiting import Line, Query, Shown

Cell = float | int | str | None | tuple[float, ...]  # a text is held to the letter
Row = tuple[str, Mapping[str, Cell]]

_CONSTANTS: Final = (0, 1, 3, 5, 10, 25, 50, 75, 95, 100)  # of the scale, of k, of sentences that explain the method
_TAGS: Final = re.compile(r"<[^>]+>|&nbsp;")
_MONTHS: Final = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
                  "oktober", "november", "december")  # fmt: skip
_DATE: Final = re.compile(rf"\d+ (?:{'|'.join(_MONTHS)}) \d{{4}}")


@dataclass(frozen=True, slots=True)
class Look:
    """What the address names; `choices` are those of the page."""

    shown: Shown
    year: int
    unit: str
    choices: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.now.name(self.unit)} ({self.unit}) {self.year} {dict(self.choices)}"

    @property
    def years(self) -> Mapping[int, Release]:
        return self.shown.years

    @property
    def targets(self) -> Mapping[tuple[str, str], tuple[float, int]]:
        """Value and year by unit and level."""
        return self.shown.targets

    @property
    def query(self) -> Query:
        return {"ar": self.year, "enhet": self.unit, **self.choices}

    @property
    def now(self) -> Release:
        return self.years[self.year]

    @property
    def whole(self) -> str:
        return self.now.root

    @property
    def values(self) -> Values:
        return self.now.values[self.unit]

    @property
    def earlier(self) -> list[Release]:
        """Years before with the unit, oldest first."""
        return [
            release for year, release in sorted(self.years.items()) if year < self.year and self.unit in release.units
        ]

    @property
    def last(self) -> Release | None:
        return self.earlier[-1] if self.earlier else None

    @property
    def others(self) -> list[Neighbour]:
        """Other organisations that are counted in the year."""
        return [each for each in self.shown.neighbours if each.counts(self.year)]

    def shared(self, *kinds: str) -> list[Neighbour]:
        """Those that agreed to any of these, and that the gate of organisations has admitted."""
        told = {
            name for known in ("named", "point") for name in self.shown.told.get((self.year, f"shared:{known}"), ())
        }
        return [each for each in self.others if each.name in told and {*kinds} & {*each.consents}]

    @property
    def on_the_map(self) -> list[tuple[str, Values]]:
        """Of those of the sector, the ones that agreed to be seen; without a name only when there are five."""
        near = [each for each in self.shared("named", "point") if each.sector == "kommun"]
        named = [(each.name, each.values(self.year)) for each in near if "named" in each.consents]
        unnamed = [each.values(self.year) for each in near if "named" not in each.consents]
        return [*named, *(("En annan organisation", each) for each in unnamed if len(unnamed) >= 5)]

    @property
    def changes(self) -> TwoReleases | None:
        """Since last time."""
        return None if self.last is None else two_releases(self.last, self.now)


@cache
def two_releases(then: Release, now: Release) -> TwoReleases:
    return TwoReleases(then, now)


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows of the table in any order, and further numbers that the words of the card may say."""

    rows: Sequence[Row]
    said: Sequence[float] = ()

    @property
    def numbers(self) -> list[float]:
        """All of them."""
        cells = [cell for name, row in self.rows for cell in (name, *row.values())]
        return [*self.said, *(number for cell in cells for number in _numbers(cell))]


@dataclass(frozen=True, slots=True)
class View:
    """A page: what is chosen there in turn, what its cards must show by slug, and the numbers `outside` of cards.

    `of_whole`: it shows the same whatever unit one comes from.
    """

    path: str
    cards: Mapping[str, Callable[[Look], Expected]]
    outside: Callable[[Look], Sequence[float]]
    choices: Sequence[Mapping[str, str]] = ({},)
    of_whole: bool = False


def check(view: View, look: Look) -> int:
    """Every card that the page has, its table and its words; how many numbers of tables were compared."""
    shown, path = look.shown, view.path
    page = shown.page(path, look.query)
    assert page.cards <= view.cards.keys(), "a card that nobody has computed"
    expected = {slug: view.cards[slug](look) for slug in page.cards}
    compared = 0
    for slug, each in expected.items():
        compared += _check_table(shown.table(path, slug, look.query), each, (str(look), slug))
        _check_words(page.words[slug], each.numbers, look, slug)
    everything = [each for card in expected.values() for each in card.numbers]
    _check_words(page.words[""], [*view.outside(look), *everything], look, path)
    return compared


def _check_table(table: Sequence[Line], expected: Expected, where: object) -> int:
    """Rows are found by their names; several units may have the same."""
    named = [(next(iter(line.values())), line) for line in table]
    shown, computed = sorted(name for name, _line in named), sorted(name for name, _row in expected.rows)
    assert shown == computed, (where, shown, computed)
    left = list(expected.rows)
    for name, line in named:
        wrong = {place: _wrong(line, row) for place, (called, row) in enumerate(left) if called == name}
        fitting = [place for place, what in wrong.items() if not what]
        assert fitting, (where, name, wrong)
        del left[fitting[0]]
    return sum(len(_numbers(cell)) for _name, row in expected.rows for cell in row.values())


def _wrong(line: Line, row: Mapping[str, Cell]) -> list[object]:
    """What a line says that was not computed; columns that nobody has computed may hold no results."""
    _name, *columns = line
    missing: list[object] = [column for column in row if column not in line]
    return missing + [
        (column, line[column], row.get(column))
        for column in columns
        if (not _says(line[column], row[column]) if column in row else _has_a_result(line[column]))
    ]


def _says(text: str, wanted: Cell) -> bool:
    if isinstance(wanted, str):
        return text == wanted
    found, computed = numbers_in(text), _numbers(wanted)
    return len(found) == len(computed) and all(each.is_(n) for each, n in zip(found, computed, strict=True))


def _has_a_result(text: str) -> bool:
    return any(each.decimals for each in numbers_in(text))


def _check_words(words: str, numbers: Sequence[float], look: Look, where: object) -> None:
    """No number is said that was not computed."""
    known = [*numbers, *_CONSTANTS, *look.years, *_people(look)]
    for line in _without_names(words, look.now).splitlines():
        strange = [each for each in numbers_in(line) if not each.is_one_of(known)]
        assert not strange, (str(look), where, line, strange)


def _people(look: Look) -> Iterator[int]:
    unit = look.now.units[look.unit]
    yield from (unit["answered"], look.now.k, look.now.answered(look.whole))
    if unit["invited"] is not None:
        yield unit["invited"]


def _without_names(words: str, release: Release) -> str:
    """Names of units have digits in them, and dates are no results."""
    words = _DATE.sub("", _TAGS.sub(" ", words))
    for name in _with_digits(release):
        words = words.replace(name, "")
    return words


@cache
def _with_digits(release: Release) -> tuple[str, ...]:
    return tuple(name for unit in release.units if re.search(r"\d", name := release.name(unit)))


def _numbers(cell: Cell) -> tuple[float, ...]:
    if isinstance(cell, str):
        return tuple(each.value for each in numbers_in(cell))
    if isinstance(cell, tuple):
        return cell
    return () if cell is None else (float(cell),)
