"""Vår organisation: every switch is off until somebody turns it on, and says what others then see."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.commands import consents as consent_commands
from db.commands import groups
from db.models import AuditEvent, Organisation
from db.queries import consents, memberships, organisation_facts
from dimios_dash import access
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.permissions import Role
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import OrganisationId
from pages.administration import organisation
from pages.administration.organisation import GroupId
from tests.factories import Make
from tests.pages.context import context, words


@pytest.fixture
def own(make: Make) -> OrganisationId:
    return make.organisation("Provköpings kommun")


def given(make: Make, own: OrganisationId) -> frozenset[Consent]:
    return consents.own(make.session, make.desk(own))


def test_nothing_is_agreed_to_from_the_start_and_every_switch_says_what_others_see(
    make: Make, own: OrganisationId
) -> None:
    ctx = context(make, own)

    text = words(organisation.layout(ctx, access.sharing(ctx)))

    assert given(make, own) == frozenset()
    for said in (
        "räknas från den 1 maj 2026",
        "utan namn och bara tillsammans med minst 4 andra sådana punkter",
        "med namnet Provköpings kommun",
        "kan räkna ut just era tal",
        "medel för minst 5 organisationer per verksamhet",
    ):
        assert said in text


def test_what_is_agreed_to_is_kept_and_audited(make: Make, own: OrganisationId) -> None:
    ctx = context(make, own, Role.ACCOUNT_ADMINISTRATOR)
    organisation.agree(ctx, 1, [[Consent.POINT], [], [Consent.SIMILAR], []])

    organisation.agree(ctx, 1, [[], [], [Consent.SIMILAR], []])

    events = make.session.scalars(
        select(AuditEvent.event).where(AuditEvent.organisation_id == own).order_by(AuditEvent.at)
    ).all()
    assert given(make, own) == {Consent.SIMILAR}
    assert events == ["consent_given", "consent_given", "consent_taken_back"]


def test_size_and_county_are_told_and_can_be_taken_back(make: Make, own: OrganisationId) -> None:
    ctx = context(make, own)

    organisation.describe(ctx, 1, "12", "1 355")
    told = organisation_facts.own(make.session, make.desk(own))
    organisation.describe(ctx, 1, "", "")
    taken_back = organisation_facts.own(make.session, make.desk(own))

    assert (told.county, told.employees) == (County.SKANE, 1355)
    assert (taken_back.county, taken_back.employees) == (None, None)


@pytest.mark.parametrize(
    ("county", "employees"), [("99", "5"), ("12", "många"), ("12", "-5"), ("12", "٣"), ("12", "9" * 9)]
)
def test_what_no_organisation_has_is_refused(make: Make, own: OrganisationId, county: str, employees: str) -> None:
    with pytest.raises(Invalid):
        organisation.describe(context(make, own), 1, county, employees)


def test_one_proposes_a_group_another_joins_with_its_code_and_leaves(make: Make, own: OrganisationId) -> None:
    other = make.organisation("Provköpings hamn")
    organisation.propose(context(make, own), 1, "Koncernen")
    (group,) = memberships.own(make.session, make.desk(own))

    organisation.join(context(make, other), 1, group.code)
    together = memberships.own(make.session, make.desk(own))[0].members
    organisation.leave(context(make, other), [1], [GroupId("group-leave", group.group_id)])
    alone = memberships.own(make.session, make.desk(own))[0].members

    assert together == ("Provköpings hamn", "Provköpings kommun")
    assert alone == ("Provköpings kommun",)


def test_a_button_that_is_only_drawn_does_nothing(make: Make, own: OrganisationId) -> None:
    ctx = context(make, own)
    group_id = groups.propose(make.session, make.desk(own), "Koncernen")

    organisation.agree(ctx, None, [[Consent.NAMED], [], [], []])
    organisation.propose(ctx, None, "En till")
    organisation.leave(ctx, [None], [GroupId("group-leave", group_id)])

    assert given(make, own) == frozenset()
    assert len(memberships.own(make.session, make.desk(own))) == 1


def test_a_page_without_all_switches_changes_nothing(make: Make, own: OrganisationId) -> None:
    consent_commands.change(make.session, make.desk(own), frozenset({Consent.NAMED}))

    with pytest.raises(NotFound):
        organisation.agree(context(make, own), 1, [[]])

    assert given(make, own) == {Consent.NAMED}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\nb"])
def test_a_group_needs_a_name_that_can_be_read(make: Make, own: OrganisationId, name: str) -> None:
    with pytest.raises(Invalid, match="namn på gruppen"):
        organisation.propose(context(make, own), 1, name)


def test_somebody_of_a_branch_does_not_decide_for_the_whole(make: Make, own: OrganisationId) -> None:
    make.units(own, {"E": None, "B": "E"})

    with pytest.raises(Forbidden):
        access.sharing(context(make, own, branch="B"))


def test_the_organisation_is_the_only_one_described(make: Make, own: OrganisationId) -> None:
    other = make.organisation()

    organisation.describe(context(make, own), 1, "20", "50")

    assert make.session.get_one(Organisation, other).county is None
