"""What people write is tidied and counted in one way."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.free_text import tidied


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        (" \t\r\n\u00a0\ufeff\u2028", ""),
        ("  Små steg. ", "Små steg."),
        ("ett\r\ntvå\rtre\nfyra", "ett\ntvå\ntre\nfyra"),
        ("a\0b\x1bc\x7fd\x85e", "abcde"),
        ("tabb\tkvar", "tabb\tkvar"),
        ("halv \ud83d och hel 🙂", "halv  och hel 🙂"),
        ("å\u0308 e\u0301", "å\u0308 e\u0301"),
    ],
)
def test_edges_line_breaks_and_what_cannot_be_seen(written: str, kept: str) -> None:
    assert tidied(written) == kept


@given(st.text())
def test_tidying_twice_changes_nothing_and_json_needs_at_most_four_bytes_a_character(written: str) -> None:
    kept = tidied(written)

    assert tidied(kept) == kept
    assert len(orjson.dumps(kept)) <= 4 * len(kept) + 2
