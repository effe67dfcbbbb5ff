"""Releases made of means alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import update

from db.models import Placement, Release, ReleasedPiece, ReleasedUnit
from dimios_dash import instruments
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.factories.measurements import Measurements


@dataclass(frozen=True, slots=True)
class Releases(Measurements):
    """Measurements whose results may be read, without an answer behind them."""

    def release(
        self,
        organisation_id: OrganisationId,
        year: int,
        means: Mapping[str, float | Mapping[str, float] | None],
        *,
        hidden: Hidden = Hidden.TOO_FEW,
        home: str | None = None,
        lifted: Collection[str] = (),
        outside: Collection[str] = (),
        bound: int = 0,
        answered: int = 40,
        invited: int | None = 60,
        spread: float | None = None,
    ) -> MeasurementId:
        """A released measurement of the organisation's units as they are.

        `means` gives each unit one mean for all statements, or one for each beginning of a key ("F", "A3.5": the
        longest counts; where there is none it is hidden), or None: all hidden for the reason `hidden`, the answers
        counted at `home`. Units in `lifted` are lifted, those in `outside` take no part. `spread` is that of both
        dimensions in the whole organisation.
        """
        measurement_id = self.measurement(organisation_id, MeasurementState.RELEASED, year)
        keys = instruments.load().statement_keys
        owner = {"organisation_id": organisation_id, "measurement_id": measurement_id}
        self.session.add(Release(**owner, statements=list(keys), **_spreads(spread)))
        for unit_id, given in means.items():
            unit = {**owner, "unit_id": unit_id}
            mean = [_mean(given, key) for key in keys]
            cells = _cells(unit_id, mean, hidden=hidden, home=home, lifted=unit_id in lifted, bound=bound)
            self.session.add(ReleasedUnit(**unit, answered=answered, invited=invited, mean=mean, **cells))
            self.session.add(ReleasedPiece(**unit, **_counts(mean, answered)))
        self._leave_out(measurement_id, outside)
        return measurement_id

    def _leave_out(self, measurement_id: MeasurementId, units: Collection[str]) -> None:
        out = update(Placement).where(Placement.measurement_id == measurement_id, Placement.unit_id.in_(units))
        self.session.execute(out.values(takes_part=False))
        self.session.flush()


def _mean(given: float | Mapping[str, float] | None, key: str) -> float | None:
    if not isinstance(given, Mapping):
        return None if given is None else float(given)
    beginning = max((each for each in given if key.startswith(each)), key=len, default=None)
    return None if beginning is None else float(given[beginning])


def _spreads(spread: float | None) -> dict[str, list[str] | list[float] | list[int]]:
    keys = [] if spread is None else ["F", "A"]
    return {"spread_keys": keys, "spread_sd": [spread or 0.0 for _ in keys], "spread_n": [40 for _ in keys]}


def _cells(
    unit_id: str, mean: list[float | None], *, hidden: Hidden, home: str | None, lifted: bool, bound: int
) -> dict[str, list[int] | list[str | None]]:
    return {
        "hidden": [int(hidden if each is None else Hidden.SHOWN) for each in mean],
        "home": [home if each is None else unit_id for each in mean],
        "lifted": [int(lifted)] * len(mean),
        "bound": [0 if each is None else bound for each in mean],
    }


def _counts(mean: list[float | None], answered: int) -> dict[str, list[int]]:
    """How many answered each statement, and the sum of their points (1–6) that makes the mean."""
    counted = [0 if each is None else answered for each in mean]
    return {
        "n": counted,
        "total": [n and round(n * (1 + (each or 0) / 20)) for n, each in zip(counted, mean, strict=True)],
    }
