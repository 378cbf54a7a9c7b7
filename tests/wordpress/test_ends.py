"""Where things end in a text that no parser has read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.ends import Ends


@pytest.mark.parametrize(
    ("text", "ending", "start", "after"),
    [
        ("<pre>a</pre>b", "</pre>", 5, 12),
        ("<PRE>a</Pre>b", "</pre>", 5, 12),
        ("</pre></pre>", "</pre>", 1, 12),
        ("İ</pre>", "</pre>", 0, 7),
        ("<!--a-->", "-->", 4, 8),
        ("[code].*[/code]", "[/code]", 0, 15),
        ("a.*b", "/.*", 0, -1),
        ("", ">", 0, -1),
    ],
)
def test_where_an_ending_ends(text, ending, start, after):
    assert Ends(text).after(ending, start) == after


def test_many_beginnings_before_one_end_take_linear_time():
    text = "<pre>" * 100_000 + "</pre>"
    ends = Ends(text)
    assert {ends.after("</pre>", at) for at in range(5, len(text) - 5, 5)} == {len(text)}


@given(st.text(alphabet="<>/preA"), st.lists(st.sampled_from(["</pre>", ">", "</a>", "p"]), max_size=9))
def test_one_reader_answers_as_many_would(text, endings):
    ends, at = Ends(text), 0
    for ending in endings:
        after = ends.after(ending, at)
        assert after == Ends(text).after(ending, at)
        at = max(at, after)
