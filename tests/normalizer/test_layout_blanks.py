"""Non-breaking spaces that fold away are named; those in words stay and are not."""

from __future__ import annotations

import pytest

import wpmigrate

PAGE = "---\ntitle: A\nstatus: publish\n---\n{}"


@pytest.mark.parametrize(
    ("body", "folded"),
    [
        ("<p>10&nbsp;kg</p>", 0),
        ("<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>", 1),
        ("a\n\n&nbsp;\n\nb", 1),
        ("<p>a&nbsp; b&nbsp;</p>", 2),
        ("<p><strong>a</strong>&nbsp;<em>b</em> &#160;c</p>", 1),
        ("<h2>&nbsp;a</h2>", 1),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>&nbsp;</td><td>c&nbsp;d</td></tr></table>", 1),
        ("<pre>a&nbsp; b</pre>", 0),
    ],
)
def test_what_folds_away_is_counted(body, folded):
    record = wpmigrate.convert("a.html", PAGE.format(body).encode(), "a").record
    assert record.status == "written"
    assert sum(notice.count for notice in record.notices if notice.what.startswith("non-breaking space")) == folded
