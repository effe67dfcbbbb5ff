"""Activity areas: what a unit works with, so that schools can be compared with schools across organisations."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

from dimios_dash.translations import N_, _


class Activity(StrEnum):
    """One activity area (verksamhetsområde); the values are stored and written in files."""

    LEDNING = "ledning"
    SKOLA = "skola"
    SOCIAL = "social"
    SAMHALLSBYGGNAD = "samhallsbyggnad"
    KULTUR_FRITID = "kultur_fritid"
    SERVICE = "service"
    TEKNIK = "teknik"
    VARD = "vard"
    OVRIGT = "ovrigt"

    @property
    def label(self) -> str:
        """The name shown to people, in the language being spoken."""
        return _(_LABELS[self])


_LABELS: Final = {
    Activity.LEDNING: N_("Ledning/stab"),
    Activity.SKOLA: N_("Skola"),
    Activity.SOCIAL: N_("Social"),
    Activity.SAMHALLSBYGGNAD: N_("Samhällsbyggnad"),
    Activity.KULTUR_FRITID: N_("Kultur/fritid"),
    Activity.SERVICE: N_("Service"),
    Activity.TEKNIK: N_("Teknik"),
    Activity.VARD: N_("Vård"),
    Activity.OVRIGT: N_("Övrigt"),
}


def activity_of(text: str) -> Activity | None:
    """The area meant by `text`, its value or label in any case, with or without dots; None where there is none.

    "Samhällsbyggnad", "kultur och fritid" and "VÅRD" are known; an empty text is "övrigt".
    """
    return _BY_NAME.get(_plain(text)) if text.strip() else Activity.OVRIGT


def _plain(text: str) -> str:
    """Lower case, no diacritics, an underscore for everything between words and for "och"."""
    letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "_".join(word for word in re.split(r"[^a-z]+", letters) if word not in ("", "och"))


_BY_NAME: Final = {_plain(name): activity for activity in Activity for name in (activity.value, _LABELS[activity])}
