"""What an organisation may agree to show to others. Nothing is agreed to until somebody says so."""

from __future__ import annotations

from enum import StrEnum


class Consent(StrEnum):
    """One switch; the values are stored."""

    POINT = "point"  # of the whole organisation, among those of its sector, without a name
    NAMED = "named"  # the same with its name
    SIMILAR = "similar"  # counted when others choose organisations like themselves
    AREAS = "areas"  # its activity areas, beside the same areas elsewhere
