"""Free texts: what is masked, hidden or waiting reaches nobody but who reviews it, whatever they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook

from db.commands import suggestions as decisions
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState
from dimios_dash.domain.permissions import Permission, Role, may
from dimios_dash.ids import OrganisationId
from tests.attacks.callbacks import KNOWN, Body, posted
from tests.attacks.organisations import everything
from tests.attacks.people import Person
from tests.factories import Make
from tests.signing_in import callback

SECRETS = ("Annamaskerad", "hemligtdold", "oläst")
YEAR = 2025
QUEUE, ONE = "/resultat/forslag/granska", "/resultat/forslag/granska/text"
READERS = [role for role in Role if may(role, Permission.RESULTS_READ) and role is not Role.KEY_USER]
OTHERS = [role for role in Role if role is not Role.KEY_USER]
FILES = ("forslag.csv", "forslag.xlsx", "forslag-per-kategori.csv", "forslag-per-kategori.xlsx")


@dataclass(frozen=True)
class Written:
    """An organisation with branches A and B; a secret text of every kind in A, and one to read in B."""

    organisation_id: OrganisationId
    masked: UUID
    hidden: UUID
    waiting: UUID
    beside: UUID


@pytest.fixture
def written(committed: Make) -> Written:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None, "A": "E", "B": "E"})
    measurement_id = committed.release(organisation_id, YEAR, dict.fromkeys("EAB", 50.0))
    texts = ("Fråga Annamaskerad först", "Det är hemligtdold här", "Ingen, oläst", "Bredvid i B")
    units = ("A", "A", "A", "B")
    ids = [
        committed.text(organisation_id, measurement_id, words, unit=unit)
        for words, unit in zip(texts, units, strict=True)
    ]
    scope = committed.reviewing(organisation_id, YEAR)
    for text, review in (
        (ids[0], Review(ReviewState.SHOWN, masks=((6, 18),), tags=("etikett",))),
        (ids[1], Review(ReviewState.HIDDEN, HideReason.OTHER)),
        (ids[3], Review(ReviewState.SHOWN)),
    ):
        decisions.review(committed.session, scope, Chosen(text, 0), review)
    committed.session.commit()
    return Written(organisation_id, *ids)


def read(person: Person, query: str = "") -> tuple[int, str]:
    return person.post(callback("/resultat/forslag", f"?ar={YEAR}{query}"))


def content(answer_bytes: bytes, name: str) -> str:
    """Everything that stands in a file."""
    if name.endswith(".csv"):
        return answer_bytes.decode()
    book = load_workbook(BytesIO(answer_bytes), read_only=True)
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("role", READERS)
def test_a_reader_is_shown_masked_texts_and_told_how_many_more_there_are(
    site: Flask, committed: Make, written: Written, role: Role
) -> None:
    status, told = read(Person.arrive(site, committed, written.organisation_id, role))

    assert status == 200
    assert "Fråga [maskerat] först" in told
    assert "1 text v\\u00e4ntar" in told or "1 text väntar" in told
    assert not any(secret in told for secret in SECRETS)
    assert QUEUE not in told


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize(
    "query", ["&sok=Annamaskerad", "&sok=hemligtdold", "&sok=oläst", "&status=klart", "&kategori=F2"]
)
def test_no_search_finds_what_may_not_be_read(
    site: Flask, committed: Make, written: Written, role: Role, query: str
) -> None:
    status, told = read(Person.arrive(site, committed, written.organisation_id, role), query)

    assert status == 200
    assert "maskerat" not in told
    assert not any(secret in told.replace(query.partition("=")[2], "") for secret in SECRETS)


@pytest.mark.parametrize("words", ["%00", "a%00b", "%", "%25", "_", "%5C", "%ED%A0%80", "'", "ι", "ß" * 40, "ﬁ" * 40])
@pytest.mark.parametrize("choice", ["sok", "kategori", "etikett"])
def test_odd_signs_are_looked_for_as_any_other_and_match_nothing_that_is_not_there(
    site: Flask, committed: Make, written: Written, choice: str, words: str
) -> None:
    leader = Person.arrive(site, committed, written.organisation_id, Role.LEADER)

    status, told = read(leader, f"&{choice}={words}")

    assert status == 200
    assert "Inga texter passar valet" in told


@pytest.mark.parametrize("name", FILES)
def test_no_file_holds_what_may_not_be_read_not_even_the_key_users(
    site: Flask, committed: Make, written: Written, name: str
) -> None:
    for role in (Role.LEADER, Role.KEY_USER):
        person = Person.arrive(site, committed, written.organisation_id, role)
        answer = person.browser.get(f"/hamta/analys/resultat/forslag/{name}?ar={YEAR}")
        told = content(answer.data, name)
        assert answer.status_code == 200
        assert not any(secret in told for secret in SECRETS)
        assert ("Fråga [maskerat] först" in told) is name.startswith("forslag.")


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_opens_the_pages_where_texts_are_reviewed(
    site: Flask, committed: Make, written: Written, role: Role
) -> None:
    person = Person.arrive(site, committed, written.organisation_id, role)

    answers = [
        person.post(callback(QUEUE, f"?ar={YEAR}")),
        *(
            person.post(callback(ONE, f"?ar={YEAR}&id={text}"))
            for text in (written.masked, written.hidden, written.waiting)
        ),
    ]
    files = [person.browser.get(f"/hamta/analys{page}/forslag.csv?ar={YEAR}").status_code for page in (QUEUE, ONE)]

    assert {status for status, _ in answers} == {403}
    assert not any(secret in told for _, told in answers for secret in SECRETS)
    assert set(files) <= {403, 404}


def test_a_leader_cannot_decide_by_any_callback(site: Flask, committed: Make, written: Written) -> None:
    leader = Person.arrive(site, committed, written.organisation_id, Role.LEADER)
    before = everything(committed.session)

    answers = [leader.post(body) for body in deeds(site, written.hidden, version=1).values()]

    assert {status for status, _ in answers} == {403}
    assert everything(committed.session) == before


def test_a_key_user_of_another_branch_finds_nothing_of_this_one(site: Flask, committed: Make, written: Written) -> None:
    beside = Person.arrive(site, committed, written.organisation_id, Role.KEY_USER, branch="B")
    before = everything(committed.session)

    mixed = deeds(site, written.beside, version=1, other=written.masked)
    status, queue = beside.post(callback(QUEUE, f"?ar={YEAR}&visa=visas"))
    answers = [
        *(
            beside.post(callback(ONE, f"?ar={YEAR}&id={text}"))
            for text in (written.masked, written.hidden, written.waiting)
        ),
        *(beside.post(body) for body in deeds(site, written.waiting, version=0).values()),
        *(beside.post(mixed[f"suggestion-alike-{deed}.n_clicks"]) for deed in ("gather", "under")),
    ]

    assert (status, "Bredvid i B" in queue) == (200, True)
    assert {each for each, _ in answers} == {404}
    assert not any(secret in told for told in (queue, *(told for _, told in answers)) for secret in SECRETS)
    assert everything(committed.session) == before


def test_a_leader_of_another_branch_reads_and_counts_nothing_of_this_one(
    site: Flask, committed: Make, written: Written
) -> None:
    beside = Person.arrive(site, committed, written.organisation_id, Role.LEADER, branch="B")

    status, told = read(beside)
    outside, _ = read(beside, "&enhet=A")

    assert (status, outside) == (200, 404)
    assert "Bredvid i B" in told
    assert not any(words in told for words in ("maskerat", "etikett\\", "ntar p", "dold:", *SECRETS))


def test_another_organisation_reaches_no_text_by_its_id(site: Flask, committed: Make, written: Written) -> None:
    own = committed.organisation()
    committed.units(own, {"E": None})
    committed.release(own, YEAR, {"E": 50.0})
    intruder = Person.arrive(site, committed, own, Role.KEY_USER)
    before = everything(committed.session)

    answers = [
        *(intruder.post(callback(ONE, f"?ar={YEAR}&id={text}")) for text in (written.masked, written.hidden)),
        *(intruder.post(body) for body in deeds(site, written.waiting, version=0).values()),
    ]

    assert {status for status, _ in answers} == {404}
    assert everything(committed.session) == before


def deeds(site: Flask, text: UUID, version: int, other: UUID | None = None) -> dict[str, Body]:
    """Everything that can be done to a text, as a browser would send it, by the first input of its callback."""
    values = {
        **{f"suggestion-{deed}.n_clicks": 1 for deed in ("edit-save", "alike-gather", "alike-under", "alike-alone")},
        "suggestion-queue-ticked.data": {"rows": [f"{text}:{version}"], "clicks": 1},
        "suggestion-queue-deed.value": "visa",
        "suggestion-queue-seen.data": {"ar": YEAR, "visa": "vantar", "sida": 1},
        "suggestion-edit-seen.data": {"ar": YEAR, "id": str(text), "version": version},
        "suggestion-edit-words.value": [],
        "suggestion-edit-state.value": "visas",
        "suggestion-edit-status.value": "nytt",
        "suggestion-edit-offered.value": False,
        **{f"suggestion-edit-{name}.value": "" for name in ("typed", "reason", "tags")},
        "suggestion-alike-alike.value": [f"{other or uuid4()}:{version}"],
    }
    mine = [known for known in KNOWN if known.first_input.startswith("suggestion-")]
    return {known.first_input: posted(site, known, values) for known in mine}
