"""The state of the list of respondents, all of it in the address bar, except for what is searched for.

An address that is searched for never stands in an address bar, a history or a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import Field, TypeAdapter, ValidationError

from dimios_dash.domain.respondents.respondent_filter import Progress, RespondentFilter
from dimios_dash.errors import NotFound
from dimios_dash.ids import UnitId
from dimios_dash.web import NO_SUCH_PAGE

LIST: Final = "/matning/respondenter"
RoleTypeChoice = Annotated[int, Field(ge=0, le=3)]  # 0: those without one
PageNumber = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class RespondentView:
    """The fields are the parameters of the address."""

    enhet: str | None = None
    typ: RoleTypeChoice | None = None
    status: Progress = Progress.ALL
    sida: PageNumber = 1

    @property
    def chosen(self) -> RespondentFilter:
        """Whom it shows."""
        return RespondentFilter(None if self.enhet is None else UnitId(self.enhet), self.typ, self.status)

    @property
    def search(self) -> str:
        """ "?enhet=E01&status=svarat", without what is as usual; "" for the whole list from its beginning."""
        usual = RespondentView()
        parts = {name: getattr(self, name) for name in ("enhet", "typ", "status", "sida")}
        told = {name: str(value) for name, value in parts.items() if value != getattr(usual, name)}
        return f"?{urlencode(told)}" if told else ""

    @property
    def address(self) -> str:
        """The page with the list."""
        return LIST + self.search

    @classmethod
    def read(cls, query: Mapping[str, str]) -> RespondentView:
        """From an address. Raises NotFound for nonsense."""
        try:
            return _VIEW.validate_python({name: query[name] for name in query.keys() & _FIELDS})
        except ValidationError:
            raise NotFound(NO_SUCH_PAGE) from None


_FIELDS: Final = frozenset(RespondentView.__dataclass_fields__)
_VIEW: Final = TypeAdapter(RespondentView)
