"""What somebody at the desk wants to do with respondents, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.ids import InvitationId, UnitId
from dimios_dash.language import Language


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row as it was when it was chosen: with another version somebody has changed it since."""

    id: InvitationId
    version: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Everything about one respondent as it shall be."""

    chosen: Chosen
    address: str
    unit_id: UnitId
    role_type: int | None
    language: Language


class Deed(StrEnum):
    """What can be done to many at once."""

    MOVE = "move"
    RETYPE = "retype"
    TRANSLATE = "translate"
    REMOVE = "remove"
    RESTORE = "restore"


BOUND_BY_THE_ANSWER = frozenset({Deed.MOVE, Deed.RETYPE})  # the ballot is sealed for its unit


@dataclass(frozen=True, slots=True)
class Order:
    """A deed and what it needs: MOVE a unit, RETYPE a role type (None takes it away), TRANSLATE a language."""

    deed: Deed
    unit_id: UnitId | None = None
    role_type: int | None = None
    language: Language | None = None

    @property
    def values(self) -> dict[str, object]:
        """The columns as they shall be."""
        match self.deed:
            case Deed.MOVE:
                return {"unit_id": self.unit_id}
            case Deed.RETYPE:
                return {"role_type": self.role_type}
            case Deed.TRANSLATE:
                return {"language": self.language and self.language.value}
        return {"removed": self.deed is Deed.REMOVE}


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was chosen, as they are now."""

    id: InvitationId
    version: int
    unit_id: UnitId
    role_type: int | None
    language: Language
    answered: bool
    removed: bool


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """Who is changed by an order, and how many are not, by the reason."""

    changed: tuple[InvitationId, ...]
    answered: int  # stay as they are while the measurement is open
    overtaken: int  # changed by somebody else since they were chosen, or no longer to be reached
    already: int  # are so already


def plan_order(order: Order, chosen: Sequence[Chosen], present: Mapping[InvitationId, Present]) -> OrderPlan:
    """What an order would do to those chosen. `present` lacks those who cannot be reached."""
    changed, answered, overtaken, already = [], 0, 0, 0
    for one in dict.fromkeys(chosen):
        now = present.get(one.id)
        if now is None or now.version != one.version:
            overtaken += 1
        elif _is_so(order, now):
            already += 1
        elif now.answered and order.deed in BOUND_BY_THE_ANSWER:
            answered += 1
        else:
            changed.append(one.id)
    return OrderPlan(tuple(changed), answered, overtaken, already)


def _is_so(order: Order, now: Present) -> bool:
    return all(getattr(now, name) == value for name, value in order.values.items())
