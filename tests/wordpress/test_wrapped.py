"""Boxes of HTML round Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.wrapped import without_boxes

FIGURE = '<figure class="wp-block-image">![a](u)</figure>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIGURE, "![a](u)"),
        (f"{FIGURE}Text <http://e.org/x>\nmore", "![a](u)\n\nText <http://e.org/x>\nmore"),
        (f"before\n{FIGURE}\n\nafter", "before\n\n![a](u)\n\nafter"),
        (
            '<div class="wp-block-image"><figure class="aligncenter">[![](u)](v)<figcaption>A *c*</figcaption></figure></div>',
            "[![](u)](v)\n\nA *c*",
        ),
        (
            '<dl class="wp-caption" id="attachment_1"><dt>![](u)</dt><dd class="wp-caption-text">b</dd></dl>',
            "![](u)\n\nb",
        ),
        (f"{FIGURE}a `<div>` and <sup>b</sup>", "![a](u)\n\na `<div>` and <sup>b</sup>"),
        (f'{FIGURE}a<span id="n-1"></span>', '![a](u)\n\na<span id="n-1"></span>'),
        ('<div class="wp-terminal">`ls -l`</div>', "`ls -l`"),
        ('<div class="wp-block-embed"><iframe src="u"></iframe>[a](u)</div>', '<iframe src="u"></iframe>\n\n[a](u)'),
        (
            '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><iframe src="u"></iframe></div></figure>## Hats',
            '<iframe src="u"></iframe>\n\n## Hats',
        ),
        (
            '<figure class="wp-block-video"><video controls=""><source src="u"></video><figcaption>A *c*</figcaption></figure>b',
            '<video controls=""><source src="u"></video>\n\nA *c*\n\nb',
        ),
        (
            '<figure class="wp-block-table"><table><tr><td>**a**</td></tr></table><figcaption>c</figcaption></figure>> b',
            "<table><tr><td>**a**</td></tr></table>\n\nc\n\n> b",
        ),
        ("<div> </div>## Hats", "## Hats"),
        (f"{FIGURE}<div> </div>## Hats", "![a](u)\n\n## Hats"),
        ("- <figure>[![](u)](v)</figure>", "- [![](u)](v)"),
        ('- <figure>![](u)<figcaption class="c"> A *b* </figcaption></figure>', "- ![](u)\n\n  A *b*"),
        (f'<div class="gallery">{FIGURE}<br style="clear: both"></br></div>', "![a](u)"),
    ],
)
def test_boxes_go(text: str, expected: str) -> None:
    assert without_boxes(text) == (expected, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'a\n<div class="wp-block-columns"><div class="wp-block-column">### b\n\nc\n\n</div><div class="wp-block-column">- d\n- e\n\n</div></div>\n\nf',
            "a\n\n### b\n\nc\n\n- d\n- e\n\n\nf",
        ),
        ('<figure class="wp-block-table">| a |\n|---|\n| b |\n\n</figure>', "| a |\n|---|\n| b |\n"),
        (
            '<div class="wp-block-media-text"><figure class="wp-block-media-text__media">![](m)</figure><div class="wp-block-media-text__content">b\n\n</div></div>c',
            "![](m)\n\nb\n\nc",
        ),
        (
            '<figure class="flex wp-block-gallery">- <figure>![](u)</figure>\n- <figure>![](v)</figure>\n\n<figcaption class="c">A *b*</figcaption></figure>d',
            "- ![](u)\n- ![](v)\n\nA *b*\n\nd",
        ),
        (
            '<div class="wp-block-tiles"><div class="row"><figure class="item">![](u)</figure></div>\n\n</div>d',
            "![](u)\n\nd",
        ),
        (
            '<div class="wp-block-group">a\n\n</div><figure class="wp-block-video"><video src="u"></video></figure>b',
            'a\n\n<video src="u"></video>\n\nb',
        ),
        ('<div class="wp-block-x">```\na <div>\n```\n\n</div>', "```\na <div>\n```\n"),
    ],
)
def test_open_boxes_go(text: str, expected: str) -> None:
    assert without_boxes(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        '<div class="wp-block-group">\n\ntext\n\n</div>',
        '<div class="wp-block-group">text\n\nnever closed',
        '<div class="wp-block-group" id="x">text\n\n</div>',
        '<div class="mine">text\n\n</div>',
        'A <div class="wp-block-group">text\n\n</div>',
        '<div class="row">[a](u)</div>',
        '<figure class="wp-block-image" id="here">![a](u)</figure>',
        f"<table><tr><td>{FIGURE}</td></tr></table>",
        f"    {FIGURE}",
        f"```\n{FIGURE}\n```",
        f"~~~~ html\n~~~\n{FIGURE}\n~~~~",
        f"<pre>\n{FIGURE}\n</pre>",
        f"{{% highlight html %}}\n{FIGURE}\n{{% endhighlight %}}",
        f"<!-- note\n{FIGURE}\n-->",
        f"<pre>code <!-- note --> code\n{FIGURE}\n</pre>",
        f"<!-- a note --> <!-- another\n{FIGURE}\n-->",
        f"<!-- a note\n--> <pre>\n{FIGURE}\n</pre>",
        '<div class="wp-block-image"><figure>![a](u)</div></figure>',
        '<figure class="wp-block-image">![a](u)',
        '<div class="wp-block-embed"><iframe src="u">old <b>browsers</b></iframe>[a](u)</div>',
        '<div class="wp-block-group"><table><tr><td><div>a</div></td></tr></table>[a](u)</div>',
        '<div class="wp-block-group"><ul><li>a</li></ul>[a](u)</div>',
        "- <figure>a picture</figure>",
        "- <figure>![a](u)</figure> and more",
        "<div> </div>",
        "<div> </div><p>a</p>",
        "text [a](u)",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert without_boxes(text) == (text, 0)


def test_after_code_boxes_go_again() -> None:
    text = f"```\n{FIGURE}\n```\n\n<pre>x</pre>\n\n{FIGURE}"
    assert without_boxes(text) == (f"```\n{FIGURE}\n```\n\n<pre>x</pre>\n\n![a](u)", 1)


@given(st.text(alphabet='<div figure/cls="wp-">![](u)`\n~{%endraw}'))
def test_no_character_outside_of_tags_is_lost(text: str) -> None:
    found, count = without_boxes(text)
    assert count or found == text
    assert found.count("](") == text.count("](")


def test_long_lines_take_linear_time() -> None:
    assert without_boxes('<div class="wp-block-a">b\n' * 20_000)[1] == 0
    assert without_boxes('<div class="wp-block-a">b\n' * 5_000 + "</div>\n" * 5_000)[1] == 10_000
    assert without_boxes('<div class="wp-block-a">b' * 5_000 + "\n" + "</div>" * 5_000)[1] == 2
    assert without_boxes(FIGURE * 20_000)[1] == 1
    assert without_boxes('<div class="wp-a">](' * 20_000)[1] == 0
    assert without_boxes("<div >](" + "`" * 100_000)[1] == 0
