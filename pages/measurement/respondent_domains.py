"""Domains that few of the others have: pointed out, never refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash.development.base_component import Component

from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.respondents.unusual_domains import UnusualDomain
from dimios_dash.figures import numbers

MOST_NAMED: Final = 10


def odd_domains(found: Sequence[UnusualDomain]) -> list[Component]:
    """One notice about all of them; nothing where there are none."""
    if not found:
        return []
    named = [_named(each) for each in found[:MOST_NAMED]]
    more = len(found) - MOST_NAMED
    rest = f" och {numbers.count(more)} domäner till" if more > 0 else ""
    return [
        notice(
            Tone.WARNING,
            "Några adresser har en ovanlig domän",
            f"{'; '.join(named)}{rest}. Det hindrar ingenting, men se efter att de är rätt.",
        )
    ]


def _named(found: UnusualDomain) -> str:
    meant = f", skulle det vara {found.meant}?" if found.meant else ""
    return f"{found.domain} ({numbers.count(found.count)}{meant})"
