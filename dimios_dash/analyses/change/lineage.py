"""What has become of the unit and those below it since then, in words."""

from __future__ import annotations

from typing import Final

from dimios_dash.analyses.basis import Basis
from dimios_dash.domain.trees.tree_comparison import ELSEWHERE, TOP, Difference, Found
from dimios_dash.translations import N_, _

_WORDS: Final = {
    Difference.NEW: N_("%(unit)s är ny under %(became)s."),
    Difference.GONE: N_("%(unit)s är stängd. Den låg under %(was)s."),
    Difference.RENAMED: N_("%(unit)s hette %(was)s."),
    Difference.MOVED: N_("%(unit)s har flyttats från %(was)s till %(became)s."),
    Difference.MERGED: N_("%(unit)s är ihopslagen med %(became)s."),
    Difference.SPLIT: N_("%(unit)s är delad i %(became)s."),
}
_SPLIT_FROM: Final = N_("%(unit)s är ny under %(became)s, delad ur %(was)s.")
_PLACES: Final = {ELSEWHERE: N_("en annan del av organisationen"), TOP: N_("toppen av trädet")}


def sentences(basis: Basis) -> tuple[str, ...]:
    """One for each thing that happened, in the order of the tree; none where nothing did."""
    if basis.since is None:
        return ()
    found = basis.since.became
    if found is None:
        words = _("Enheten fanns inte i trädet %(year)s. Den har kommit till senare.", year=basis.since.year)
        return (words,)
    return tuple(_sentence(each) for each in found.found if each.difference in _WORDS)


def _sentence(found: Found) -> str:
    split_from = found.difference is Difference.NEW and found.was is not None
    words = _SPLIT_FROM if split_from else _WORDS[found.difference]
    return _(words, unit=found.name, was=_place(found.was), became=_place(found.became))


def _place(name: str | None) -> str:
    """The name of a unit, or where it lies when it has none to be told."""
    if name is None:
        return _(_PLACES[ELSEWHERE])
    return _(_PLACES[name]) if name in _PLACES else name
