"""The migration of generations and certificates goes up and down, with rows in the database."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.engine import Role, connect
from db.migrate import downgrade, migrate
from db.models import Account, AddressKey, Base
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_names import database_key
from dimios_dash.preparation import key_store
from dimios_dash.settings import Settings
from tests.factories import Make


def test_rows_from_before_it_refer_to_the_first_key_and_can_be_read(another_place: Settings) -> None:
    owner, keys = connect(str(another_place.database_url)), key_store(another_place)
    with Session(owner) as session, session.begin():
        make = Make(session, keys)
        organisation_id = make.organisation()
        account_id = make.account(organisation_id, address="kim@prov.example")
    with owner.begin() as connection:
        downgrade(connection, "20261122_roles")
        without = set(inspect(connection).get_table_names())

    migrate(owner, {role: keys.read(database_key(role)).decode() for role in (Role.WEB, Role.WORKER)})

    assert without.isdisjoint({"address_key", "erasure_certificate"})
    with Session(owner) as session:
        row = session.get_one(Account, (organisation_id, account_id))
        admitted = session.scalars(select(AddressKey.generation).where(AddressKey.organisation_id == organisation_id))
        assert (admitted.all(), row.key_generation) == ([1], 1)
        assert AddressVault.open(keys, organisation_id).decrypt(account_id, row.address) == "kim@prov.example"
    with owner.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    owner.dispose()
