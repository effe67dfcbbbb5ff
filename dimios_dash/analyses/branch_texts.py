"""Free texts of one unit and those below it, whole or as they are chosen on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from db.queries.releases import ReleasedResults
from db.queries.suggestions import Suggestions
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.wording import listed
from dimios_dash.domain.moderation.shown import Gathered, ShownText, WithheldText, gathered
from dimios_dash.domain.suggestions import LEARNING
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId
from dimios_dash.translations import _, ngettext

# The parameters of the page's address.
SOUGHT: Final = "sok"
CATEGORY: Final = "kategori"
STATUS: Final = "status"
TAG: Final = "etikett"
ALL: Final = "alla"  # of a list: nothing is left out


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is chosen on the page; "" leaves nothing out."""

    sought: str
    category: str
    status: str
    tag: str

    def fits(self, text: ShownText) -> bool:
        """Whether a text is among what is chosen. Only what others may read is looked at."""
        return (
            self.category in {"", text.category or LEARNING}
            and self.status in {"", text.status}
            and self.sought.casefold() in text.text.casefold()
            and (not self.tag or self.tag.casefold() in map(str.casefold, text.tags))
        )


def of_unit(basis: Basis) -> Suggestions:
    """All texts from the unit one looks at down."""
    units = _branch(basis.results, basis.unit_id)
    found = basis.suggestions
    return Suggestions(
        tuple(each for each in found.shown if each.unit_id in units),
        tuple(each for each in found.withheld if each.unit_id in units),
    )


def chosen(basis: Basis) -> tuple[Gathered, ...]:
    """Those that fit what is chosen on the page; of alike ones it is enough that one does."""
    groups = gathered(of_unit(basis).shown)
    if not is_narrowed(basis):
        return groups
    wanted = Wanted(*(_choice(basis, name) for name in (SOUGHT, CATEGORY, STATUS, TAG)))
    return tuple(each for each in groups if any(wanted.fits(text) for text in (each.head, *each.alike)))


def is_narrowed(basis: Basis) -> bool:
    """Whether something is chosen that leaves texts out."""
    return any(_choice(basis, name) for name in (SOUGHT, CATEGORY, STATUS, TAG))


def questions(basis: Basis) -> Mapping[str | None, str]:
    """What texts are answers to: each category by its key, and None for what worked."""
    return {**{each.key: each.name.spoken for each in basis.instrument.categories}, None: _("Vad som har fungerat")}


def tags(texts: Iterable[ShownText]) -> tuple[str, ...]:
    """Every tag, in the order of the alphabet."""
    return tuple(sorted({tag for text in texts for tag in text.tags}, key=str.casefold))


def withheld(texts: Iterable[WithheldText]) -> tuple[str, ...]:
    """How many more there are, and why they are not shown: a sentence for those that wait, one for hidden ones."""
    reasons = Counter(text.reason for text in texts)
    waiting = reasons.pop(None, 0)
    hidden = reasons.total()
    why = [f"{count(n)} {reason.label}" for reason, n in reasons.most_common() if reason]
    sentences = (
        ngettext(
            "%(n)s text väntar på granskning och visas inte än.",
            "%(n)s texter väntar på granskning och visas inte än.",
            waiting,
            n=count(waiting),
        ),
        ngettext(
            "%(n)s text är dold: %(why)s.",
            "%(n)s texter är dolda: %(why)s.",
            hidden,
            n=count(hidden),
            why=listed(why),
        ),
    )
    return tuple(said for said, n in zip(sentences, (waiting, hidden), strict=True) if n)


def _choice(basis: Basis, name: str) -> str:
    """What is chosen; "" where that leaves nothing out."""
    said = basis.choice(name, "").strip()
    return "" if said == ALL and name != SOUGHT else said


def _branch(results: ReleasedResults, unit_id: UnitId) -> set[UnitId]:
    """The unit and everything below it; parents stand before their children."""
    found = {unit_id}
    for unit in results.units:
        if unit.parent_id in found:
            found.add(unit.unit_id)
    return found
