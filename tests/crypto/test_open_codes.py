"""Codes of open links: always the same, typed in any way, and nothing like an invitation's token."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.crypto.open_codes import open_code, read_code
from dimios_dash.crypto.tokens import invitation_token
from dimios_dash.ids import InvitationId, OpenCodeId, OrganisationId

ID = UUID("0b7d3c52-6f0e-4c6e-9a51-2f3a4b5c6d7e")
SECRET = bytes(range(32))
CODE = open_code(SECRET, OpenCodeId(ID))


def test_a_code_is_the_same_each_time_and_another_for_another_link_or_measurement() -> None:
    assert open_code(SECRET, OpenCodeId(ID)) == CODE
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", CODE)
    assert open_code(SECRET, OpenCodeId(UUID(int=ID.int + 1))) != CODE
    assert open_code(bytes(32), OpenCodeId(ID)) != CODE


@pytest.mark.parametrize(
    "typed", [CODE.lower(), CODE.replace("-", ""), f"  {CODE.replace('-', ' ')}\n", CODE.replace("-", "–")]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


def test_signs_that_look_alike_are_taken_for_each_other() -> None:
    assert read_code("oiL0-0000-0000-000I") == "0110-0000-0000-0001"


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "A", "U" * 16, "Å" * 16, "\0" * 16, "١" * 16, CODE + "\0"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""


@given(st.uuids())
def test_every_code_can_be_read_back(code_id: UUID) -> None:
    code = open_code(SECRET, OpenCodeId(code_id))

    assert read_code(code) == code


def test_a_code_says_nothing_of_a_token_made_from_the_same_secret_and_id() -> None:
    token = invitation_token(SECRET, OrganisationId(ID), InvitationId(ID))

    assert CODE.replace("-", "").lower()[:6] not in token.lower()
