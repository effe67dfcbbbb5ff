"""What mail servers and mail programs send back."""

from __future__ import annotations

from uuid import UUID

OURS = "dimios.example"


def report(
    *,
    to: str = "studs@dimios.example",
    original: UUID | None = None,
    action: str = "failed",
    status: str = "5.1.1",
    heads_only: bool = False,
) -> bytes:
    """A delivery report as Postfix writes it, about the mail with this id in the outbox."""
    message_id = "" if original is None else f"Message-ID: <{original}@{OURS}>\n"
    returned = "text/rfc822-headers" if heads_only else "message/rfc822"
    body = "" if heads_only else "\nHej!\n"
    return _REPORT.format(
        to=to, action=action, status=status, returned=returned, message_id=message_id, body=body
    ).encode()


_REPORT = """From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grans"

--grans
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grans
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 15 Jun 2026 12:00:00 +0000

Final-Recipient: rfc822; eva@ekhamn.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 <eva@ekhamn.example> is unknown

--grans
Content-Type: {returned}

From: Ekhamns kommun <matning@dimios.example>
To: eva@ekhamn.example
{message_id}Subject: Hej
{body}
--grans--
"""


def reply(subject: str, *heads: str) -> bytes:
    """Somebody's mail program, or somebody."""
    lines = ["From: eva@ekhamn.example", "To: studs@dimios.example", f"Subject: {subject}", *heads, "", "Hej!", ""]
    return "\r\n".join(lines).encode()
