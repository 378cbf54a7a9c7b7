"""Raw HTML that ends where CommonMark says."""

import pytest

from wpmigrate.model.nodes import Html, Paragraph, Text
from wpmigrate.normalizer.markdown_body import markdown_tree
from wpmigrate.normalizer.markdown_pieces import pieces


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "<pre>\na\n</pre>\n\nb",
        "<script>\na\n</script>\n\n<pre>\n\nb\n</pre>\nc",
        "<pre>\n<script>a</script></pre>\nb",
        "a <pre>\n</script>\n\nb",
        "    <pre>\n    </script>\n    b",
        "<pre>\n</style>\n\n",
    ],
)
def test_most_texts_are_one_piece(text):
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<pre>\n<script>\n</script>\n\n*b*\n</pre>\n", ["<pre>\n<script>\n</script>\n", "\n*b*\n</pre>\n"]),
        ("<PRE></Style>\na", ["<PRE></Style>\n", "a"]),
        ("<style>\n</pre>\n\n<pre>\n</script>\né", ["<style>\n</pre>\n", "\n<pre>\n</script>\n", "é"]),
        ("[a]: /b\n\n<pre>\n</style>\n[a]", ["[a]: /b\n\n[a]: /b\n\n<pre>\n</style>\n", "[a]: /b\n\n[a]"]),
    ],
)
def test_html_ends_with_any_of_the_four(text, parts):
    assert pieces(text) == parts


def test_what_follows_is_markdown():
    assert markdown_tree("<pre>a</style>\nb").children == [Html("<pre>a</style>"), Paragraph([Text("b")])]


def test_many_of_them_are_read_in_time():
    text = "<pre>\n</style>\n\n" * 3_000
    assert len(pieces(text)) == 50
