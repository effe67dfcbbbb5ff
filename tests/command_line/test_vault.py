"""Rotating keys, erasing an organisation and verifying the certificate, as an operator types it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from dimios_dash.crypto.key_names import MASTER_KEY
from dimios_dash.crypto.key_ring import KeyRing
from dimios_dash.crypto.keystore import FolderKeyStore
from tests.command_line.conftest import Terminal

BY = "Kim Öberg"
LATER = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()


@pytest.fixture
def operator(terminal: Terminal, tmp_path: Path) -> Terminal:
    """With a copy of the keys of their own, so that rotating them locks no other database out; and two customers."""
    keys = shutil.copytree(terminal.environment["DIMIOS_KEYS"], tmp_path / "keys")
    operator = replace(terminal, environment={**terminal.environment, "DIMIOS_KEYS": str(keys)})
    for name in ("Provstad", "Provby"):
        operator.run("create-organisation", "--name", name, "--sector", "kommun")
        kim = ("--name", "Kim Prov", "--address", f"kim@{name.lower()}.example")
        operator.run("create-user", "--organisation", name, "--role", "key_user", *kim, "--random-password")
    return operator


def erase(operator: Terminal, *more: str, typed: str = "") -> Result:
    arguments = ("--organisation", "Provstad", "--by", BY, "--backups-gone", LATER)
    return operator.run("erase-organisation", *arguments, *more, typed=typed)


@pytest.fixture
def certificate(operator: Terminal) -> Path:
    """Of Provstad, which has been erased."""
    path = operator.folder / "certificate.json"
    erased = erase(operator, "--yes", "--output", str(path))
    assert erased.exit_code == 0, erased.output
    return path


def test_the_master_key_is_rotated(operator: Terminal) -> None:
    keys = FolderKeyStore([Path(operator.environment["DIMIOS_KEYS"])])
    before = keys.read(MASTER_KEY)

    done = operator.run("rotate-master-key")

    wrapped = len(keys.names("addresses"))
    assert done.stdout == f"Huvudnyckeln är bytt. Organisationsnycklar som skyddas av den nya: {wrapped}.\n"
    assert KeyRing.decode(keys.read(MASTER_KEY)).commitments != KeyRing.decode(before).commitments


def test_a_master_key_that_does_not_open_everything_says_what(operator: Terminal) -> None:
    keys = FolderKeyStore([Path(operator.environment["DIMIOS_KEYS"])])
    keys.write_once("addresses/00000000-0000-4000-8000-0000000000ab", b"\x01" + b"x" * 60)

    done = operator.run("rotate-master-key")

    assert done.exit_code == 0
    assert done.stderr.startswith("Nyckeln addresses/00000000-0000-4000-8000-0000000000ab kan inte öppnas")


@pytest.mark.parametrize("organisation", ["Provstad", "Dimios drift"])
def test_the_key_of_an_organisation_is_rotated(operator: Terminal, organisation: str) -> None:
    done = operator.run("rotate-organisation-key", "--organisation", organisation)

    rows = {"Provstad": 1, "Dimios drift": 0}[organisation]
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Nyckeln för {organisation} är bytt. Adresser och filer som krypterades om: {rows}.")


def test_an_unknown_organisation_has_no_key_and_cannot_be_erased(operator: Terminal) -> None:
    before = operator.row_counts()

    rotated = operator.run("rotate-organisation-key", "--organisation", "Provköping")
    erased = erase(operator, "--organisation", "Provköping", "--yes")

    assert (rotated.exit_code, erased.exit_code) == (1, 1)
    assert (
        rotated.stderr
        == erased.stderr
        == "Det finns ingen organisation som heter Provköping. Kontrollera stavningen.\n"
    )
    assert operator.row_counts() == before


def test_the_platform_itself_cannot_be_erased(operator: Terminal) -> None:
    refused = erase(operator, "--organisation", "Dimios drift", "--yes")

    assert refused.exit_code == 1
    assert operator.row_counts()["organisation"] == 3


def test_without_its_name_nothing_is_erased(operator: Terminal) -> None:
    before = operator.row_counts()

    refused = erase(operator, typed="Provby\n")

    assert refused.exit_code == 1
    assert refused.stderr == "Namnet stämmer inte. Ingenting har raderats.\n"
    assert operator.row_counts() == before


def test_with_its_name_an_organisation_is_erased(operator: Terminal) -> None:
    erased = erase(operator, typed="Provstad\n")

    assert erased.exit_code == 0
    assert "Provstad är raderad. Nyckelfiler som skrevs över och togs bort: 1." in erased.stdout
    assert "Kör kommandot igen med --output för att spara det." in erased.stdout
    assert operator.row_counts()["organisation"] == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--by", " "), "Ange med --by vem som har beslutat om raderingen"),
        (("--backups-gone", "2020-01-01"), "Nyckeln finns i dag, och därför kan också säkerhetskopior"),
    ],
)
def test_an_order_that_cannot_be_certified_is_refused(operator: Terminal, more: tuple[str, str], said: str) -> None:
    before = operator.row_counts()

    refused = erase(operator, "--yes", *more)

    assert refused.exit_code == 1
    assert refused.stderr.startswith(said)
    assert operator.row_counts() == before


def test_the_certificate_is_saved_again_when_the_command_is_run_again(operator: Terminal, certificate: Path) -> None:
    again = operator.folder / "again.json"

    repeated = erase(operator, "--output", str(again))

    assert repeated.exit_code == 0
    assert repeated.stdout.startswith("Provstad är redan raderad. Ingenting har ändrats.\n")
    assert again.read_bytes() == certificate.read_bytes()


def test_a_certificate_that_cannot_be_saved_is_not_lost(operator: Terminal) -> None:
    refused = erase(operator, "--yes", "--output", "/finns/inte.json")

    assert refused.exit_code == 1
    assert "Raderingen är gjord och intyget finns i databasen." in refused.stderr
    assert erase(operator, "--output", str(operator.folder / "i.json")).exit_code == 0


def test_a_certificate_is_verified_with_what_it_proves_and_what_not(operator: Terminal, certificate: Path) -> None:
    public_key = json.loads(certificate.read_text(encoding="utf-8"))["public_key"]

    verified = operator.run("verify-certificate", str(certificate), "--public-key", public_key)

    assert (verified.exit_code, verified.stderr) == (0, "")
    lines = verified.stdout.splitlines()
    assert lines[0] == "Intyg nummer 2 är äkta: ingenting i det har ändrats sedan det undertecknades."
    assert "- Provstad raderades den " in verified.stdout
    assert f"- Beslutet fattades av {BY}." in lines
    assert "Det visar inte:" in lines
    assert "Intyget är undertecknat med den nyckel som du angav." in lines


def test_verifying_needs_no_database(certificate: Path, operator: Terminal, tmp_path: Path) -> None:
    nowhere = {"DATABASE_URL": "postgresql://x:y@/dimios?host=/finns/inte", "DIMIOS_KEYS": str(tmp_path / "inga")}

    verified = replace(operator, environment=nowhere).run("verify-certificate", str(certificate))

    assert verified.exit_code == 0
    assert "annars kan vem som helst ha undertecknat" in verified.stdout
    assert not (tmp_path / "inga").exists()


def test_the_chain_is_verified_where_the_previous_certificate_is_given(operator: Terminal, certificate: Path) -> None:
    erase(operator, "--yes", "--organisation", "Provby", "--output", str(operator.folder / "second.json"))
    begun = operator.folder / "begun.json"
    begun.write_text(json.dumps(beginning(operator)), encoding="utf-8")

    right = operator.run("verify-certificate", str(operator.folder / "second.json"), "--previous", str(begun))
    wrong = operator.run("verify-certificate", str(operator.folder / "second.json"), "--previous", str(certificate))

    assert right.exit_code == 0
    assert right.stdout.splitlines()[-1].startswith("Det står närmast efter det föregående intyget i kedjan")
    assert wrong.exit_code == 1
    assert "Intyget bygger inte på" in wrong.stderr


def test_a_tampered_certificate_is_refused(operator: Terminal, certificate: Path) -> None:
    text = certificate.read_text(encoding="utf-8")
    certificate.write_text(text.replace("Provstad", "Provhamn"), encoding="utf-8")

    refused = operator.run("verify-certificate", str(certificate))

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"{certificate}: Intyget är inte äkta: något i det har ändrats sedan det undertecknades. "
        "Be om ett nytt exemplar.\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [("{}", "Filen är inget intyg."), ("inte json", "Filen är inget intyg."), (None, "Filen går inte att läsa")],
)
def test_what_is_no_certificate_is_refused(operator: Terminal, content: str | None, said: str) -> None:
    path = operator.folder / "fil.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    refused = operator.run("verify-certificate", str(path))

    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{path}: {said}")


def test_a_certificate_of_another_key_is_refused(operator: Terminal, certificate: Path) -> None:
    refused = operator.run("verify-certificate", str(certificate), "--public-key", "00" * 32)

    assert refused.exit_code == 1
    assert "undertecknat med en annan nyckel än den som angavs" in refused.stderr


def beginning(operator: Terminal) -> object:
    """The certificate that Provby's erasure had begun, as it stands in the database."""
    from sqlalchemy import select

    from db.engine import transaction
    from db.models import ErasureCertificate

    with transaction(operator.engine, None) as session:
        return session.scalar(
            select(ErasureCertificate.document).where(
                ErasureCertificate.erased_name == "Provby", ErasureCertificate.stage == "begun"
            )
        )
