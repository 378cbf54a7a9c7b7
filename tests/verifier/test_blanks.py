"""What the proof notes of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.verifier.blanks import ODD_BLANKS, fold_blanks


@given(st.text(alphabet=" \xa0\t\n\r\fab", max_size=12))
def test_plain_replacing_folds_as_the_expression_does(words: str) -> None:
    assert fold_blanks(words) == ODD_BLANKS.sub(" ", words)
