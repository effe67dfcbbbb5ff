"""What a thief of the database can link to whom, and that nothing is lost in the shaking."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from sqlalchemy import select, text

from db.engine import connect, transaction
from db.models import Ballot
from dimios_dash.tallying.boxes import remix
from tests.factories import Invited
from tests.tallying.answered import DAY, RESPONDENTS, asked, envelopes, submit
from tests.tallying.conftest import Town


def test_before_the_remix_a_thief_links_everybody_by_xmin_and_by_order(town: Town) -> None:
    """The control: without it the next test would prove nothing."""
    answered = answer_in_random_order(town)

    assert linked_by_xmin(town, answered) == RESPONDENTS
    assert linked_by_order(town, answered) == RESPONDENTS


def test_after_the_remix_a_thief_does_no_better_than_chance(town: Town) -> None:
    answered = answer_in_random_order(town)

    remix(town.engine, DAY)

    assert linked_by_xmin(town, answered) == 0
    assert linked_by_order(town, answered) <= 6  # one by chance, on average; seven once in 10,000 runs


def test_a_naive_table_is_linked_wholly_by_the_same_attacks(town: Town) -> None:
    """The control once more, with a table of its own: nothing that an operator does with VACUUM helps it."""
    answered = answer_in_random_order(town)
    naive = connect(str(town.settings.database_url)).execution_options(isolation_level="AUTOCOMMIT")
    with naive.connect() as owner:
        owner.execute(text("create table naive_invitation (id uuid, answered bool)"))
        owner.execute(text("create table naive_ballot (answer uuid)"))
        for one in answered:
            owner.execute(text("insert into naive_invitation values (:id, false)"), {"id": one.id})
        for one in answered:
            owner.execute(text(_NAIVE_SUBMISSION), {"id": one.id})
        owner.execute(text("vacuum (full, freeze) naive_invitation, naive_ballot"))
        by_xmin = owner.scalar(
            text("select count(*) from naive_invitation i join naive_ballot b on b.xmin::text = i.xmin::text"
                 " where b.answer = i.id")
        )  # fmt: skip
        lying = owner.scalars(text("select answer from naive_ballot order by ctid")).all()
    naive.dispose()

    remix(town.engine, DAY)

    assert by_xmin == RESPONDENTS
    assert lying == [one.id for one in answered]
    assert linked_by_xmin(town, answered) == 0
    assert linked_by_order(town, answered) <= 6


_NAIVE_SUBMISSION = """
with marked as (update naive_invitation set answered = true where id = :id returning id)
insert into naive_ballot select id from marked
"""


def test_no_ballot_is_lost_while_the_box_is_shaken(town: Town) -> None:
    organisation_id, _measurement_id, invited = asked(town)

    with ThreadPoolExecutor(8) as people:
        arrivals = [people.submit(submit, town, organisation_id, one) for one in invited]
        while not all(arrival.done() for arrival in arrivals):
            remix(town.engine, DAY)

    assert all(arrival.result() for arrival in arrivals)
    assert sorted(envelopes(town)) == sorted(one.id.bytes for one in invited)


def answer_in_random_order(town: Town) -> list[Invited]:
    """Everybody answers, one after the other; in which order."""
    organisation_id, _measurement_id, invited = asked(town)
    random.shuffle(invited)
    assert all(submit(town, organisation_id, one) for one in invited)
    return invited


def linked_by_xmin(town: Town, answered: Sequence[Invited]) -> int:
    """How many ballots share their transaction with the invitation that they belong to, and with no other."""
    with transaction(town.engine, None) as session:
        pairs = session.execute(
            text("select i.id, b.envelope from invitation i join ballot b on b.xmin::text = i.xmin::text")
        ).all()
    mine = {one.id for one in answered}
    return sum(1 for invitation, envelope in pairs if invitation in mine and UUID(bytes=bytes(envelope)) == invitation)


def linked_by_order(town: Town, answered: Sequence[Invited]) -> int:
    """How many a thief hits who knows in which order people answered and lays the ballots beside them as they lie."""
    with transaction(town.engine, None) as session:
        lying = session.scalars(select(Ballot.envelope).order_by(text("ctid"))).all()
    return sum(bytes(envelope) == one.id.bytes for envelope, one in zip(lying, answered, strict=True))
