"""One measurement as it goes on: who is on the list, who is silent yet, what each must have got in the mail."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import text

from db import embedded
from db.engine import connect
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.preparation import owner_url
from dimios_dash.settings import Settings
from tests.browser import answering
from tests.browser.journey import open_links, people, post, preparing, sending
from tests.browser.journey.people import CHOSEN, RESPONDENTS
from tests.browser.journey.post import INVITED, REMINDED
from tests.browser.test_main_job import Reply
from tests.smtp_server import SmtpServer


@dataclass
class Year:
    """`units` has everybody on the list by address, `gone` those who were; who has been mailed is in one of them."""

    page: Page
    post_office: SmtpServer
    project: Path
    data: Path
    units: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    replies: list[Reply] = field(default_factory=list)
    reminded: Counter[str] = field(default_factory=Counter)

    def prepare(self) -> None:
        """From nothing to a list and texts of one's own."""
        preparing.build_tree(self.page, self.project)
        preparing.choose_sample(self.page, people.staff_file())
        preparing.add_list(self.page, people.others_file(self.project), RESPONDENTS - CHOSEN)
        preparing.write_texts(self.page)

    def start(self) -> tuple[str, str]:
        """Everybody is invited once; the first of the two who come back is refused at once, the other later."""
        others = people.others(self.project)
        refused, returned, *_rest = sorted(others)
        post.refuse(self.post_office, refused)
        preparing.start(self.page, later(0), later(1))
        invited = post.wait_for(self.page, self.post_office, INVITED, RESPONDENTS - 1)
        assert set(invited) == set(others) - {refused} | set(invited) & set(people.staff())
        self.units = {address: unit for address, unit in (people.staff() | others).items() if address in invited}
        self.silent = set(invited)
        post.send_back(self.page, self.post_office, returned)
        sending.see_bounces(self.page, {refused, returned})
        return refused, returned

    def correct(self, wrong: str) -> None:
        """The right address gets an invitation, the wrong one nothing more."""
        right, unit = f"ratt.{wrong}", people.others(self.project)[wrong]
        sending.correct(self.page, wrong, right)
        self._leaves(wrong)
        self._comes(right, unit)

    def add(self, address: str, unit: str) -> None:
        """Somebody who is invited like the rest."""
        sending.add(self.page, address, unit)
        self._comes(address, unit)

    def answer_from_paper(self, page: Page, unit: str, number: int) -> None:
        """So many without e-mail get a printed code each: one types it on a phone, the others' cameras read it."""
        typed, *read = open_links.make_codes(self.page, unit, number)
        open_links.answer_from_paper(page, typed)
        self.replies.append(people.all_alike(unit))
        for code in read:
            reply = people.reply(code.typed, unit)
            self._send(code.path, reply)
            self.replies.append(reply)

    def remove(self) -> None:
        """One of the silent; their link opens nothing any more."""
        address = min(self.silent)
        sending.remove(self.page, address)
        self._leaves(address)
        assert self.page.request.get(post.link(self.post_office, address)).status == HTTPStatus.GONE

    def answer(self, number: int) -> None:
        """So many of the silent answer."""
        for address in sorted(self.silent)[-number:]:
            reply = people.reply(address, self.units[address])
            sent = self.page.request.post(
                post.link(self.post_office, address), form={**reply.fields()}, max_redirects=0
            )
            assert sent.status == HTTPStatus.SEE_OTHER
            self._has_answered(address, reply)

    def answer_in_browser(self, page: Page) -> None:
        """One of the silent answers with all that a browser does."""
        address = max(self.silent)
        answering.answer(page, post.link(self.post_office, address))
        self._has_answered(address, people.all_alike(self.units[address]))

    def remind(self, number: int) -> None:
        """Round `number` by hand: one mail to each of the silent and none to anybody else."""
        sending.remind(self.page, len(self.silent), number)
        self.reminded += post.once(self.silent)
        assert post.wait_for(self.page, self.post_office, REMINDED, self.reminded.total()) == self.reminded

    def let_days_pass(self) -> None:
        """The desk sends one round of reminders a day: let those that have gone have gone last week."""
        engine = connect(owner_url(Settings(data=self.data)))
        with engine.begin() as database:
            database.execute(text("update reminder_round set day = day - 7"))
        engine.dispose()
        embedded.leave(self.data)

    def extend(self) -> None:
        """By another day."""
        sending.extend(self.page, later(2))

    def every_mail_is_accounted_for(self) -> None:
        """Who is or was on the list has had one invitation, and the reminders that were counted; nothing else went."""
        assert post.received(self.post_office, INVITED) == post.once([*self.units, *self.gone])
        assert post.received(self.post_office, REMINDED) == self.reminded
        assert len(self.post_office.mails) == len(self.units) + len(self.gone) + self.reminded.total()

    def _send(self, form: str, reply: Reply) -> None:
        """As a browser without JavaScript does."""
        sent = self.page.request.post(form, form={**reply.fields()}, max_redirects=0)
        assert sent.status == HTTPStatus.SEE_OTHER

    def _comes(self, address: str, unit: str) -> None:
        self.units[address] = unit
        self.silent.add(address)
        invited = len(self.units) + len(self.gone)
        post.wait_for(self.page, self.post_office, INVITED, invited)

    def _leaves(self, address: str) -> None:
        """Who was refused has never been among those who got a mail."""
        if self.units.pop(address, None):
            self.gone.add(address)
            self.silent.remove(address)

    def _has_answered(self, address: str, reply: Reply) -> None:
        self.silent.remove(address)
        self.replies.append(reply)


def later(days: int) -> date:
    """So many days from today, within the year."""
    today = today_in_stockholm(datetime.now(UTC))
    return min(today + timedelta(days=days), date(today.year, 12, 31))
