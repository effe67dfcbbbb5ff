"""Light elements are Dash's own in all but speed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from dash import dcc as dash_dcc
from dash import html as dash_html
from dash import no_update
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dimios_dash import elements
from dimios_dash.elements import dcc, html, written

EVERYTHING: dict[str, Any] = {"id": {"component": "a", "place": 1}, "className": "b", "style": {"--height": "1px"}}
WILD = {"aria-label": "c", "data-unit": "d"}


def as_json(drawn: object) -> Any:
    return orjson.loads(to_json_plotly({"children": drawn}))["children"]


@pytest.mark.parametrize("name", vars(dash_html)["__all__"])
def test_every_element_is_written_as_dash_writes_it(name: str) -> None:
    light, heavy = getattr(html, name), getattr(dash_html, name)

    assert as_json(written(light("Ord", **EVERYTHING, **WILD))) == as_json(heavy("Ord", **EVERYTHING, **WILD))
    assert as_json(written(light())) == as_json(heavy())
    assert isinstance(light(), heavy)


def test_a_link_is_written_as_dash_writes_it() -> None:
    found = written(dcc.Link("Ord", href="/", **EVERYTHING))

    assert as_json(found) == as_json(dash_dcc.Link("Ord", href="/", **EVERYTHING))


@pytest.mark.parametrize(("made", "given"), [(html.Td, {"clasName": "a"}), (dcc.Link, {"href": "/", **WILD})])
def test_a_property_that_dash_does_not_know_is_refused(made: Any, given: dict[str, str]) -> None:
    with pytest.raises(TypeError):
        made("a", **given)


def test_everybody_takes_elements_from_there() -> None:
    top = Path(elements.__file__).parent.parent
    files = [each for folder in ("dimios_dash", "pages") for each in (top / folder).rglob("*.py")]
    heavy = re.compile(r"^from dash import .*\b(html|dcc)\b", re.MULTILINE)

    assert [each.name for each in files if heavy.search(each.read_text("utf-8"))] == ["elements.py"]


def drawn(kit: Any) -> Component:
    chart = dash_dcc.Graph(figure={"data": [{"x": [1.0, None], "text": ["</script>"]}], "layout": {"height": 10}})
    part: Component = kit.Div([kit.P(["a", kit.Span("b")]), chart, None, 5, kit.Ul(())], className="c")
    return part


def test_a_whole_page_is_written_as_dash_writes_it() -> None:
    assert as_json(written(drawn(html))) == as_json(drawn(dash_html))


def test_nothing_that_is_written_ends_a_script() -> None:
    assert "<" not in to_json_plotly({"children": written(html.P("</script>"))})


def test_what_a_callback_gives_back_is_written_part_by_part() -> None:
    given = (no_update, [html.P("a"), html.P("b")], "c", 1, None, {"d": 2})

    found: Any = written(given)

    assert found[0] is no_update
    assert as_json(found[1:]) == as_json([[dash_html.P("a"), dash_html.P("b")], "c", 1, None, {"d": 2}])


def test_what_cannot_be_written_is_a_mistake_and_no_empty_place() -> None:
    with pytest.raises(TypeError):
        written(html.P(object()))  # type: ignore[arg-type]
