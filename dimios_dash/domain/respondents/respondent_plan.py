"""What reading a file does to the list of respondents: said before it is done, and done as it was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dimios_dash.domain.respondents.obstacle import Obstacle
from dimios_dash.ids import InvitationId, UnitId
from dimios_dash.language import DEFAULT_LANGUAGE, Language


class RespondentInFile(Protocol):
    """One row of a file of respondents."""

    @property
    def row(self) -> int: ...
    @property
    def address(self) -> str: ...
    @property
    def unit_id(self) -> UnitId: ...
    @property
    def role_type(self) -> int | None: ...
    @property
    def language(self) -> Language | None: ...


@dataclass(frozen=True, slots=True)
class StandingRespondent:
    """Somebody the measurement already has. `reachable` False: in a part of the organisation not to be touched."""

    invitation_id: InvitationId
    unit_id: UnitId
    role_type: int | None
    answered: bool
    removed: bool
    reachable: bool
    language: Language = DEFAULT_LANGUAGE


class RespondentDeed(StrEnum):
    NEW = "new"
    INVITED = "invited"  # this year already, to a measurement that was cancelled: one invitation a year
    RETURNING = "returning"  # was removed, and is in the file again
    CHANGED = "changed"  # another unit, role type or language
    ANSWERED = "answered"  # the file says something else, but the answer has been given
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to one row. `index` is the address's, the same for all its spellings."""

    row: RespondentInFile
    index: bytes
    deed: RespondentDeed
    before: StandingRespondent | None

    @property
    def role_type(self) -> int | None:
        """The role type afterwards: a file that does not say leaves what is known."""
        known = None if self.before is None else self.before.role_type
        return known if self.row.role_type is None else self.row.role_type

    @property
    def language(self) -> Language:
        """The language afterwards, by the same rule."""
        known = DEFAULT_LANGUAGE if self.before is None else self.before.language
        return known if self.row.language is None else self.row.language


@dataclass(frozen=True, slots=True)
class RespondentPlan:
    """One outcome per row, in the file's order. With obstacles nothing may be written."""

    outcomes: tuple[Outcome, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def nothing_to_do(self) -> bool:
        """Whether the list is already as far as it may be what the file says."""
        return not any(self.of(RespondentDeed.NEW, RespondentDeed.RETURNING, RespondentDeed.CHANGED))

    @property
    def counts(self) -> Counter[RespondentDeed]:
        """Rows per outcome."""
        return Counter(outcome.deed for outcome in self.outcomes)

    def of(self, *deeds: RespondentDeed) -> list[Outcome]:
        """The rows with one of these outcomes."""
        return [outcome for outcome in self.outcomes if outcome.deed in deeds]


def plan_respondents(
    standing: Mapping[bytes, StandingRespondent],
    rows: Sequence[tuple[bytes, RespondentInFile]],
    askable: Collection[UnitId],
    invited: Collection[bytes] = frozenset(),
) -> RespondentPlan:
    """Compare a file's rows, each with its address's index, with those the measurement has, by the same index.

    `askable` are the units somebody may be added to now, `invited` the addresses that have had this year's
    invitation in a measurement that was cancelled. Who is not in the file stays as they are.
    """
    outcomes = tuple(_outcome(row, index, standing.get(index), index in invited) for index, row in rows)
    return RespondentPlan(outcomes, tuple(_obstacles(outcomes, askable)))


def _outcome(row: RespondentInFile, index: bytes, before: StandingRespondent | None, invited: bool) -> Outcome:
    new = RespondentDeed.INVITED if invited else RespondentDeed.NEW
    return Outcome(row, index, new if before is None else _deed(row, before), before)


def _deed(row: RespondentInFile, before: StandingRespondent) -> RespondentDeed:
    if not before.reachable:
        return RespondentDeed.UNCHANGED
    same = _says_the_same(row, before)
    if before.answered:
        return RespondentDeed.UNCHANGED if same else RespondentDeed.ANSWERED
    if before.removed:
        return RespondentDeed.RETURNING
    return RespondentDeed.UNCHANGED if same else RespondentDeed.CHANGED


def _says_the_same(row: RespondentInFile, before: StandingRespondent) -> bool:
    return (
        before.unit_id == row.unit_id
        and row.role_type in (None, before.role_type)
        and row.language in (None, before.language)
    )


def _obstacles(outcomes: Iterable[Outcome], askable: Collection[UnitId]) -> Iterator[Obstacle]:
    for outcome in outcomes:
        written = outcome.deed in (RespondentDeed.NEW, RespondentDeed.RETURNING, RespondentDeed.CHANGED)
        if written and outcome.row.unit_id not in askable:
            yield Obstacle(
                outcome.row.row,
                f"Enheten {outcome.row.unit_id} ingår inte i årets mätning. "
                "Välj en enhet som ingår, eller ta bort raden.",
            )
