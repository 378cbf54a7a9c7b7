"""Which tags raw HTML leaves open, and how strict engines read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model.nodes import Html, Paragraph, Text
from wpmigrate.writers.markdown.open_tags import OpenTags, in_raw_html, is_misread

PARAGRAPH = Paragraph([Text("x")])


@pytest.mark.parametrize(
    ("html", "fed", "names"),
    [
        ("<div>", "<div>", ["div"]),
        ("<b><i></b>", "<b><i></b>", []),
        ("</b>", "", []),
        ("</p></br>", "</p></br>", []),
        ('<br><img alt="</b>">', '<br><img alt="</b>">', []),
        ("<!-- <b> -->", "<!-- <b> -->", []),
        ('<script>"<b>"</script>', '<script>"<b>"</script>', []),
        ("<a href=http://x.example/>", '<a href="http://x.example/">', ["a"]),
        ("<y and 5 z='\"'>", '<y and="" z="&quot;">', ["y"]),
        ('<p class="a" hidden id=b>', '<p class="a" hidden id=b>', ["p"]),
    ],
)
def test_tags(html, fed, names):
    tags = OpenTags()
    assert (tags.feed(html), tags.names) == (fed, names)


def test_blocks_between_raw_html():
    blocks = [PARAGRAPH, Html('<div class="a">'), PARAGRAPH, Html("<hr>"), Html("</div>"), PARAGRAPH]
    assert in_raw_html(blocks) == [False, False, True, True, True, False]


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "x", "<br>"])).map("".join))
def test_fed_html_has_no_strays_and_is_fed_to_itself(html):
    fed = OpenTags().feed(html)
    assert OpenTags().feed(fed) == fed
    assert fed.count("</b>") <= fed.count("<b>")


def test_many_open_tags_are_quick():
    tags = OpenTags()
    tags.feed("<b>" * 20_000 + "</i>" * 20_000 + "</b>" * 20_000)
    assert tags.names == []


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("<kbd>a</kbd> *b*", False),
        ("<kbd>a*b</kbd>", True),
        ("x <u>a **b**</u>", True),
        ("x <sup>a **b**</sup> <wbr> *c*", False),
        ("<u>*", True),
        ("<u>a", False),
        ("<section>a</section> b", True),
        ("<https://x.example/> *a*", False),
        ("a < b *c*", False),
    ],
)
def test_what_kramdown_misreads(text, misread):
    assert is_misread(text) is misread
