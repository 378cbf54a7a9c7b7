"""Code as real pages have it: never closed, closed by another tag, in scripts and tags, with pictures, links and lists in it."""

from __future__ import annotations

import pytest

from helpers.pages import markdown
from wpmigrate import EntryResult, convert
from wpmigrate.extractors import extract
from wpmigrate.model import Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify


def page(body: str) -> EntryResult:
    return convert("page.html", source_bytes(body), "page")


def source_bytes(body: str) -> bytes:
    return f"---\ntitle: T\n---\n{body}\n".encode()


@pytest.mark.cases("cases/code_pages.txt")
def test_code(case):
    result = page(case.input)
    assert result.record.findings == ()
    assert markdown(result) == case.expected


@pytest.mark.parametrize(
    "body",
    [
        "<pre>a <img> b</pre>",
        '<pre><?p "<p><i',
        '<pre>$ ls\n<?php echo "<h1>$x</h1><ul><li>a"; ?>\n\n<b>b</b>',
        '<pre><?php\n\nif (1) {\n echo "<form><input>";\n}\n\nText <b>x</b>\n\n<p>c</p>',
        '<sup><code><?php echo "*a* <i>b\n\n\nc d',
        "<ul><pre><li>a<li>b",
        "<li>a</li><pre><li>b",
        "<pre><pre<\na",
        "<pre><script><\na",
        "<pre><script></script><script\na",
        "<pre><style>b {}</style><a>c</a>",
        '<pre>a <a href="1">b</a> <a href="2"><img src="i.png" alt="c"></a> <img src="j.png"> d</pre>',
        '<pre><img src="i.png"><iframe src="f"></iframe><a href="u"><img src="k.png"></a></pre>',
        '<pre lang="y"><p><strong>e',
        "<pre></table>[<code>",
        "<pre><svg><title><style>a</style>b</title></svg>c\n</pre>",
        "<pre>a[code]b[/code]c",
        "<m[code]b[/code]",
        "<code>a\n</a></td>",
        "<code>a\n</",
        "<code><h2>>\n}</pre>b",
        "a <code><object> x </code> b",
        "a <code><map> x </code> b",
        "<button><code>\ne",
        "<code><script </code>\nhttp://x.example/",
        '<pre><a href="u">l</pre>s<a',
        '<pre><a href="u">x<pre>y',
        "<dl><dt><code>k\n</li>",
        "<p[caption][/caption]",
        "<pre>a\n[caption]<img src='i.png'> b [/caption]\n\nc",
        "<script>\nhttp://x.example/\n",
        "<script><pre lang=p><g</pre>",
        "<textarea>[code]a[/code]</textarea>",
        "<pre><g>a<pre><!x>\n\n<tr>",
        '<p>a <script>\nw("<textarea>x</textarea>");\nb();\n</script> c</p>',
    ],
)
def test_code_is_written(body):
    result = page(body)
    assert result.record.findings == ()
    assert result.record.status == "written"


def lost(body: str, before: str, after: str, notices: tuple[Notice, ...] = ()) -> tuple[Finding, ...]:
    """Return what the proof says when ``before`` has become ``after`` in the Markdown file."""
    result = page(body)
    source: SourceEntry = next(iter(extract(source_bytes(body), "page.html", ExtractOptions())))
    file = next(file for file in result.files if file.format == "markdown")
    text = file.data.decode()
    assert before in text
    changed = OutputFile(file.path, file.format, text.replace(before, after).encode())
    return verify(source, [changed], COMMONMARK, NormalizeOptions(), notices or result.record.notices, Site())


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ('<pre>a <img src="i.png" alt="p"> b</pre>', '<img src="i.png" alt="p">', ""),
        ('<pre><a href="u"><img src="i.png" alt="p"></a> b</pre>', '<a href="u"><img src="i.png" alt="p"></a>', '<img src="i.png" alt="p">'),
        ('<pre>a <a href="u">b</a></pre>', '<a href="u">b</a>', "b"),
        ("<pre><ul><li>a<li>b</ul></pre>", "<li>b</li>", "b"),
        ('<pre>a<script src="s.js"></script></pre>', '<script src="s.js"></script>', ""),
        ('<pre>a<script>b("c")</script> <img src="i"></pre>', 'b("c")', "b()"),
        ("<pre><p>a</p>\n<p>b</p></pre>", "a\nb", "ab"),
        ("<pre>a<br>b</pre>", "a\nb", "ab"),
        ("<pre>a<pre>b</pre></pre>", "a\nb", "ab"),
        ("<details>[code]a\nb[/code]</details>", "a\nb", "a"),
        ("<pre>a\n[code]b[/code]\nc", "\nb\n", "\n"),
        ("<pre>a\nhttp://x.example/y\nc", "http://x.example/y", "http://x.example/z"),
        ("<code>a\nb</code>", "a\nb", "a b"),
        ("a <code>List<String></code>", "<String>", ""),
        ("<pre>List<String></pre>", "<String>", ""),
        ("<pre><?php a(<i>$b);\n\nc <b>d</b>", "php a", "php x"),
        ("<pre>a <?php b(<i>c);\n<ul><li>d</li></ul>", "php b(", "php ("),
        ("<pre>a <?php b(<i>c);\n<ul><li>d</li></ul>", "&lt;?php b(&lt;i?&gt;", ""),
        ("a <code><object> x </code> b", " x  b", "b"),
        ("<dl><dt><code>a\nb</code></dl>", "b</code>", "</code>"),
    ],
)
def test_losses_in_code_are_seen(body, before, after):
    assert lost(body, before, after)


def test_a_style_sheet_in_code_goes_by_name():
    result = page("<pre>a<style>b {}</style></pre>")
    assert markdown(result) == "```\na\n```"
    assert [(notice.kind, notice.what) for notice in result.record.notices] == [("dropped", "<style>: rules for a theme that stays behind")]
    assert lost("<pre>a<style>b {}</style></pre>", "title", "title", (Notice("kept", "x"),))


def test_anchors_in_code_lead_to_its_beginning():
    result = page('<pre><span id="L1">a</span>\n<span id="L2">b</span></pre> <a href="#L2">c</a>')
    assert markdown(result) == '<a id="L2"></a>\n\n```\na\nb\n```\n\n[c](#L2)'
    assert [notice.what for notice in result.record.notices] == ["anchor L1: nothing links to it"]


def test_what_is_left_out_must_be_named_also_on_a_page_without_notices():
    result = page('<p><span id="x">a</span></p>')
    source = next(iter(extract(source_bytes('<p><span id="x">a</span></p>'), "page.html", ExtractOptions())))
    files = [
        OutputFile(file.path, file.format, file.data.replace(b"anchor x: nothing links to it", b"nothing")) for file in result.files
    ]
    assert [finding.what for finding in verify(source, files, COMMONMARK, NormalizeOptions())] == ["anchor"]


@pytest.mark.parametrize(
    "body",
    ["<pre>" + "<a href=u>x</a> y\n" * 3000, "<pre>" * 20_000 + "x", "<code>" * 20_000 + "x", "<pre>" + "<p>a</p>" * 20_000, "<m[" * 20_000],
    ids=["links in code", "code in code", "inline code in itself", "paragraphs in code", "brackets in tags"],
)
def test_much_of_it_takes_no_more_than_its_time(body):
    assert page(body).record.status == "written"
