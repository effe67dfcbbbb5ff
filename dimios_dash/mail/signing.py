"""DKIM: each mail is signed with our domain's key, so that receivers can tell that it is ours and unchanged."""

from __future__ import annotations

from base64 import b64encode

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from dimios_dash.crypto.key_names import DKIM_KEY
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.mail.delivery import Postman, Sign
from dimios_dash.settings import Settings

KEY_BITS = 2048  # more does not fit into what many domains' name servers hand out
RELAXED = (b"relaxed", b"relaxed")  # mail servers on the way may fold lines anew
SIGNED = (
    *(b"From", b"To", b"Reply-To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted"),
    *(b"MIME-Version", b"Content-Type", b"Content-Transfer-Encoding"),
)


def new_key() -> bytes:
    """A private key, to be kept in the key store."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def dns_record(private_key: bytes) -> str:
    """What stands as TXT under `dns_name`, for receivers to check signatures with."""
    public = load_pem_private_key(private_key, None).public_key()
    written = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={b64encode(written).decode()}"


def dns_name(settings: Settings) -> str:
    """Where the record stands."""
    return f"{settings.dkim_selector}._domainkey.{settings.dkim_domain or settings.mail_domain}"


def signing_postman(settings: Settings, keys: KeyStore) -> Postman:
    """One that signs. Raises as `signer` does."""
    return Postman(settings, signer(settings, keys))


def signer(settings: Settings, keys: KeyStore) -> Sign:
    """What signs a mail's bytes; leaves them as they are where the settings name no selector.

    Raises KeyMissing where they do and nobody has made the key.
    """
    if settings.dkim_selector is None:
        return bytes
    selector, domain = settings.dkim_selector.encode(), (settings.dkim_domain or settings.mail_domain).encode()
    private_key = keys.read(DKIM_KEY)

    def sign(mail: bytes) -> bytes:
        signature = dkim.sign(mail, selector, domain, private_key, canonicalize=RELAXED, include_headers=SIGNED)
        return bytes(signature) + mail

    return sign
