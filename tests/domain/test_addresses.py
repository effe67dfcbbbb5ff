from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.addresses import bare_address, normalise_address
from dimios_dash.errors import Invalid


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        (" Anna.Berg@Ekhamn.example ", "Anna.Berg@Ekhamn.example"),
        ("mailto:Anna@ekhamn.example", "Anna@ekhamn.example"),
        ("MAILTO: anna@ekhamn.example", "anna@ekhamn.example"),
        ("Anna Berg <Anna@ekhamn.example>", "Anna@ekhamn.example"),
        ('"Berg, Anna" <mailto:anna@ekhamn.example>', "anna@ekhamn.example"),
    ],
)
def test_what_stands_around_an_address_is_taken_away(written: str, bare: str) -> None:
    assert bare_address(written) == bare


@pytest.mark.parametrize(
    ("written", "normalised"),
    [
        ("ANNA.Berg+Dimios@EKHAMN.Example", "anna.berg+dimios@ekhamn.example"),
        ("Anna Berg <Anna@ekhamn.example>", "anna@ekhamn.example"),
        ("åsa@västerås.example", "åsa@xn--vsters-buam.example"),
        ("A\u030aSA@VÄSTERÅS.example", "åsa@xn--vsters-buam.example"),
        ("åsa@xn--vsters-buam.example", "åsa@xn--vsters-buam.example"),
        ("\uff41@\uff42.example", "a@b.example"),
    ],
)
def test_all_spellings_of_an_address_become_one(written: str, normalised: str) -> None:
    assert normalise_address(written) == normalised


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "@ekhamn.example",
        "anna@",
        "anna@ekhamn",
        "anna@@ekhamn.example",
        "\ud800@ekhamn.example",
        "anna@ekhamn.example, bo@ekhamn.example",
        "anna berg@ekhamn.example",
        "anna@ek hamn.example",
        "anna@ekhamn..example",
        "anna@.ekhamn.example",
        "anna@ekhamn.example.",
        "anna@-ekhamn.example",
        ".anna@ekhamn.example",
        "anna.@ekhamn.example",
        "anna..berg@ekhamn.example",
        "anna@ekhamn.example\nBcc: bo@ekhamn.example",
        "anna\ud800@ekhamn.example",
        "anna\n@ekhamn.example",
        "an\u200bna@ekhamn.example",
        "<anna@ekhamn.example",
    ],
)
def test_what_is_not_an_address_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        normalise_address(written)


def test_an_address_has_room_for_sixty_four_bytes() -> None:
    domain = "@kommun.example"

    assert normalise_address("a" * (64 - len(domain)) + domain)
    with pytest.raises(Invalid, match="för lång"):
        normalise_address("a" * (65 - len(domain)) + domain)
    with pytest.raises(Invalid, match="för lång"):
        normalise_address("å" * 25 + domain)


@given(st.emails())
def test_normalising_twice_changes_nothing(address: str) -> None:
    try:
        once = normalise_address(address)
    except Invalid:
        return

    assert once == once.casefold()
    if len(once.encode()) <= 64:
        assert normalise_address(once) == once
