"""Which pools an organisation is counted in."""

from __future__ import annotations

import pytest

from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.pools import Pool, pools_of
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.sector import Sector


def test_an_organisation_is_in_its_sector_the_nation_its_size_and_its_county() -> None:
    pools = pools_of(Sector.KOMMUN, SizeClass.MIDDLE, County.SKANE)

    assert [pool.key for pool in pools] == ["sector:kommun", "nation", "size:kommun:2", "county:12"]


def test_without_size_and_county_it_is_not_in_those() -> None:
    assert [pool.key for pool in pools_of(Sector.REGION, None, None)] == ["sector:region", "nation"]


@pytest.mark.parametrize("key", ["sector:kommun", "nation", "size:ovrig:4", "county:14"])
def test_a_key_leads_back_to_its_pool(key: str) -> None:
    assert Pool.of(key).key == key


@pytest.mark.parametrize(
    "key", ["", "sector", "sector:by", "size:kommun", "size:kommun:9", "county:99", "nation:1", "x"]
)
def test_whatever_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Pool.of(key)


def test_every_county_has_a_name_of_its_own() -> None:
    assert len({county.label for county in County}) == 21
    assert (County.SKANE.label, County.DALARNA.label, County.OREBRO.label, County.BLEKINGE.label) == (
        "Skåne län",
        "Dalarnas län",
        "Örebro län",
        "Blekinge län",
    )
