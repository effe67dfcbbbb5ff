"""Where do we stand, how sure is it, and how did we get here?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dimios_dash.analyses import others_on_map, scale
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import CAPABILITY, HERITAGE, Basis, level_means
from dimios_dash.analyses.others_on_map import OtherOnMap
from dimios_dash.analyses.scale import Scale
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.positions import ASSUMED_SPREAD, CUT, Position, margin_of_error, positions_within
from dimios_dash.domain.scoring import LevelMean
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.numbers import HIDDEN, number
from dimios_dash.figures.quadrant import WHOLE, PositionKind, Window, around, quadrant
from dimios_dash.figures.quadrant import Position as Point
from dimios_dash.translations import N_, _

_BOTH = N_("Visas inte, eftersom läget kräver båda talen.")

SURE_ENOUGH = 10  # respondents; with fewer the margin is wider than 13 points


@dataclass(frozen=True, slots=True)
class YearOnMap:
    """Both dimensions of one year, 0-100; None where hidden."""

    year: int
    capability: LevelMean
    heritage: LevelMean

    @property
    def shown(self) -> tuple[float, float] | None:
        """Capability and heritage where both are shown."""
        if self.capability.mean is None or self.heritage.mean is None:
            return None
        return self.capability.mean, self.heritage.mean


@dataclass(frozen=True, slots=True)
class PositionCells:
    own: YearOnMap
    earlier: tuple[YearOnMap, ...]  # oldest first
    answered: int
    spread: float | None  # points, in the whole organisation; None where the release holds none
    others: tuple[OtherOnMap, ...]  # the named ones first
    shown: Scale

    @property
    def margin(self) -> float:
        """Half the width of the band; the whole map where so few answered that it cannot be said."""
        margin = margin_of_error(self.answered, ASSUMED_SPREAD if self.spread is None else self.spread)
        return CUT if margin is None else margin

    @property
    def possible(self) -> tuple[Position, ...]:
        """Every position the margin allows, the point's own first; none where it is hidden."""
        return positions_within(*self.own.shown, self.margin) if self.own.shown else ()


def read(basis: Basis) -> PositionCells:
    return PositionCells(
        own=_on_map(basis.year, basis.levels),
        earlier=tuple(_on_map(each.year, level_means(each.instrument_version, each.means)) for each in basis.earlier),
        answered=basis.unit.answered,
        spread=_spread(basis),
        others=others_on_map.read(basis),
        shown=basis.choice("skala", Scale.WHOLE),
    )


def _spread(basis: Basis) -> float | None:
    """The wider of the two dimensions', so that one band serves both; None where either has none."""
    spreads = [basis.statistics.spreads.get(key) for key in (CAPABILITY, HERITAGE)]
    known = [spread.sd for spread in spreads if spread is not None]
    return max(known) if len(known) == len(spreads) else None


def _on_map(year: int, levels: Mapping[str, LevelMean]) -> YearOnMap:
    return YearOnMap(year, levels[CAPABILITY], levels[HERITAGE])


def headline(cells: PositionCells) -> str:
    names = [position.texts.name.spoken for position in cells.possible]
    if not names:
        return _("Läget kan inte visas")
    if len(names) == 1:
        return _("Läget är %(name)s", name=names[0])
    if len(names) == 2:  # noqa: PLR2004, in one band, not where the two cross
        return _("På gränsen mellan %(names)s", names=listed(names))
    return _("Mitt på kartan, där alla fyra lägen är möjliga")


def reading(cells: PositionCells) -> str:
    if cells.own.shown is None:
        return _("Läget visas bara när både digital förmåga och digitalt arv kan visas.")
    capability, heritage = cells.own.shown
    near = abs(capability - CUT) < cells.margin, abs(heritage - CUT) < cells.margin
    return _(_READINGS[near], capability=number(capability), heritage=number(heritage))


_READINGS = {  # whether capability, and heritage, lie within the margin
    (False, False): N_(
        "Digital förmåga är %(capability)s och digitalt arv %(heritage)s av 100, båda utanför felmarginalen kring 50."
    ),
    (True, False): N_(
        "Digital förmåga är %(capability)s och digitalt arv %(heritage)s av 100;"
        " förmågan ligger så nära 50 att läget är osäkert."
    ),
    (False, True): N_(
        "Digital förmåga är %(capability)s och digitalt arv %(heritage)s av 100;"
        " arvet ligger så nära 50 att läget är osäkert."
    ),
    (True, True): N_(
        "Digital förmåga är %(capability)s och digitalt arv %(heritage)s av 100;"
        " båda ligger så nära 50 att läget är osäkert."
    ),
}


def draw(cells: PositionCells) -> Drawing | None:
    if cells.own.shown is None:
        return None
    others = [others_on_map.point(each) for each in cells.others]
    return quadrant(_path(cells), cells.margin, "", others=others, window=_window(cells))


def _path(cells: PositionCells) -> list[Point]:
    points = [_point(each, PositionKind.EARLIER) for each in cells.earlier if each.shown]
    return [*points, _point(cells.own, PositionKind.OWN)]


def _window(cells: PositionCells) -> Window:
    return around(_path(cells)) if cells.shown is Scale.NEAR else WHOLE


def _point(each: YearOnMap, kind: PositionKind) -> Point:
    capability, heritage = each.shown or (CUT, CUT)
    return Point(str(each.year), capability, heritage, kind)


def table(cells: PositionCells) -> Table:
    return Table(
        _("Digital förmåga och digitalt arv, 0–100"),
        (
            Column(_("År eller organisation") if cells.others else _("År"), numeric=False),
            Column(_("Digital förmåga")),
            Column(_("Digitalt arv")),
            Column(_("Läge"), numeric=False),
        ),
        (*map(_row, (*cells.earlier, cells.own)), *map(others_on_map.row, cells.others)),
    )


def _row(each: YearOnMap) -> Row:
    at = Cell(positions_within(*each.shown, margin=0)[0].texts.name.spoken) if each.shown else Cell(HIDDEN, _(_BOTH))
    return Row((Cell(str(each.year)), _cell(each.capability), _cell(each.heritage), at))


def _cell(level: LevelMean) -> Cell:
    return Cell(level.mean, level.hidden.explanation if level.hidden else "")


def notes(cells: PositionCells) -> tuple[str, ...]:
    if cells.own.shown is None:
        return ()
    few = _("Med färre än tio svarande säger läget lite: läs det som en ledtråd.")
    path = _("Tidigare år visas som de publicerades, med den tidens organisation.")
    absent = [str(each.year) for each in cells.earlier if each.shown is None]
    gaps = _("%(years)s saknas på kartan, eftersom båda talen inte kan visas.", years=listed(absent))
    said = (
        (True, _band(cells)),
        (cells.answered < SURE_ENOUGH, few),
        (bool(cells.earlier), path),
        (bool(absent), gaps),
        (bool(cells.others), others_on_map.about(cells.others)),
        (not _window(cells).whole, _part_shown(_window(cells))),
    )
    return tuple(words for holds, words in said if holds)


def _part_shown(window: Window) -> str:
    return scale.said(window.ends(window.heritage), window.ends(window.capability))


def _band(cells: PositionCells) -> str:
    margin = _("Det grå bandet är felmarginalen, ± %(margin)s.", margin=number(cells.margin))
    return f"{margin} {_counted_on(cells)}"


def _counted_on(cells: PositionCells) -> str:
    if cells.spread is None:
        return _(
            "Den räknas på antalet svarande och en antagen spridning mellan svaren "
            "(%(spread)s poäng), inte på uppmätt spridning.",
            spread=number(ASSUMED_SPREAD, 0),
        )
    return _(
        "Den räknas på antalet svarande och hur mycket svaren skiljer sig i hela organisationen (%(spread)s poäng).",
        spread=number(cells.spread, 0),
    )


POSITION = Analysis(
    slug="lage",
    title=N_("Läge"),
    question=N_("Var står vi?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
