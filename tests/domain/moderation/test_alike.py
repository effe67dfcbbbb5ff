from __future__ import annotations

from dimios_dash.domain.moderation.alike import alike, likeness

PASSWORDS = "Ett enda lösenord till alla system skulle spara mycket tid."
AGAIN = "Samma lösenord i alla systemen, det skulle spara tid!"
PHONES = "Vi behöver mobiltelefoner i hemtjänsten."


def test_the_same_words_in_another_form_are_alike_and_another_subject_is_not() -> None:
    assert alike(PASSWORDS, {"again": AGAIN, "phones": PHONES}, most=5) == ("again",)


def test_no_more_are_proposed_than_asked_for_the_most_alike_first() -> None:
    others = {"near": AGAIN, "same": PASSWORDS.upper(), "far": PHONES}

    assert alike(PASSWORDS, others, most=1) == ("same",)


def test_a_text_without_letters_is_like_nothing() -> None:
    assert likeness("!!!", "!!!") == likeness("", PHONES) == 0
