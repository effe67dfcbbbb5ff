"""POST /webhook/studs: with the secret a report is taken in, without it nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select

from db.models import Invitation, ReturnedMail
from dimios_dash.domain.work import MailState, OutboxState
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import returned
from tests.attacks.organisations import everything
from tests.factories import Make
from tests.mail.reports import report

DOOR = "/webhook/studs"
SECRET = "en hemlighet mellan tva servrar"


@pytest.fixture
def door(site: Flask) -> Iterator[Flask]:
    """The site, with a secret in its settings."""
    here = cast(Surroundings, site.extensions["dimios"])
    settings = here.settings.model_copy(update={"bounce_secret": SECRET})
    site.extensions["dimios"] = replace(here, settings=settings)
    yield site
    site.extensions["dimios"] = here


@pytest.mark.parametrize(
    "heads",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer fel"},
        {"Authorization": SECRET},
    ],
)
def test_a_forged_secret_gets_nothing_done(door: Flask, committed: Make, heads: dict[str, str]) -> None:
    before = everything(committed.session)

    answer = door.test_client().post(DOOR, data=report(), headers=heads)

    assert answer.status_code == 401
    assert everything(committed.session) == before


def test_where_the_settings_name_no_secret_there_is_no_door(site: Flask) -> None:
    assert site.test_client().post(DOOR, data=report(), headers={"Authorization": "Bearer "}).status_code == 404


def test_a_report_with_the_secret_marks_its_mail_and_no_other(door: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    measurement_id = committed.measurement(organisation_id)
    people = [committed.invitation(organisation_id, measurement_id, "E") for _ in range(2)]
    mails = [committed.mail(organisation_id, measurement_id, each.id, OutboxState.SENT) for each in people]
    committed.session.commit()

    answer = door.test_client().post(
        DOOR, data=report(original=mails[0]), headers={"Authorization": f"Bearer {SECRET}"}
    )
    returned.settle(cast(Surroundings, replace(door.extensions["dimios"], engine=committed.session.get_bind())))

    committed.session.expire_all()
    found = [committed.session.get_one(Invitation, (organisation_id, each.id)).mail for each in people]
    assert answer.status_code == 204
    assert found == [MailState.BOUNCED, MailState.SENT]


@pytest.mark.parametrize("content", [b"", b"\0" * 1000, b"a" * 900_000, report(to="' or 1=1 --@x.example")])
def test_odd_content_is_counted_and_nothing_else(door: Flask, committed: Make, content: bytes) -> None:
    before = everything(committed.session)

    answer = door.test_client().post(DOOR, data=content, headers={"Authorization": f"Bearer {SECRET}"})

    after = everything(committed.session)
    assert answer.status_code == 204
    assert {name for name in after if after[name] != before[name]} == {"returned_mail"}
    assert (
        committed.session.scalars(select(ReturnedMail.outbox_id).where(ReturnedMail.outbox_id.is_not(None))).all() == []
    )


def test_too_much_is_refused_unread(door: Flask) -> None:
    answer = door.test_client().post(DOOR, data=b"a" * 2**21, headers={"Authorization": f"Bearer {SECRET}"})

    assert answer.status_code == 413
