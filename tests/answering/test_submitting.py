"""An answer arrives once, sealed, or is refused kindly with nothing stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from dimios_dash.crypto.sealing import Sheet
from dimios_dash.domain.calendar import MeasurementState
from tests.answering.links import ANSWERS, FIELDS, STATEMENTS, THIS_YEAR, Box


def test_an_answer_marks_the_invitation_and_leaves_one_envelope_with_exactly_what_was_sent(
    box: Box, browser: FlaskClient
) -> None:
    link = box.link()

    answer = browser.post(link.path, data=FIELDS | {"enhet": "E1"})

    assert (answer.status_code, answer.location) == (303, f"{link.path}/tack")
    assert box.answered(link)
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_nothing_of_an_answer_and_no_time_can_be_read_beside_its_envelope(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    browser.post(link.path, data=FIELDS)

    [ballot] = box.ballots(link)
    assert ballot.keys() == {"organisation_id", "id", "measurement_id", "unit_id", "channel", "envelope"}
    assert (ballot["unit_id"], ballot["channel"], ballot["id"].version) == ("E1", "email", 4)
    assert b"role_type" not in ballot["envelope"]


def test_a_second_answer_through_the_same_link_is_refused_politely(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    browser.post(link.path, data=FIELDS)

    second = browser.post(link.path, data=FIELDS | {"F1.1": "6"})

    assert second.status_code == 409
    assert "Ditt svar är redan mottaget" in second.text
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_twenty_submissions_at_once_leave_one_envelope(box: Box, form_server: Flask) -> None:
    link = box.link()

    def send(_: int) -> int:
        return form_server.test_client().post(link.path, data=FIELDS).status_code

    with ThreadPoolExecutor(20) as people:
        statuses = sorted(people.map(send, range(20)))

    assert statuses == [303] + [409] * 19
    assert len(box.ballots(link)) == 1


def test_every_unanswered_statement_is_named_and_what_was_chosen_stays(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    unanswered = ["F1.2", "A3.5"]

    answer = browser.post(link.path, data={name: FIELDS[name] for name in FIELDS if name not in unanswered})

    assert answer.status_code == 422
    assert [key for key in STATEMENTS if f'href="#{key}"' in answer.text] == unanswered
    assert [key for key in STATEMENTS if f'id="{key}-fel"' in answer.text] == unanswered
    assert answer.text.count(" checked") == len(FIELDS) - 2
    assert 'name="F2.3" value="vet_ej" checked' in answer.text
    assert box.ballots(link) == []


def test_an_empty_form_names_the_role_and_all_statements(box: Box, browser: FlaskClient) -> None:
    answer = browser.post(box.link().path)

    assert answer.status_code == 422
    assert "31 frågor återstår" in answer.text
    assert all(f'href="#{name}"' in answer.text for name in ["respondenttyp", *STATEMENTS])


def test_the_role_of_the_list_is_not_taken_for_the_respondents_own_word(box: Box, browser: FlaskClient) -> None:
    link = box.link(role_type=3)

    answer = browser.post(link.path, data={key: FIELDS[key] for key in STATEMENTS})

    assert answer.status_code == 422
    assert box.ballots(link) == []


@pytest.mark.parametrize(
    "strange",
    [
        {"F1.1": "7"},
        {"F1.1": "0"},
        {"F1.1": "3.0"},
        {"F1.1": " 3"},
        {"F1.1": "Vet ej"},
        {"F1.1": ["3", "4"]},
        {"F1.1": ["3", "3"]},
        {"respondenttyp": "4"},
        {"respondenttyp": "vet_ej"},
        {"F1.6": "3"},
        {"forslag_F9": "mer tid"},
        {"forslag_F1": ["mer tid", "mer ro"]},
        {"enhet": ["E1", "E1"]},
    ],
)
def test_a_value_or_a_field_that_the_form_does_not_have_is_shown_and_not_stored(
    box: Box, browser: FlaskClient, strange: dict[str, object]
) -> None:
    link = box.link()

    answer = browser.post(link.path, data=MultiDict(FIELDS | strange))

    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text
    assert (box.ballots(link), box.answered(link)) == ([], False)


def test_moved_to_another_unit_meanwhile_one_is_told_and_sends_again(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    box.change(link, "invitation", unit_id="E2")

    refused = browser.post(link.path, data=FIELDS | {"enhet": "E1"})
    stored_meanwhile = box.ballots(link)
    accepted = browser.post(link.path, data=FIELDS | {"enhet": "E2"})

    assert refused.status_code == 409
    assert "du flyttats till Enhet E2" in refused.text
    assert 'name="enhet" value="E2"' in refused.text
    assert refused.text.count(" checked") == len(FIELDS)
    assert stored_meanwhile == []
    assert accepted.status_code == 303
    assert box.sheets(link, "E2") == [Sheet(2, ANSWERS, {})]


@pytest.mark.parametrize(
    ("when", "status", "sentence"),
    [
        ((MeasurementState.OPEN, THIS_YEAR + 1), 409, "Mätningen har inte öppnat än"),
        ((MeasurementState.DRAFT, THIS_YEAR), 409, "Mätningen har inte öppnat än"),
        ((MeasurementState.OPEN, THIS_YEAR - 1), 410, "Mätningen är stängd"),
        ((MeasurementState.CLOSED, THIS_YEAR), 410, "Mätningen är stängd"),
        ((MeasurementState.RELEASED, THIS_YEAR), 410, "Mätningen är stängd"),
        ((MeasurementState.CANCELLED, THIS_YEAR), 410, "Mätningen är avbruten"),
        ((MeasurementState.DESTROYED, THIS_YEAR), 410, "Mätningen är avbruten"),
    ],
)
def test_outside_its_days_a_measurement_receives_nothing(
    box: Box, browser: FlaskClient, when: tuple[MeasurementState, int], status: int, sentence: str
) -> None:
    link = box.link(*when)

    answer = browser.post(link.path, data=FIELDS)

    assert answer.status_code == status
    assert sentence in answer.text
    assert (box.ballots(link), box.answered(link)) == ([], False)


def test_a_removed_respondent_is_told_so(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    box.change(link, "invitation", removed=True)

    answer = browser.post(link.path, data=FIELDS)

    assert answer.status_code == 410
    assert "Länken gäller inte längre" in answer.text
    assert (box.ballots(link), box.answered(link)) == ([], False)


def test_before_the_box_is_made_one_is_asked_to_come_back(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    box.change(link, "measurement", box_public_key=None)

    answer = browser.post(link.path, data=FIELDS)

    assert answer.status_code == 503
    assert "Mätningen öppnar strax" in answer.text
    assert not box.answered(link)


def test_a_flood_of_bytes_is_refused_without_being_read(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    answer = browser.post(link.path, data=FIELDS | {"F1.1": "3" * 2_000_000})

    assert answer.status_code == 413
    assert "Det gick inte att ta emot svaret" in answer.text
    assert box.ballots(link) == []
