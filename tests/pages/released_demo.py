"""The demo's municipality with released results, and what others of its sector reached."""

from __future__ import annotations

from datetime import date

from db.demo import files
from db.models import Benchmark
from dimios_dash import access, instruments
from dimios_dash.ids import OrganisationId
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make

TODAY = date(2026, 11, 22)


def ekhamn(make: Make, *years: int) -> OrganisationId:
    """Some of its years, moved in as the demo does."""
    organisation_id, tree = make.organisation(), files.ekhamns_tree()
    for year in years:
        said = files.ekhamns_answers(year, [row.unit_id for row in tree])
        move_in(make.session, access.system(organisation_id), make.keys, year, 3, tree, said, TODAY)
    return organisation_id


def others(make: Make, organisation_id: OrganisationId, year: int = 2025) -> dict[str, float]:
    """Twelve others, by statement: what they reached is what is stored."""
    keys = list(map(str, instruments.load().statement_keys))
    means = [40.0 + place for place, _ in enumerate(keys)]
    unknown = [None for _ in keys]
    make.session.add(
        Benchmark(
            organisation_id=organisation_id,
            year=year,
            pool="sector:kommun",
            computed_on=date(2026, 3, 2),
            organisations=12,
            synthetic=False,
            keys=keys,
            counts=[12 for _ in keys],
            mean=means,
            lower_quartile=unknown,
            median=unknown,
            upper_quartile=unknown,
        )
    )
    make.session.flush()
    return dict(zip(keys, means, strict=True))
