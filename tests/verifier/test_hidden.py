"""Words that an output hides are lost, though they stand in it."""

from __future__ import annotations

import pytest

from wpmigrate.model import SourceEntry
from wpmigrate.model.entry import Fields
from wpmigrate.verifier.body import check_markdown

BODY = "<p>The spade is in the shed.</p>\n<p>Its key is not.</p>\n"
MARKDOWN = "The spade is in the shed.\n\nIts key is not.\n"


def found(markdown: str, body: str = BODY) -> list[str]:
    source = SourceEntry("t.html", f"---\ntitle: T\n---\n{body}".encode(), "front-matter", "utf-8", Fields(title="T"), {}, body, 4)
    return [finding.message for finding in check_markdown(source, markdown)]


def test_what_is_shown_is_there():
    assert found(MARKDOWN) == []
    assert found(MARKDOWN.replace("Its key is not.", '<p style="color:red; left:0; opacity:0.5">Its key is not.</p>')) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<div style="display: none">\n\n', "\n\n</div>"),
        ('<div style="visibility:hidden">\n\n', "\n\n</div>"),
        ('<div style="font-size:0">\n\n', "\n\n</div>"),
        ('<div style="position:absolute;left:-9999px">\n\n', "\n\n</div>"),
        ("<div hidden>\n\n", "\n\n</div>"),
        ('<p hidden="">', "</p>"),
        ("<noscript>\n\n", "\n\n</noscript>"),
        ("<dialog>\n\n", "\n\n</dialog>"),
        ('<span style="opacity:0">', "</span>"),
        ("<details><summary></summary>\n\n", "\n\n</details>"),
        ("", "\n\n<style>p { display: none }</style>"),
        ("", '\n\n<link rel="stylesheet" href="/hide.css">'),
        ("", '\n\n<base href="http://elsewhere.example/">'),
        ("", '\n\n<meta http-equiv="refresh" content="0;url=/x">'),
    ],
)
def test_what_is_hidden_is_not(before, after):
    hidden = MARKDOWN.replace("Its key is not.", f"{before}Its key is not.{after}")
    assert found(hidden)


@pytest.mark.parametrize(("start", "end"), [('<video src="/v.mp4">', "</video>"), ("<details><summary>More</summary><p>a</p>", "</details>")])
def test_an_element_that_swallows_what_follows(start, end):
    body = f"{start}\n{end}\n<p>Its key is not.</p>\n"
    assert found(body, body) == []
    assert found(f"{start}\n<p>Its key is not.</p>\n{end}\n", body)


def test_what_the_source_hides_the_output_may_hide():
    html = '<div style="display:none">\n<p>Its key is not.</p>\n</div>\n'
    body = BODY.replace("<p>Its key is not.</p>\n", html)
    assert found(MARKDOWN, body) == []
    assert found(f"The spade is in the shed.\n\n{html}", body) == []
    assert found(f'<div style="display:none">\n<p>The spade is in the shed.</p>\n</div>\n\n{html}', body)


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ('<span style="color:red">K</span>ey <font>is</font>n&#8217;t &quot;here&quot;', "Key isn’t &quot;here&quot;"),
        ('<div class="wp-block-cover" style="background-image:url(/sky.jpg)"><p>Key</p></div>', '<div><img src="/sky.jpg" alt=""><p>Key</p></div>'),
        ('<img src="data:image/gif;base64,R0" data-src="/key.jpg" alt="k">', '<img src="/key.jpg" alt="k">'),
    ],
)
def test_what_the_source_hides_may_be_said_otherwise(inside, written):
    body = f"<details><summary>More</summary><div>{inside}</div></details>\n"
    output = f"<details><summary>More</summary><div>{written}</div></details>\n"
    assert found(output, body) == []
    assert found(output.replace("</div></details>", " bought</div></details>"), body + "<p>bought</p>\n")


@pytest.mark.parametrize(("url", "written"), [("/a b.png", "/a%20b.png"), (" /ü.png\n", "/%C3%BC.png"), ("/a?b&amp;c", "/a?b&c")])
def test_the_address_of_a_hidden_picture_may_be_spelled_otherwise(url, written):
    body = f'<details>\n<summary>S</summary>\n<p><img src="{url}" alt="x"> y</p>\n</details>\n'
    markdown = f"<details>\n<summary>S</summary>\n\n![x]({written}) y\n\n</details>\n"
    assert found(markdown, body) == []
    assert found(markdown.replace("![x]", "![x](/z) ![x]"), body)
    assert found(f'<div style="display:none">\n\n![x]({written})\n\n</div>\n', f'<p><img src="{url}" alt="x"></p>\n')


def test_a_picture_is_hidden_that_the_source_shows():
    body = '<details><summary>More</summary>a</details>\n<p><img src="/key.jpg" alt=""></p>\n'
    assert found('<details><summary>More</summary>a<img src="/key.jpg" alt=""></details>\n', body)
