"""What stands between the headings of a Markdown text."""

import pytest

from wpmigrate.normalizer.markdown_body import markdown_tree
from wpmigrate.normalizer.markdown_spans import section_texts


@pytest.mark.parametrize(
    ("text", "headings", "texts"),
    [
        ("a\n\n# b\n\nc *d*\nç\n\n***\n\n  ## e\nf", [1, 4], ["c *d*\nç\n\n***\n", "f\n"]),
        ("a\n=\n    code\n\nb\n-\n", [0, 2], ["    code\n", ""]),
        ("# a\n# b #\n\n<h2>c</h2>\n\nd\n", [0, 1, 2], ["", "", "d\n"]),
        ("# a\n\n- b\n\n  # c\n\n> # d\n\n# e", [0, 3], ["- b\n\n  # c\n\n> # d\n", ""]),
        ("# a\n\n[b][1]\n\n[1]: /c\n", [0], []),
        ("a", [], []),
    ],
)
def test_parts_are_the_text_itself(text, headings, texts):
    assert section_texts(text, len(markdown_tree(text).children), headings) == texts


def test_another_number_of_blocks_gives_nothing():
    assert section_texts("# a\n\nb", 3, [0]) == []
