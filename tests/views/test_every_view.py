"""Every number on every view equals what is computed anew from export-release, and nothing else is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pytest

from tests.views.data import DATA
from tests.views.internal import INTERNAL
from tests.views.looking import Look, View, check
from tests.views.overview import OVERVIEW
from tests.views.visiting import Shown

VIEWS: Final = (OVERVIEW, DATA, INTERNAL)
# The whole, branches with and without lifted answers, partly hidden ones, one that is hidden one year, one always.
UNITS: Final = ("E", "E01", "E03", "E0204", "E08", "E030103", "E0404")


def path(view: View) -> str:
    return view.path


def compared(view: View, shown: Shown, units: Iterable[str]) -> int:
    """How many numbers of tables, all years and choices of the units together."""
    looks = [Look(shown, year, unit, chosen) for unit in units for year in shown.years for chosen in view.choices]
    return sum(check(view, look) for look in looks)


@pytest.mark.parametrize("view", VIEWS, ids=path)
def test_every_number_of_ekhamn_in_three_years_follows_from_its_release_files(ekhamn: Shown, view: View) -> None:
    assert compared(view, ekhamn, UNITS) > 100


@pytest.mark.parametrize("view", VIEWS, ids=path)
def test_every_number_of_nacka_2022_follows_from_its_release_file(nacka: Shown, view: View) -> None:
    assert compared(view, nacka, nacka.years[2022].units) > 100
