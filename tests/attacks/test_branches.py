"""Somebody of a branch, and the rest of the organisation: not by page, callback, file or export."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from db.models import Invitation, Measurement
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import MeasurementId
from tests.attacks.callbacks import KNOWN, Known, posted
from tests.attacks.organisations import SECRET, YEAR, Victim, everything
from tests.attacks.people import Person
from tests.factories import Make
from tests.signing_in import callback

SEARCHED = (
    *("/matning/trad/jamfor", f"/matning/trad/jamfor?fran={YEAR - 1}&till={YEAR}", "/matning/trad?enhet=B1"),
    f"/matning/utskick?ar={YEAR}",
    *("/", "/matning/trad", "/matning/respondenter", f"/matning/folj?ar={YEAR}", f"/resultat/oversikt?ar={YEAR - 1}"),
    *(f"/resultat/forandring?ar={YEAR - 1}", f"/resultat/forandring?ar={YEAR - 1}&enhet=B&fran={YEAR - 2}&trad=da"),
    *(f"/resultat/oversikt?ar={YEAR - 1}&enhet=B", f"/resultat/oversikt?ar={YEAR - 1}&enhet=B1"),
)


@pytest.fixture
def divided(site: Flask, committed: Make) -> Victim:
    """A victim with a branch B beside the unit that holds the secret; its measurement is open, last year's released."""
    victim = Victim.begin(site, committed, MeasurementState.CLOSED)
    committed.units(victim.organisation_id, {"B": "E", "B1": "B"})
    # "E" and the secret unit have scores that nothing of the branch has
    means = {"E": 77.3, f"E-{SECRET}": 13.9, "B": 50.0, "B1": None}
    committed.release(victim.organisation_id, YEAR - 1, means, home="E", answered=41, invited=59)
    committed.session.commit()
    return victim


def open_page(person: Person, address: str) -> tuple[int, str]:
    path, _, query = address.partition("?")
    return person.post(callback(path, query and f"?{query}"))


def names_the_secret(text: str) -> bool:
    """Whether it holds a name or address; the organisation's own name, and ids that were sent, tell nothing."""
    return f" {SECRET}" in text.replace(f"Köping {SECRET}", "") or f"{SECRET}." in text


@pytest.mark.parametrize("role", [Role.LEADER, Role.FACILITATOR, Role.EVALUATOR, Role.SUB_ADMINISTRATOR, Role.KEY_USER])
def test_no_page_shows_a_branch_what_lies_outside(site: Flask, committed: Make, divided: Victim, role: Role) -> None:
    person = Person.arrive(site, committed, divided.organisation_id, role, branch="B")

    told = [text for _, text in (open_page(person, each) for each in SEARCHED)]

    assert not any(names_the_secret(text) for text in told)
    assert not any(score in text for text in told for score in ("77,3", "77.3", "13,9", "13.9"))


WITH_TOTALS = tuple(
    f"/resultat/{page}?ar={YEAR - 1}&enhet={unit}&{chosen}&jamfor=E,E-{SECRET},B"
    for unit in ("B", "B1")
    for page, chosen in (
        ("internt", ""),
        ("internt", "visa=helheten&niva=alla&mot=formagor"),
        ("internt", "visa=ifjol&sok=Enhet"),
        ("internt", "visa=andra"),
        ("vet-ej", "niva=alla&dimension=F"),
        *(("alla", ""), ("grupper", "")),
    )
)


def test_beside_the_whole_a_branch_sees_its_totals_and_nothing_else(
    site: Flask, committed: Make, divided: Victim
) -> None:
    leader = Person.arrive(site, committed, divided.organisation_id, Role.LEADER, branch="B")

    told = [open_page(leader, each) for each in WITH_TOTALS]

    assert {status for status, _ in told} == {200}
    assert not any(names_the_secret(text) or f"E-{SECRET}" in text for _, text in told)
    assert not any(score in text for _, text in told for score in ("13,9", "13.9"))


@pytest.mark.parametrize("unit", ["E", f"E-{SECRET}"])
def test_no_address_leads_a_branch_outside(site: Flask, committed: Make, divided: Victim, unit: str) -> None:
    leader = Person.arrive(site, committed, divided.organisation_id, Role.LEADER, branch="B")
    helper = Person.arrive(site, committed, divided.organisation_id, Role.SUB_ADMINISTRATOR, branch="B")

    statuses = [
        open_page(leader, f"/resultat/oversikt?ar={YEAR - 1}&enhet={unit}")[0],
        leader.browser.get(f"/resultat/oversikt?ar={YEAR - 1}&enhet={unit}").status_code,
        open_page(helper, f"/matning/folj?ar={YEAR - 1}&enhet={unit}")[0],
    ]

    assert statuses == [404, 404, 404]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.first_input)
def test_no_callback_lets_a_branch_reach_outside(site: Flask, committed: Make, divided: Victim, known: Known) -> None:
    people = [
        Person.arrive(site, committed, divided.organisation_id, role, branch="B")
        for role in (Role.SUB_ADMINISTRATOR, Role.KEY_USER, Role.LEADER)
    ]
    before = everything(committed.session)

    answers = [person.post(posted(site, known, divided.values)) for person in people]

    assert all(status in {200, 403, 404} for status, _ in answers)
    assert not any(names_the_secret(text) for _, text in answers)
    assert everything(committed.session) == before


FILES = {
    "trad": (
        f"enhet_id;overordnad_id;namn\nE;;Kapad\nE-{SECRET};E;Kapad\n",
        f"enhet_id;overordnad_id;namn\nB;;B\nE-{SECRET};B;Kapad\n",
        "enhet_id;overordnad_id;namn\nE;;Kapad\nB;E;B\n",
        "enhet_id;overordnad_id;namn\nB1;;B1\nB;B1;B\nE;B;Kapad\n",
    ),
    "respondenter": (
        f"epost;enhet_id\nny@prov.example;E-{SECRET}\n",
        "epost;enhet_id\nny@prov.example;E\n",
    ),
}


@pytest.mark.parametrize(("kind", "content"), [(kind, each) for kind, files in FILES.items() for each in files])
def test_no_file_lets_a_branch_change_what_lies_outside(site: Flask, committed: Make, kind: str, content: str) -> None:
    victim = Victim.begin(site, committed, MeasurementState.DRAFT)
    committed.units(victim.organisation_id, {"B": "E", "B1": "B"})
    helper = Person.arrive(site, committed, victim.organisation_id, Role.SUB_ADMINISTRATOR, branch="B")
    sent = {"csrf": helper.csrf, "fil": (BytesIO(content.encode()), "fil.csv")}
    address = helper.browser.post(f"/ladda-upp/{kind}", data=sent).location
    assert address is not None
    page = {"trad": "tree", "respondenter": "respondents"}[kind]
    known = next(each for each in KNOWN if each.first_input == f"{page}-confirm.n_clicks")
    before = everything(committed.session)

    preview = open_page(helper, address)
    status, told = helper.post(
        posted(site, known, victim.values | {f"{page}-upload.data": address.partition("fil=")[2]})
    )

    assert f"{page}-confirm" not in preview[1]
    assert status == 200
    assert '"notice":{"children":""}' not in told
    assert everything(committed.session) == before


def test_a_respondent_outside_is_neither_drawn_into_the_branch_nor_named(site: Flask, committed: Make) -> None:
    victim = Victim.begin(site, committed, MeasurementState.DRAFT)
    committed.units(victim.organisation_id, {"B": "E"})
    of_victim = select(Measurement.id).where(
        Measurement.organisation_id == victim.organisation_id, Measurement.state == MeasurementState.DRAFT
    )
    measurement_id = MeasurementId(committed.session.scalars(of_victim).one())
    outside = committed.invitation(victim.organisation_id, measurement_id, f"E-{SECRET}", "utanfor@prov.example")
    helper = Person.arrive(site, committed, victim.organisation_id, Role.SUB_ADMINISTRATOR, branch="B")
    content = b"epost;enhet_id;respondenttyp\nutanfor@prov.example;B;1\n"
    sent = {"csrf": helper.csrf, "fil": (BytesIO(content), "fil.csv")}
    address = helper.browser.post("/ladda-upp/respondenter", data=sent).location
    assert address is not None

    preview = open_page(helper, address)[1]
    known = next(each for each in KNOWN if each.first_input == "respondents-confirm.n_clicks")
    helper.post(posted(site, known, victim.values | {"respondents-upload.data": address.partition("fil=")[2]}))

    committed.session.expire_all()
    kept = committed.session.get_one(Invitation, (victim.organisation_id, outside.id))
    assert (kept.unit_id, kept.role_type) == (f"E-{SECRET}", None)
    assert not names_the_secret(preview)
