"""The names of all keys: the one place that knows which key lies in which folder.

addresses/, links/ and platform/ are for web and worker; boxes/ only for the tally's user.
"""

from __future__ import annotations

from uuid import UUID

from dimios_dash.ids import MeasurementId, OrganisationId

MASTER_KEY = "platform/master"
SIGN_IN_KEY = "platform/sign-in"
COOKIE_KEY = "platform/cookie"  # signs the cookie of signed-in browsers
CERTIFICATES_KEY = "platform/certificates"  # signs the certificates of erasure
DKIM_KEY = "platform/dkim"  # signs mails
BOUNCES_KEY = "platform/bounces"  # marks the addresses that mails come back to
DEMO_SIGN_IN_KEY = "platform/demo-password"  # what the accounts of the demo sign in with


ADDRESSES = "addresses"


def addresses_key(organisation_id: OrganisationId) -> str:
    """The organisation's own key, wrapped with the master key."""
    return f"{ADDRESSES}/{organisation_id}"


def owner_of(name: str) -> OrganisationId:
    """Whose key that `addresses_key` named it is. Raises ValueError for another name."""
    return OrganisationId(UUID(name.removeprefix(f"{ADDRESSES}/")))


def links_key(measurement_id: MeasurementId) -> str:
    """The secret that personal links of a measurement are made from."""
    return f"links/{measurement_id}"


def box_key(measurement_id: MeasurementId) -> str:
    """The private key of a measurement's ballot box."""
    return f"boxes/{measurement_id}"


def database_key(role: str) -> str:
    """The password of one of the database's roles."""
    return f"database/{role.removeprefix('dimios_')}"
