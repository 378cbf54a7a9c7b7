"""What the proof notes of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.verifier.reader import _ODD_BLANKS, _fold


@given(st.text(alphabet=" \xa0\t\n\r\fab", max_size=12))
def test_plain_replacing_folds_as_the_expression_does(words: str) -> None:
    assert _fold(words) == _ODD_BLANKS.sub(" ", words)
