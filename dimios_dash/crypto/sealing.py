"""The sealed ballot: what a respondent answered, readable only with the key of the measurement's box.

The browser (assets/answer.js) seals as well as the server, so the format is fixed to the byte. All numbers are
big-endian.

    envelope (16,477 bytes)
        point       65      ephemeral P-256 public key, uncompressed (0x04 || x || y): WebCrypto's "raw"
        nonce       12      random
        sealed      16,400  AES-256-GCM ciphertext of the plaintext, then its tag of 16 bytes

    key             HKDF-SHA-256 of the ECDH secret (x coordinate, 32 bytes), to 32 bytes,
                    salt = "dimios-dash", info = "envelope/1"
    associated      UTF-8 of "<measurement id>|<unit id>|<channel>": the id as lower-case UUID with hyphens,
                    the unit as the organisation writes it, the channel "email" or "link"
    plaintext       16,384 bytes: length of the JSON (4 bytes), the JSON in UTF-8, zeros
    JSON            {"answers":{"F1.2":5,"A2.4":0},"role_type":2,"texts":{"F1":"…"}}: these three keys, all
                    of them, nothing else; 0 is Vet ej. Written compact and sorted, read in any order

The box's public key is 65 bytes like the point, its private key the number in 32 bytes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, UnitId

ROLE_TYPES = (1, 2, 3)
TEXT_CHARACTERS = 500
PLAINTEXT_BYTES = 16 * 1024
_PRIVATE_BYTES = 32
_POINT_BYTES = 65
_NONCE_BYTES = 12
_TAG_BYTES = 16
_LENGTH_BYTES = 4
ENVELOPE_BYTES = _POINT_BYTES + _NONCE_BYTES + PLAINTEXT_BYTES + _TAG_BYTES
_CURVE = ec.SECP256R1()
_SALT = b"dimios-dash"
_INFO = b"envelope/1"


class BadEnvelope(Exception):
    """Cannot be counted. The message names the kind of fault and never anything of the contents."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one respondent answered. Raises ValueError for values out of type.

    Which statements, scale points and text questions exist is the instrument's to say, not checked here.
    """

    role_type: int  # 1 to 3
    answers: Mapping[str, int]  # scale point per statement; 0 = Vet ej
    texts: Mapping[str, str]  # at most 500 characters per question, none of them NUL (no database keeps it)

    def __post_init__(self) -> None:
        # The checks are of types too: a sheet may come out of an envelope that anybody made.
        if type(self.role_type) is not int or self.role_type not in ROLE_TYPES:
            raise ValueError("role type")
        if not _is_table(self.answers) or not all(map(_is_answer, self.answers.values())):
            raise ValueError("answers")
        if not _is_table(self.texts) or not all(map(_is_text, self.texts.values())):
            raise ValueError("texts")


@dataclass(frozen=True, slots=True)
class Associated:
    """What stands beside an envelope in clear and is sealed to it: changed, the envelope does not open."""

    measurement_id: MeasurementId
    unit_id: UnitId
    channel: Channel

    def encoded(self) -> bytes:
        """Unambiguous for any unit id, since what stands before has a fixed length and what follows no "|"."""
        return f"{self.measurement_id}|{self.unit_id}|{self.channel}".encode()


def new_box() -> tuple[bytes, bytes]:
    """Private key (for the key store) and public key (for the database) of a new ballot box."""
    number = ec.generate_private_key(_CURVE).private_numbers().private_value
    private = number.to_bytes(_PRIVATE_BYTES)
    return private, public_key(private)


def public_key(private: bytes) -> bytes:
    """The public key that belongs to a box's private key. Raises ValueError for what cannot be one."""
    return _point(ec.derive_private_key(int.from_bytes(private), _CURVE).public_key())


def seal(public: bytes, associated: Associated, sheet: Sheet) -> bytes:
    """An envelope of ENVELOPE_BYTES for the box with this public key.

    Raises ValueError for a public key that is not a point of P-256, and for a sheet whose JSON is longer
    than 16,380 bytes or not Unicode.
    """
    ephemeral = ec.generate_private_key(_CURVE)
    key = _shared_key(ephemeral, public)
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, _plaintext(sheet), associated.encoded())
    return _point(ephemeral.public_key()) + nonce + sealed


def open_envelope(private: bytes, associated: Associated, envelope: bytes) -> Sheet:
    """The sheet inside.

    Raises BadEnvelope for anything wrong with the envelope: size, point, another box, other associated
    data, damage, JSON, values out of type. Raises ValueError for a private key that cannot be one: that
    is our mistake, and must not make every envelope look bad.
    """
    box = ec.derive_private_key(int.from_bytes(private), _CURVE)
    if len(envelope) != ENVELOPE_BYTES:
        raise BadEnvelope("wrong size")
    point, rest = envelope[:_POINT_BYTES], envelope[_POINT_BYTES:]
    nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    try:
        plaintext = AESGCM(_shared_key(box, point)).decrypt(nonce, sealed, associated.encoded())
        return _sheet(plaintext)
    except InvalidTag:
        raise BadEnvelope("sealed for another box or with other associated data, or damaged") from None
    except ValueError:
        raise BadEnvelope("not a point of the curve, or not a sheet inside") from None


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _shared_key(private: ec.EllipticCurvePrivateKey, point: bytes) -> bytes:
    public = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    secret = private.exchange(ec.ECDH(), public)
    return HKDF(algorithm=SHA256(), length=32, salt=_SALT, info=_INFO).derive(secret)


def _plaintext(sheet: Sheet) -> bytes:
    try:
        fields = {"answers": dict(sheet.answers), "role_type": sheet.role_type, "texts": dict(sheet.texts)}
        content = orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        raise ValueError("a sheet holds Unicode only") from None
    if len(content) > PLAINTEXT_BYTES - _LENGTH_BYTES:
        raise ValueError("the sheet does not fit in an envelope")
    return (len(content).to_bytes(_LENGTH_BYTES) + content).ljust(PLAINTEXT_BYTES, b"\0")


def _sheet(plaintext: bytes) -> Sheet:
    """Raises ValueError for anything that is not the plaintext of a sheet."""
    end = _LENGTH_BYTES + int.from_bytes(plaintext[:_LENGTH_BYTES])
    if end > PLAINTEXT_BYTES or plaintext[end:].strip(b"\0"):
        raise ValueError("length")
    content = orjson.loads(plaintext[_LENGTH_BYTES:end])
    if not isinstance(content, dict) or content.keys() != {"answers", "role_type", "texts"}:
        raise ValueError("keys")
    return Sheet(**content)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)


def _is_answer(value: object) -> bool:
    return type(value) is int and value >= 0  # bool is an int to isinstance


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= TEXT_CHARACTERS and "\0" not in value
