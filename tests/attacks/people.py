"""Somebody who attacks, or is attacked, with a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from dimios_dash.domain.permissions import Role
from dimios_dash.ids import PLATFORM, AccountId, OrganisationId
from tests.factories import Make
from tests.signing_in import sign_in


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in."""

    browser: FlaskClient
    csrf: str
    account_id: AccountId

    @classmethod
    def arrive(
        cls, site: Flask, make: Make, organisation_id: OrganisationId, role: Role, branch: str | None = None
    ) -> Person:
        """A new account of the organisation; an operator's is the platform's."""
        address = f"{uuid4().hex[:12]}@prov.example"
        account_id = make.account(PLATFORM if role is Role.OPERATOR else organisation_id, role, address, branch)
        make.session.commit()
        browser = site.test_client()
        sign_in(browser, address)
        cookie = browser.get_cookie("dimios_csrf_8050")
        assert cookie is not None
        return cls(browser, cookie.value, account_id)

    def post(self, body: object, csrf: str | None = None) -> tuple[int, str]:
        """Status and text of a callback's answer."""
        answer = self.browser.post(
            "/_dash-update-component", json=body, headers={"X-CSRFToken": self.csrf if csrf is None else csrf}
        )
        return answer.status_code, answer.text
