"""What nobody's browser sends: each example differs from a right answer in at least one way that matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from hypothesis import assume
from hypothesis import strategies as st

from dimios_dash.crypto.sealing import ENVELOPE_BYTES
from dimios_dash.domain.free_text import LONGEST
from tests.answering.links import FIELDS

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
Pair = tuple[bytes, bytes]
RIGHT: tuple[Pair, ...] = tuple((name.encode(), value.encode()) for name, value in FIELDS.items())
RIGHT_VALUES = {b"1", b"2", b"3", b"4", b"5", b"6", b"vet_ej", b"E1"}


@dataclass(frozen=True)
class Sent:
    """The body of a POST. `environ` is what else the server is told, as WSGI names it."""

    body: bytes
    kind: str = URLENCODED
    environ: Mapping[str, str] = field(default_factory=dict)


def urlencoded(pairs: tuple[Pair, ...]) -> Sent:
    return Sent(b"&".join((quote_from_bytes(name) + "=" + quote_from_bytes(value)).encode() for name, value in pairs))


def multipart(pairs: tuple[Pair, ...]) -> Sent:
    """As a browser would; a value that begins with FILE is a file."""
    return Sent(b"".join(_part(name, value) for name, value in pairs) + b"--x--\r\n", MULTIPART)


FILE = b"file:"


def _part(name: bytes, value: bytes) -> bytes:
    named = b'--x\r\nContent-Disposition: form-data; name="' + name.replace(b'"', b"%22") + b'"'
    told = b'; filename="blob"' if value.startswith(FILE) else b""
    return named + told + b"\r\n\r\n" + value.removeprefix(FILE) + b"\r\n"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
BYTES = st.binary(max_size=12)
STRANGE_NAMES = st.sampled_from(
    ["F1.6", "F1.1[]", "F1[1]", "respondenttyp[F1.1]", "F1.1.value", "forslag_F9", "csrf", "__proto__", "", "f1.1"]
).map(str.encode) | TEXTS.filter(lambda text: text not in {*FIELDS, "enhet", "sett", "omgang", "larande"}).map(
    str.encode
)
STRANGE_VALUES = st.sampled_from(
    [
        "",
        "0",
        "7",
        "-1",
        "3.0",
        " 3",
        "３",
        "1e0",
        "Vet ej",
        "VET_EJ",
        "null",
        '{"F1.1": 3}',
        "3\0",
        "\0",
        "%",
        "%u0033",
    ]
).map(str.encode) | BYTES.filter(lambda value: value not in RIGHT_VALUES)
PLACES = st.integers(0, len(RIGHT) - 1)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Pair, ...]:
    """The fields of a right answer after one to three misfortunes, unless they make up for each other."""
    pairs = list(RIGHT)
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(MISFORTUNES))(draw, pairs)
    assume(sorted(pairs) != sorted(RIGHT))
    return tuple(pairs)


def _lose(draw: st.DrawFn, pairs: list[Pair]) -> None:
    """One statement, or all from one on."""
    place = draw(PLACES)
    del pairs[place : draw(st.sampled_from([place + 1, len(RIGHT)]))]


def _mistake(draw: st.DrawFn, pairs: list[Pair]) -> None:
    """In the last place as well as in the first; a place that is lost gets an odd name."""
    place = draw(PLACES)
    name = pairs[place][0] if place < len(pairs) else b"?"
    pairs[place : place + 1] = [(name, draw(STRANGE_VALUES))]


def _repeat(draw: st.DrawFn, pairs: list[Pair]) -> None:
    name, value = RIGHT[draw(PLACES)]
    pairs += [(name, value)] * draw(st.integers(2, 40))


def _add(draw: st.DrawFn, pairs: list[Pair]) -> None:
    pairs.insert(draw(PLACES), (draw(STRANGE_NAMES), draw(BYTES)))


def _add_thousands(draw: st.DrawFn, pairs: list[Pair]) -> None:
    pairs += [(b"extra%d" % number, b"1") for number in range(draw(st.integers(900, 12_000)))]


def _write_too_much(draw: st.DrawFn, pairs: list[Pair]) -> None:
    sign = draw(st.sampled_from(["å", "x", "🙂", "<b>", "&"])).encode()
    pairs.append((b"larande", sign * (LONGEST + 1)))


def _flood(draw: st.DrawFn, pairs: list[Pair]) -> None:
    """Up to 2 MB in one field, or in a file in its place."""
    value = draw(st.sampled_from([b"", FILE])) + b"3" * draw(st.sampled_from([5_000, 300_000, 2_000_000]))
    pairs.append((draw(st.sampled_from([b"F1.1", b"envelope", b"kod", b"larande"])), value))


MISFORTUNES = (_lose, _mistake, _repeat, _add, _add, _mistake, _lose, _add_thousands, _write_too_much, _flood)


@st.composite
def badly_wrapped(draw: st.DrawFn) -> Sent:
    """A right answer under a wrong name, cut short, or inside another form."""
    right = draw(st.sampled_from([urlencoded(RIGHT), multipart(RIGHT)]))
    cut = right.body[: draw(st.integers(0, int(0.95 * len(right.body))))]
    nested = b'--x\r\nContent-Disposition: form-data; name="form"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n'
    inner = multipart(RIGHT).body.replace(b"--x", b"--y")
    return draw(st.sampled_from([
        Sent(cut, right.kind),
        Sent(right.body, draw(WRONG_KINDS)),
        Sent(nested + inner + b"\r\n--x--\r\n", MULTIPART),
        Sent(b"\xff" + right.body if right.kind == URLENCODED else right.body.replace(b"--x", b"--\xff"), right.kind),
        Sent(right.body.replace(b"=", b"\0=") if right.kind == URLENCODED else right.body[1:], right.kind),
    ]))  # fmt: skip


WRONG_KINDS = st.sampled_from(
    [
        "",
        "application/json",
        "text/plain; charset=\0",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=å",
        "multipart/mixed; boundary=x",
        "application/x-www-form-urlencoded\xff",
        "application/octet-stream",
        ";;;=,",
        "x" * 5_000,
    ]
)
SCRAPS = [
    b"--x\r\n", b"--x--", b"\r\n\r\n", b'Content-Disposition: form-data; name="F1.1"\r\n', b"Content-Disposition: ",
    b"Content-Type: text/plain; charset=utf-16\r\n", b'; filename="../../x"', b"Content-Length: -1\r\n", b"\xff\xfe",
    b"\0", b"--", b"F1.1=3&", b"%", b"%u0033", b"&&==", b'{"F1.1":3}', b"x" * 70_000, "respondenttyp=２".encode(),
]  # fmt: skip
RUBBISH = st.builds(
    Sent,
    st.binary(max_size=400) | st.lists(st.sampled_from(SCRAPS), max_size=12).map(b"".join),
    st.sampled_from([URLENCODED, MULTIPART]) | WRONG_KINDS,
)
HEADERS = st.dictionaries(
    st.sampled_from([
        "HTTP_HOST", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_CONTENT_ENCODING",
        "HTTP_TRANSFER_ENCODING", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_REFERER", "HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT",
        "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_AUTHORIZATION", "HTTP_IF_MODIFIED_SINCE", "QUERY_STRING",
    ]),
    st.sampled_from(["GET", "chunked", "gzip", "*", "a b", "dimios_oppen=1; =;;", "enhet=E1&F1.1=3", "x" * 9_000])
    | st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30),
    max_size=4,
)  # fmt: skip
LENGTHS = st.sampled_from([{}, {}, {}] + [{"CONTENT_LENGTH": told} for told in ("", "0", "7", "-1", "x", "9" * 30)])


@st.composite
def in_odd_company(draw: st.DrawFn, sent: st.SearchStrategy[Sent]) -> Sent:
    """Something malformed, with headers that nobody sends beside it."""
    one = draw(sent)
    return Sent(one.body, one.kind, draw(HEADERS) | draw(LENGTHS))


def _encoded(pairs: st.SearchStrategy[tuple[Pair, ...]]) -> st.SearchStrategy[Sent]:
    return pairs.map(urlencoded) | pairs.map(multipart)


FORMS = in_odd_company(_encoded(damaged()) | badly_wrapped() | RUBBISH)

PARCEL_FIELDS = st.dictionaries(
    st.sampled_from([b"measurement", b"unit", b"box", b"envelope"]) | STRANGE_NAMES,
    st.sampled_from([b"", b"E1", b"QUJD", b"00000000-0000-4000-8000-000000000000", b"E1\0"])
    | BYTES
    | st.sampled_from([0, 1, ENVELOPE_BYTES - 1, ENVELOPE_BYTES, ENVELOPE_BYTES + 1, 30_000, 2_000_000]).map(
        lambda size: FILE + bytes(size)
    ),
).map(lambda fields: tuple(fields.items()))
PARCELS = in_odd_company(_encoded(PARCEL_FIELDS) | badly_wrapped() | RUBBISH)
