"""The columns of the heat map: index and categories, or statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dimios_dash.analyses.internal.choices import Against, Chosen, Part
from dimios_dash.domain.instrument import Dimension, Instrument
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """`group` stands above columns that belong together: a dimension, or the category of statements."""

    key: str  # "index", "F", "F1", "F1.1"
    name: str
    group: str


def columns_of(instrument: Instrument, chosen: Chosen) -> tuple[HeatColumn, ...]:
    """From left to right."""
    dimensions = [each for each in instrument.dimensions if chosen.part in {Part.BOTH, each.key}]
    if chosen.against is Against.CAPABILITIES:
        return tuple(column for dimension in dimensions for column in _capabilities(dimension))
    index = [HeatColumn(INDEX_KEY, _("Index"), "")] if chosen.part is Part.BOTH else []
    return (*index, *(column for dimension in dimensions for column in _categories(dimension, chosen.part)))


def _categories(dimension: Dimension, part: Part) -> Iterator[HeatColumn]:
    """With the dimension itself where it is the only one."""
    if part is not Part.BOTH:
        yield HeatColumn(dimension.key, dimension.name.spoken, "")
    for category in dimension.categories:
        yield HeatColumn(category.key, category.name.spoken, dimension.name.spoken)


def _capabilities(dimension: Dimension) -> Iterator[HeatColumn]:
    for category in dimension.categories:
        for statement in category.statements:
            yield HeatColumn(statement.key, statement.capability.spoken, category.name.spoken)
