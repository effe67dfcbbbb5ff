"""What a real browser seals is what was clicked and written, and nobody but the box can read it."""

from __future__ import annotations

import hashlib
from base64 import b64encode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect

from dimios_dash.crypto.sealing import Associated, BadEnvelope, Sheet, open_envelope
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.free_text import tidied
from dimios_dash.domain.personal_data import PATTERNS, found
from dimios_dash.ids import UnitId
from tests.answering.links import ANSWERS, Box
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import FIELD_OF, be_thanked, fill, posts, reach, send
from tests.crypto import vector
from tests.domain.test_personal_data import HARMLESS, PERSONAL

WRITTEN = "Fråga dem som gör jobbet 🙂 – ”åäö”\n\nalltid."
ODD = [
    "a\0b\x1bc\x7f\x85",
    " \t\u00a0\ufeff\u2028x\u2003 ",
    "ett\r\ntvå\rtre\n",
    "å\u0308 🙂👩‍👩‍👧",
    "\ufeff",
    "x" * 501,
]


def test_the_box_opens_what_the_browser_sealed_and_finds_what_was_clicked_and_written(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    page = come()
    page.goto(link.path)
    sent = posts(page)

    expect(page.get_by_text("Din webbläsare förseglar svaret innan det skickas")).to_be_visible()
    expect(page.get_by_text("Servern förseglar svaret")).to_be_hidden()
    fill(page, {"F1": WRITTEN, "larande": "  Små steg \\ \t "})
    send(page)
    be_thanked(page)

    assert box.sheets(link) == [Sheet(2, ANSWERS, {"F1": WRITTEN, "larande": "Små steg \\"})]
    assert [request.url.rpartition("/")[2] for request in sent] == ["kuvert"]
    assert not any(word.encode() in (sent[0].post_data_buffer or b"") for word in ("jobbet", "role_type", "vet_ej"))


def test_what_the_browser_sealed_opens_for_no_other_unit_channel_or_measurement(box: Box, come: Come) -> None:
    link, other = box.link(), box.link()
    page = come()
    page.goto(link.path)
    fill(page)
    send(page)
    be_thanked(page)
    [ballot] = box.ballots(link)
    private = box.keys.read(f"boxes/{link.measurement_id}")
    elsewhere = [
        Associated(link.measurement_id, UnitId("E2"), Channel.EMAIL),
        Associated(link.measurement_id, UnitId("E1"), Channel.LINK),
        Associated(other.measurement_id, UnitId("E1"), Channel.EMAIL),
    ]

    for place in elsewhere:
        with pytest.raises(BadEnvelope):
            open_envelope(private, place, ballot["envelope"])


@pytest.mark.parametrize("sign", ["🙂", '"'])
def test_seven_texts_of_five_hundred_characters_fit(box: Box, come: Come, sign: str) -> None:
    link = box.link(invited=10)
    page = come()
    page.goto(link.path)

    fill(page, dict.fromkeys(FIELD_OF, sign * 500))
    send(page)
    be_thanked(page)

    assert box.sheets(link) == [Sheet(2, ANSWERS, dict.fromkeys(FIELD_OF, sign * 500))]


def test_browser_and_server_make_the_same_envelope_to_the_byte(box: Box, come: Come) -> None:
    page = come()
    page.goto(box.link().path)

    made = page.evaluate(SEAL_THE_VECTOR, in_javascript())

    assert hashlib.sha256(bytes(made)).hexdigest() == vector.SHA256


def test_browser_and_server_tidy_count_and_find_alike(box: Box, come: Come) -> None:
    page = come()
    page.goto(box.link().path)
    texts = [*PERSONAL, *HARMLESS, *ODD, " ".join(PERSONAL)]

    in_browser = page.evaluate(LOOK_THROUGH, {"texts": texts, "patterns": PATTERNS})

    in_python = [
        [tidied(text), len(tidied(text)), [{"kind": each.kind, "what": each.text} for each in found(tidied(text))]]
        for text in texts
    ]
    assert in_browser == in_python


@pytest.mark.parametrize("without", ["delete Crypto.prototype.subtle", "delete globalThis.crypto"])
def test_a_browser_without_webcrypto_lets_the_server_seal_and_says_so(box: Box, come: Come, without: str) -> None:
    link = box.link(invited=10)
    page = come()
    page.add_init_script(without)
    page.goto(link.path)
    sent = posts(page)

    expect(page.get_by_text("Servern förseglar svaret så snart det kommer fram.")).to_be_visible()
    expect(page.get_by_text("Din webbläsare förseglar")).to_be_hidden()
    fill(page, {"A3": WRITTEN})
    send(page)
    be_thanked(page)

    assert [request.url.rpartition("/")[2] for request in sent] == [link.token]
    assert box.sheets(link) == [Sheet(2, ANSWERS, {"A3": WRITTEN})]


def test_a_browser_that_fails_to_seal_says_so_and_the_next_try_lets_the_server(box: Box, come: Come) -> None:
    link = box.link()
    page = come()
    page.add_init_script("SubtleCrypto.prototype.encrypt = () => Promise.reject(new Error('no'))")
    page.goto(link.path)
    fill(page)

    send(page)
    expect(page.get_by_text("Din webbläsare kunde inte försegla svaret")).to_be_visible()
    nothing_yet = box.ballots(link)
    reach(page, "respondenttyp")
    expect(page.get_by_text("Servern förseglar svaret så snart det kommer fram.")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    send(page)
    be_thanked(page)

    assert nothing_yet == []
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_without_javascript_everything_works_and_the_server_seals(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    page = come(script=False, width=390)
    page.goto(link.path)
    expect(page.get_by_text("Servern förseglar svaret så snart det kommer fram.")).to_be_visible()

    fill(page, {"F2": WRITTEN, "larande": "Ring 070-123 45 67"})
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("070-123 45 67 (telefonnummer)")
    nothing_yet = box.ballots(link)
    send(page)
    be_thanked(page)

    assert nothing_yet == []
    assert box.sheets(link) == [Sheet(2, ANSWERS, {"F2": WRITTEN, "larande": "Ring 070-123 45 67"})]


def test_before_the_script_arrives_the_form_is_whole(box: Box, come: Come) -> None:
    link = box.link()
    page = come()
    page.route("**/svara.js*", lambda route: route.abort())
    page.goto(link.path)

    expect(page.get_by_text("Servern förseglar svaret så snart det kommer fram.")).to_be_visible()
    fill(page)
    send(page)
    be_thanked(page)

    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_nothing_of_an_answer_stays_in_the_browser_or_travels_in_clear(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    page = come()
    page.goto("/logga-in")
    page.goto(link.path)
    requests: list[str] = []
    page.on("request", lambda asked: requests.append(f"{asked.url} {asked.headers} {asked.post_data_buffer!r}"))

    fill(page, {"larande": "Hemlighuset"})
    send(page)
    be_thanked(page)

    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search]")
    databases = page.evaluate("indexedDB.databases()")
    assert (kept, databases) == ([0, 0, "", ""], [])
    assert not any(word in request for request in requests for word in ("Hemlighuset", "F1.1", "vet_ej"))
    assert not any(link.token in request.partition("referer")[2] for request in requests)


@pytest.mark.parametrize(("script", "requests", "size"), [(True, 2, 30_000), (False, 1, 12_000)])
def test_the_first_view_costs_few_requests_and_bytes(
    box: Box, come: Come, script: bool, requests: int, size: int
) -> None:
    page = come(script=script)
    wire: list[int] = []
    listening = page.context.new_cdp_session(page)
    listening.send("Network.enable")
    listening.on("Network.loadingFinished", lambda done: wire.append(done["encodedDataLength"]))

    page.goto(box.link(invited=10).path, wait_until="networkidle")

    assert len(wire) == requests
    assert sum(wire) <= size


SEAL_THE_VECTOR = """async ({ to, sheet, key, nonce }) => {
    const { seal } = await import(document.querySelector("script[type=module]").src);
    const curve = { name: "ECDH", namedCurve: "P-256" }, { d, ...open } = key;
    const privateKey = await crypto.subtle.importKey("jwk", key, curve, false, ["deriveBits"]);
    const publicKey = await crypto.subtle.importKey("jwk", open, curve, true, []);
    const envelope = await seal(to, sheet, { privateKey, publicKey }, new Uint8Array(nonce));
    return Array.from(new Uint8Array(await envelope.arrayBuffer()));
}"""

LOOK_THROUGH = """async ({ texts, patterns }) => {
    const { tidied, length, personal } = await import(document.querySelector("script[type=module]").src);
    return texts.map(tidied).map((text) => [text, length(text), personal(text, patterns)]);
}"""


def in_javascript() -> dict[str, object]:
    """The vector as the script takes it, its key pair as a JSON Web Key."""
    numbers = ec.derive_private_key(int.from_bytes(vector.EPHEMERAL), ec.SECP256R1()).private_numbers()
    coordinates = {"x": numbers.public_numbers.x, "y": numbers.public_numbers.y, "d": numbers.private_value}
    encoded = {
        name: urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=") for name, number in coordinates.items()
    }
    return {
        "to": {
            "measurement": str(vector.HERE.measurement_id),
            "unit": vector.HERE.unit_id,
            "channel": vector.HERE.channel,
            "box": b64encode(vector.PUBLIC).decode(),
        },
        "sheet": {
            "role_type": vector.SHEET.role_type,
            "answers": dict(vector.SHEET.answers),
            "texts": dict(vector.SHEET.texts),
        },
        "key": {"kty": "EC", "crv": "P-256", **encoded},
        "nonce": list(vector.NONCE),
    }
