"""A test's browser signs in as a person does, through the form."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD


def sign_in(browser: FlaskClient, address: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Open the form, fill it in, send it."""
    before = re.findall(r'name="before" value="([^"]+)"', browser.get("/logga-in").text)[0]
    return browser.post("/logga-in", data={"epost": address, "losenord": password, "before": before, **more})


def callback(path: str, search: str = "") -> dict[str, object]:
    """What a browser posts when it opens a page of Dash."""
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
        "state": [],
    }
