"""Respondents changed by hand: one invitation a year, no lost update, nothing outside the branch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.commands.respondent_edits import Overtaken, carry_out, edit
from db.commands.respondents import import_respondents
from db.models import AuditEvent, Invitation, Outbox, Placement
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_edit import Chosen, Deed, Edit, Order
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import InvitationId, MeasurementId, OrganisationId, UnitId
from dimios_dash.intake.respondent_file import RespondentRow
from dimios_dash.language import Language
from tests.conftest import AsWeb
from tests.factories import Make

TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}
ADDRESS = "Åsa.Berg@ÅRE.se"
SPELLINGS = (
    "åsa.berg@åre.se",
    "ÅSA.BERG@XN--RE-XIA.SE",
    "Åsa.Berg@xn--re-xia.se",
    "A\u030asa.Berg@A\u030are.se",
    "\uff21\u030asa.\uff22erg@\u00c5\uff32\uff25.\uff53\uff45",
    "Åsa Berg <åsa.berg@Åre.se>",
    "mailto:åsa.berg@åre.se",
)
OTHERS = ("asa.berg@are.se", "åsaberg@åre.se", "åsa.berg@åre.nu")


def begun(make: Make, state: MeasurementState = MeasurementState.OPEN) -> tuple[OrganisationId, MeasurementId]:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    return organisation_id, make.measurement(organisation_id, state)


def vault(make: Make, organisation_id: OrganisationId) -> AddressVault:
    return AddressVault.open(make.keys, organisation_id)


def row(address: str, unit: str = "A") -> RespondentRow:
    return RespondentRow(2, address, UnitId(unit), None)


def wanted(person: InvitationId, address: str = ADDRESS, unit: str = "A", **more: Any) -> Edit:
    return Edit(Chosen(person, 1), address, UnitId(unit), None, Language.SWEDISH, **more)


def stored(make: Make, person: InvitationId) -> Invitation:
    make.session.expire_all()
    return make.session.scalars(select(Invitation).where(Invitation.id == person)).one()


def mails(make: Make, measurement_id: MeasurementId) -> list[InvitationId]:
    """Who has an invitation in the outbox, once for each."""
    return list(make.session.scalars(select(Outbox.invitation_id).where(Outbox.measurement_id == measurement_id)))


def events(make: Make, organisation_id: OrganisationId) -> list[tuple[str, dict[str, object]]]:
    rows = make.session.execute(
        select(AuditEvent.event, AuditEvent.details).where(AuditEvent.organisation_id == organisation_id)
    )
    return [(row.event, row.details) for row in rows]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_address_is_invited_once_however_it_is_spelt(make: Make, as_web: AsWeb, spelling: str) -> None:
    organisation_id, measurement_id = begun(make)
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)

    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, [row(ADDRESS), row("bo@åre.se")])
        again = import_respondents(session, desk, keys, measurement_id, [row(spelling)])
    invited = mails(make, measurement_id)
    bo = known_as(make, keys, "bo@åre.se")

    with pytest.raises(Invalid, match="Adressen finns redan"), as_web(organisation_id) as session:
        edit(session, desk, keys, measurement_id, wanted(bo, spelling))

    assert again.counts == {RespondentDeed.UNCHANGED: 1}
    assert len(invited) == 2
    assert mails(make, measurement_id) == invited


@pytest.mark.parametrize("address", OTHERS)
def test_dots_letters_and_top_domains_make_another_address(make: Make, as_web: AsWeb, address: str) -> None:
    organisation_id, measurement_id = begun(make)

    with as_web(organisation_id) as session:
        plan = import_respondents(
            session,
            make.desk(organisation_id),
            vault(make, organisation_id),
            measurement_id,
            [row(ADDRESS), row(address)],
        )

    assert plan.counts == {RespondentDeed.NEW: 2}


def test_the_database_itself_refuses_an_address_twice(make: Make) -> None:
    organisation_id, measurement_id = begun(make)
    make.invitation(organisation_id, measurement_id, "A", ADDRESS)

    with pytest.raises(Exception, match="uq_invitation_organisation_id_measurement_id_address_index"):
        make.invitation(organisation_id, measurement_id, "B", SPELLINGS[0])


def known_as(make: Make, keys: AddressVault, address: str) -> InvitationId:
    found = select(Invitation.id).where(Invitation.address_index == keys.index(address))
    return InvitationId(make.session.scalars(found).one())


def test_a_changed_address_is_another_receiver_and_the_old_one_stays_known(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)
    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, [row("fel@åre.se")])
    wrong = known_as(make, keys, "fel@åre.se")

    with as_web(organisation_id) as session:
        right = edit(session, desk, keys, measurement_id, wanted(wrong, ADDRESS, "B"))

    assert not isinstance(right, Overtaken)
    assert right != wrong
    assert (stored(make, wrong).removed, stored(make, right).removed) == (True, False)
    assert stored(make, right).unit_id == "B"
    assert sorted(mails(make, measurement_id)) == sorted([wrong, right])
    with as_web(organisation_id) as session:
        back = edit(session, desk, keys, measurement_id, wanted(right, "FEL@åre.se"))
    assert back == wrong
    assert (stored(make, wrong).removed, stored(make, right).removed) == (False, True)
    assert sorted(mails(make, measurement_id)) == sorted([wrong, right])


def test_the_same_address_in_other_letters_is_no_new_receiver(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    asa = make.invitation(organisation_id, measurement_id, "A", ADDRESS)

    with as_web(organisation_id) as session:
        done = edit(
            session,
            make.desk(organisation_id),
            vault(make, organisation_id),
            measurement_id,
            wanted(asa.id, SPELLINGS[1], "B"),
        )

    assert done == asa.id
    assert (stored(make, asa.id).unit_id, stored(make, asa.id).version) == ("B", 2)


def test_who_was_removed_and_comes_back_is_not_invited_again(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)
    with as_web(organisation_id) as session:
        import_respondents(session, desk, keys, measurement_id, [row(ADDRESS)])
    asa, invited = known_as(make, keys, ADDRESS), mails(make, measurement_id)

    with as_web(organisation_id) as session:
        carry_out(session, desk, measurement_id, Order(Deed.REMOVE), [Chosen(asa, 1)])
        back = import_respondents(session, desk, keys, measurement_id, [row(SPELLINGS[2])])

    assert back.counts == {RespondentDeed.RETURNING: 1}
    assert stored(make, asa).removed is False
    assert mails(make, measurement_id) == invited


def test_the_second_of_two_who_edit_at_once_is_told_and_changes_nothing(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    asa = make.invitation(organisation_id, measurement_id, "A", ADDRESS)
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)

    with as_web(organisation_id) as session:
        edit(session, desk, keys, measurement_id, wanted(asa.id, unit="B"))
        second = edit(session, desk, keys, measurement_id, wanted(asa.id, unit="A1"))
        many = carry_out(session, desk, measurement_id, Order(Deed.MOVE, UnitId("K")), [Chosen(asa.id, 1)])

    assert isinstance(second, Overtaken)
    assert second.now.unit_id == "B"
    assert (many.changed, many.overtaken) == ((), 1)
    assert stored(make, asa.id).unit_id == "B"


@pytest.mark.parametrize(
    "change",
    [{"unit_id": UnitId("B")}, {"role_type": 3}, {"address": "ny@åre.se"}],
    ids=lambda change: next(iter(change)),
)
def test_who_has_answered_stays_as_they_are(make: Make, as_web: AsWeb, change: dict[str, Any]) -> None:
    organisation_id, measurement_id = begun(make)
    asa = make.invitation(organisation_id, measurement_id, "A", ADDRESS, answered=True)
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)

    with pytest.raises(Invalid, match="svaret är förseglat för enheten Enhet A"), as_web(organisation_id) as session:
        edit(session, desk, keys, measurement_id, replace(wanted(asa.id), **change))

    assert (stored(make, asa.id).unit_id, stored(make, asa.id).removed) == ("A", False)


def test_those_who_have_answered_are_left_where_they_are_when_many_move(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    silent = make.invitation(organisation_id, measurement_id, "A")
    answered = make.invitation(organisation_id, measurement_id, "A", answered=True)
    chosen = [Chosen(silent.id, 1), Chosen(answered.id, 1)]

    with as_web(organisation_id) as session:
        plan = carry_out(session, make.desk(organisation_id), measurement_id, Order(Deed.MOVE, UnitId("B")), chosen)

    assert (plan.changed, plan.answered) == ((silent.id,), 1)
    assert (stored(make, silent.id).unit_id, stored(make, answered.id).unit_id) == ("B", "A")
    assert events(make, organisation_id) == [("respondents_moved", {"respondents": 1, "unit_id": "B"})]


def test_the_log_tells_how_many_were_removed_and_never_who(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    asa = make.invitation(organisation_id, measurement_id, "A", ADDRESS, answered=True)

    with as_web(organisation_id) as session:
        carry_out(session, make.desk(organisation_id), measurement_id, Order(Deed.REMOVE), [Chosen(asa.id, 1)])

    assert events(make, organisation_id) == [("respondents_removed", {"respondents": 1})]
    assert (stored(make, asa.id).removed, stored(make, asa.id).answered) == (True, True)


def test_nobody_moves_to_a_unit_that_does_not_take_part(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    asa = make.invitation(organisation_id, measurement_id, "A", ADDRESS)
    make.session.execute(update(Placement).where(Placement.unit_id == "B").values(takes_part=False))
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)

    with pytest.raises(Invalid, match="Enheten B ingår inte"), as_web(organisation_id) as session:
        edit(session, desk, keys, measurement_id, wanted(asa.id, unit="B"))
    with pytest.raises(Invalid, match="Enheten B ingår inte"), as_web(organisation_id) as session:
        carry_out(session, desk, measurement_id, Order(Deed.MOVE, UnitId("B")), [Chosen(asa.id, 1)])

    assert stored(make, asa.id).unit_id == "A"


@pytest.mark.parametrize("state", [MeasurementState.CLOSED, MeasurementState.RELEASED])
def test_nothing_changes_when_the_measurement_is_over(make: Make, as_web: AsWeb, state: MeasurementState) -> None:
    organisation_id, measurement_id = begun(make, state)
    asa = make.invitation(organisation_id, measurement_id, "A", ADDRESS)
    desk, keys = make.desk(organisation_id), vault(make, organisation_id)

    with pytest.raises(Invalid, match="utkast eller pågår"), as_web(organisation_id) as session:
        edit(session, desk, keys, measurement_id, wanted(asa.id, unit="B"))
    with pytest.raises(Invalid, match="utkast eller pågår"), as_web(organisation_id) as session:
        carry_out(session, desk, measurement_id, Order(Deed.REMOVE), [Chosen(asa.id, 1)])


def test_a_sub_administrator_changes_nobody_of_another_branch(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = begun(make)
    outside = make.invitation(organisation_id, measurement_id, "B", ADDRESS)
    inside = make.invitation(organisation_id, measurement_id, "A1", "ok@åre.se")
    desk, keys = make.desk(organisation_id, branch="A"), vault(make, organisation_id)

    def attempt(session: Session) -> None:
        with pytest.raises(NotFound):
            edit(session, desk, keys, measurement_id, wanted(outside.id))
        with pytest.raises(Invalid, match="Enheten B ingår inte"):
            carry_out(session, desk, measurement_id, Order(Deed.MOVE, UnitId("B")), [Chosen(inside.id, 1)])
        with pytest.raises(Invalid, match="Adressen finns redan"):
            edit(session, desk, keys, measurement_id, wanted(inside.id, ADDRESS, "A1"))
        plan = carry_out(session, desk, measurement_id, Order(Deed.REMOVE), [Chosen(outside.id, 1)])
        assert (plan.changed, plan.overtaken) == ((), 1)

    with as_web(organisation_id) as session:
        attempt(session)

    assert (stored(make, outside.id).unit_id, stored(make, outside.id).removed) == ("B", False)
    assert (stored(make, inside.id).unit_id, stored(make, inside.id).version) == ("A1", 1)


def test_another_organisations_respondents_cannot_be_reached(make: Make, as_web: AsWeb) -> None:
    own, own_measurement = begun(make)
    others, others_measurement = begun(make)
    stranger = make.invitation(others, others_measurement, "A", ADDRESS)
    desk, keys = make.desk(own), vault(make, own)

    with as_web(own) as session:
        with pytest.raises(NotFound):
            edit(session, desk, keys, own_measurement, wanted(stranger.id, unit="B"))
        with pytest.raises(Invalid):
            edit(session, desk, keys, others_measurement, wanted(stranger.id, unit="B"))
        plan = carry_out(session, desk, own_measurement, Order(Deed.REMOVE), [Chosen(stranger.id, 1)])

    assert plan.changed == ()
    assert (stored(make, stranger.id).unit_id, stored(make, stranger.id).removed) == ("A", False)
