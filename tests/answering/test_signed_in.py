"""Whoever works with the measurement may answer it as well, signed in or out: the form knows no difference."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from db.models import Account, Ballot, Base, Invitation
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import OrganisationId
from tests.answering.links import FIELDS
from tests.factories import Invited, Make
from tests.signing_in import sign_in


def key_user_in_the_list(make: Make) -> tuple[OrganisationId, str, Invited]:
    """Somebody with an account, and an invitation to the same address."""
    organisation_id, address = make.organisation(), f"{uuid4().hex[:12]}@prov.example"
    make.units(organisation_id, {"E": None})
    make.account(organisation_id, Role.KEY_USER, address)
    invited = make.invitation(organisation_id, make.measurement(organisation_id), "E", address)
    make.session.commit()
    return organisation_id, address, invited


def traces(make: Make, organisation_id: OrganisationId) -> dict[str, int]:
    """How many rows each table has of the organisation."""
    make.session.rollback()
    return {
        table.name: len(
            make.session.execute(
                select(table.c.organisation_id).where(table.c.organisation_id == organisation_id)
            ).all()
        )
        for table in Base.metadata.sorted_tables
        if "organisation_id" in table.c
    }


def test_a_key_user_gets_the_same_form_and_leaves_the_same_behind(site: Flask, committed: Make) -> None:
    (own, address, mine), (other, _, theirs) = key_user_in_the_list(committed), key_user_in_the_list(committed)
    signed_in, nobody = site.test_client(), site.test_client()
    sign_in(signed_in, address)
    before = traces(committed, own), traces(committed, other)

    forms = [signed_in.get(f"/svara/{mine.token}"), nobody.get(f"/svara/{mine.token}")]
    answers = [
        signed_in.post(f"/svara/{mine.token}", data=FIELDS),
        nobody.post(f"/svara/{theirs.token}", data=FIELDS),
    ]

    changes = [
        {name: number - earlier[name] for name, number in traces(committed, who).items() if number != earlier[name]}
        for earlier, who in zip(before, (own, other), strict=True)
    ]
    assert forms[0].data == forms[1].data
    assert [answer.status_code for answer in (*forms, *answers)] == [200, 200, 303, 303]
    assert [answer.headers.get("Set-Cookie") for answer in (*forms, *answers)] == [None] * 4
    assert changes == [{"ballot": 1}] * 2
    rows = committed.session.execute(
        select(Invitation.answered, Ballot.channel)
        .join(Ballot, Ballot.organisation_id == Invitation.organisation_id)
        .where(Invitation.organisation_id.in_([own, other]))
    ).all()
    assert [tuple(row) for row in rows] == [(True, "email")] * 2


def test_the_account_knows_nothing_of_the_answer(site: Flask, committed: Make) -> None:
    organisation_id, address, invited = key_user_in_the_list(committed)
    signed_in = site.test_client()
    sign_in(signed_in, address)
    account = select(Account.__table__).where(Account.organisation_id == organisation_id)
    before = committed.session.execute(account).all()
    committed.session.rollback()

    signed_in.post(f"/svara/{invited.token}", data=FIELDS)

    assert committed.session.execute(account).all() == before
    assert signed_in.get("/").status_code == 200
