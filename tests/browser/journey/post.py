"""The mails of the journey as its mail server got them: counted for each person, and sent back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from playwright.sync_api import Page

from tests.mail.reports import report
from tests.smtp_server import SmtpServer

BOUNCES, SECRET = "studs@dimios.example", "en-hemlighet"
INVITED, REMINDED = "Vill du svara för Nya Ekhamn?", "Nya Ekhamn väntar på ditt svar"  # the subjects that are written
UNKNOWN = "550 5.1.1 No such person here"


def refuse(post_office: SmtpServer, refused: str) -> None:
    """From now on there is nobody at this address."""
    post_office.to_receiver = lambda address: UNKNOWN if address == refused else "250 OK"


def wait_for(page: Page, post_office: SmtpServer, subject: str, count: int) -> Counter[str]:
    """How many mails with this subject each address has got, as soon as there are `count` in all."""
    while sum((got := received(post_office, subject)).values()) < count:
        page.wait_for_timeout(200)
    return got


def received(post_office: SmtpServer, subject: str) -> Counter[str]:
    """How many mails with this subject each address has got."""
    sent = zip(tuple(post_office.mails), tuple(post_office.receivers), strict=False)
    return Counter(receiver for mail, receiver in sent if mail["Subject"] == subject)


def once(addresses: Iterable[str]) -> Counter[str]:
    """One mail to each."""
    return Counter(set(addresses))


def link(post_office: SmtpServer, address: str) -> str:
    """The path of the personal link in the newest mail to somebody."""
    newest = len(post_office.receivers) - 1 - post_office.receivers[::-1].index(address)
    plain = post_office.mails[newest].get_body(("plain",))
    assert plain is not None
    return str(re.findall(r"https?://[^/\s]+(/svara/[\w-]+)", plain.get_content())[0])


def send_back(page: Page, post_office: SmtpServer, address: str) -> None:
    """A mail server further away gives up on the mail to this address, and says so to the one it came from."""
    sender = post_office.senders[post_office.receivers.index(address)]
    told = page.request.post("/webhook/studs", data=report(to=sender), headers={"Authorization": f"Bearer {SECRET}"})
    assert told.status == 204
