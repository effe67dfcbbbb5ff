"""What a deed may touch. Only access.py makes scopes; every query and command asks for one.

A scope can be narrowed, never widened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from dimios_dash.ids import AccountId, MeasurementId, OrganisationId, UnitId


@dataclass(frozen=True, slots=True)
class DeskScope:
    """Tree, respondents and measurements of one organisation, for somebody who works with them.

    `branch` is the unit below which they work; None: everywhere.
    """

    organisation_id: OrganisationId
    account_id: AccountId | None  # None: an operator at the command line
    branch: UnitId | None


@dataclass(frozen=True, slots=True)
class ResultsScope:
    """One release, from one unit down. `branch` is the highest unit this user may see; None: the whole."""

    organisation_id: OrganisationId
    measurement_id: MeasurementId
    year: int
    branch: UnitId | None
    unit_id: UnitId

    def narrow(self, unit_id: UnitId) -> Self:
        """The same release seen from a unit below; access.py has checked that it lies below."""
        return replace(self, unit_id=unit_id)


@dataclass(frozen=True, slots=True)
class ReviewScope:
    """The free texts of one release as they were written, for somebody who decides what others may read of them."""

    released: ResultsScope
    desk: DeskScope  # who that is, in the same organisation and branch


@dataclass(frozen=True, slots=True)
class FormScope:
    """One personal link: the invitation with this hash, in the organisation that the link names."""

    organisation_id: OrganisationId
    token_hash: bytes


@dataclass(frozen=True, slots=True)
class LinkScope:
    """One open link, by a code with this hash; a code that nobody has made belongs to the platform."""

    organisation_id: OrganisationId
    code_hash: bytes


@dataclass(frozen=True, slots=True)
class SignInScope:
    """Somebody who is not yet known: whom they say they are, and where from, as HMACs."""

    address_index: bytes
    place_index: bytes


@dataclass(frozen=True, slots=True)
class SystemScope:
    """The worker and the command line; `organisation_id` None: the whole platform."""

    organisation_id: OrganisationId | None


Scope = DeskScope | ResultsScope | ReviewScope | FormScope | LinkScope | SignInScope | SystemScope
