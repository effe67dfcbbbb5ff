"""The form's script: several files read as one, with the words it says, so that plain pages need not carry them."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import Any

from flask import Response, url_for

from dimios_dash.answering.first_view import ASSETS, kept_for_good
from dimios_dash.answering.step_wording import STEP_WORDS
from dimios_dash.answering.wording import words
from dimios_dash.domain.free_text import LONGEST
from dimios_dash.domain.personal_data import PATTERNS
from dimios_dash.language import DEFAULT_LANGUAGE, Language, speaking, spoken
from dimios_dash.public.page_language import asked_for
from dimios_dash.translations import _

_PARTS = ("-page", "-sealing", "-draft", "-steps", "-sending", "")  # each needs those before it
_OWN_IMPORT = re.compile(r'^import .* from "\./answer-.*\n', re.MULTILINE)
_COMMENT_OR_INDENT = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)


@cache
def script(language: Language) -> str:
    """A JavaScript module that fetches nothing, and speaks one language."""
    files = [(ASSETS / f"answer{part}.js").read_text(encoding="utf-8") for part in _PARTS]
    code = _COMMENT_OR_INDENT.sub("", _OWN_IMPORT.sub("", "\n".join(files)))
    return f"const given = {json.dumps(_given(language), ensure_ascii=False)};\n{code}"


def address() -> str:
    """Of the script in the language being spoken; another whenever the script is."""
    return url_for("answering.script", sprak=spoken(), v=_version(spoken()))


def answer() -> Response:
    """The script, to be kept. Nonsense for a language is Swedish."""
    wanted = asked_for() or DEFAULT_LANGUAGE
    return kept_for_good(script(wanted), "text/javascript")


def _given(language: Language) -> dict[str, Any]:
    with speaking(language):
        said = words() | {name: _(each) for name, each in STEP_WORDS.items()}
        patterns = [(_(kind), pattern) for kind, pattern in PATTERNS]
    return {"words": said, "longest": LONGEST, "patterns": patterns}


@cache
def _version(language: Language) -> str:
    return hashlib.sha256(script(language).encode()).hexdigest()[:12]
