"""What a file's reader has to say about its rows, in Swedish, for a page or the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from dimios_dash.intake.limits import MAX_FINDINGS

T = TypeVar("T")


class Severity(StrEnum):
    """An error stops the import; a warning is something to look at first."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `row` is the number seen in Excel, None for the whole file; `message` is whole sentences."""

    severity: Severity
    row: int | None
    column: str | None
    message: str

    def as_line(self) -> str:
        """ "rad 7, kolumn enhet_id: …"; warnings begin with "varning"."""
        place = [
            "varning" if self.severity is Severity.WARNING else "",
            f"rad {self.row}" if self.row is not None else "",
            f"kolumn {self.column}" if self.column is not None else "",
        ]
        return ": ".join(filter(None, [", ".join(filter(None, place)), self.message]))


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a file holds. Where `ok` is False, `rows` is only what could be read and must not be written."""

    rows: tuple[T, ...]
    findings: tuple[Finding, ...]  # by row; at most MAX_FINDINGS and one that says how many more there are
    faulty: frozenset[int] = frozenset()  # every row with an error, however many

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def ok(self) -> bool:
        """Whether the rows may be written: warnings do not hinder it."""
        return not self.errors

    def as_lines(self) -> list[str]:
        """One line per finding, for the command line."""
        return [finding.as_line() for finding in self.findings]


@dataclass(slots=True)
class Notebook:
    """Gathers findings while a file is read.

    A cell that is already wrong as a cell (a formula without value) is not said to be empty as well.
    """

    findings: list[Finding] = field(default_factory=list)
    spoiled: set[tuple[int | None, str | None]] = field(init=False)

    def __post_init__(self) -> None:
        self.spoiled = {
            (finding.row, finding.column)
            for finding in self.findings
            if finding.severity is Severity.ERROR and finding.column is not None
        }

    def error(self, row: int | None, column: str | None, message: str) -> None:
        if (row, column) not in self.spoiled:
            self.findings.append(Finding(Severity.ERROR, row, column, message))

    def warn(self, row: int | None, column: str | None, message: str) -> None:
        self.findings.append(Finding(Severity.WARNING, row, column, message))

    def parsed(self, rows: Iterable[T]) -> Parsed[T]:
        return Parsed(tuple(rows), _first(self.findings), frozenset(self.faulty))

    @property
    def errors(self) -> list[Finding]:
        """All of them, in the order they were found."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def faulty(self) -> dict[int, list[Finding]]:
        """The errors of each row that has some."""
        found: dict[int, list[Finding]] = {}
        for finding in self.findings:
            if finding.severity is Severity.ERROR and finding.row is not None:
                found.setdefault(finding.row, []).append(finding)
        return found


def _first(findings: list[Finding]) -> tuple[Finding, ...]:
    """The first MAX_FINDINGS by row and a line about the rest. Warnings never crowd out errors."""
    by_weight = sorted(findings, key=lambda finding: (finding.severity is Severity.WARNING, finding.row or 0))
    shown, rest = by_weight[:MAX_FINDINGS], by_weight[MAX_FINDINGS:]
    by_row = sorted(shown, key=lambda finding: finding.row or 0)
    return (*by_row, _more(rest)) if rest else tuple(by_row)


def _more(rest: list[Finding]) -> Finding:
    errors = sum(finding.severity is Severity.ERROR for finding in rest)
    counts = [f"{errors} fel" if errors else "", _warnings(len(rest) - errors)]
    return Finding(
        Severity.ERROR if errors else Severity.WARNING,
        None,
        None,
        f"Ytterligare {' och '.join(filter(None, counts))} visas inte. Rätta det som visas och läs in filen igen.",
    )


def _warnings(count: int) -> str:
    if count == 0:
        return ""
    return "1 varning" if count == 1 else f"{count} varningar"
