"""Passwords: argon2id, and the same work for names that do not exist."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError

from dimios_dash.crypto import passwords

PASSWORD = "fyra små grodor äro lustiga"


@pytest.fixture(scope="module", autouse=True)
def quick_passwords() -> None:
    """Here they cost what they cost."""


def test_the_right_password_is_recognised_and_others_are_not() -> None:
    stored = passwords.hash_password(PASSWORD)

    assert passwords.verify_password(stored, PASSWORD)
    assert not passwords.verify_password(stored, PASSWORD.upper())
    assert not passwords.verify_password(stored, "")


def test_a_hash_is_salted_argon2id_with_the_named_parameters() -> None:
    one, other = passwords.hash_password(PASSWORD), passwords.hash_password(PASSWORD)

    assert one != other
    assert one.startswith("$argon2id$")
    assert extract_parameters(one) == passwords.PARAMETERS
    assert not passwords.needs_rehash(one)


def test_a_hash_of_weaker_parameters_still_verifies_and_asks_for_a_new_one() -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

    assert passwords.verify_password(weaker, PASSWORD)
    assert passwords.needs_rehash(weaker)


def test_text_that_is_no_hash_is_our_mistake() -> None:
    with pytest.raises(InvalidHashError):
        passwords.verify_password("not a hash", PASSWORD)


def test_an_unknown_name_costs_one_verification_with_the_parameters_of_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    verify, verified = passwords.verify_password, []

    def verify_and_remember(stored: str, password: str) -> bool:
        verified.append(stored)
        return verify(stored, password)

    monkeypatch.setattr(passwords, "verify_password", verify_and_remember)
    passwords.burn()

    assert [extract_parameters(stored) for stored in verified] == [passwords.PARAMETERS]
