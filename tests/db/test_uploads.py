from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from db.models import Upload
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import OrganisationId
from tests.conftest import AsWeb
from tests.factories import Make

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TREE = KeptFile(UploadKind.TREE, "träd.csv", b"E;;Ekhamns kommun")
PEOPLE = KeptFile(UploadKind.RESPONDENTS, "urval.csv", b"anna@ekhamn.example;E")


def someone(make: Make, organisation_id: OrganisationId | None = None) -> tuple[DeskScope, AddressVault]:
    """The scope and vault of somebody who is signed in."""
    organisation_id = organisation_id or make.organisation()
    account_id = make.account(organisation_id)
    return DeskScope(organisation_id, account_id, None), AddressVault.open(make.keys, organisation_id)


def test_a_kept_file_is_read_by_its_own_account_and_lies_encrypted(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)

    with as_web(scope.organisation_id) as session:
        upload_id = uploads.keep(session, scope, vault, PEOPLE, NOW)
        read = uploads.read(session, scope, vault, UploadKind.RESPONDENTS, upload_id)

    assert read == PEOPLE
    assert b"anna" not in make.session.scalars(select(Upload.content)).one()


def test_another_accounts_file_looks_missing(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)
    colleague, _ = someone(make, scope.organisation_id)

    with as_web(scope.organisation_id) as session:
        upload_id = uploads.keep(session, scope, vault, PEOPLE, NOW)
        uploads.forget(session, colleague, upload_id)
        with pytest.raises(NotFound):
            uploads.read(session, colleague, vault, UploadKind.RESPONDENTS, upload_id)

    assert make.session.scalars(select(Upload.id)).all() == [upload_id]


def test_another_organisations_file_looks_missing(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)
    stranger, strangers_vault = someone(make)

    with as_web(scope.organisation_id) as session:
        upload_id = uploads.keep(session, scope, vault, PEOPLE, NOW)
    with as_web(stranger.organisation_id) as session:
        uploads.forget(session, stranger, upload_id)
        with pytest.raises(NotFound):
            uploads.read(session, stranger, strangers_vault, UploadKind.RESPONDENTS, upload_id)

    assert make.session.scalars(select(Upload.id)).all() == [upload_id]


def test_a_file_cannot_be_read_as_another_kind(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)

    with as_web(scope.organisation_id) as session:
        upload_id = uploads.keep(session, scope, vault, PEOPLE, NOW)
        with pytest.raises(NotFound):
            uploads.read(session, scope, vault, UploadKind.TREE, upload_id)


def test_a_new_file_takes_the_place_of_the_persons_own_of_its_kind(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)
    colleague, _ = someone(make, scope.organisation_id)

    with as_web(scope.organisation_id) as session:
        uploads.keep(session, scope, vault, TREE, NOW)
        kept = {
            uploads.keep(session, scope, vault, PEOPLE, NOW),
            uploads.keep(session, colleague, vault, TREE, NOW),
            uploads.keep(session, scope, vault, TREE, NOW),
        }

    assert set(make.session.scalars(select(Upload.id))) == kept


def test_what_somebody_left_behind_a_day_ago_goes_with_the_next_file(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)
    colleague, _ = someone(make, scope.organisation_id)

    with as_web(scope.organisation_id) as session:
        uploads.keep(session, colleague, vault, PEOPLE, NOW - timedelta(days=1, seconds=1))
        upload_id = uploads.keep(session, scope, vault, TREE, NOW)

    assert make.session.scalars(select(Upload.id)).all() == [upload_id]


def test_a_forgotten_file_is_gone(make: Make, as_web: AsWeb) -> None:
    scope, vault = someone(make)

    with as_web(scope.organisation_id) as session:
        upload_id = uploads.keep(session, scope, vault, TREE, NOW)
        uploads.forget(session, scope, upload_id)
        with pytest.raises(NotFound, match="Välj filen en gång till"):
            uploads.read(session, scope, vault, UploadKind.TREE, upload_id)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (KeptFile(UploadKind.TREE, "", b"x"), "Ingen fil kom fram"),
        (KeptFile(UploadKind.TREE, "tom.csv", b""), "Ingen fil kom fram"),
        (KeptFile(UploadKind.TREE, "stor.csv", b"x" * (20 * 2**20 + 1)), "högst 20 MB"),
    ],
)
def test_no_file_an_empty_one_and_one_above_20_mb_are_refused(
    make: Make, as_web: AsWeb, file: KeptFile, sentence: str
) -> None:
    scope, vault = someone(make)

    with pytest.raises(Invalid, match=sentence), as_web(scope.organisation_id) as session:
        uploads.keep(session, scope, vault, file, NOW)
