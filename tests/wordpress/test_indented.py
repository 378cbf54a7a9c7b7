"""HTML with indented children in Markdown is one block, wherever blank lines stand in it."""

import pytest

from wpmigrate.wordpress.indented import whole_elements

TABLE = "<table>\n  <tr>\n    <td>\n      a\n    </td>\n    \n    <td>\n      b\n    </td>\n  </tr>\n</table>"
WHOLE = TABLE.replace("    \n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE, WHOLE),
        (f"_a_\n\n{TABLE}\n\nb\n\n{TABLE}", f"_a_\n\n{WHOLE}\n\nb\n\n{WHOLE}"),
        (TABLE.replace("      a", "      <table>\n      </table>"), WHOLE.replace("      a", "      <table>\n      </table>")),
        (TABLE.replace("      a", "      <pre>\nx\n</pre>"), WHOLE.replace("      a", "      <pre>\nx\n</pre>")),
    ],
)
def test_blank_lines_go(text, expected):
    assert whole_elements(text) == (expected, text.count("_a_") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n    code\n  \n    more <td>\n",
        "<div>\n  a\n  \n  <p>\n    b\n  </p>\n</div>",
        f"```\n{TABLE}\n```",
        f"<pre>\n{TABLE}\n</pre>",
        TABLE.replace("</table>", "").replace("</tr>", ""),
        TABLE.replace("      a", "<pre>\nx\n    \n    y\n</pre>"),
        "<span>\n    \n    a\n</span>\n  \n    b",
        "<div>\n\n    code\n\n</div>",
    ],
)
def test_other_blank_lines_stay(text):
    assert whole_elements(text) == (text, 0)


def test_elements_that_nobody_closed_take_no_time():
    text = "<div>\n    \n    a\n" * 20_000
    assert whole_elements(text) == (text, 0)
