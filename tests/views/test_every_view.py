"""Every number on every view equals what is computed anew from export-release, and nothing else is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pytest

from dimios_dash.analyses import ANALYSES
from dimios_dash.domain.permissions import Permission
from dimios_dash.web import PAGES
from tests.views.change import CHANGE
from tests.views.data import DATA
from tests.views.dont_know import DONT_KNOW
from tests.views.everyone import EVERYONE
from tests.views.groups import GROUPS
from tests.views.internal import INTERNAL
from tests.views.looking import Look, View, check
from tests.views.overview import OVERVIEW
from tests.views.targets import TARGETS
from tests.views.visiting import Shown

VIEWS: Final = (OVERVIEW, DATA, INTERNAL, CHANGE, DONT_KNOW, EVERYONE, GROUPS, TARGETS)
OF_TEXTS: Final = {"/resultat/forslag": {"forslag", "forslag-per-kategori"}}  # test_suggestions.py
# The whole, branches with and without lifted answers, partly hidden ones, one that is hidden one year, one always.
UNITS: Final = ("E", "E01", "E03", "E0204", "E08", "E030103", "E0404")


def path(view: View) -> str:
    return view.path


def compared(view: View, shown: Shown, units: Iterable[str]) -> int:
    """How many numbers of tables, all years and choices together."""
    looked_at = list(units)[:1] if view.of_whole else units
    looks = [Look(shown, year, unit, chosen) for unit in looked_at for year in shown.years for chosen in view.choices]
    return sum(check(view, look) for look in looks)


@pytest.mark.parametrize("view", VIEWS, ids=path)
def test_every_number_of_ekhamn_in_three_years_follows_from_its_release_files(ekhamn: Shown, view: View) -> None:
    assert compared(view, ekhamn, UNITS) > 30


@pytest.mark.parametrize("view", [view for view in VIEWS if view is not TARGETS], ids=path)
def test_every_number_of_nacka_2022_follows_from_its_release_file(nacka: Shown, view: View) -> None:
    """It has one year, so there is no change to number."""
    assert compared(view, nacka, nacka.years[2022].units) > 0 or view is CHANGE


def test_no_analysis_is_left_out() -> None:
    walked = {slug for view in VIEWS for slug in view.cards}.union(*OF_TEXTS.values())

    assert walked == {analysis.slug for analysis in ANALYSES}


@pytest.mark.usefixtures("site")
def test_no_page_of_results_is_left_out() -> None:
    pages = {where for where, page in PAGES.items() if page.needs is Permission.RESULTS_READ and page.in_languages}

    assert {view.path for view in VIEWS} | OF_TEXTS.keys() == pages
