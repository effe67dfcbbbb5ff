"""The new customer's two files, the pages that take them, and what came of it."""

from __future__ import annotations

from sqlalchemy import func, select

from db.models import Invitation, Unit, Upload
from dimios_dash.ids import OrganisationId
from tests.factories import Make

TREE = "enhet_id;overordnad_id;namn\nK;;Granviks kommun\nA;K;Skola\nB;K;Vård\nB1;B;Östra äldreboendet\n"
PEOPLE = "epost;enhet_id;respondenttyp\nanna@granvik.example;A;1\nBo@granvik.example;B1;\n"
TREE_PAGE, PEOPLE_PAGE = "/matning/trad", "/matning/respondenter"


def units(committed: Make, organisation_id: OrganisationId) -> list[str]:
    """Ids of the open units."""
    committed.session.rollback()
    found = select(Unit.id).where(Unit.organisation_id == organisation_id, ~Unit.closed)
    return sorted(committed.session.scalars(found))


def invited(committed: Make, organisation_id: OrganisationId) -> int:
    committed.session.rollback()
    found = select(func.count()).select_from(Invitation).where(Invitation.organisation_id == organisation_id)
    return committed.session.scalars(found).one()


def uploads(committed: Make, organisation_id: OrganisationId) -> int:
    committed.session.rollback()
    found = select(func.count()).select_from(Upload).where(Upload.organisation_id == organisation_id)
    return committed.session.scalars(found).one()
