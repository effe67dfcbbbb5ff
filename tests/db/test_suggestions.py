"""Free texts: nothing is read before it is reviewed, nothing masked leaves, no decision is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from db.commands import suggestions as commands
from db.commands.suggestions import Done
from db.models import AuditEvent, Measurement, ReleasedUnit, Suggestion, SuggestionReview
from db.queries import listed_texts, suggestions
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState, Status
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, SuggestionId
from tests.conftest import AsWeb
from tests.factories import Make

SHOWN = Review(ReviewState.SHOWN)
HIDDEN = Review(ReviewState.HIDDEN, HideReason.PERSON)


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    """With units E, A and B below it, and a release of 2025."""
    made = make.organisation()
    make.units(made, {"E": None, "A": "E", "B": "E"})
    make.release(made, 2025, dict.fromkeys("EAB", 50.0))
    return made


@pytest.fixture
def key_user(make: Make, organisation_id: OrganisationId) -> ReviewScope:
    return make.reviewing(organisation_id, 2025)


@pytest.fixture
def text(make: Make, organisation_id: OrganisationId, key_user: ReviewScope) -> SuggestionId:
    return make.text(organisation_id, key_user.released.measurement_id, "Fråga Anna i växeln")


def another(make: Make, scope: ReviewScope, words: str = "En till", unit: str = "E") -> SuggestionId:
    return make.text(scope.released.organisation_id, scope.released.measurement_id, words, unit=unit)


def read(make: Make, scope: ReviewScope) -> list[str]:
    """What readers of the scope's branch get."""
    return sorted(each.text for each in suggestions.readable(make.session, scope.released))


def counted(make: Make, scope: ReviewScope) -> dict[tuple[str | None, ReviewState, HideReason | None], int]:
    found = listed_texts.counted(make.session, scope.released)
    return {(each.category, each.state, each.reason): each.count for each in found}


def now(make: Make, scope: ReviewScope, text: SuggestionId) -> Review:
    return suggestions.one_as_written(make.session, scope, text).review


def test_a_text_waits_until_somebody_has_reviewed_it(make: Make, key_user: ReviewScope) -> None:
    another(make, key_user, "Fråga Anna i växeln")

    assert suggestions.readable(make.session, key_user.released) == ()
    assert counted(make, key_user) == {("F1", ReviewState.WAITING, None): 1}
    assert [each.text for each in suggestions.as_written(make.session, key_user)] == ["Fråga Anna i växeln"]


def test_readers_get_a_shown_text_without_what_is_masked(
    make: Make, key_user: ReviewScope, text: SuggestionId, as_web: AsWeb
) -> None:
    with as_web(key_user.released.organisation_id) as session:
        commands.review(
            session, key_user, Chosen(text, 0), Review(ReviewState.SHOWN, masks=((6, 10),), tags=("växel",))
        )

    [shown] = suggestions.readable(make.session, key_user.released)
    assert (shown.text, shown.is_masked, shown.tags) == ("Fråga [maskerat] i växeln", True, ("växel",))
    assert make.session.scalars(select(Suggestion.text)).all() == ["Fråga Anna i växeln"]


def test_a_hidden_text_is_counted_for_its_reason_and_not_read(
    make: Make, key_user: ReviewScope, text: SuggestionId
) -> None:
    commands.review(make.session, key_user, Chosen(text, 0), HIDDEN)

    assert suggestions.readable(make.session, key_user.released) == ()
    assert counted(make, key_user) == {("F1", ReviewState.HIDDEN, HideReason.PERSON): 1}


def test_the_second_of_two_who_decide_is_told_and_nothing_of_theirs_is_written(
    make: Make, key_user: ReviewScope, text: SuggestionId
) -> None:
    commands.review(make.session, key_user, Chosen(text, 0), HIDDEN)

    for version in (0, 2, 7):
        with pytest.raises(Invalid, match="Någon annan har ändrat texten"):
            commands.review(make.session, key_user, Chosen(text, version), SHOWN)

    assert now(make, key_user, text).state is ReviewState.HIDDEN
    commands.review(make.session, key_user, Chosen(text, 1), SHOWN)
    assert now(make, key_user, text).version == 2


def test_a_version_that_never_was_writes_nothing(make: Make, key_user: ReviewScope, text: SuggestionId) -> None:
    with pytest.raises(Invalid, match="Någon annan har ändrat texten"):
        commands.review(make.session, key_user, Chosen(text, 4), SHOWN)

    assert make.session.scalars(select(SuggestionReview.version)).all() == []


def test_each_decision_is_audited_without_a_word_of_the_text(
    make: Make, key_user: ReviewScope, text: SuggestionId
) -> None:
    commands.review(make.session, key_user, Chosen(text, 0), Review(ReviewState.SHOWN, masks=((6, 10),)))

    event = make.session.scalars(select(AuditEvent).where(AuditEvent.event == "suggestion_reviewed")).one()
    assert event.details["text"] == str(text)
    assert (event.details["state"], event.details["masked_from"], event.details["masked_to"]) == ("visas", [6], [10])
    assert "Anna" not in str(event.details)


def test_many_are_shown_at_once_but_those_that_others_have_decided_about(make: Make, key_user: ReviewScope) -> None:
    first, second = another(make, key_user, "Ett"), another(make, key_user, "Två")
    commands.review(make.session, key_user, Chosen(second, 0), HIDDEN)

    done = commands.show(make.session, key_user, [Chosen(first, 0), Chosen(second, 0)])

    assert done == Done(changed=1, overtaken=1)
    assert read(make, key_user) == ["Ett"]


def test_what_looks_personal_is_not_shown_with_many_until_it_is_masked(make: Make, key_user: ReviewScope) -> None:
    text = another(make, key_user, "Ring 070-123 45 67")

    assert commands.show(make.session, key_user, [Chosen(text, 0)]) == Done(personal=1)
    assert read(make, key_user) == []

    commands.review(make.session, key_user, Chosen(text, 0), Review(masks=((5, 18),)))
    assert commands.show(make.session, key_user, [Chosen(text, 1)]) == Done(changed=1)
    assert read(make, key_user) == ["Ring [maskerat]"]


def test_many_get_a_status_at_once_and_keep_the_rest(make: Make, key_user: ReviewScope, text: SuggestionId) -> None:
    commands.review(make.session, key_user, Chosen(text, 0), Review(ReviewState.SHOWN, tags=("växel",)))

    commands.put_status(make.session, key_user, [Chosen(text, 1)], Status.PLANNED)

    assert now(make, key_user, text) == Review(ReviewState.SHOWN, tags=("växel",), status=Status.PLANNED, version=2)


def test_alike_texts_are_gathered_with_those_gathered_under_them(make: Make, key_user: ReviewScope) -> None:
    a, b, c = (another(make, key_user, words) for words in "abc")
    commands.gather(make.session, key_user, Chosen(b, 0), [Chosen(c, 0)])

    commands.gather(make.session, key_user, Chosen(a, 0), [Chosen(b, 1)])

    assert [now(make, key_user, each).merged_into for each in (a, b, c)] == [None, a, a]
    commands.release_one(make.session, key_user, Chosen(c, 2))
    assert now(make, key_user, c).merged_into is None


def test_of_two_who_gather_two_texts_under_each_other_one_is_overtaken(make: Make, key_user: ReviewScope) -> None:
    a, b = (another(make, key_user, words) for words in "ab")
    commands.gather(make.session, key_user, Chosen(a, 0), [Chosen(b, 0)])

    with pytest.raises(Invalid, match="Någon annan"), make.session.begin_nested():
        commands.gather(make.session, key_user, Chosen(b, 0), [Chosen(a, 0)])

    assert [now(make, key_user, each).merged_into for each in (a, b)] == [None, a]


def test_texts_about_different_questions_are_not_gathered_nor_one_by_itself(make: Make, key_user: ReviewScope) -> None:
    one = another(make, key_user)
    other = make.text(key_user.released.organisation_id, key_user.released.measurement_id, "Annat", category="A1")

    for alike in ([Chosen(other, 0)], [Chosen(one, 0)], []):
        with pytest.raises(Invalid):
            commands.gather(make.session, key_user, Chosen(one, 0), alike)

    assert now(make, key_user, one) == now(make, key_user, other) == Review()


def test_what_worked_is_offered_and_the_offer_goes_when_the_text_is_hidden(make: Make, key_user: ReviewScope) -> None:
    text = make.text(key_user.released.organisation_id, key_user.released.measurement_id, "Lyckat", category=None)
    commands.review(make.session, key_user, Chosen(text, 0), Review(ReviewState.SHOWN, offered=True))
    assert suggestions.readable(make.session, key_user.released)[0].offered

    commands.review(make.session, key_user, Chosen(text, 1), HIDDEN)

    assert not now(make, key_user, text).offered


def test_a_branch_reads_and_reviews_its_own_texts_only(
    make: Make, organisation_id: OrganisationId, key_user: ReviewScope, as_web: AsWeb
) -> None:
    whole, own, beside = (another(make, key_user, f"Om {unit}", unit) for unit in "EAB")
    commands.show(make.session, key_user, [Chosen(each, 0) for each in (whole, own, beside)])
    branch = make.reviewing(organisation_id, 2025, branch="A")

    with as_web(organisation_id) as session:
        assert [each.text for each in suggestions.readable(session, branch.released)] == ["Om A"]
        assert [each.text for each in suggestions.as_written(session, branch)] == ["Om A"]
        for outside in (whole, beside):
            for deed in (
                lambda chosen: suggestions.one_as_written(session, branch, chosen.id),
                lambda chosen: commands.review(session, branch, chosen, HIDDEN),
                lambda chosen: commands.show(session, branch, [chosen]),
                lambda chosen: commands.put_status(session, branch, [chosen], Status.DONE),
                lambda chosen: commands.gather(session, branch, Chosen(own, 1), [chosen]),
                lambda chosen: commands.gather(session, branch, chosen, [Chosen(own, 1)]),
                lambda chosen: commands.release_one(session, branch, chosen),
            ):
                with pytest.raises(NotFound):
                    deed(Chosen(outside, 1))
    assert read(make, key_user) == ["Om A", "Om B", "Om E"]


def test_gathered_texts_of_other_branches_are_neither_shown_nor_counted_to_a_branch(
    make: Make, organisation_id: OrganisationId, key_user: ReviewScope
) -> None:
    own, beside = another(make, key_user, "Om A", "A"), another(make, key_user, "Om B", "B")
    commands.show(make.session, key_user, [Chosen(each, 0) for each in (own, beside)])
    commands.gather(make.session, key_user, Chosen(beside, 1), [Chosen(own, 1)])

    assert read(make, make.reviewing(organisation_id, 2025, branch="A")) == ["Om A"]


def test_another_organisation_reaches_no_text_whatever_it_says(
    make: Make, key_user: ReviewScope, text: SuggestionId, as_web: AsWeb
) -> None:
    stranger = make.organisation()
    make.units(stranger, {"E": None})
    make.release(stranger, 2025, {"E": 50.0})
    theirs = make.reviewing(stranger, 2025)

    with as_web(stranger) as session:
        for scope in (theirs, key_user):
            with pytest.raises(NotFound):
                commands.review(session, scope, Chosen(text, 0), SHOWN)
            with pytest.raises(NotFound):
                commands.show(session, scope, [Chosen(text, 0)])
        assert suggestions.as_written(session, key_user) == ()

    assert now(make, key_user, text) == Review()


def test_each_unit_says_where_its_texts_are_shown(
    make: Make, organisation_id: OrganisationId, key_user: ReviewScope
) -> None:
    for unit, home in (("E", "E"), ("A", "E")):
        row = make.session.get_one(ReleasedUnit, (organisation_id, key_user.released.measurement_id, unit))
        row.text_home = home
    make.session.flush()

    assert suggestions.homes(make.session, key_user.released) == {"E": "E", "A": "E", "B": None}


def test_decisions_go_with_their_measurement(make: Make, key_user: ReviewScope) -> None:
    a, b = (another(make, key_user, words) for words in "ab")
    commands.gather(make.session, key_user, Chosen(a, 0), [Chosen(b, 0)])
    measurement_id = MeasurementId(key_user.released.measurement_id)

    make.session.execute(delete(Measurement).where(Measurement.id == measurement_id))

    assert make.session.scalars(select(SuggestionReview.suggestion_id)).all() == []
