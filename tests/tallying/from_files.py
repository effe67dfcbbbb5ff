"""What anybody computes of how two years compare, from the two release files and with another library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import sqrt
from statistics import fmean, stdev
from typing import Any

import orjson
from scipy.stats import t as students_t

from db.demo import files
from dimios_dash import access, instruments
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import OrganisationId
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make
from tests.tallying.conftest import KEYS

TODAY = date(2026, 11, 22)
INSTRUMENT = instruments.load()

Key = tuple[str, str]  # unit and statement or level


def ekhamn(make: Make, *years: int) -> OrganisationId:
    """The demo's municipality with some of its years."""
    organisation_id, tree = make.organisation(), files.ekhamns_tree()
    for year in years:
        said = files.ekhamns_answers(year, [row.unit_id for row in tree])
        move_in(make.session, access.system(organisation_id), make.keys, year, 3, tree, said, TODAY)
    return organisation_id


class FromFile:
    """One year as anybody computes it from its release file."""

    def __init__(self, file: dict[str, Any]) -> None:
        self.means = {
            (cell["unit"], cell["statement"]): cell["mean"]
            for cell in file["means"]
            if cell["mean"] is not None and not cell["some_counted_higher_up"]
        }
        self.answered = {unit["id"]: unit["answered"] for unit in file["units"]}
        self.counts = {(each["unit"], each["statement"]): each["counts"] for each in file["distributions"]}
        self.pooled = {each["key"]: each["standard_deviation"] for each in file["pooled_spread"]}
        self.root = file["units"][0]["id"]
        self.roles = file["units"][0]["answered_by_role_type"]
        self.splits = {
            (each["statement"], each["group"]): each["mean"] for each in file["splits"] if each["unit"] == self.root
        }

    def spread(self, unit: str, key: str) -> tuple[float, int, int] | None:
        """Standard deviation, answers behind the mean, answers behind the deviation."""
        if (unit, key) in self.counts:
            sd = stdev([20 * point for point, times in enumerate(self.counts[unit, key]) for _ in range(times)])
            n = sum(self.counts[unit, key])
            return round(sd, 2), n, n
        if key not in self.pooled:
            return None
        asked = KEYS if key == "index" else [statement for statement in KEYS if statement.startswith(key)]
        n = min(sum(self.counts[self.root, statement]) for statement in asked)
        return self.pooled[key], self.answered[unit], n


def exported(make: Make, organisation_id: OrganisationId, year: int) -> FromFile:
    scope = access.export(make.session, organisation_id, year)
    return FromFile(orjson.loads(as_json(gather(make.session, scope))))


def differences(then: FromFile, now: FromFile) -> dict[Key, float]:
    """Of statements that both show, and levels of these; units keep their ids, and the tree is one."""
    found: dict[Key, float] = {}
    for unit in now.answered:
        own = {key: now.means[unit, key] - then.means[unit, key]
               for key in KEYS if (unit, key) in now.means and (unit, key) in then.means}  # fmt: skip
        found.update({(unit, key): difference for key, difference in own.items()})
        categories = {
            category.key: fmean(shown)
            for category in INSTRUMENT.categories
            if len(shown := [own[each.key] for each in category.statements if each.key in own]) >= 3
        }
        dimensions = {
            letter: fmean(parts)
            for letter in ("F", "A")
            if len(parts := [value for key, value in categories.items() if key.startswith(letter)]) == 3
        }
        index = {"index": fmean(dimensions.values())} if len(dimensions) == 2 else {}
        found.update({(unit, key): value for key, value in (categories | dimensions | index).items()})
    return found


def by_welch(then: FromFile, now: FromFile, found: Mapping[Key, float]) -> dict[Key, tuple[float, float]]:
    """p and half the interval of each difference that can be tested."""
    tested = {}
    for (unit, key), difference in found.items():
        spreads = [year.spread(unit, key) for year in (then, now)]
        known = [each for each in spreads if each is not None and each[1] > 1]
        if len(known) == 2:
            variances = [sd**2 / n for sd, n, _ in known]
            error = sqrt(sum(variances))
            degrees = error**4 / sum(v**2 / (n - 1) for v, (_, _, n) in zip(variances, known, strict=True))
            p = 2 * students_t.sf(abs(difference) / error, degrees)
            tested[unit, key] = float(p), float(students_t.ppf(0.975, degrees) * error)
    return tested
