"""What a person's browser does on a page of ours: opens it, sends a file to it, presses its buttons."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dimios_dash.domain.permissions import Role
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.signing_in import callback, sign_in


@dataclass(frozen=True)
class Visitor:
    """Somebody who has signed in."""

    browser: FlaskClient
    csrf: str

    @classmethod
    def arrive(
        cls, site: Flask, committed: Make, organisation_id: OrganisationId, role: Role, branch: str | None = None
    ) -> Visitor:
        """A new account of the organisation, signed in."""
        address = f"{uuid4().hex}@prov.example"
        committed.account(organisation_id, role, address=address, branch=branch)
        committed.session.commit()
        browser = site.test_client()
        cookie = sign_in(browser, address).headers.getlist("Set-Cookie")
        found = next(match for text in cookie if (match := re.match(r"dimios_csrf_\d+=([^;]+)", text)))
        return cls(browser, found[1])

    def open(self, address: str) -> str:
        """The page's layout as text: JSON, with å as å."""
        parts = urlsplit(address)
        search = f"?{parts.query}" if parts.query else ""
        return words(self.post(callback(parts.path, search)))

    def send(self, address: str, name: str, content: bytes) -> str:
        """Send a file with its form; the address one is led to."""
        form = {"csrf": self.csrf, "fil": (BytesIO(content), name)}
        answer = self.browser.post(address, data=form, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    def press(self, output: str, button: str, upload: str) -> TestResponse:
        """Press a button below a preview; the upload stands in the page's store."""
        owner = button.partition("-")[0]
        return self.post(
            {
                "output": output,
                "outputs": {"id": f"{owner}-content", "property": "children"},
                "inputs": [{"id": button, "property": "n_clicks", "value": 1}],
                "changedPropIds": [f"{button}.n_clicks"],
                "state": [{"id": f"{owner}-upload", "property": "data", "value": upload}],
            }
        )

    def confirm(self, page: str, upload: str) -> str:
        """Say yes; what the page shows then."""
        return words(self.press(f"{page}-content.children", f"{page}-confirm", upload))

    def post(self, body: dict[str, object]) -> TestResponse:
        return self.browser.post("/_dash-update-component", json=body, headers={"X-CSRFToken": self.csrf})


def words(answer: TestResponse) -> str:
    """What a callback answered, as text: JSON, with å as å."""
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.json, ensure_ascii=False)


def upload_in(address: str) -> str:
    """The id of the file that a preview's address names."""
    return address.partition("fil=")[2]
