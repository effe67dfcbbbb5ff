"""Personal links and sessions: stable where they must be, random where they must be, polite when broken."""

from __future__ import annotations

import hashlib
import hmac
import re
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.crypto.tokens import (
    csrf_token,
    invitation_token,
    new_session_secret,
    parse_token,
    token_hash,
)
from dimios_dash.errors import NotFound
from dimios_dash.ids import InvitationId, OrganisationId

SECRET = b"link secret of one measurement.."
ORGANISATION = OrganisationId(UUID("0b7d3c52-6f0e-4c6e-9a51-2f3a4b5c6d7e"))
INVITATION = InvitationId(UUID("6a1f0c9e-1111-4222-8333-944455556666"))


@given(organisation=st.uuids(), invitation=st.uuids(), secret=st.binary(min_size=1, max_size=64))
def test_a_personal_link_tells_its_organisation_and_a_cut_hmac(
    organisation: UUID, invitation: UUID, secret: bytes
) -> None:
    token = invitation_token(secret, OrganisationId(organisation), InvitationId(invitation))

    expected = hmac.digest(secret, invitation.bytes, hashlib.sha256)[:24]
    assert parse_token(token) == (organisation, expected)
    assert re.fullmatch(r"[A-Za-z0-9_-]{54}", token)


def test_a_reminder_carries_the_same_link() -> None:
    again = [invitation_token(SECRET, ORGANISATION, INVITATION) for _ in range(2)]

    assert again[0] == again[1]


def test_another_person_measurement_or_organisation_has_another_link() -> None:
    tokens = {
        invitation_token(SECRET, ORGANISATION, INVITATION),
        invitation_token(SECRET, ORGANISATION, InvitationId(uuid4())),
        invitation_token(b"another link secret", ORGANISATION, INVITATION),
        invitation_token(SECRET, OrganisationId(uuid4()), INVITATION),
    }

    assert len({token_hash(token) for token in tokens}) == 4


def test_session_secrets_belong_to_an_organisation_and_never_repeat() -> None:
    one, other = new_session_secret(ORGANISATION), new_session_secret(ORGANISATION)

    assert one != other
    assert parse_token(one)[0] == parse_token(other)[0] == ORGANISATION
    assert len(parse_token(one)[1]) == 24


TOKEN = invitation_token(SECRET, ORGANISATION, INVITATION)


@pytest.mark.parametrize(
    "malformed",
    [
        *("", "a", "hej", TOKEN[:-1], TOKEN[1:], TOKEN + "A", TOKEN + "==", TOKEN + "\n", " " + TOKEN),
        *(TOKEN[:-1] + ".", TOKEN[:-1] + "å", TOKEN[:20] + "!" + TOKEN[20:], "=" * 54, "\0" * 54, "A" * 10_000),
        TOKEN[:-1] + "B",  # the last sign carries two bits; the other four must be zero
        "+" * 54,
    ],
)
def test_a_malformed_token_is_not_found_and_the_sentence_says_what_to_do(malformed: str) -> None:
    with pytest.raises(NotFound, match=r"^Länken fungerar inte\. Kontrollera .*\.$"):
        parse_token(malformed)


@given(text=st.text(max_size=80))
def test_whatever_else_is_typed_as_a_token_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        parse_token(text)


def test_the_database_keeps_the_sha256_of_a_token() -> None:
    assert token_hash(TOKEN) == hashlib.sha256(TOKEN.encode()).digest()


def test_a_csrf_token_belongs_to_one_session_and_does_not_show_its_secret() -> None:
    one, other = new_session_secret(ORGANISATION), new_session_secret(ORGANISATION)

    assert csrf_token(one) == csrf_token(one)
    assert csrf_token(one) != csrf_token(other)
    assert one not in csrf_token(one)
    assert csrf_token(one).encode() != token_hash(one)
