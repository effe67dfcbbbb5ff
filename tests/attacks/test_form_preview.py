"""The key user's preview of the form: who sees it, what it shows of whom, and that nothing comes of it."""

from __future__ import annotations

import pytest
from flask import Flask

from dimios_dash import instruments
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Permission, Role, may
from tests.attacks.organisations import SECRET, Victim, everything
from tests.attacks.people import Person
from tests.factories import Make

PREVIEW = "/svara/prov"
FIELDS = dict.fromkeys(map(str, instruments.load().statement_keys), "4") | {"respondenttyp": "2"}


@pytest.fixture
def victim(site: Flask, committed: Make) -> Victim:
    return Victim.begin(site, committed, MeasurementState.OPEN)


def intruder(site: Flask, committed: Make) -> Person:
    """A key user of another organisation, with a unit of its own."""
    own = committed.organisation()
    committed.units(own, {"X": None})
    return Person.arrive(site, committed, own, Role.KEY_USER)


def test_a_stranger_is_asked_to_sign_in(site: Flask) -> None:
    stranger = site.test_client()

    answers = [stranger.get(PREVIEW), stranger.get(f"{PREVIEW}/tack"), stranger.post(PREVIEW, data=FIELDS)]

    assert [answer.status_code for answer in answers] == [303, 303, 401]
    assert not any(b"respondenttyp" in answer.data for answer in answers)


def test_every_role_without_the_permission_is_refused(site: Flask, committed: Make, victim: Victim) -> None:
    barred = [role for role in Role if not may(role, Permission.MEASUREMENT_RUN)]
    people = [Person.arrive(site, committed, victim.organisation_id, role) for role in barred]

    statuses = {person.browser.get(path).status_code for person in people for path in (PREVIEW, f"{PREVIEW}/tack")}
    posted = {person.browser.post(PREVIEW, data=FIELDS | {"csrf": person.csrf}).status_code for person in people}

    assert barred
    assert statuses == posted == {403}


def test_the_owner_sees_the_secret_and_another_organisation_never_does(
    site: Flask, committed: Make, victim: Victim
) -> None:
    other = intruder(site, committed)

    own = victim.key_user.browser.get(PREVIEW)
    theirs = other.browser.get(PREVIEW)
    forged = [other.browser.get(f"{path}?enhet=E-{SECRET}") for path in (PREVIEW, f"{PREVIEW}/tack")]

    assert own.status_code == theirs.status_code == 200
    assert SECRET in own.text
    assert [answer.status_code for answer in forged] == [404, 404]
    assert not any(SECRET in answer.text for answer in (theirs, *forged))


def test_nothing_comes_of_a_whole_answer_or_of_half_of_one(committed: Make, victim: Victim) -> None:
    browser, csrf = victim.key_user.browser, {"csrf": victim.key_user.csrf}
    before = everything(committed.session)

    whole = browser.post(PREVIEW, data=FIELDS | csrf)
    half = browser.post(PREVIEW, data=csrf)
    strange = browser.post(PREVIEW, data=FIELDS | csrf | {"evil": "1"})
    sealed = browser.post(f"{PREVIEW}/kuvert", data=FIELDS | csrf)

    assert (whole.status_code, whole.location) == (303, f"{PREVIEW}/tack?enhet=E-{SECRET}")
    assert [half.status_code, strange.status_code, sealed.status_code] == [422, 422, 404]
    assert everything(committed.session) == before


def test_another_site_cannot_send_it(victim: Victim) -> None:
    refused = [victim.key_user.browser.post(PREVIEW, data=FIELDS | token) for token in ({}, {"csrf": "fel"})]

    assert [answer.status_code for answer in refused] == [403, 403]
