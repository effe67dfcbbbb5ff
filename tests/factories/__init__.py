"""Rows for tests. Everything a test relies on is an argument; the rest gets a harmless value."""

from __future__ import annotations

from dataclasses import dataclass

from tests.factories.measurements import LINK_SECRET
from tests.factories.organisations import PASSWORD, Organisations
from tests.factories.releases import Releases
from tests.factories.respondents import Invited, Linked, Respondents
from tests.factories.texts import Texts

__all__ = ["LINK_SECRET", "PASSWORD", "Invited", "Linked", "Make"]


@dataclass(frozen=True, slots=True)
class Make(Organisations, Respondents, Releases, Texts):
    """Makes rows in `session` (which speaks as the owner) and keys in `keys`."""
