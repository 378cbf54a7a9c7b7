"""Pictures in styles and those that scripts load late: written once or named, and missed by the proof when they are gone."""

from __future__ import annotations

import pytest

from helpers.pages import markdown, page
from wpmigrate.model import Fields, Notice, Site, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import check_markdown, verify

COVER = '<div class="wp-block-cover" style="background-image:url({})"><p>On it</p></div>'
FIXED = '<div class="wp-block-cover"><div role="img" aria-label="Sea" class="wp-block-cover__image-background" style="background-image:url(&quot;/a.jpg&quot;)"></div><p>On it</p></div>'
GROUP = '<!-- wp:group {"style":{"background":{"backgroundImage":{"url":"/g.jpg","id":3}}}} -->\n<div class="wp-block-group"><p>In it</p></div>\n<!-- /wp:group -->'


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (COVER.format("/a.jpg"), "![](/a.jpg)\n\nOn it"),
        (COVER.format(" '/a b.jpg' "), "![](/a%20b.jpg)\n\nOn it"),
        (FIXED, "![Sea](/a.jpg)\n\nOn it"),
        ('<section class="wp-block-cover-image" style="background:url(/a.jpg)"></section>', "![](/a.jpg)"),
        (
            '<table><tr><td rowspan="2"><div class="wp-block-cover" style="background:url(/a.jpg)">b</div></td><td>c</td></tr></table>',
            '<table>\n<tr>\n<td rowspan="2">\n<div><img src="/a.jpg" alt="">b</div>\n</td>\n<td>c</td>\n</tr>\n</table>',
        ),
        (
            '<figure class="wp-block-media-text__media" style="background-image:url(/a.jpg)"><img src="/a.jpg"></figure>',
            "![](/a.jpg)",
        ),
        (
            '<p><img src="data:image/gif;base64,AA==" data-src="/r.jpg"><noscript><img src="/r.jpg"></noscript></p>',
            "![](/r.jpg)",
        ),
        (
            '<p><noscript><img src="/r.jpg"></noscript><img src="/x/1x1.trans.gif" data-lazy-src="/r.jpg"></p>',
            "![](/r.jpg)",
        ),
        ('<p><img data-original="/r.jpg"></p>', "![](/r.jpg)"),
        ('<p><img src="data:image/svg+xml,%3Csvg%2F%3E" data-src-fg="/r.jpg" data-caption-desc="d"></p>', "![](/r.jpg)"),
        ('<p><img src="data:image/gif;base64,AA==" data-srcset="/x.jpg 2x" data-orig-src="/r.jpg"></p>', "![](/r.jpg)"),
        ('<p><img src="/x/blank.gif" data-lazy="true" data-echo="/r.jpg"></p>', "![](/r.jpg)"),
        ('<p><img class="lazy" data-cfsrc="/r.jpg"></p>', "![](/r.jpg)"),
        ('<p><img src="/own.jpg" data-ezsrc="/r.jpg"></p>', "![](/own.jpg)"),
        ('<p><img class="lazyload" data-sizes="auto" data-srcset="/r.jpg 300w, /s.jpg 600w"></p>', "![](/r.jpg)"),
        ('<video poster="p.jpg" data-src="/v.mp4"></video>', '<video poster="p.jpg" src="/v.mp4">\n</video>'),
        ('<audio><source data-src="/v.mp3"></audio>', '<audio>\n<source src="/v.mp3"></audio>'),
        (
            '<iframe src="about:blank" data-litespeed-src="https://v.example/e"></iframe>',
            '<iframe src="https://v.example/e"></iframe>',
        ),
        ('<p><img src="/own.jpg" data-lazy-src="/own.jpg?late=1"></p>', "![](/own.jpg)"),
        ('<p><noscript><img src="/r.jpg"></noscript></p>', "![](/r.jpg)"),
        ('<p><noscript><img src="data:," data-src="/r.jpg"></noscript></p>', "![](/r.jpg)"),
        (
            '<iframe src="about:blank" data-src="https://v.example/e"></iframe>',
            '<iframe src="https://v.example/e"></iframe>',
        ),
    ],
)
def test_a_picture_is_written_once(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (GROUP, "/g.jpg"),
        ("<div style=\"color:red;background:#fff url('/b.png') no-repeat\">x</div>", "/b.png"),
        (
            '<table style="background:url(/t.png)"><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>',
            "/t.png",
        ),
    ],
)
def test_a_picture_behind_an_element_is_named(body: str, url: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    named = [
        notice for notice in result.record.notices if notice.what.startswith(f"background image {url}: ")
    ]
    assert [notice.kind for notice in named] == ["dropped"]


def source_of(body: str) -> SourceEntry:
    return SourceEntry(
        "p.html", f"---\ntitle: T\n---\n{body}\n".encode(), "front-matter", "utf-8", Fields(), {}, body
    )


@pytest.mark.parametrize(
    ("body", "without"),
    [
        (COVER.format("/a.jpg"), "On it"),
        (FIXED, "![](/a.jpg)\n\nOn it"),
        (
            '<p><img src="data:image/gif;base64,AA==" data-src="/r.jpg"></p>',
            "![](data:image/gif;base64,AA==)",
        ),
        (
            '<p><img src="data:," data-src="/r.jpg"><noscript><img src="/r.jpg"></noscript></p>',
            "![](/r.jpg)![](/r.jpg)",
        ),
        ('<p><img src="data:," data-src-fg="/r.jpg"></p>', "![](data:,)"),
        ('<p>x <img data-srcset="/r.jpg 1x"></p>', "x"),
        ('<video data-src="/v.mp4"></video>', "<video>\n</video>"),
        ('<p>x <noscript><img src="data:," data-src="/r.jpg"></noscript></p>', "x"),
    ],
)
def test_the_proof_misses_it(body: str, without: str) -> None:
    assert check_markdown(source_of(body), without, NormalizeOptions(), Site())


def test_the_proof_wants_the_notice() -> None:
    body = '<div style="background:url(/b.png)">x</div>'
    result = page(body)
    source = source_of(body)
    files = [file for file in result.files if file.format == "markdown"]
    found = verify(
        source, files, COMMONMARK, NormalizeOptions(), (Notice("dropped", "style background: decoration"),)
    )
    assert any("background image /b.png" in finding.message for finding in found)
