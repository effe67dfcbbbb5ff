"""The words follow the language being spoken."""

from __future__ import annotations

from threading import Thread

from dimios_dash.language import Language, speak, speaking, spoken
from dimios_dash.translations import N_, _, ngettext


def test_swedish_is_spoken_where_nobody_says_otherwise() -> None:
    assert _("Kopiera länk") == "Kopiera länk"
    assert spoken() is Language.SWEDISH


def test_words_follow_the_language_for_as_long_as_it_is_spoken() -> None:
    constant = N_("Kopiera länk")

    with speaking(Language.ENGLISH):
        assert _(constant) == "Copy link"

    assert _(constant) == "Kopiera länk"


def test_a_number_chooses_its_form() -> None:
    with speaking(Language.FINNISH):
        one, many = (ngettext("%(n)s svarande", "%(n)s svarande", n) for n in (1, 2))

    assert one != many


def test_what_is_said_in_one_thread_is_not_heard_in_another() -> None:
    heard: list[Language] = []

    def elsewhere() -> None:
        heard.append(spoken())
        speak(Language.FINNISH)

    with speaking(Language.NORWEGIAN):
        other = Thread(target=elsewhere)
        other.start()
        other.join()
        assert spoken() is Language.NORWEGIAN

    assert heard == [Language.SWEDISH]
