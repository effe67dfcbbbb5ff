"""What respondents write in their own words: how it is tidied and counted. `assets/answer.js` does exactly the same."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 500  # characters as one writes: code points, a line break counted as one

_LINE_BREAK = re.compile(r"\r\n?")
_INVISIBLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters and halves of characters
_EDGES = re.compile(r"^[\s\ufeff]+|[\s\ufeff]+$")


def tidied(text: str) -> str:
    """`text` with line breaks as "\\n", without control characters, and without white space around it.

    So JSON needs at most 4 bytes for each of its characters, and seven texts of LONGEST fit into an envelope.
    """
    return _EDGES.sub("", _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text)))
