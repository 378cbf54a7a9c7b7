"""What stands between the headings of a Markdown body, byte for byte."""

from __future__ import annotations

import pytest

from wpmigrate.normalizer.markdown_body import markdown_tree
from wpmigrate.normalizer.markdown_sections import section_texts


@pytest.mark.parametrize(
    ("text", "headings", "expected"),
    [
        ("a\n\n# B\n\n*c*  \nd\n\n\n## É\n\n* f\n", [1, 3], ["*c*  \nd", "* f"]),
        ("B\n===\nc\n\n- d\n  - e\n\n> # f\n", [0], ["c\n\n- d\n  - e\n\n> # f"]),
        ("# A\n# B\n---\n# C", [0, 1, 3], ["", "---", ""]),
        ("<div>\n\n# A\n\nb</div>\n\n<pre>\n\nc\n</pre>\n", [1], ["b</div>\n\n<pre>\n\nc\n</pre>"]),
        ("# A\n\n[b]: /c\n\n    d\n", [0], ["[b]: /c\n\n    d"]),
    ],
)
def test_sections(text, headings, expected):
    assert section_texts(text, headings, len(markdown_tree(text).children)) == expected


def test_another_number_of_blocks():
    assert section_texts("# A\n\nb\n", [0], 3) is None
    assert section_texts("\ud800", [0], 1) is None
