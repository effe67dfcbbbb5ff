"""From an empty organisation to the release of 59 units and 306 respondents, and every mail on the way."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Product, Visit, sign_in
from tests.browser.journey.people import KEY_USER, RESPONDENTS
from tests.browser.journey.year import Year
from tests.browser.test_main_job import close_and_release, figure, levels_of, swedish
from tests.smtp_server import SmtpServer

FIRST, SECOND, THIRD = 120, 60, 20  # answers before the first reminder, before the second, and after it
BY_CODE = 5


def test_a_whole_year_at_the_desk(visit: Visit, product: Product, post_office: SmtpServer, project: Path) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    year = Year(page, post_office, project, product.data)

    year.prepare()
    for wrong in year.start():
        year.correct(wrong)
    year.add("ny.kollega@ekhamn.example", "E0101")
    year.answer_from_paper(visit(width=390), "E0602", BY_CODE)
    year.answer_in_browser(visit(width=390))
    year.answer(FIRST)
    year.remind(1)
    year.let_days_pass()
    year.answer(SECOND)
    year.remove()
    year.remind(2)
    year.extend()
    year.answer(THIRD)

    page.goto("/matning/folj")
    expect(page.get_by_text(f"{len(year.replies) - BY_CODE} av {RESPONDENTS} har svarat").first).to_be_visible()
    close_and_release(page)
    year.every_mail_is_accounted_for()
    page.goto("/resultat/oversikt")
    for label, value in levels_of(year.replies).items():
        expect(figure(page, label)).to_have_text(swedish(value))
