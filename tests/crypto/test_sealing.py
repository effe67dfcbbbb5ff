"""The sealed ballot: one size, one box, one place it belongs to, and a format a browser can write."""

from __future__ import annotations

import hashlib
import hmac
import os
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dimios_dash.crypto.sealing import (
    ENVELOPE_BYTES,
    Associated,
    BadEnvelope,
    Sheet,
    new_box,
    open_envelope,
    seal,
)
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, UnitId
from tests.crypto import vector

PRIVATE, PUBLIC = new_box()
HERE = Associated(MeasurementId(UUID("0b7d3c52-6f0e-4c6e-9a51-2f3a4b5c6d7e")), UnitId("Förskola|17"), Channel.EMAIL)
SHEET = Sheet(2, {"F1.2": 5, "A2.4": 0}, {"F1": "Fler hade behövt veta vem som beslutar."})
CONTENT = '{"answers":{"A2.4":0,"F1.2":5},"role_type":2,"texts":{"F1":"Fler hade behövt veta vem som beslutar."}}'

KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=500)
SHEETS = st.builds(
    Sheet,
    st.sampled_from([1, 2, 3]),
    st.dictionaries(KEYS, st.integers(0, 6), max_size=30),
    st.dictionaries(KEYS, TEXTS, max_size=3),
)


def sealed_as_documented(plaintext: bytes) -> bytes:
    """An envelope written from the module's docstring alone, HKDF spelled out, as another program would."""
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), PUBLIC)
    secret = ephemeral.exchange(ec.ECDH(), public)
    extracted = hmac.digest(b"dimios-dash", secret, hashlib.sha256)
    key = hmac.digest(extracted, b"envelope/1\x01", hashlib.sha256)
    associated = "0b7d3c52-6f0e-4c6e-9a51-2f3a4b5c6d7e|Förskola|17|email".encode()
    nonce = os.urandom(12)
    point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return point + nonce + AESGCM(key).encrypt(nonce, plaintext, associated)


def padded(content: bytes) -> bytes:
    return (len(content).to_bytes(4, "big") + content).ljust(16384, b"\0")


@given(sheet=SHEETS)
@settings(max_examples=50)
def test_a_sheet_comes_out_of_its_envelope_unchanged(sheet: Sheet) -> None:
    assert open_envelope(PRIVATE, HERE, seal(PUBLIC, HERE, sheet)) == sheet


@given(sheet=SHEETS)
@settings(max_examples=50)
def test_every_envelope_has_the_same_size(sheet: Sheet) -> None:
    assert len(seal(PUBLIC, HERE, sheet)) == ENVELOPE_BYTES == 65 + 12 + 16384 + 16


def test_a_full_sheet_of_long_texts_fits() -> None:
    categories = ("F1", "F2", "F3", "A1", "A2", "A3")
    answers = {f"{category}.{number}": 6 for category in categories for number in range(1, 6)}
    sheet = Sheet(3, answers, dict.fromkeys([*categories, "end"], "🙂" * 500))

    assert open_envelope(PRIVATE, HERE, seal(PUBLIC, HERE, sheet)) == sheet


def test_the_same_sheet_twice_shares_neither_point_nor_nonce_nor_ciphertext() -> None:
    one, other = seal(PUBLIC, HERE, SHEET), seal(PUBLIC, HERE, SHEET)

    assert one[:65] != other[:65]
    assert one[65:77] != other[65:77]
    assert one[77:] != other[77:]


def test_nothing_of_the_sheet_can_be_read_on_the_envelope() -> None:
    envelope = seal(PUBLIC, HERE, SHEET)

    assert b"answers" not in envelope
    assert "behövt".encode() not in envelope
    assert b"\0" * 16 not in envelope


@pytest.mark.parametrize(
    "elsewhere",
    [
        Associated(MeasurementId(uuid4()), HERE.unit_id, HERE.channel),
        Associated(HERE.measurement_id, UnitId("Förskola|18"), HERE.channel),
        Associated(HERE.measurement_id, HERE.unit_id, Channel.LINK),
    ],
)
def test_an_envelope_moved_to_another_measurement_unit_or_channel_does_not_open(elsewhere: Associated) -> None:
    envelope = seal(PUBLIC, HERE, SHEET)

    with pytest.raises(BadEnvelope):
        open_envelope(PRIVATE, elsewhere, envelope)


def test_another_box_does_not_open_the_envelope() -> None:
    other_private, _ = new_box()

    with pytest.raises(BadEnvelope):
        open_envelope(other_private, HERE, seal(PUBLIC, HERE, SHEET))


ENVELOPE = seal(PUBLIC, HERE, SHEET)


@given(position=st.integers(0, ENVELOPE_BYTES - 1), flip=st.integers(1, 255))
@settings(max_examples=200)
@example(position=0, flip=0x04)  # "point at infinity"
@example(position=0, flip=0x06)  # a compressed point's sign
@example(position=ENVELOPE_BYTES - 1, flip=1)
def test_any_changed_byte_makes_an_envelope_bad(position: int, flip: int) -> None:
    damaged = bytearray(ENVELOPE)
    damaged[position] ^= flip

    with pytest.raises(BadEnvelope):
        open_envelope(PRIVATE, HERE, bytes(damaged))


@pytest.mark.parametrize(
    "envelope",
    [b"", ENVELOPE[:-1], ENVELOPE[1:], ENVELOPE + b"\0", ENVELOPE * 2, bytes(ENVELOPE_BYTES)],
    ids=["nothing", "end missing", "start missing", "one byte more", "twice", "zeros"],
)
def test_anything_that_is_not_an_envelope_is_bad(envelope: bytes) -> None:
    with pytest.raises(BadEnvelope):
        open_envelope(PRIVATE, HERE, envelope)


def test_an_envelope_made_by_the_documented_recipe_opens() -> None:
    assert open_envelope(PRIVATE, HERE, sealed_as_documented(padded(CONTENT.encode()))) == SHEET


def test_the_envelope_of_the_vector_is_made_to_the_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    ephemeral = ec.derive_private_key(int.from_bytes(vector.EPHEMERAL), ec.SECP256R1())
    monkeypatch.setattr(ec, "generate_private_key", lambda _curve: ephemeral)
    monkeypatch.setattr(os, "urandom", lambda _count: vector.NONCE)

    envelope = seal(vector.PUBLIC, vector.HERE, vector.SHEET)

    assert hashlib.sha256(envelope).hexdigest() == vector.SHA256
    assert open_envelope(vector.BOX, vector.HERE, envelope) == vector.SHEET


def test_the_order_of_the_keys_in_the_json_does_not_matter() -> None:
    content = b'{"texts": {}, "role_type": 1, "answers": {"F1.2": 5}}'

    assert open_envelope(PRIVATE, HERE, sealed_as_documented(padded(content))) == Sheet(1, {"F1.2": 5}, {})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[" * 16000,
        b"[]",
        b"{}",
        b'{"answers":{},"role_type":1}',
        b'{"answers":{},"role_type":1,"texts":{},"name":"Bo"}',
        b'{"answers":{},"role_type":0,"texts":{}}',
        b'{"answers":{},"role_type":4,"texts":{}}',
        b'{"answers":{},"role_type":true,"texts":{}}',
        b'{"answers":{},"role_type":1.0,"texts":{}}',
        b'{"answers":{},"role_type":"1","texts":{}}',
        b'{"answers":[],"role_type":1,"texts":{}}',
        b'{"answers":{"F1.2":-1},"role_type":1,"texts":{}}',
        b'{"answers":{"F1.2":true},"role_type":1,"texts":{}}',
        b'{"answers":{"F1.2":5.0},"role_type":1,"texts":{}}',
        b'{"answers":{"F1.2":"5"},"role_type":1,"texts":{}}',
        b'{"answers":{"F1.2":null},"role_type":1,"texts":{}}',
        b'{"answers":{"F1.2":' + b"9" * 6000 + b'},"role_type":1,"texts":{}}',
        b'{"answers":{},"role_type":1,"texts":{"F1":5}}',
        b'{"answers":{},"role_type":1,"texts":{"F1":"' + b"a" * 501 + b'"}}',
        b'{"answers":{},"role_type":1,"texts":{"F1":"\\u0000"}}',
        b'{"answers":{},"role_type":1,"texts":{"F1":"\\ud800"}}',
        b'{"answers":{},"role_type":1,"texts":{"F1":"\xff"}}',
    ],
    ids=lambda content: ascii(content[:70]),
)
def test_a_well_sealed_envelope_with_nonsense_inside_is_bad(content: bytes) -> None:
    with pytest.raises(BadEnvelope):
        open_envelope(PRIVATE, HERE, sealed_as_documented(padded(content)))


PLAINTEXT = padded(CONTENT.encode())


@pytest.mark.parametrize(
    "plaintext",
    [
        b"",
        PLAINTEXT[:-1],
        PLAINTEXT + b"\0",
        PLAINTEXT[:-1] + b"x",
        b"\xff\xff\xff\xff" + PLAINTEXT[4:],
        (1).to_bytes(4, "big") + PLAINTEXT[4:],
    ],
    ids=["nothing", "short", "long", "not padded with zeros", "length beyond the end", "length too short"],
)
def test_a_well_sealed_envelope_with_the_wrong_padding_is_bad(plaintext: bytes) -> None:
    with pytest.raises(BadEnvelope):
        open_envelope(PRIVATE, HERE, sealed_as_documented(plaintext))


def test_a_bad_envelope_is_reported_without_a_word_of_its_contents() -> None:
    envelope = sealed_as_documented(padded(b'{"answers":{"F1.2":"secret"},"role_type":1,"texts":{}}'))

    with pytest.raises(BadEnvelope) as caught:
        open_envelope(PRIVATE, HERE, envelope)

    assert "secret" not in f"{caught.value} {caught.value.__context__}"


def test_a_broken_box_key_is_not_blamed_on_the_envelopes() -> None:
    with pytest.raises(ValueError, match="private"):
        open_envelope(bytes(32), HERE, ENVELOPE)


@pytest.mark.parametrize(
    "public",
    [b"", PUBLIC[:-1], PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 1]), bytes(65)],
    ids=["nothing", "end missing", "beside the curve", "zeros"],
)
def test_nothing_is_sealed_for_a_key_that_is_no_point_of_the_curve(public: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):  # the library's own words differ from case to case
        seal(public, HERE, SHEET)


def test_a_sheet_too_large_for_an_envelope_is_refused() -> None:
    sheet = Sheet(1, {}, {str(number): "å" * 500 for number in range(20)})

    with pytest.raises(ValueError, match="fit"):
        seal(PUBLIC, HERE, sheet)


def test_a_sheet_with_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="Unicode"):
        seal(PUBLIC, HERE, Sheet(1, {}, {"F1": "\ud800"}))


def test_a_box_has_a_raw_private_key_and_an_uncompressed_public_one() -> None:
    assert (len(PRIVATE), len(PUBLIC), PUBLIC[0]) == (32, 65, 4)
