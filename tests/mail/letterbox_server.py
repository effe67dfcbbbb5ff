"""A mailbox on a real socket, over POP3 or IMAP: as much of both as it takes to empty it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PASSWORD = "hemligt@1"


@dataclass
class Mailbox:
    """What lies in it. `port` is where it answers."""

    port: int = 0
    messages: list[bytes] = field(default_factory=list)


@contextmanager
def letterbox_server(scheme: str, messages: list[bytes]) -> Iterator[Mailbox]:
    """Until the end of the block."""
    mailbox = Mailbox(messages=list(messages))
    talk = {"pop3": _pop3, "imap": _imap}[scheme]

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            talk(self, mailbox)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield mailbox
        server.shutdown()
        thread.join()


def _pop3(handler: socketserver.StreamRequestHandler, mailbox: Mailbox) -> None:
    gone: set[int] = set()
    handler.wfile.write(b"+OK\r\n")
    for line in handler.rfile:
        word, _, rest = line.decode().strip().partition(" ")
        match word.upper():
            case "PASS" if rest != PASSWORD:
                handler.wfile.write(b"-ERR\r\n")
            case "STAT":
                handler.wfile.write(f"+OK {len(mailbox.messages)} 0\r\n".encode())
            case "RETR":
                content = mailbox.messages[int(rest) - 1].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
                handler.wfile.write(b"+OK\r\n" + content + b"\r\n.\r\n")
            case "DELE":
                gone.add(int(rest) - 1)
                handler.wfile.write(b"+OK\r\n")
            case "QUIT":
                mailbox.messages = [each for number, each in enumerate(mailbox.messages) if number not in gone]
                handler.wfile.write(b"+OK\r\n")
                return
            case _:
                handler.wfile.write(b"+OK\r\n")


def _imap(handler: socketserver.StreamRequestHandler, mailbox: Mailbox) -> None:
    gone: set[int] = set()
    handler.wfile.write(b"* OK IMAP4rev1 ready\r\n")
    for line in handler.rfile:
        tag, word, *rest = line.decode().strip().split(" ", 2)
        ok = f"{tag} OK done\r\n".encode()
        match word.upper():
            case "CAPABILITY":
                handler.wfile.write(b"* CAPABILITY IMAP4rev1\r\n" + ok)
            case "LOGIN" if PASSWORD not in rest[0]:
                handler.wfile.write(f"{tag} NO refused\r\n".encode())
            case "SELECT":
                handler.wfile.write(f"* {len(mailbox.messages)} EXISTS\r\n".encode() + ok)
            case "SEARCH":
                numbers = " ".join(str(number + 1) for number in range(len(mailbox.messages)))
                handler.wfile.write(f"* SEARCH {numbers}\r\n".encode() + ok)
            case "FETCH":
                number = int(rest[0].split()[0])
                content = mailbox.messages[number - 1]
                head = f"* {number} FETCH (RFC822 {{{len(content)}}}\r\n".encode()
                handler.wfile.write(head + content + b")\r\n" + ok)
            case "STORE":
                gone.add(int(rest[0].split()[0]) - 1)
                handler.wfile.write(ok)
            case "EXPUNGE":
                mailbox.messages = [each for number, each in enumerate(mailbox.messages) if number not in gone]
                handler.wfile.write(ok)
            case "LOGOUT":
                handler.wfile.write(b"* BYE bye\r\n" + ok)
                return
            case _:
                handler.wfile.write(ok)
