"""A figure as Plotly reads it: plain lists and dictionaries.

Plotly's own figure checks every value on its way in, which takes five milliseconds and more; the tests let it do so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

Part = dict[str, Any]
"""A trace, a shape, an annotation, an axis: names and values of Plotly's reference, whole ("line": {"width": 0})."""


class Drawing(dict[str, Any]):
    """{"data": traces, "layout": layout}."""

    def __init__(self, layout: Part) -> None:
        super().__init__(data=[], layout=layout)

    @property
    def data(self) -> list[Part]:
        """Its traces, the first at the back."""
        found: list[Part] = self["data"]
        return found

    @property
    def layout(self) -> Part:
        """Everything but the traces."""
        found: Part = self["layout"]
        return found

    def add_traces(self, traces: Iterable[Part]) -> Self:
        """On top of those it has."""
        self.data.extend(traces)
        return self

    def update_layout(self, **parts: Any) -> Self:
        """What is a dictionary is merged with the one that is there, all else takes its place."""
        for name, value in parts.items():
            before = self.layout.get(name)
            merged = isinstance(before, dict) and isinstance(value, dict)
            self.layout[name] = before | value if merged else value
        return self

    def update_xaxes(self, **look: Any) -> Self:
        """Of its one horizontal axis."""
        return self.update_layout(xaxis=look)

    def update_yaxes(self, **look: Any) -> Self:
        """Of its one vertical axis."""
        return self.update_layout(yaxis=look)


def trace(kind: str, **look: Any) -> Part:
    """A "scatter" or a "bar": others are not in the part of Plotly that we send."""
    return {"type": kind, **look}
