"""Which ids the links of a page lead to."""

import pytest

from wpmigrate.normalizer.anchors import linked_fragments


@pytest.mark.parametrize(
    ("html", "fragments"),
    [
        ('<a href="#a">', {"a"}),
        ("<a HREF = ' #b c '>", {"b c", "b%20c"}),
        ("<a href=#d>", {"d"}),
        ('<a\nhref\n=\n"#e%20f&amp;g">', {"e%20f&g", "e f&g"}),
        ('<a href="x#h" title="#i" data-href2="#j" style="color:#abc">&#39;', set()),
        ('title="#k" href="#l"', {"l"}),
        ('<a href="#データ">', {"データ", "%E3%83%87%E3%83%BC%E3%82%BF"}),
        ("no mark", set()),
    ],
)
def test_linked_fragments(html, fragments):
    assert linked_fragments(html) == fragments


def test_long_repetitions_are_read_to_the_end():
    for text in ('="#', "href='#", "= ", "=#", 'href="#a'):
        linked_fragments(text * 50_000)
