"""Dash's elements, light: `html` and `dcc` as Dash has them, and what is drawn with them as JSON in one go.

A page has hundreds of elements. Dash makes each by building the lists of all that it may be given, and walks through
every part of what is drawn to write it. These are the same elements (of Dash's own classes, with its own names and
types), whose lists are made once.
"""

from __future__ import annotations

from inspect import signature
from operator import methodcaller
from types import SimpleNamespace, new_class
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from dash import dcc as dash_dcc
from dash import html as dash_html
from dash.development.base_component import Component

if TYPE_CHECKING:
    from dash import dcc, html

__all__ = ["dcc", "html", "written"]

_WILD = ("data-", "aria-")  # what html elements take besides the properties of their own
_AS_JSON = methodcaller("to_plotly_json")  # of every component
_ROOM = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY  # as Dash does


class _Light:
    """Put before one of Dash's classes. Raises TypeError for a property that the class does not have, as Dash does."""

    _own: ClassVar[frozenset[str]]
    _valid_wildcard_attributes: ClassVar[tuple[str, ...]]
    _type: ClassVar[str]
    _namespace: ClassVar[str]

    def __init__(self, children: object = None, **properties: object) -> None:
        unknown = properties.keys() - self._own
        if unknown and not all(name.startswith(self._valid_wildcard_attributes) for name in unknown):
            raise TypeError(f"{self._type} has no property {' or '.join(sorted(unknown))}")
        self.__dict__.update(properties, children=children)

    def to_plotly_json(self) -> dict[str, Any]:
        """What Dash's renderer reads."""
        return {"props": self.__dict__, "type": self._type, "namespace": self._namespace}


def written(drawn: object) -> object:
    """What a page or a callback gives back, its components as JSON: Dash puts them into its answer as they are."""
    if isinstance(drawn, Component):
        return orjson.Fragment(orjson.dumps(drawn, default=_AS_JSON, option=_ROOM))
    return [written(each) for each in drawn] if isinstance(drawn, list | tuple) else drawn


def _light(heavy: type[Component], wild: tuple[str, ...]) -> type[Component]:
    """The same class, quick to make."""
    names = [name for name in signature(heavy).parameters if name != "kwargs"]
    parts = {
        "__module__": heavy.__module__,
        "__doc__": heavy.__doc__,
        "_namespace": heavy._namespace,  # noqa: SLF001, Dash's registry of classes reads it
        "_children_props": heavy._children_props,  # noqa: SLF001
        "_own": frozenset(names),
        "_prop_names": names,
        "_valid_wildcard_attributes": wild,
    }
    return new_class(heavy.__name__, (_Light, heavy), exec_body=lambda body: body.update(parts))


if not TYPE_CHECKING:
    html = SimpleNamespace(**{name: _light(getattr(dash_html, name), _WILD) for name in dash_html.__all__})
    dcc = SimpleNamespace(**{**vars(dash_dcc), "Link": _light(dash_dcc.Link, ())})
