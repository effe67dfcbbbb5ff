"""The demo: what stands in it, and when it is built anew."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Date, DateTime, Engine, func, select
from sqlalchemy.orm import Session

from db.demo import DemoSignIn, building, ensure, running
from db.engine import connect
from db.models import (
    Account,
    AuditEvent,
    Ballot,
    Benchmark,
    Invitation,
    Measurement,
    Organisation,
    Outbox,
    Release,
    SharedResult,
    SignInName,
    Unit,
)
from db.queries import listed_texts, suggestions
from dimios_dash import access, instruments
from dimios_dash.crypto.key_names import addresses_key, box_key, links_key
from dimios_dash.crypto.keystore import KeyMissing, KeyStore
from dimios_dash.crypto.passwords import verify_password
from dimios_dash.crypto.sealing import ENVELOPE_BYTES, Associated, open_envelope
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.moderation.review import HideReason, ReviewState
from dimios_dash.domain.moderation.shown import gathered
from dimios_dash.errors import Invalid
from dimios_dash.ids import PLATFORM, InvitationId, MeasurementId, OrganisationId, UnitId
from dimios_dash.preparation import key_store
from dimios_dash.settings import Environment, Settings
from tests.conftest import Separate

DAY = date(2026, 6, 15)
EKHAMN, GRANVIK = "Ekhamns kommun", "Granviks kommun"


@dataclass(frozen=True, slots=True)
class Demo:
    """A place with the demo in it. Tests may build it anew: ids are looked up when they are needed."""

    settings: Settings
    engine: Engine

    @property
    def keys(self) -> KeyStore:
        return key_store(self.settings)

    def ensure(self, demo_password: str | None = None) -> tuple[DemoSignIn, ...]:
        return ensure(self.settings.model_copy(update={"demo_password": demo_password}), DAY)

    def organisation(self, name: str) -> OrganisationId:
        with Session(self.engine) as session:
            return OrganisationId(session.scalars(select(Organisation.id).where(Organisation.name == name)).one())

    def organisations(self) -> dict[str, UUID]:
        with Session(self.engine) as session:
            rows = session.execute(select(Organisation.name, Organisation.id).where(Organisation.id != PLATFORM))
            return {row.name: row.id for row in rows}

    def running(self) -> Measurement:
        with Session(self.engine) as session:
            return session.scalars(select(Measurement).where(Measurement.state == "open")).one()

    def hashes(self) -> dict[UUID, str]:
        """What everybody's password is checked against."""
        with Session(self.engine) as session:
            return {row.id: row.password_hash for row in session.execute(select(Account.id, Account.password_hash))}


@pytest.fixture(scope="module")
def demo(place: Settings, separate: Separate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests, with keys of its own: others may have kept a password in the place's."""
    keys = tmp_path_factory.mktemp("demo") / "keys"
    shutil.copytree(place.keys, keys)
    (keys / "platform" / "demo-password").unlink(missing_ok=True)
    with separate(place.model_copy(update={"keys_folder": keys})) as settings:
        engine = connect(str(settings.database_url))
        ensure(settings, DAY)
        yield Demo(settings, engine)
        engine.dispose()


@pytest.fixture
def session(demo: Demo) -> Iterator[Session]:
    """To look at what has been committed."""
    with Session(demo.engine) as session:
        yield session


def test_five_people_can_sign_in_with_the_password_that_is_printed(demo: Demo) -> None:
    printed = demo.ensure()

    assert [(one.address, one.role, one.organisation) for one in printed] == [
        ("nyckelanvandare@ekhamn.example", "Nyckelanvändare", EKHAMN),
        ("ledning@ekhamn.example", "Ledning", EKHAMN),
        ("processledare@ekhamn.example", "Processledare", EKHAMN),
        ("nyckelanvandare@granvik.example", "Nyckelanvändare", GRANVIK),
        ("drift@dimios.example", "Driftansvarig", "Dimios drift"),
    ]
    assert len(demo.hashes()) == len(printed)
    assert all(verify_password(stored, printed[0].password) for stored in set(demo.hashes().values()))


def test_a_second_start_changes_nothing_and_prints_the_same(demo: Demo) -> None:
    printed, organisations, hashes = demo.ensure(), demo.organisations(), demo.hashes()

    again = demo.ensure()

    assert again == printed
    assert demo.organisations() == organisations
    assert demo.hashes() == hashes


def test_another_password_in_the_environment_becomes_everybodys_and_stays_without_it(demo: Demo) -> None:
    before = demo.ensure()[0].password

    demo.ensure("ett annat")
    later = demo.ensure()

    assert before != "ett annat"
    assert {one.password for one in later} == {"ett annat"}
    assert all(verify_password(stored, "ett annat") for stored in set(demo.hashes().values()))


def test_a_new_version_takes_the_old_demo_away_with_its_keys_and_builds_anew(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, measurement_id = demo.organisations(), MeasurementId(demo.running().id)
    monkeypatch.setattr(building, "DEMO_VERSION", building.DEMO_VERSION + 1)

    demo.ensure()

    new = demo.organisations()
    assert new.keys() == old.keys()
    assert not set(new.values()) & set(old.values())
    for name in (addresses_key(OrganisationId(old[EKHAMN])), links_key(measurement_id), box_key(measurement_id)):
        with pytest.raises(KeyMissing):
            demo.keys.read(name)
    with Session(demo.engine) as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 5
        assert session.scalar(select(func.count()).select_from(SignInName)) == 5
        assert session.scalar(select(func.count()).where(AuditEvent.organisation_id == old[EKHAMN])) == 0


def test_there_is_no_demo_in_production(demo: Demo) -> None:
    production = demo.settings.model_copy(update={"environment": Environment.PRODUCTION})

    with pytest.raises(Invalid, match="DIMIOS_ENV=production"):
        ensure(production, DAY)


def test_the_others_are_enough_for_quartiles_of_kommuner_and_a_mean_of_every_sector(session: Session) -> None:
    rows = session.execute(
        select(Organisation.name, Organisation.sector, Organisation.synthetic).where(Organisation.id != PLATFORM)
    ).all()

    others = Counter(row.sector for row in rows if row.synthetic)
    assert others == {"kommun": 40, "region": 7, "myndighet": 8, "ovrig": 9}
    assert {row.name for row in rows if not row.synthetic} == {EKHAMN, GRANVIK}


@pytest.mark.parametrize(
    ("year", "others", "shown"),
    [(2025, 40, {"mean", "quartiles"}), (2024, 8, {"mean"}), (2023, 3, set[str]())],
)
def test_ekhamn_sees_a_benchmark_with_quartiles_one_without_and_an_empty_one(
    demo: Demo, session: Session, year: int, others: int, shown: set[str]
) -> None:
    seen = session.get_one(Benchmark, (demo.organisation(EKHAMN), year, "sector:kommun"))

    assert seen.organisations == others
    assert seen.synthetic
    assert ("index" in seen.keys) is ("mean" in shown)
    assert any(value is not None for value in seen.lower_quartile) is ("quartiles" in shown)


def test_ekhamn_sees_its_county_and_organisations_of_its_size(demo: Demo, session: Session) -> None:
    ekhamn = demo.organisation(EKHAMN)
    pools = session.execute(
        select(Benchmark.pool, Benchmark.organisations).where(
            Benchmark.organisation_id == ekhamn, Benchmark.year == 2025, func.cardinality(Benchmark.keys) > 0
        )
    )

    assert {row.pool: row.organisations for row in pools} == {
        "county:14": 9,
        "focus:mentioned": 23,
        "nation": 64,
        "sector:kommun": 40,
        "size:kommun:2": 16,
    }


def test_some_of_the_others_show_themselves_in_every_way(demo: Demo, session: Session) -> None:
    of_others = SharedResult.organisation_id != demo.organisation(EKHAMN)
    parts = session.scalars(
        select(SharedResult.part).where(SharedResult.year == 2025, of_others, SharedResult.sector == "kommun")
    )
    companies = session.scalars(select(SharedResult.name).where(of_others, SharedResult.group_id.is_not(None)))

    kinds = Counter(part.partition(":")[0] for part in parts)
    assert kinds == {"named": 6, "point": 5, "similar": 6, "areas": 11 * 6}
    assert set(companies) == {"Ekhamns Bostäder AB", "Ekhamns Energi AB"}


def test_the_made_up_indexes_lie_around_the_published_ones(demo: Demo, session: Session) -> None:
    seen = session.get_one(Benchmark, (demo.organisation(EKHAMN), 2025, "sector:kommun"))

    index = seen.keys.index("index")
    mean, lower, upper = seen.mean[index], seen.lower_quartile[index], seen.upper_quartile[index]
    assert mean is not None
    assert 47 <= mean <= 51
    assert lower is not None
    assert upper is not None
    assert 2 <= upper - lower <= 8


def test_ekhamn_has_three_released_years_and_one_that_runs(demo: Demo, session: Session) -> None:
    ekhamn = demo.organisation(EKHAMN)
    states = session.execute(
        select(Measurement.year, Measurement.state, Release.measurement_id.is_not(None))
        .outerjoin(
            Release,
            (Release.organisation_id == Measurement.organisation_id) & (Release.measurement_id == Measurement.id),
        )
        .where(Measurement.organisation_id == ekhamn)
        .order_by(Measurement.year)
    )

    assert [tuple(row) for row in states] == [
        (2023, "released", True),
        (2024, "released", True),
        (2025, "released", True),
        (2026, "open", False),
    ]


def test_ekhamn_has_texts_of_three_years_to_read_and_some_to_review(demo: Demo, session: Session) -> None:
    ekhamn = demo.organisation(EKHAMN)
    years = [access.export(session, ekhamn, year) for year in (2023, 2024, 2025)]

    found = [suggestions.readable(session, scope) for scope in years]

    assert all(len(each) >= 10 for each in found)
    newest, counted = found[-1], listed_texts.counted(session, years[-1])
    assert {each.reason for each in counted} == {None, HideReason.PERSON, HideReason.OFF_TOPIC}
    assert any(each.state is ReviewState.WAITING for each in counted)
    assert any(each.is_masked for each in newest)
    assert any(each.count > 2 for each in gathered(newest))
    assert not any(words in each.text for each in newest for words in ("070-174", "Lena"))


def test_some_invitations_wait_for_the_worker_and_the_rest_are_sent_with_links_that_work(
    demo: Demo, session: Session
) -> None:
    measurement = demo.running()
    secret = demo.keys.read(links_key(MeasurementId(measurement.id)))

    rows = session.execute(
        select(Invitation, Outbox.state).join(
            Outbox,
            (Outbox.organisation_id == Invitation.organisation_id) & (Outbox.invitation_id == Invitation.id),
        )
    ).all()

    assert Counter(row.state for row in rows) == {"waiting": 14, "sent": 292}
    assert measurement.box_public_key is not None
    for invitation, state in rows:
        token = invitation_token(secret, demo.organisation(EKHAMN), InvitationId(invitation.id))
        sent = state == "sent"
        assert invitation.token_hash == (token_hash(token) if sent else None)
        assert invitation.mail == ("sent" if sent else "not_sent")
        assert sent or not invitation.answered


def test_as_many_sealed_answers_as_links_that_were_used_lie_in_the_box_and_all_can_be_counted(
    demo: Demo, session: Session
) -> None:
    measurement_id = MeasurementId(demo.running().id)
    box = demo.keys.read(box_key(measurement_id))

    answered = Counter(session.scalars(select(Invitation.unit_id).where(Invitation.answered)))
    ballots = session.scalars(select(Ballot)).all()

    assert sum(answered.values()) == 130
    assert Counter(ballot.unit_id for ballot in ballots if ballot.channel == "email") == answered
    assert Counter(ballot.unit_id for ballot in ballots if ballot.channel == "link") == {"E0602": 5}
    for ballot in ballots:
        associated = Associated(measurement_id, UnitId(ballot.unit_id), Channel(ballot.channel))
        sheet = open_envelope(box, associated, ballot.envelope)
        assert sheet.answers.keys() == set(instruments.load().statement_keys)


def test_nothing_beside_an_answer_tells_when_it_came(session: Session) -> None:
    columns = [column for table in (Ballot, Invitation) for column in table.__table__.columns]
    ids = session.scalars(select(Ballot.id)).all()
    sizes = session.scalars(select(func.length(Ballot.envelope)).distinct()).all()

    assert not [column.name for column in columns if isinstance(column.type, DateTime | Date)]
    assert {ballot_id.version for ballot_id in ids} == {4}  # random; version 1 and 7 hold the time
    assert sizes == [ENVELOPE_BYTES]


def test_granvik_is_empty(demo: Demo, session: Session) -> None:
    granvik = demo.organisation(GRANVIK)

    assert session.scalars(select(Unit.id).where(Unit.organisation_id == granvik)).all() == []
    assert session.scalars(select(Measurement.id).where(Measurement.organisation_id == granvik)).all() == []


@pytest.mark.parametrize(
    ("today", "opens", "closes"),
    [
        (date(2026, 6, 15), date(2026, 6, 1), date(2026, 7, 6)),
        (date(2027, 1, 3), date(2027, 1, 1), date(2027, 1, 24)),
        (date(2026, 12, 31), date(2026, 12, 17), date(2026, 12, 31)),
    ],
)
def test_the_period_lies_around_today_and_inside_its_year(today: date, opens: date, closes: date) -> None:
    assert running.period(today) == Period(opens, closes)
