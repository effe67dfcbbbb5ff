"""Are organisations whose strategy names digitalisation higher? A difference, and never a cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.summary import Key
from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.domain.benchmark import FEWEST_FOR_QUARTILES, Benchmark
from dimios_dash.domain.comparing.pools import Pool, PoolKind
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.days import written
from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.figures.dots import Dot, DotRow, Series, dots
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import count, number, percent, signed
from dimios_dash.figures.theme import Colour
from dimios_dash.translations import N_, _, ngettext

if TYPE_CHECKING:
    from dimios_dash.domain.statistics.uncertainty import MeasuredMean

NO_CAUSE: Final = N_(
    "Skillnaden säger inget om orsaken: organisationerna skiljer sig också i annat, till exempel storlek och uppdrag."
)


_ROWS: Final = {
    StrategyFocus.MAIN: N_("Digitalisering är ett av huvudspåren"),
    StrategyFocus.MENTIONED: N_("Digitalisering nämns"),
    StrategyFocus.ABSENT: N_("Digitalisering nämns inte"),
}

_WHERE: Final = {
    StrategyFocus.MAIN: N_("där digitalisering är ett huvudspår"),
    StrategyFocus.MENTIONED: N_("där digitalisering nämns"),
    StrategyFocus.ABSENT: N_("där digitalisering inte nämns"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations whose strategy says the same, the own one left out; `value` None: too few to be told."""

    focus: StrategyFocus
    organisations: int
    value: Benchmark | None
    own: bool  # the own organisation is one of them

    @property
    def measured(self) -> MeasuredMean | None:
        """Of organisations instead of people; None where their spread is not told."""
        from dimios_dash.domain.statistics.uncertainty import MeasuredMean, Spread  # scipy takes a second to load

        if self.value is None or self.value.sd is None:
            return None
        n = self.value.organisations
        return MeasuredMean(self.value.mean, n, Spread(self.value.sd, n))

    @property
    def interval(self) -> Interval | None:
        """95 % around the mean of the group; None where the spread is not told."""
        from dimios_dash.domain.statistics.uncertainty import interval_of_mean

        return None if self.measured is None else interval_of_mean(self.measured)


@dataclass(frozen=True, slots=True)
class GroupCells:
    year: int
    measure: Key
    own: float | None
    groups: tuple[Group, ...]
    told: PoolBenchmark | None  # any of the pools: when, and whether some are made up

    @property
    def shown(self) -> list[tuple[Group, Benchmark]]:
        """With a mean."""
        return [(group, group.value) for group in self.groups if group.value is not None]


def read(basis: Basis) -> GroupCells:
    measure = basis.choice("matt", Key.INDEX)
    pools = {Pool.of(pool.pool).focus: pool for pool in basis.pools if Pool.of(pool.pool).kind is PoolKind.FOCUS}
    groups = tuple(_group(focus, pools.get(focus), measure) for focus in StrategyFocus)
    return GroupCells(basis.year, measure, basis.whole_values[measure], groups, next(iter(pools.values()), None))


def _group(focus: StrategyFocus, pool: PoolBenchmark | None, measure: Key) -> Group:
    if pool is None:
        return Group(focus, 0, None, own=False)
    return Group(focus, pool.organisations, pool.values.get(measure), own=pool.among)


def headline(cells: GroupCells) -> str:
    shown = sorted(cells.shown, key=lambda pair: -pair[1].mean)
    if len(shown) < 2:  # noqa: PLR2004, nothing to compare
        return _("Grupperna kan inte jämföras än")
    (highest, high), (lowest, low) = shown[0], shown[-1]
    if high.mean == low.mean:
        return _("Grupperna ligger lika")
    return _(
        "%(measure)s är %(difference)s högre %(highest)s än %(lowest)s",
        measure=cells.measure.label,
        difference=number(high.mean - low.mean),
        highest=_(_WHERE[highest.focus]),
        lowest=_(_WHERE[lowest.focus]),
    )


def reading(cells: GroupCells) -> str:
    shown = sorted(cells.shown, key=lambda pair: -pair[1].mean)
    if len(shown) < 2:  # noqa: PLR2004
        return _("En grupp visas när minst sex organisationer har svarat så, och när jämförelserna har räknats.")
    interval = _difference(shown[0][0], shown[-1][0])
    if interval is None:
        return " ".join((_("Grupperna är för små för att säga hur säker skillnaden är."), _(NO_CAUSE)))
    words = (
        N_("Skillnaden är säker: den ligger mellan %(low)s och %(high)s.")
        if interval.low > 0
        else N_("Skillnaden är inte säker: den kan ligga mellan %(low)s och %(high)s.")
    )
    return f"{_(words, low=number(interval.low), high=number(interval.high))} {_(NO_CAUSE)}"


def _difference(one: Group, other: Group) -> Interval | None:
    """95 % around the difference of two means; None where a spread is not told."""
    from dimios_dash.domain.statistics.uncertainty import interval_of_difference

    if one.measured is None or other.measured is None:
        return None
    return interval_of_difference(one.measured, other.measured)


def draw(cells: GroupCells) -> Drawing | None:
    if not cells.shown:
        return None
    own = [] if cells.own is None else [_own(cells.own)]
    return dots([*map(_dots, cells.groups), *own], [Series("", "circle", Colour.ACCENT)])


def _dots(group: Group) -> DotRow:
    name, detail = _(_ROWS[group.focus]), _detail(group)
    if group.value is None:
        return DotRow(name, detail, (None,), None)
    ends = (group.interval.low, group.interval.high) if group.interval else (None, None)
    return DotRow(name, detail, (Dot(group.value.mean, name, *ends),), number(group.value.mean))


def _own(mean: float) -> DotRow:
    return DotRow(_("Ni"), _("hela organisationen"), (Dot(mean, _("Ni")),), number(mean))


def _detail(group: Group) -> str:
    if group.value is None:
        return _("visas inte: för få har svarat så")
    return ngettext("%(n)s organisation", "%(n)s organisationer", group.organisations, n=count(group.organisations))


def table(cells: GroupCells) -> Table:
    return Table(
        _("%(measure)s efter vad strategin säger, 0–100", measure=cells.measure.label),
        (
            Column(_("Vad strategin säger"), numeric=False),
            Column(_("Medel")),
            Column(_("Intervall")),
            Column(_("Organisationer")),
            Column(_("Skillnad mot er")),
        ),
        (*(_row(group, cells.own) for group in cells.groups), _own_row(cells)),
    )


def _row(group: Group, own: float | None) -> Row:
    name, note = _(_ROWS[group.focus]), "" if group.value else _detail(group)
    mine = _("er grupp, ni är inte medräknade") if group.own else ""
    mean = None if group.value is None else group.value.mean
    apart = None if mean is None or own is None else signed(mean - own)
    interval = f"{number(group.interval.low)}–{number(group.interval.high)}" if group.interval else None
    why = _("Räknas från %(n)s organisationer.", n=FEWEST_FOR_QUARTILES) if mean is not None and not interval else ""
    cells = (Cell(mean), Cell(interval, why), Cell(group.organisations if group.value else None), Cell(apart))
    return Row((Cell(name, note or mine), *cells))


def _own_row(cells: GroupCells) -> Row:
    hidden = "" if cells.own is not None else _("Visas inte för hela organisationen.")
    return Row((Cell(_("Ni"), hidden), Cell(cells.own), Cell(""), Cell(""), Cell("")), RowKind.TOTAL)


def notes(cells: GroupCells) -> tuple[str, ...]:
    if cells.told is None:
        return (_("Det finns inga jämförelsevärden för %(year)s ännu.", year=cells.year),)
    shares = _shares({group.focus: group.organisations for group, _value in cells.shown}, len(cells.groups))
    when = _(
        "Grupperna är hela organisationer med resultat för %(year)s, ni själva borträknade, beräknade %(day)s.",
        year=cells.told.year,
        day=written(cells.told.computed_on),
    )
    made_up = _("Det är syntetiska jämförelsevärden, inte verkliga resultat.") if cells.told.synthetic else ""
    return tuple(filter(None, (shares, when, made_up)))


def _shares(sizes: Mapping[StrategyFocus, int], groups: int) -> str:
    """How the organisations are spread over the groups, where all of them are told."""
    total = sum(sizes.values())
    if len(sizes) < groups:
        return ""
    return _(
        "Av %(n)s andra organisationer har %(main)s digitalisering som huvudspår, %(mentioned)s nämner den och"
        " %(absent)s nämner den inte.",
        n=count(total),
        main=percent(sizes[StrategyFocus.MAIN] / total),
        mentioned=percent(sizes[StrategyFocus.MENTIONED] / total),
        absent=percent(sizes[StrategyFocus.ABSENT] / total),
    )


STRATEGY_GROUPS = Analysis(
    slug="strategi",
    title=N_("Jämför grupper"),
    question=N_("Ligger organisationer högre där strategin lyfter digitaliseringen?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
    of_whole=True,
)
