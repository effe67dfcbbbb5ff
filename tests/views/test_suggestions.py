"""Every free text on Förbättringsförslag stands in the release file, and none of them is missing."""

from __future__ import annotations

from collections.abc import Iterator

from tests.views.looking import Look
from tests.views.release_file import CATEGORIES, names
from tests.views.visiting import Shown

PATH = "/resultat/forslag"
UNITS = ("E", "E02", "E030101", "E0404")


def looks(shown: Shown) -> Iterator[Look]:
    return (Look(shown, year, unit) for year in shown.years for unit in UNITS)


def released(look: Look) -> list[tuple[str, str, str]]:
    """Text, what it is about and where it is shown, of the unit and all below it."""
    branch = {look.unit, *look.now.below(look.unit)}
    texts = [each for each in look.now.file["texts"] if each["unit"] in branch]
    return [(each["text"], about(each["category"]), look.now.name(each["unit"])) for each in texts]


def about(category: str | None) -> str:
    return "Vad som har fungerat" if category is None else names()[category]


def test_every_text_that_is_read_is_one_of_the_file_and_all_are_counted(ekhamn: Shown) -> None:
    counted = 0
    for look in looks(ekhamn):
        texts = released(look)
        lines = ekhamn.table(PATH, "forslag", look.query)

        assert {(line["Text"], line["Fråga"], line["Enhet"]) for line in lines} <= set(texts), str(look)
        assert sum(int(line["Antal som har skrivit det"]) for line in lines) == len(texts), str(look)
        counted += len(texts)

    assert counted > 50


def test_texts_are_counted_by_category_as_in_the_file(ekhamn: Shown) -> None:
    for look in looks(ekhamn):
        asked = [question for _text, question, _unit in released(look)]
        lines = ekhamn.table(PATH, "forslag-per-kategori", look.query)

        shown = {line["Fråga"]: int(line["Texter"]) for line in lines}
        every = {about(category): asked.count(about(category)) for category in (*CATEGORIES, None)}
        assert shown == {**every, "Alla": len(asked)}, str(look)
        assert all(int(line["Texter"]) == sum(int(line[s]) for s in ("Nytt", "Planerat", "Klart")) for line in lines)
