"""How pools of organisations are called, and what must be known of each: who, which year, how many, counted when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from db.queries.benchmarks import PoolBenchmark
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN, Benchmark
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.pools import Pool, PoolKind
from dimios_dash.domain.comparing.size_class import UPPER, SizeClass
from dimios_dash.domain.days import written
from dimios_dash.domain.sector import Sector
from dimios_dash.figures.numbers import count, percent
from dimios_dash.translations import N_, _

SECTORS: Final = {
    Sector.KOMMUN: N_("Kommuner"),
    Sector.MYNDIGHET: N_("Myndigheter"),
    Sector.REGION: N_("Regioner"),
    Sector.OVRIG: N_("Övriga och bolag"),
}
_INSIDE: Final = {
    Sector.KOMMUN: N_("kommuner"),
    Sector.MYNDIGHET: N_("myndigheter"),
    Sector.REGION: N_("regioner"),
    Sector.OVRIG: N_("övriga och bolag"),
}
CHANCE: Final = N_("Ett par poängs skillnad kan vara slump: det är inte prövat om den är säker.")
CHANCE_OF_SHARES: Final = N_(
    "Talen är procent av svaren. Ett par procentenheters skillnad kan vara slump: det är inte prövat om den är säker."
)
_FROZEN: Final = N_("Urvalen ändras bara den 1 februari, maj, augusti och november, och bara när minst sex är nya.")
MADE_UP: Final = N_("Syntetiska jämförelsevärden ingår, inte verkliga resultat.")


def title(pool: Pool) -> str:
    """As a heading: "Kommuner, 1 000–2 999 anställda", "Västra Götalands län"."""
    match pool.kind:
        case PoolKind.NATION:
            return _("Hela landet")
        case PoolKind.COUNTY if pool.county is not None:
            return county(pool.county)
        case PoolKind.SIZE if pool.size is not None and pool.sector is not None:
            return f"{_(SECTORS[pool.sector])}, {size(pool.size)}"
    return "" if pool.sector is None else _(SECTORS[pool.sector])


def inside(pool: Pool) -> str:
    """Within a sentence: "kommuner, 1 000–2 999 anställda"."""
    if pool.sector is None:
        return _("hela landet") if pool.kind is PoolKind.NATION else title(pool)
    words = _(_INSIDE[pool.sector])
    return words if pool.size is None else f"{words}, {size(pool.size)}"


def county(one: County) -> str:
    """Its official name; a county has no name in other languages."""
    return one.label


def size(one: SizeClass) -> str:
    """ "1 000–2 999 anställda"."""
    lowest = UPPER.get(SizeClass(one - 1)) if one > min(SizeClass) else None
    highest = UPPER.get(one)
    if lowest is None and highest is not None:
        return _("färre än %(n)s anställda", n=count(highest))
    if highest is None and lowest is not None:
        return _("%(n)s anställda eller fler", n=count(lowest))
    return _("%(from)s–%(to)s anställda", **{"from": count(lowest or 0), "to": count((highest or 1) - 1)})


def composition(told: Sequence[PoolBenchmark]) -> tuple[str, ...]:
    """Of pools that are told: which year, counted when, who is left out, whether any are made up."""
    if not told:
        return ()
    by_day: dict[date, list[PoolBenchmark]] = {}
    for found in sorted(told, key=lambda one: one.computed_on, reverse=True):
        by_day.setdefault(found.computed_on, []).append(found)
    counted = [_counted(day, pools, alone=len(by_day) == 1) for day, pools in by_day.items()]
    what = _("Hela organisationer, mätår %(year)s, var och en räknas lika.", year=told[0].year)
    own = _("Ni själva är borträknade.") if any(found.among for found in told) else _("Ni själva är inte med.")
    made_up = _(MADE_UP) if any(found.synthetic for found in told) else ""
    return tuple(filter(None, (f"{what} {own}", " ".join([*counted, _(_FROZEN)]), made_up)))


def _counted(day: date, pools: Sequence[PoolBenchmark], *, alone: bool) -> str:
    """`alone`: all pools of the card are of this day."""
    if alone:
        return _("Räknat %(day)s.", day=written(day))
    names = listed([title(Pool.of(found.pool)) for found in pools])
    return _("%(pools)s: räknat %(day)s.", pools=names, day=written(day))


def missing(found: PoolBenchmark | None, pool: Pool) -> str:
    """Why a pool shows no values."""
    name = title(pool)
    if found is None:
        return _("%(pool)s: inga andra är räknade än.", pool=name)
    if found.organisations < FEWEST_FOR_MEAN:
        return _(
            "%(pool)s: visas när minst %(fewest)s andra är räknade; %(day)s var de %(n)s.",
            pool=name,
            fewest=FEWEST_FOR_MEAN,
            day=written(found.computed_on),
            n=count(found.organisations),
        )
    return _(
        "%(pool)s: visas inte, eftersom några få organisationer då kunde räknas fram ur skillnaden mot andra urval.",
        pool=name,
    )


def too_few(found: PoolBenchmark | None) -> str:
    """The same in short, beside a missing value."""
    if found is None or found.organisations < FEWEST_FOR_MEAN:
        return _("Färre än %(n)s andra är räknade.", n=FEWEST_FOR_MEAN)
    return _("Skiljer sig för lite från ett större urval för att visas.")


def place(value: Benchmark) -> str:
    """ "plats 3 av 17"; empty below ten others, and where the own organisation is not among them."""
    if value.place is None:
        return ""
    return _("plats %(place)s av %(all)s", place=count(value.place), all=count(value.organisations + 1))


def share_below(value: Benchmark) -> str:
    """The own percentile in words; empty where there is no place."""
    if value.place is None:
        return ""
    share = (value.organisations + 1 - value.place) / value.organisations
    return _("minst lika högt som %(share)s av de andra", share=percent(share))
