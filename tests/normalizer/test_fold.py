"""Blanks folded across leaves, and breaks at the edges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.normalizer.fold import _BLANKS, _folded, fold, fold_text, without_edge_breaks
from wpmigrate.normalizer.marks import ANCHOR, BLANK, BREAK, EMPHASIS, MARKED, STRONG, TEXT

_MARKS = st.sampled_from([(), (STRONG,), (EMPHASIS,), (STRONG, EMPHASIS), (EMPHASIS, STRONG)])
_TEXTS = st.tuples(st.just(TEXT), st.text(" \n\xa0ab", min_size=1), _MARKS)
_BREAKS = st.tuples(st.just(BREAK), st.sampled_from([None, True]), _MARKS)
_RUNS = st.lists(st.one_of(_TEXTS, _TEXTS, _BREAKS))


@given(_RUNS)
def test_no_word_is_lost_and_no_blank_stands_at_an_edge(run):
    leaves, kinds = fold(run)
    assert all(kind & kinds for kind, _, _ in leaves)
    assert kinds & MARKED or not any(marks for _, _, marks in leaves)
    shown = "".join("\n" if kind == BREAK else value for kind, value, _ in leaves)
    words = "".join("\n" if kind == BREAK else value for kind, value, _ in run)
    assert shown.split() == words.split()
    assert all(line == line.strip(" \xa0") for line in shown.split("\n"))


@given(_RUNS)
def test_a_second_folding_changes_nothing(run):
    once = [(TEXT if kind == BLANK else kind, value, marks) for kind, value, marks in fold(run)[0]]
    again = [(TEXT if kind == BLANK else kind, value, marks) for kind, value, marks in fold(once)[0]]
    assert again == once


@given(st.text(" \n\t\xa0ab"))
def test_a_text_alone_folds_as_in_a_run(text):
    assert fold_text(text) == "".join(value for _, value, _ in fold([(TEXT, text, ())])[0])


@given(st.lists(st.sampled_from([(BREAK, None, ()), (TEXT, "a", ()), (ANCHOR, "x", ())])))
def test_edge_breaks_go_and_inner_ones_stay(leaves):
    kept = without_edge_breaks(leaves)
    assert not kept or (kept[0][0] != BREAK and kept[-1][0] != BREAK)
    assert [leaf for leaf in kept if leaf[0] != BREAK] == [leaf for leaf in leaves if leaf[0] != BREAK]
    text = "".join("|" if leaf[0] == BREAK else "x" for leaf in leaves)
    assert "".join("|" if leaf[0] == BREAK else "x" for leaf in kept) == text.strip("|")


@given(st.text(alphabet=" \xa0\t\n\r\fab", max_size=12))
def test_plain_replacing_folds_as_the_expression_does(text):
    assert _folded(text) == _BLANKS.sub(" ", text)
