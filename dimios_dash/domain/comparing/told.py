"""What the pools of a year, and what organisations have shown of themselves, have told up to a fixed date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dimios_dash.domain.comparing.choosing_pools import Reader, readers
from dimios_dash.domain.comparing.pools import Pool
from dimios_dash.domain.comparing.singling_out import Members

NAMED: Final = "shared:named"  # kept on every fixed date, also where it is nobody
ANONYMOUS: Final = "shared:point"
GROUP: Final = "shared:group:"
_NOBODY: Final[Members] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """Once told, it is known for good: also of those who have left or taken their consent back."""

    days: frozenset[date]
    pools: Mapping[Pool, Sequence[Members]]  # the latest last
    named: Members
    anonymous: Members
    groups: tuple[Members, ...]  # who has been shown to each other, on any date

    @property
    def reckoned_with(self) -> tuple[Reader, ...]:
        """Everybody who may combine what has been told."""
        return readers(self.named, self.anonymous, self.groups)

    @property
    def rows(self) -> list[Members]:
        """The members of every pool on every date."""
        return [members for each in self.pools.values() for members in each]


def told(kept: Sequence[tuple[str, date, Members]]) -> Told:
    """From what is kept of a year, the oldest first: pool or kind of sharing, day and members."""
    pools: dict[Pool, list[Members]] = {}
    shared: dict[str, Members] = {}
    groups: dict[Members, None] = {}
    for key, _, members in kept:
        if key.startswith(GROUP):
            groups[members] = None
        elif key.startswith("shared:"):
            shared[key] = shared.get(key, _NOBODY) | members
        else:
            pools.setdefault(Pool.of(key), []).append(members)
    days = frozenset(day for _, day, _ in kept)
    return Told(days, pools, shared.get(NAMED, _NOBODY), shared.get(ANONYMOUS, _NOBODY), tuple(groups))
