"""Do more people know than before?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.domain.gate.finer_hidden import FinerHidden
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import percent
from dimios_dash.figures.timeline import Line, LineKind, timeline
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _


@dataclass(frozen=True, slots=True)
class ShareYear:
    """Mean shares of Vet ej, 0-1, over all statements and over those of each dimension; None where hidden."""

    year: int
    all: float | None
    capability: float | None
    heritage: float | None


def read(basis: Basis) -> tuple[ShareYear, ...]:
    """Every year up to the one looked at, oldest first."""
    return tuple(
        ShareYear(year, *(_mean(shares, beginning) for beginning in ("", CAPABILITY, HERITAGE)))
        for year, shares in basis.share_years.items()
        if year <= basis.year
    )


def _mean(shares: Mapping[StatementKey, float | None], beginning: str) -> float | None:
    there = [share for key, share in shares.items() if key.startswith(beginning)]
    shown = [share for share in there if share is not None]
    return fmean(shown) if len(shown) == len(there) and shown else None


def _shown(cells: Sequence[ShareYear]) -> list[tuple[int, float]]:
    return [(each.year, each.all) for each in cells if each.all is not None]


def headline(cells: tuple[ShareYear, ...]) -> str:
    shown = _shown(cells)
    if not shown:
        return _("Utvecklingen av Vet ej kan inte visas")
    (first, then), (last, now) = shown[0], shown[-1]
    if len(shown) == 1:
        return _("%(share)s Vet ej %(year)s; det finns inget år att jämföra med", share=percent(now), year=last)
    said = {"now": percent(now), "then": percent(then), "first": first, "last": last}
    if said["now"] == said["then"]:
        return _("Lika mycket Vet ej som %(first)s: %(now)s", **said)
    if now < then:
        return _("Mindre Vet ej: %(then)s %(first)s, %(now)s %(last)s", **said)
    return _("Mer Vet ej: %(then)s %(first)s, %(now)s %(last)s", **said)


def reading(cells: tuple[ShareYear, ...]) -> str:
    if len(_shown(cells)) < 2:  # noqa: PLR2004, a line needs two
        return _("En jämförelse kräver två år där andelen Vet ej kan visas för enheten.")
    return _("Medel över alla påståenden. Det är inte prövat om skillnaden är säker.")


def draw(cells: tuple[ShareYear, ...]) -> Drawing | None:
    shown = [each for each in cells if each.all is not None]
    if len(shown) < 2:  # noqa: PLR2004, a line needs two
        return None
    years = [each.year for each in shown]
    lines = [
        Line(_("Alla"), [_points(each.all) for each in shown], LineKind.WHOLE),
        Line(_("Digital förmåga"), [_points(each.capability) for each in shown], LineKind.CAPABILITY),
        Line(_("Digitalt arv"), [_points(each.heritage) for each in shown], LineKind.HERITAGE),
    ]
    return timeline(years, lines, (years[0], years[-1]), "")


def _points(share: float | None) -> float | None:
    """Per cent, one decimal."""
    return None if share is None else round(100 * share, 1)


def table(cells: tuple[ShareYear, ...]) -> Table:
    columns = (
        *(Column(_("År"), numeric=False), Column(_("Alla"))),
        *(Column(_("Digital förmåga")), Column(_("Digitalt arv"))),
    )
    few = FinerHidden.FEW_RESPONDENTS.explanation
    return Table(
        _("Andel Vet ej, procent"),
        columns,
        tuple(
            Row(
                (
                    Cell(str(each.year), "" if each.all is not None else few),
                    *(Cell(_points(share)) for share in (each.all, each.capability, each.heritage)),
                )
            )
            for each in cells
        ),
    )


def notes(cells: tuple[ShareYear, ...]) -> tuple[str, ...]:
    then = _("Tidigare år visas som de publicerades, med den tidens organisation.")
    return (then,) if len(cells) > 1 else ()


DONT_KNOW_TREND = Analysis(
    slug="vet-ej-over-tid",
    title=N_("Vet ej över tid"),
    question=N_("Vet fler nu än förut?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
