"""What a certificate of erasure proves, and what it does not, in words."""

from __future__ import annotations

from dimios_dash.crypto.certificates import Certificate, Document, Stage
from dimios_dash.domain.calendar import STOCKHOLM
from dimios_dash.domain.days import written

_UNPROVEN = (
    "att ingen har sparat en kopia av nyckeln någon annanstans. Dyker en nyckel upp visar dess SHA-256 om det är den.",
    "att säkerhetskopiorna verkligen är borta den dag som står i intyget. Till dess kan adresser läsas ur dem.",
    "något om filer och mejl som organisationen själv har hämtat eller fått.",
)


def proof(certificate: Certificate, document: Document, *, key_given: bool, chained: bool) -> list[str]:
    """Lines for a reader who knows nothing of signatures. The document has been verified."""
    return [
        f"Intyg nummer {certificate.number} är äkta: ingenting i det har ändrats sedan det undertecknades.",
        "",
        "Det visar att den som har signeringsnyckeln intygar:",
        *(f"- {line}" for line in _certified(certificate)),
        "",
        "Det visar inte:",
        *(f"- {line}" for line in _not_certified(certificate)),
        "",
        _about_key(document, key_given=key_given),
        _about_chain(certificate, chained=chained),
    ]


def _certified(certificate: Certificate) -> list[str]:
    at = certificate.at.astimezone(STOCKHOLM)
    when = f"{written(at.date())} klockan {at:%H.%M}"
    count = f"{certificate.ciphertexts} krypterade adresser och filer (SHA-256 {certificate.ciphertexts_hash})"
    ordered = f"Beslutet fattades av {certificate.by}."
    backups = f"Från den {written(certificate.backups_gone)} finns ingen säkerhetskopia av nyckeln."
    if certificate.stage is Stage.BEGUN:
        return [f"Raderingen av {certificate.organisation} började den {when}. Då fanns {count}.", ordered, backups]
    rows = sum(certificate.rows.values())
    return [
        f"{certificate.organisation} raderades den {when}.",
        _about_keys(certificate),
        f"Databasens {rows} rader om organisationen togs bort, med {count}.",
        ordered,
        backups,
    ]


def _about_keys(certificate: Certificate) -> str:
    if not certificate.key_commitments:
        return "Organisationens nyckel hade gått förlorad redan före raderingen."
    hashes = ", ".join(certificate.key_commitments)
    return f"Nyckeln som adresserna var krypterade med (SHA-256 {hashes}) skrevs över och togs bort, i alla exemplar."


def _not_certified(certificate: Certificate) -> list[str]:
    unfinished = ["att raderingen är klar. Det står i ett intyg för sig."] if certificate.stage is Stage.BEGUN else []
    return [*unfinished, *_UNPROVEN]


def _about_key(document: Document, *, key_given: bool) -> str:
    if key_given:
        return "Intyget är undertecknat med den nyckel som du angav."
    return (
        f"Det är undertecknat med nyckeln {document['public_key']}. Jämför den med leverantörens offentliga nyckel, "
        "eller ange den med --public-key: annars kan vem som helst ha undertecknat."
    )


def _about_chain(certificate: Certificate, *, chained: bool) -> str:
    if chained:
        return "Det står närmast efter det föregående intyget i kedjan, som inte heller har ändrats."
    if certificate.previous is None:
        return "Det är det första intyget i kedjan."
    return f"Det bygger på intyget med SHA-256 {certificate.previous}. Ange det med --previous för att kontrollera det."
