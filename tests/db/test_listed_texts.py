"""The texts that a page lists are those that one would choose, gather and put in order by reading every one of them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from db.commands import suggestions as commands
from db.queries import listed_texts, suggestions
from db.queries.listed_texts import Wanted
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState, Status
from dimios_dash.domain.moderation.shown import ShownText, gathered
from dimios_dash.domain.scopes import ResultsScope, ReviewScope
from dimios_dash.domain.suggestions import LEARNING
from dimios_dash.ids import OrganisationId, SuggestionId, UnitId
from dimios_dash.language import Language, speaking
from tests.conftest import AsWeb
from tests.factories import Make

TREE = {"E": None, "A": "E", "A1": "A", "B": "E"}
ODD = (
    "Östra växeln svarar inte", "ÖSTRA VÄXELN", "100 % av tiden", "100 procent", "a_b", "ab", "C:\\mapp", "mapp",
    "Tack 👩‍💻 för hjälpen", "Straße", "STRASSE", "ﬁn växel", "  två  mellanslag ", "rad\nbrytning", "'; drop table",
)  # fmt: skip
SOUGHT = (
    "", "växel", "VÄXEL", "vaxel", "%", "_", "\\", "100 %", "👩‍💻", "ss", "fi", "  ", "\n", "'", "maskerat]", "[Mask",
    "finns inte", "a\0",
)  # fmt: skip


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    made = make.organisation()
    make.units(made, TREE)
    make.release(made, 2025, dict.fromkeys(TREE, 50.0))
    return made


@pytest.fixture
def key_user(make: Make, organisation_id: OrganisationId) -> ReviewScope:
    """Of an organisation with many odd texts, shown, hidden and waiting, some masked and some gathered."""
    scope = make.reviewing(organisation_id, 2025)
    random = Random(7)  # noqa: S311
    made = [_text(make, scope, random, words) for words in ODD for _ in range(4)]
    of_one_question = [each.id for each in suggestions.readable(make.session, scope.released) if each.category == "F1"]
    for head, *alike in (of_one_question[:3], of_one_question[3:5]):
        commands.gather(make.session, scope, Chosen(head, 1), [Chosen(each, 1) for each in alike])
    assert len(made) == 60
    return scope


def _text(make: Make, scope: ReviewScope, random: Random, words: str) -> SuggestionId:
    released = scope.released
    unit, category = random.choice([*TREE]), random.choice(("F1", "F1", "A2", None))
    made = make.text(released.organisation_id, released.measurement_id, words, unit=unit, category=category)
    state = random.choice((ReviewState.SHOWN, ReviewState.SHOWN, ReviewState.SHOWN, ReviewState.HIDDEN, None))
    if state is not None:
        reason = HideReason.OTHER if state is ReviewState.HIDDEN else None
        masks = random.choice(((), ((0, 2),), ((1, len(words)),), ((0, 1), (len(words) - 1, len(words)))))
        tags = random.choice(((), ("växel",), ("It-stöd", "växel"), ("VÄXEL",)))
        review = Review(state, reason, masks, tags, random.choice([*Status]))
        commands.review(make.session, scope, Chosen(made, 0), review)
    return made


def read_one_by_one(
    make: Make, scope: ResultsScope, units: Sequence[str], wanted: Wanted
) -> list[tuple[SuggestionId, ...]]:
    """The groups that are wanted, each the one that is read first and those under it."""
    here = [each for each in suggestions.readable(make.session, scope) if each.unit_id in units]
    groups = [(group.head, *group.alike) for group in gathered(here)]
    return [tuple(text.id for text in group) for group in groups if any(_fits(text, wanted) for text in group)]


def _fits(text: ShownText, wanted: Wanted) -> bool:
    return (
        wanted.category in {"", text.category or LEARNING}
        and wanted.status in {"", text.status}
        and (wanted.tags is None or bool({*wanted.tags} & {*text.tags}))
        and wanted.sought.casefold() in text.text.casefold()
    )


def listed(make: Make, scope: ResultsScope, wanted: Wanted, page: int = 1, size: int | None = None) -> list[list[str]]:
    """The groups on a page as they are then gathered."""
    found = listed_texts.wanted_ones(make.session, scope, wanted, page, size)
    return [
        [str(text.id) for text in (group.head, *group.alike)]
        for group in gathered(suggestions.readable(make.session, scope, found.ids))
    ]


def strings(groups: Sequence[Sequence[SuggestionId]]) -> list[list[str]]:
    return [[str(each) for each in group] for group in groups]


@pytest.mark.parametrize("language", [Language.SWEDISH, Language.ENGLISH])
def test_a_search_finds_what_reading_every_text_as_others_do_would_find(
    make: Make, key_user: ReviewScope, language: Language
) -> None:
    with speaking(language):
        found = {words: listed(make, key_user.released, Wanted(words)) for words in SOUGHT}
        expected = {words: read_one_by_one(make, key_user.released, [*TREE], Wanted(words)) for words in SOUGHT}

    assert found == {words: strings(groups) for words, groups in expected.items()}
    assert len([words for words, groups in found.items() if groups]) > len(SOUGHT) / 2


def test_other_choices_leave_out_what_they_should(make: Make, key_user: ReviewScope) -> None:
    for wanted in (
        Wanted(category="F1"),
        Wanted(category=LEARNING),
        Wanted(category="finns inte"),
        Wanted(category="F1\0"),
        Wanted(status="klart"),
        Wanted(tags=("växel", "VÄXEL")),
        Wanted(tags=()),
        Wanted("ä", "F1", "nytt", ("växel",)),
    ):
        expected = read_one_by_one(make, key_user.released, [*TREE], wanted)
        assert listed(make, key_user.released, wanted) == strings(expected), wanted


def test_pages_follow_each_other_without_gap_and_the_last_stands_for_those_after_it(
    make: Make, key_user: ReviewScope
) -> None:
    everything = strings(read_one_by_one(make, key_user.released, [*TREE], Wanted()))
    pages = -(-len(everything) // 7)

    found = [listed(make, key_user.released, Wanted(), page, 7) for page in range(1, pages + 1)]
    beyond = listed_texts.wanted_ones(make.session, key_user.released, Wanted(), 999, 7)

    assert pages > 2
    assert [group for page in found for group in page] == everything
    assert (beyond.page, beyond.groups, beyond.texts) == (pages, len(everything), sum(map(len, everything)))
    assert beyond.any_alike
    assert beyond.any_masked
    assert listed(make, key_user.released, Wanted(), 999, 7) == found[-1]


def test_nothing_found_is_an_empty_first_page(make: Make, key_user: ReviewScope) -> None:
    found = listed_texts.wanted_ones(make.session, key_user.released, Wanted("finns inte"), 3, 7)

    assert (found.ids, found.page, found.groups, found.texts) == ((), 1, 0, 0)


def test_a_unit_lists_its_own_texts_and_those_below_and_a_branch_nothing_outside(
    make: Make, organisation_id: OrganisationId, key_user: ReviewScope
) -> None:
    whole = key_user.released
    branch = make.reviewing(organisation_id, 2025, branch="A").released
    outside = ResultsScope(organisation_id, whole.measurement_id, 2025, UnitId("A"), UnitId("B"))

    for scope in (whole.narrow(UnitId("A")), branch):
        assert listed(make, scope, Wanted()) == strings(read_one_by_one(make, scope, ("A", "A1"), Wanted()))
    assert listed_texts.wanted_ones(make.session, outside, Wanted(), 1, None).ids == ()
    assert not any(each.here for each in listed_texts.counted(make.session, outside))


def test_another_organisation_lists_counts_and_names_nothing(make: Make, key_user: ReviewScope, as_web: AsWeb) -> None:
    stranger = make.organisation()
    forged = ResultsScope(stranger, key_user.released.measurement_id, 2025, None, UnitId("E"))

    for scope in (key_user.released, forged):
        with as_web(stranger) as session:
            assert listed_texts.wanted_ones(session, scope, Wanted("växel"), 1, None).ids == ()
            assert listed_texts.counted(session, scope) == ()
            assert listed_texts.tags(session, scope) == ()


def test_texts_are_counted_as_one_would_by_reading_them(make: Make, key_user: ReviewScope) -> None:
    written = suggestions.as_written(make.session, key_user)
    found = listed_texts.counted(make.session, key_user.released.narrow(UnitId("A")))

    assert sum(each.count for each in found) == len(written) == 60
    assert sum(each.count for each in found if each.here) == sum(each.unit_id in {"A", "A1"} for each in written)
    for state in ReviewState:
        counted = sum(each.count for each in found if each.state is state)
        assert counted == sum(each.review.state is state for each in written)


def test_tags_are_those_of_texts_that_may_be_read(make: Make, key_user: ReviewScope) -> None:
    shown = suggestions.readable(make.session, key_user.released)

    assert {*listed_texts.tags(make.session, key_user.released)} == {tag for each in shown for tag in each.tags}


def test_the_queue_is_paged_and_counted_as_it_would_be_by_reading_every_text(
    make: Make, organisation_id: OrganisationId, key_user: ReviewScope
) -> None:
    for scope in (key_user, make.reviewing(organisation_id, 2025, branch="A")):
        written = suggestions.as_written(make.session, scope)
        counts = suggestions.counts(make.session, scope)
        for state in ReviewState:
            own = [each for each in written if each.review.state is state]
            assert counts.get(state, 0) == len(own) > 0
            assert [*suggestions.queue(make.session, scope, state, (0, 3))] == own[:3]
            assert [*suggestions.queue(make.session, scope, state, (3, 6))] == own[3:6]
        first, second, *_rest = (each.id for each in written if each.review.state is ReviewState.WAITING)
        assert suggestions.next_waiting(make.session, scope, first) == second
        assert suggestions.next_waiting(make.session, scope, second) == first
        alone = {each.id: each.text for each in written if each.category == "F1" and each.review.merged_into is None}
        assert dict(suggestions.alone(make.session, scope, "F1")) == alone


def test_chosen_texts_come_with_what_is_gathered_under_them_and_never_from_another_branch(
    make: Make, organisation_id: OrganisationId, key_user: ReviewScope
) -> None:
    written = suggestions.as_written(make.session, key_user)
    heads = {each.review.merged_into for each in written if each.review.merged_into}
    branch = make.reviewing(organisation_id, 2025, branch="A")

    whole, own = (
        suggestions.with_gathered(make.session, scope, [head for head in heads if head]) for scope in (key_user, branch)
    )

    assert whole.keys() == {each.id for each in written if each.id in heads or each.review.merged_into in heads}
    assert {text.unit_id for text in own.values()} <= {"A", "A1"}
    assert suggestions.with_gathered(make.session, branch, [each.id for each in written]).keys() == {
        each.id for each in written if each.unit_id in {"A", "A1"}
    }
