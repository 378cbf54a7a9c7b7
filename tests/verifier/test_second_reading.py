"""What the second Markdown engine makes of blanks that are not ASCII's: they are text, as in CommonMark."""

import pytest

from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier.rendering import render_as
from wpmigrate.verifier.second_reading import render_again


@pytest.mark.parametrize(
    "markdown",
    [
        "\u3000\u3000段落の始まり\n\u3000次の行\u3000\n\n\u3000**重要**\u3000",
        "* \u3000項目\n* x\u3000\n\n> \u3000引用\n> \u3000次\u3000",
        "# \u3000見出し\u3000\n\nx\u3000\n---\n\n\u00a0\u00a0y",
        "\u3000**「重要」**です\u3000\n\u3000*x*",
        "```\n\u3000x\u3000\n```\n\n    \u3000code\u3000\n\n`\u3000`",
        "[\u3000a\u3000](/b\u3000)\n\n|\u3000a |b\u3000|\n|---|---|\n|\u3000c\u3000|\u3000|",
        "a\u3000\n\u3000",
    ],
)
def test_blanks_of_all_scripts_stay(markdown: str) -> None:
    again = render_again(markdown)
    assert again is not None
    assert again.replace("%E3%80%80", "\u3000") == render_as(markdown, COMMONMARK.dialect).replace("%E3%80%80", "\u3000")
