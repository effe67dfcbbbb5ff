"""What Allas resultat must show: pools of other organisations, from the release file of each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Final

import numpy as np

from tests.views.looking import Cell, Expected, Look, Row, View
from tests.views.neighbours import Neighbour
from tests.views.release_file import CATEGORIES, STATEMENTS, Release, Values, levels, names

_OWN: Final = {"name": "Ekhamns kommun", "sector": "kommun", "size": 2, "county": "14"}
_LEVELS: Final = {"index": "index", "formaga": "F", "arv": "A"}
_SECTORS: Final = {"kommun": "Kommuner", "myndighet": "Myndigheter", "region": "Regioner", "ovrig": "Övriga och bolag"}
_SIZES: Final = {
    1: "färre än 1\u00a0000 anställda",
    2: "1\u00a0000–2\u00a0999 anställda",
    3: "3\u00a0000–9\u00a0999 anställda",
    4: "10\u00a0000 anställda eller fler",
}
_COUNTIES: Final = {
    "01": "Stockholms län",
    "03": "Uppsala län",
    "04": "Södermanlands län",
    "05": "Östergötlands län",
    "06": "Jönköpings län",
    "07": "Kronobergs län",
    "08": "Kalmar län",
    "09": "Gotlands län",
    "10": "Blekinge län",
    "12": "Skåne län",
    "13": "Hallands län",
    "14": "Västra Götalands län",
    "17": "Värmlands län",
    "18": "Örebro län",
    "19": "Västmanlands län",
    "20": "Dalarnas län",
    "21": "Gävleborgs län",
    "22": "Västernorrlands län",
    "23": "Jämtlands län",
    "24": "Västerbottens län",
    "25": "Norrbottens län",
}
_AREAS: Final = {
    "ledning": "Ledning/stab",
    "skola": "Skola",
    "social": "Social",
    "samhallsbyggnad": "Samhällsbyggnad",
    "kultur_fritid": "Kultur/fritid",
    "service": "Service",
    "teknik": "Teknik",
    "vard": "Vård",
    "ovrigt": "Övrigt",
}
_KINDS: Final = {"sektor": "sector:kommun", "storlek": "size:kommun:2", "lan": "county:14", "landet": "nation"}
_LIKENESS: Final = {"inget": 0, "lite": 1, "mycket": 3}


def _is_ekhamn(look: Look) -> bool:
    """Nacka has told neither its size nor its county."""
    return look.whole == "E"


def _titles(look: Look) -> dict[str, str]:
    """Of the own pools."""
    found = {"sector:kommun": "Kommuner", "nation": "Hela landet"}
    here = {"size:kommun:2": f"Kommuner, {_SIZES[2]}", "county:14": _COUNTIES["14"]}
    return {**found, **here} if _is_ekhamn(look) else found


def _key(look: Look) -> str:
    return _LEVELS[look.choices.get("niva", "index")]


def _own(look: Look, key: str) -> float | None:
    mean = look.now.values[look.whole][key]
    return None if mean is None else round(mean, 1)


def _values(look: Look, pool: str, key: str) -> list[float]:
    """Of the others in a pool that is told."""
    told = look.shown.told.get((look.year, pool), ())
    return _of(look, (each for each in look.others if each.name in told), key)


def _of(look: Look, others: Iterable[Neighbour], key: str) -> list[float]:
    return [value for each in others if (value := each.values(look.year)[key]) is not None]


def beside(values: Sequence[float], own: float | None, *, among: bool) -> dict[str, Cell]:
    """Own value, mean from five others, quartiles and place from ten."""
    few, many = len(values) < 5, len(values) >= 10
    quartiles = [_quartile(values, part) if many else None for part in (1, 2, 3)]
    place = None if own is None else 1 + sum(value > own for value in values)
    return {
        "Ni": own,
        "Medel": None if few else fmean(values),
        **dict(zip(("Undre kvartil", "Median", "Övre kvartil"), quartiles, strict=True)),
        "Andra": None if few else len(values),
        "Plats": place if many and among else None,
    }


def _quartile(values: Sequence[float], part: int) -> float:
    """Mean of the usual quartile and of what lies one organisation below and above, so that none is told by itself."""
    places = [(len(values) - 1) * part / 4 + step for step in (-1, 0, 1)]
    return fmean(np.interp(places, range(len(values)), sorted(values)).tolist())


def _said(rows: Sequence[Row]) -> list[float]:
    """Differences, how many of all lie above, and which share of the others the own value reaches."""
    found: list[float] = [*range(len(rows) + 1)]
    for _name, row in rows:
        own, mean, others, place = (row[column] for column in ("Ni", "Medel", "Andra", "Plats"))
        if isinstance(own, float) and isinstance(mean, float):
            found.append(own - round(mean, 1))
        if isinstance(others, int) and isinstance(place, int):
            found += [others + 1, 100 * (others + 1 - place) / others]
    return found


def place(look: Look) -> Expected:
    """In every pool that the own organisation belongs to."""
    rows = [
        (title, beside(_values(look, pool, _key(look)), _own(look, _key(look)), among=True))
        for pool, title in _titles(look).items()
    ]
    return Expected(rows, [*_said(rows), *_few(look)])


def _few(look: Look) -> list[float]:
    """How many there are in pools that are not told."""
    return [len(look.others), *(sum(each.sector == sector for each in look.others) for sector in _SECTORS),
            *(sum((each.sector, each.size) == ("kommun", size) for each in look.others) for size in _SIZES),
            *(sum(each.county == county for each in look.others) for county in _COUNTIES)]  # fmt: skip


def _in_chosen_pool(look: Look, keys: Iterable[str]) -> Expected:
    pool = _KINDS[look.choices.get("urval", "sektor")]
    pool = pool if pool in _titles(look) else "sector:kommun"
    rows = [(names()[key], beside(_values(look, pool, key), _own(look, key), among=True)) for key in keys]
    return Expected(rows, [*_said(rows), *Expected([(_titles(look)[pool], {})]).numbers, *_few(look)])


def categories(look: Look) -> Expected:
    return _in_chosen_pool(look, CATEGORIES)


def capabilities(look: Look) -> Expected:
    return _in_chosen_pool(look, STATEMENTS)


def counties(look: Look) -> Expected:
    """Every sector together; how many there are also where no mean is told."""
    rows: list[Row] = []
    for county, name in _COUNTIES.items():
        values = _values(look, f"county:{county}", _key(look))
        there = sum(each.county == county for each in look.others)
        rows.append((name, {"Medel": fmean(values) if len(values) >= 5 else None, "Andra": there}))
    return Expected(rows, [21, sum(row["Medel"] is not None for _name, row in rows)])


def sizes(look: Look) -> Expected:
    pools = {f"size:kommun:{size}": f"Kommuner, {words}" for size, words in _SIZES.items()}
    return _of_pools(look, pools, "size:kommun:2" if _is_ekhamn(look) else "")


def sectors(look: Look) -> Expected:
    return _of_pools(look, {f"sector:{sector}": words for sector, words in _SECTORS.items()}, "sector:kommun")


def _of_pools(look: Look, pools: Mapping[str, str], mine: str) -> Expected:
    """The own value stands only beside the pool it belongs to."""
    rows = [
        (title, beside(_values(look, pool, _key(look)), _own(look, _key(look)) if pool == mine else None, among=True))
        for pool, title in pools.items()
    ]
    return Expected(rows, [*_said(rows), *_few(look)])


def areas(look: Look) -> Expected:
    """The own activity areas beside those of organisations of the sector that agreed to it."""
    agreed = [each for each in look.shared("areas") if each.sector == "kommun"]
    elsewhere = [_by_area(each.years[look.year]) for each in agreed]
    rows: list[Row] = []
    for area, values in _by_area(look.now).items():
        there = [
            round(found, 1) for each in elsewhere if area in each and (found := each[area][_key(look)]) is not None
        ]
        own = values[_key(look)]
        rows.append((_AREAS[area], beside(there, None if own is None else round(own, 1), among=False)))
    return Expected(rows, [*_said(rows), len(agreed)])


def _by_area(release: Release) -> dict[str, Values]:
    """Each area's highest units together, each by how many answered; the whole is no area."""
    found: dict[str, list[str]] = {}
    within: dict[str | None, set[str]] = {release.root: set()}
    for unit, entry in release.units.items():
        if unit != release.root:
            above, area = within[entry["parent_id"]], str(entry["activity"])
            within[unit] = above | {area}
            if area not in above:
                found.setdefault(area, []).append(unit)
    together = {area: {key: _weighted(release, units, key) for key in STATEMENTS} for area, units in found.items()}
    return {area: levels(means) for area, means in together.items() if any(each is not None for each in means.values())}


def _weighted(release: Release, units: Collection[str], key: str) -> float | None:
    shown = [(release.answered(unit), mean) for unit in units if (mean := release.means[unit][key]) is not None]
    people = sum(answered for answered, _mean in shown)
    return round(sum(answered * mean for answered, mean in shown) / people, 1) if people else None


def similar(look: Look) -> Expected:
    """The five nearest of those that agreed to be counted as alike, and all that are as near as the last."""
    agreed = look.shared("similar")
    distances = sorted(_distance(look, each) for each in agreed)
    nearest = [each for each in agreed if _distance(look, each) <= distances[min(4, len(distances) - 1)]]
    keys = ("index", *CATEGORIES)
    rows = [(names()[key], beside(_of(look, nearest, key), _own(look, key), among=False)) for key in keys]
    alike = [
        sum(each.sector == "kommun" for each in nearest),
        sum(each.size == (_OWN["size"] if _is_ekhamn(look) else None) for each in nearest),
        sum(each.county == (_OWN["county"] if _is_ekhamn(look) else None) for each in nearest),
    ]
    return Expected(rows, [*_said(rows), len(agreed), len(nearest), *alike])


def _distance(look: Look, other: Neighbour) -> float:
    """By the weights that are chosen."""
    size, sector, county = (
        _LIKENESS[look.choices.get(name, usual)]
        for name, usual in (("vikt_storlek", "mycket"), ("vikt_sektor", "mycket"), ("vikt_lan", "lite"))
    )
    own_size = 2 if _is_ekhamn(look) else None
    apart = 1.0 if own_size is None or other.size is None else abs(own_size - other.size) / 3
    elsewhere = not _is_ekhamn(look) or other.county != "14"
    return size * apart + sector * (other.sector != "kommun") + county * elsewhere


def own_group(look: Look) -> Expected:
    """The members that have results, by name; nobody where there are no others."""
    label = names()[_key(look)]
    told = {name for (year, pool), found in look.shown.told.items() if (year, pool[:13]) == (look.year, "shared:group:")
            for name in found}  # fmt: skip
    members = {each.name: each.values(look.year)[_key(look)] for each in look.others if each.name in told}
    if not members:
        return Expected([])
    everybody = {**members, look.now.name(look.whole): _own(look, _key(look))}
    return Expected(
        [(name, {"Grupp": "Ekhamns koncern", label: value}) for name, value in everybody.items()], [len(everybody)]
    )


EVERYONE: Final = View(
    "/resultat/alla",
    {
        "plats": place,
        "alla-kategorier": categories,
        "alla-formagor": capabilities,
        "lan": counties,
        "storlekar": sizes,
        "sektorer": sectors,
        "verksamheter": areas,
        "liknande": similar,
        "koncern": own_group,
    },
    lambda look: Expected([(title, {}) for title in _titles(look).values()]).numbers,
    ({}, {"niva": "formaga", "urval": "storlek"}, {"niva": "arv", "urval": "landet", "vikt_storlek": "inget"}),
    of_whole=True,
)
