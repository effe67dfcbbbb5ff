"""What is left of an organisation, for tests of its erasure."""

from __future__ import annotations

from sqlalchemy import select

from db.engine import transaction
from db.models import ErasureCertificate
from db.queries.organisations import KnownOrganisation
from dimios_dash.crypto.certificates import Certificate, Document, verify
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import PLATFORM
from tests.custody.conftest import Customer, Vaults


def known(customer: Customer) -> KnownOrganisation:
    """As the command line finds it."""
    return KnownOrganisation(customer.id, customer.name, Sector.KOMMUN, 3)


def chain(vaults: Vaults) -> list[Document]:
    """All documents, as the platform's own web process sees them; the first first."""
    with transaction(vaults.web, PLATFORM) as session:
        return list(session.scalars(select(ErasureCertificate.document).order_by(ErasureCertificate.number)))


def certificates_of(vaults: Vaults, customer: Customer) -> list[Certificate]:
    """The customer's certificates, in the order of the chain."""
    return [found for found in map(verify, chain(vaults)) if found.organisation_id == customer.id]


def key_files(vaults: Vaults, customer: Customer) -> list[str]:
    """Every file of the customer's in every folder of the key store, also hidden ones."""
    ids = (str(customer.id), str(customer.measurement_id))
    paths = (path for folder in vaults.settings.key_folders for path in folder.rglob("*"))
    return sorted(f"{path.parent.name}/{path.name}" for path in paths if any(each in path.name for each in ids))
