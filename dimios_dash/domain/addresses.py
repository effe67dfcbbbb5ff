"""E-mail addresses: what counts as one, and when two are the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from dimios_dash.errors import Invalid

MAX_ADDRESS_BYTES: Final = 64  # encrypted addresses are padded to this length, so that none is known by its own
_WITH_NAME: Final = re.compile(r"[^<>]*<([^<>]*)>")
_LOCAL_PART: Final = re.compile(r'[^\s@<>()\[\],;:\\".]+(\.[^\s@<>()\[\],;:\\".]+)*')
_DOMAIN: Final = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def bare_address(text: str) -> str:
    """The address in "a@b.se", "mailto:a@b.se" or "Anna Berg <a@b.se>", spelt as it is."""
    named = _WITH_NAME.fullmatch(text.strip())
    address = (named[1] if named else text).strip()
    return address[len("mailto:") :].strip() if address.casefold().startswith("mailto:") else address


def normalise_address(address: str) -> str:
    """One spelling for all spellings of an address: NFKC, casefolded, the domain in its ASCII form.

    Takes every form `bare_address` does. Raises Invalid, in Swedish, for what is not an address or is longer
    than MAX_ADDRESS_BYTES in UTF-8 as written.
    """
    bare = bare_address(address)
    if len(bare.encode(errors="surrogatepass")) > MAX_ADDRESS_BYTES:
        raise Invalid(f"E-postadressen är för lång; högst {MAX_ADDRESS_BYTES} tecken ryms (å, ä och ö räknas som två).")
    local, domain = _parts(_folded(bare))
    return f"{local}@{_ascii_domain(domain)}"


def deliverable_address(address: str) -> str:
    """The address for a mail server: the part before @ as it is spelt, the domain in its ASCII form. Raises Invalid."""
    local = bare_address(address).rpartition("@")[0]
    return f"{local}@{normalise_address(address).rpartition('@')[2]}"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _parts(address: str) -> tuple[str, str]:
    local, at, domain = address.partition("@")
    if not at or "@" in domain:
        raise Invalid("Det här är inte en e-postadress: den ska ha ett enda @, som i namn@kommun.se.")
    # "=?" begins what mail programs decode: a line break, and with it headers, can hide there.
    if not address.isprintable() or "=?" in local or not _LOCAL_PART.fullmatch(local):
        raise Invalid("E-postadressen har mellanslag, punkter eller andra tecken där de inte får stå. Rätta den.")
    return local, domain


def _ascii_domain(domain: str) -> str:
    """The domain as mail servers know it: "västerås.se" is "xn--vsters-buam.se"."""
    try:
        # The standard library's codec keeps to Unicode 3.2 for ever: what is stored by it stays findable.
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        ascii_domain = ""
    if not _DOMAIN.fullmatch(ascii_domain):
        raise Invalid("Det som står efter @ är inte en domän med punkt, som i kommun.se. Rätta adressen.")
    return ascii_domain
