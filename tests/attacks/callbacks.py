"""Every callback of the site, who may send it, and what a browser would post: the table that attacks are made from."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import Any

from dash import get_app
from flask import Flask

from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Permission

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A callback by its first input. `state` is the measurement it works on; `changes` whether it writes."""

    first_input: str
    needs: Permission | None
    state: MeasurementState = MeasurementState.OPEN
    changes: bool = True
    own: bool = False  # takes any words, and names nothing of anybody's: it works on the sender's own organisation


SEARCHED = "respondent-list-search"
RUN = Permission.MEASUREMENT_RUN
EDIT = Permission.RESPONDENTS_EDIT
REVIEW = Permission.SUGGESTIONS_REVIEW
SHARING = Permission.SHARING
STOPPED = ("correct", "remove", "again", "all-again", "unsure-again", "arrived")
KNOWN = (
    Known("_pages_location.pathname", None, changes=False),
    Known("tree-confirm.n_clicks", Permission.TREE_EDIT, MeasurementState.DRAFT),
    Known("tree-cancel.n_clicks", Permission.TREE_EDIT, MeasurementState.DRAFT),
    Known("sample-proposal-recount.n_clicks", Permission.RESPONDENTS_EDIT, MeasurementState.DRAFT, changes=False),
    Known("sample-proposal-confirm.n_clicks", Permission.RESPONDENTS_EDIT, MeasurementState.DRAFT),
    Known("sample-cancel.n_clicks", Permission.RESPONDENTS_EDIT, MeasurementState.DRAFT),
    Known("tree-look-wish.data", Permission.TREE_EDIT, changes=False),
    Known("unit-find.value", Permission.TREE_EDIT, changes=False),
    *(Known(f"unit-{deed}.n_clicks", Permission.TREE_EDIT) for deed in ("save", "add", "move", "split", "close")),
    Known("unit-merge.n_clicks", Permission.TREE_EDIT, MeasurementState.DRAFT),
    Known("tree-look-drop.data", Permission.TREE_EDIT),
    Known("tree-look-reopen.data", Permission.TREE_EDIT),
    Known("respondents-confirm.n_clicks", Permission.RESPONDENTS_EDIT, MeasurementState.DRAFT),
    Known("respondents-cancel.n_clicks", Permission.RESPONDENTS_EDIT, MeasurementState.DRAFT),
    Known("respondent-list-search.value", Permission.RESPONDENTS_EDIT, changes=False),
    Known("respondent-adding-add.n_clicks", Permission.RESPONDENTS_EDIT),
    Known("respondent-many-ticked.data", Permission.RESPONDENTS_EDIT, changes=False),
    Known("respondent-many-yes.n_clicks", Permission.RESPONDENTS_EDIT),
    Known("respondent-save.n_clicks", Permission.RESPONDENTS_EDIT),
    Known("respondent-remove.n_clicks", Permission.RESPONDENTS_EDIT),
    Known("it-check.n_clicks", RUN, changes=False, own=True),
    Known("texts-save.n_clicks", RUN, own=True),
    Known("texts-show.n_clicks", RUN, changes=False, own=True),
    Known("texts-try-out.n_clicks", RUN, changes=False, own=True),
    Known("texts-add.n_clicks", RUN, own=True),
    Known('{"component":"text-word","word":["ALL"]}.n_clicks', RUN),
    *(Known(f"open-link-{deed}.n_clicks", EDIT) for deed in ("make", "make-choice", "make-codes")),
    Known('{"component":"open-link-close","link":["ALL"]}.n_clicks', EDIT),
    Known('{"component":"open-link-reopen","link":["ALL"]}.n_clicks', EDIT),
    Known("start-form-opens.value", RUN, MeasurementState.DRAFT, changes=False),
    Known("own-days-add.n_clicks", RUN, MeasurementState.DRAFT, changes=False),
    Known('{"component":"own-day","unit":["ALL"]}.n_clicks', RUN, MeasurementState.DRAFT, changes=False),
    Known("start-plan-go.n_clicks", RUN, MeasurementState.DRAFT),
    Known("start-strategy-answer.value", RUN, MeasurementState.DRAFT),
    Known("outlook-rate.value", RUN, MeasurementState.DRAFT, changes=False),
    Known("suggestion-queue-ticked.data", REVIEW),
    Known("suggestion-edit-words.value", REVIEW, changes=False),
    Known("suggestion-edit-save.n_clicks", REVIEW),
    *(Known(f"suggestion-alike-{deed}.n_clicks", REVIEW) for deed in ("gather", "under", "alone")),
    Known("follow-goal-keep.n_clicks", RUN),
    Known("follow-tick.n_intervals", Permission.FOLLOW_UP, changes=False),
    Known("mailing-tick.n_intervals", Permission.FOLLOW_UP, changes=False),
    *(Known(f"mailing-state-{deed}.n_clicks", RUN) for deed in ("pause", "resume", "call-off")),
    *(Known(f"mailing-reminders-{deed}.n_clicks", RUN) for deed in ("save", "now")),
    Known("mailing-pace-save.n_clicks", RUN),
    *(Known(f"mailing-stopped-{deed}.n_clicks", Permission.RESPONDENTS_EDIT) for deed in STOPPED),
    *(Known(f"targets-{deed}.n_clicks", Permission.TARGETS_SET) for deed in ("save", "remove")),
    Known("closing-extend.n_clicks", RUN),
    Known("unit-days-extend.n_clicks", RUN),
    Known("closing-close.n_clicks", RUN),
    Known("closing-cancel.n_clicks", RUN),
    Known("closing-reopen.n_clicks", RUN, MeasurementState.CLOSED),
    Known("closing-release.n_clicks", RUN, MeasurementState.CLOSED),
    *(Known(f"sharing-{deed}.n_clicks", SHARING, own=True) for deed in ("describe", "keep", "propose", "join")),
    Known('{"component":"group-leave","group":["ALL"]}.n_clicks', SHARING),
    Known("close-tick.n_intervals", RUN, MeasurementState.CLOSED, changes=False),
)


def served(site: Flask) -> dict[str, dict[str, Any]]:
    """What the site answers on the server, by first input."""
    site.test_client().get("/assets/mark.svg").close()  # Dash gathers its callbacks at the first request
    callbacks = get_app().callback_map  # type: ignore[no-untyped-call]
    return {
        _name(found["inputs"][0]): found | {"name": name} for name, found in callbacks.items() if "callback" in found
    }


def posted(site: Flask, known: Known, values: dict[str, Any]) -> Body:
    """What a browser posts; `values` by "id.property", and by component where the id is a pattern."""
    found = served(site)[known.first_input]
    outputs = [_output(part) for part in found["name"].strip(".").split("...")]
    return {
        "output": found["name"],
        "outputs": outputs if found["name"].startswith("..") else outputs[0],
        "inputs": [_valued(each, values) for each in found["inputs"]],
        "changedPropIds": [known.first_input],
        "state": [_valued(each, values) for each in found["state"]],
    }


def places(body: Body) -> list[tuple[str, int]]:
    """Where `with_value` can put something else: every input and state but a search, which may be for anything."""
    return [
        (part, number)
        for part in ("inputs", "state")
        for number, entry in enumerate(body[part])
        if isinstance(entry, list) or entry["id"] != SEARCHED
    ]


def with_value(body: Body, place: tuple[str, int], value: object) -> Body:
    """The same request with another value in one place, in each list that a pattern has gathered."""
    part, number = place
    changed = copy.deepcopy(body)
    entry = changed[part][number]
    for each in entry if isinstance(entry, list) else [entry]:
        each["value"] = value
    return changed


def _name(found: dict[str, str]) -> str:
    return f"{found['id']}.{found['property']}"


def _output(part: str) -> dict[str, str]:
    component, _, name = part.rpartition(".")
    return {"id": component, "property": name}


def _valued(found: dict[str, str], values: dict[str, Any]) -> Any:
    if found["id"].startswith("{"):
        pattern = json.loads(found["id"])
        chosen = values[pattern["component"]].items()
        return [_one(pattern, one, found["property"], value) for one, value in chosen]
    return {"id": found["id"], "property": found["property"], "value": values[_name(found)]}


def _one(pattern: Body, wildcard: str, name: str, value: Any) -> Body:
    """One component of a pattern."""
    one = {part: wildcard if said == ["ALL"] else said for part, said in pattern.items()}
    return {"id": one, "property": name, "value": one if name == "id" else value}
