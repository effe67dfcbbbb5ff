"""How likely something is, in the words a key user reads: a percentage would promise more than is known."""

from __future__ import annotations

from enum import IntEnum

_CERTAIN_FROM = 0.95
_LIKELY_FROM = 0.75
_UNSURE_FROM = 0.25


class Likelihood(IntEnum):
    """From never to practically certain, so that the doubtful sort first."""

    NEVER = 0  # impossible, whoever answers
    UNLIKELY = 1
    UNSURE = 2
    LIKELY = 3
    CERTAIN = 4

    @property
    def words(self) -> str:
        """In Swedish, to be continued: "visas …" or "kan visas …"."""
        return _WORDS[self]


_WORDS = {
    Likelihood.NEVER: "aldrig",
    Likelihood.UNLIKELY: "troligen inte",
    Likelihood.UNSURE: "osäkert",
    Likelihood.LIKELY: "troligen",
    Likelihood.CERTAIN: "så gott som säkert",
}


def likelihood(chance: float, *, possible: bool) -> Likelihood:
    """Words for a chance of 0 to 1. A chance of 0 that was only never met is unlikely, not impossible."""
    if not possible:
        return Likelihood.NEVER
    if chance >= _CERTAIN_FROM:
        return Likelihood.CERTAIN
    if chance >= _LIKELY_FROM:
        return Likelihood.LIKELY
    return Likelihood.UNSURE if chance >= _UNSURE_FROM else Likelihood.UNLIKELY
