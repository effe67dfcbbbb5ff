"""Free texts of one unit and those below it, whole or as they are chosen on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from db.queries.listed_texts import CountedTexts, Listed, Wanted
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.moderation.review import HideReason, ReviewState
from dimios_dash.figures.numbers import count
from dimios_dash.translations import _, ngettext

# The parameters of the page's address.
SOUGHT: Final = "sok"
CATEGORY: Final = "kategori"
STATUS: Final = "status"
TAG: Final = "etikett"
ALL: Final = "alla"  # of a list: nothing is left out


def of_unit(basis: Basis) -> tuple[CountedTexts, ...]:
    """How many texts there are from the unit one looks at down."""
    return tuple(each for each in basis.text_counts if each.here)


def chosen(basis: Basis, page: int, size: int | None) -> Listed:
    """Those that fit what is chosen on the page; of alike ones it is enough that one does."""
    return basis.texts_wanted(_wanted(basis), page, size)


def _wanted(basis: Basis) -> Wanted:
    sought, category, status, tag = (_choice(basis, name) for name in (SOUGHT, CATEGORY, STATUS, TAG))
    alike = tuple(each for each in basis.text_tags if each.casefold() == tag.casefold()) if tag else None
    return Wanted(sought, category, status, alike)


def is_narrowed(basis: Basis) -> bool:
    """Whether something is chosen that leaves texts out."""
    return any(_choice(basis, name) for name in (SOUGHT, CATEGORY, STATUS, TAG))


def questions(basis: Basis) -> Mapping[str | None, str]:
    """What texts are answers to: each category by its key, and None for what worked."""
    return {**{each.key: each.name.spoken for each in basis.instrument.categories}, None: _("Vad som har fungerat")}


def waiting(texts: Iterable[CountedTexts]) -> int:
    """How many nobody has decided about, or somebody has put aside."""
    return sum(each.count for each in texts if each.state is ReviewState.WAITING)


def withheld(texts: Collection[CountedTexts]) -> tuple[str, ...]:
    """How many more there are, and why they are not shown: a sentence for those that wait, one for hidden ones."""
    reasons: Counter[HideReason | None] = Counter()
    for each in texts:
        if each.state is ReviewState.HIDDEN:
            reasons[each.reason] += each.count
    hidden, waits = reasons.total(), waiting(texts)
    why = [f"{count(n)} {reason.label}" for reason, n in reasons.most_common() if reason]
    sentences = (
        ngettext(
            "%(n)s text väntar på granskning och visas inte än.",
            "%(n)s texter väntar på granskning och visas inte än.",
            waits,
            n=count(waits),
        ),
        ngettext(
            "%(n)s text är dold: %(why)s.",
            "%(n)s texter är dolda: %(why)s.",
            hidden,
            n=count(hidden),
            why=listed(why),
        ),
    )
    return tuple(said for said, n in zip(sentences, (waits, hidden), strict=True) if n)


def _choice(basis: Basis, name: str) -> str:
    """What is chosen; "" where that leaves nothing out."""
    said = basis.choice(name, "").strip()
    return "" if said == ALL and name != SOUGHT else said
