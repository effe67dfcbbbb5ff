"""The page that explains what protects the answers: open to anybody, short, and true."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from flask import Flask

from dimios_dash.domain.disclosure import Answers, Release, release
from dimios_dash.domain.tree import Tree
from dimios_dash.figures.numbers import number
from dimios_dash.ids import UnitId
from dimios_dash.language import Language, speaking
from dimios_dash.public.promise import BLUNTED, MIXES, UNITS
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from tests.answering.reading import OTHERS, language_of, swedish_in

WORDS_IN_THREE_MINUTES = 780  # at 260 a minute
KOMMUNEN, SKOLAN, FORSKOLAN, FRITIDS = range(4)


def page(site: Flask) -> str:
    return site.test_client().get("/sa-skyddas-svaren").text


def released(tree: Tree, people: dict[int, tuple[int, int, int]], value: int = 4) -> Release:
    """So many of each role type in each unit, all answering one statement with the same value."""
    unit = np.concatenate([np.repeat(place, sum(types)) for place, types in people.items()]).astype(np.int32)
    role = np.concatenate([np.repeat([1, 2, 3], types) for types in people.values()]).astype(np.int8)
    values = np.full((unit.size, 1), value, dtype=np.int8)
    return release(tree, Answers(unit, role, np.zeros(unit.size, dtype=np.bool_), values), k=3)


def tree_of(*parents: int) -> Tree:
    return Tree(tuple(UnitId(str(unit)) for unit in range(len(parents) + 1)), np.array([-1, *parents], dtype=np.int32))


def test_anybody_can_read_how_answers_are_protected(site: Flask) -> None:
    answer = site.test_client().get("/sa-skyddas-svaren")

    assert answer.status_code == 200
    assert "Minst tre svar" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_it_begins_with_five_lines_and_is_read_in_three_minutes(site: Flask) -> None:
    main = page(site).partition("<h1>")[2].partition("</main>")[0]
    summary = main.partition('class="in-short"')[2].partition("</section>")[0]

    assert summary.count("<li>") == 5
    assert len(re.sub(r"<[^>]*>|●", " ", main).split()) <= WORDS_IN_THREE_MINUTES


@pytest.mark.parametrize("language", OTHERS)
def test_it_is_read_in_other_languages_and_leads_from_each_to_the_rest(site: Flask, language: Language) -> None:
    read = site.test_client().get(f"/sa-skyddas-svaren?sprak={language}").text

    with speaking(language):
        assert number(BLUNTED) in read
    assert language_of(read) == language
    assert swedish_in(read, language) == []
    assert read.count('href="?sprak=') == len(OTHERS)


def test_a_browser_that_reads_finnish_gets_finnish(site: Flask) -> None:
    read = site.test_client().get("/sa-skyddas-svaren", headers={"Accept-Language": "fi"}).text

    assert '<html lang="fi">' in read


@pytest.mark.parametrize(
    "subject",
    [
        "lyfta",
        "eller högre",
        "omblandat",
        "Öppna länkar",
        "Vet ej",
        "Fjorton dagar",
        "ingen regel kan hindra",
        "krypterad",
    ],
)
def test_nothing_that_one_may_worry_about_is_passed_over(site: Flask, subject: str) -> None:
    assert subject in page(site)


def test_where_data_lies_is_said_as_the_operator_has_set_it(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before: Surroundings = site.extensions["dimios"]
    settings = before.settings.model_copy(update={"hosting": "Exempeldrift AB, <Sverige>"})
    told = replace(before, settings=settings)

    unset = page(site)
    monkeypatch.setitem(site.extensions, "dimios", told)

    assert "Fråga den som sköter driften" in unset
    assert "Uppgifterna lagras här: Exempeldrift AB, &lt;Sverige&gt;." in page(site)
    assert Settings().hosting is None


def test_the_picture_of_lifting_is_what_the_gate_does() -> None:
    tree = tree_of(0, 1, 1)
    own = {KOMMUNEN: 4, SKOLAN: 0, FORSKOLAN: 5, FRITIDS: 2}

    made = released(tree, {unit: (0, 0, people) for unit, people in own.items()})

    assert [unit.answered for unit in UNITS] == made.answered.tolist()
    assert [unit.level for unit in UNITS] == [0, 1, 2, 2]
    assert np.isnan(made.mean[:, 0]).tolist() == [False, False, False, True]
    assert made.lifted[:, 0].tolist() == [False, True, False, False]
    assert tree.rollup(made.piece_n)[:, 0].tolist() == [11, 5, 5, 0]


def test_the_picture_of_role_types_is_what_the_gate_does() -> None:
    groups = [released(tree_of(), {0: mix.types}).role_groups[0, 0] for mix in MIXES]

    assert groups == [3, 2, 0]


def test_the_blunted_example_is_what_the_gate_does() -> None:
    made = released(tree_of(), {0: (0, 0, 3)}, value=6)

    assert number(float(made.mean[0, 0])) == number(BLUNTED)
    assert made.bound[0, 0] == 1
