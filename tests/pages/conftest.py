"""A new customer and their key user, on the running site."""

from __future__ import annotations

import pytest
from flask import Flask

from dimios_dash.domain.permissions import Role
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.pages.visiting import Visitor


@pytest.fixture
def granvik(committed: Make) -> OrganisationId:
    """A new customer with nothing."""
    return committed.organisation()


@pytest.fixture
def key_user(site: Flask, committed: Make, granvik: OrganisationId) -> Visitor:
    """Somebody who may do the whole first step there."""
    return Visitor.arrive(site, committed, granvik, Role.KEY_USER)
