"""How each target spells Markdown, and that what is written in any of them is proven."""

from __future__ import annotations

import os
import random
import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmigrate.options import NormalizeOptions, RunOptions
from wpmigrate.runner.job import EntryResult, convert_entry, read_source
from wpmigrate.targets import TARGETS, Dialect
from wpmigrate.verifier import check_markdown, verify
from wpmigrate.verifier.output import split_page
from wpmigrate.writers.markdown.spelling import spelling_of

BUILDERS = sorted(TARGETS.keys() - {"commonmark"})
HTML = NormalizeOptions(body="html")


def convert(body: str, target: str, to: tuple[str, ...] = ("markdown",)) -> EntryResult:
    raw = f"---\ntitle: T\n---\n{body}".encode()
    return convert_entry("t.html", raw, "t", RunOptions(to=to, target=target, normalize=HTML))


def body_of(result: EntryResult, target: str) -> str:
    parts = split_page(result.files[0].data.decode(), TARGETS[target].front.format)
    assert parts is not None
    return parts[1]


@pytest.mark.cases("cases/dialects.txt")
def test_spelling(case):
    for target in case.title.partition(":")[0].split(", "):
        assert body_of(convert(case.input, target), target).strip("\n") == case.expected, target


def test_every_builder_has_its_dialect():
    assert spelling_of(TARGETS["commonmark"].dialect) is None
    assert spelling_of(Dialect()) is None
    assert all(spelling_of(TARGETS[name].dialect) for name in BUILDERS)


_TAGS = "p b em ul ol li table tr td th br pre code h2 h3 dl blockquote div del a strong figure".split()
_PIECES = [
    *(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS),
    *("<a href='#x'>", "<a href='http://a.example/c d'>", "<h2 id=x>", "<ol start=3>", "<img src=a>", "<img src='/x.png' title='a \"b\"'>"),
    *("text ", "more words ", "\n\n", "\n", "&nbsp;", "\u3000", " ", "http://a.example/b", "日本", "`", "*", "**", "_", "~~", "|", "\\", "\t"),
    *("{{ x }}", "{{&lt; y >}}", "{{% y %}}", "{% z %}", "{#id}", "{: .c}", "$$a$$", "[TOC]", "*[abbr]: x", "[x]: y", "[^1]: z", ": def"),
    *("# h", "#tag", "- a", "1. b", "===", "---", "&lt;b&gt;", "&amp;", "<!--more-->", "「", "。", "<pre>a\tb\n\n c</pre>", "3 < 4 "),
]  # fmt: skip
bodies = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map("".join)


@settings(
    max_examples=int(os.environ.get("WPMIGRATE_EXAMPLES", "60")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(body=bodies)
def test_what_commonmark_can_say_every_target_says(body):
    try:
        plain = convert(body, "commonmark", ("markdown", "json"))
    except Exception:  # a page that no target can have
        return
    if plain.record.status == "written":
        for target in BUILDERS:
            assert convert(body, target, ("markdown", "json")).record.status == "written", target


PAGE = """<h2 id="start">Getting started</h2><p>Read <a href="#start">the first</a> part, <b>then</b> the <em>other</em> parts of it.</p>
<ul><li>one thing</li><li>two things<ol><li>inner thing</li></ol></li></ul><blockquote><p>quoted words here</p></blockquote>
<p>Some <code>a  b | c</code> with <a href="http://a.example/x y" title="some title">odd link</a> and <img src="/i.png" alt="picture">.</p>
<pre>def f():\n\treturn  1</pre><table><tr><th>head</th><th>more</th></tr><tr><td>cell</td><td>x | y</td></tr></table>"""


_TAG_NAMES = re.compile(r"</?\w+")


@pytest.mark.parametrize("target", BUILDERS)
def test_a_changed_letter_is_noticed(target):
    """Letters and digits of the body become others, one at a time; those of tags' names aside."""
    files = convert(PAGE, target).files
    source = read_source("t.html", f"---\ntitle: T\n---\n{PAGE}".encode(), RunOptions(normalize=HTML))
    text = files[0].data.decode()
    start = text.index(body_of(convert(PAGE, target), target))
    names = {place for found in _TAG_NAMES.finditer(text) for place in range(*found.span())}
    places = [place for place in range(start, len(text)) if text[place].isalnum() and place not in names]
    missed = []
    for place in random.Random(target).sample(places, 60):
        changed = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]
        file = msgspec.structs.replace(files[0], data=changed.encode())
        if not verify(source, [file], TARGETS[target], HTML):
            missed.append(text[max(place - 20, 0) : place + 20])
    assert not missed


_MARKS = (
    ("-   one", "one"),
    ("    1.  inner", "1.  inner"),
    ("> quoted", "quoted"),
    ("**then**", "then"),
    ("*other*", "other"),
    ("![picture]", "[picture]"),
    ("| --- | --- |\n", ""),
    ("a  b", "a b"),
    ("(#getting-started)", "(#getting)"),
)


@pytest.mark.parametrize("target", BUILDERS)
def test_a_block_of_another_kind_is_noticed(target):
    """Marks go: the proof sees them as the builder's engine does."""
    files = convert(PAGE, target).files
    source = read_source("t.html", f"---\ntitle: T\n---\n{PAGE}".encode(), RunOptions(normalize=HTML))
    text = files[0].data.decode()
    for old, new in _MARKS:
        assert old in text
        file = msgspec.structs.replace(files[0], data=text.replace(old, new, 1).encode())
        assert verify(source, [file], TARGETS[target], HTML), old


def test_an_engine_that_fails_is_a_finding():
    source = read_source("t.html", b"---\ntitle: T\n---\n<p>x</p>", RunOptions())
    body = "- " * 3000 + "x\n"
    found = check_markdown(source, body, dialect=TARGETS["pelican"].dialect)
    assert [finding.what for finding in found] == ["markdown"]
    assert check_markdown(source, "x\n", dialect=TARGETS["pelican"].dialect) == ()


def test_a_heading_id_in_braces_counts_only_where_the_builder_reads_it():
    source = read_source("t.html", b'---\ntitle: T\n---\n<h2 id="a">b</h2><p><a href="#a">c</a></p>', RunOptions())
    body = "## b {#x}\n\n[c](#x)\n"
    assert check_markdown(source, body, dialect=TARGETS["jekyll"].dialect) == ()
    assert check_markdown(source, body, dialect=TARGETS["mkdocs"].dialect) == ()
    assert check_markdown(source, body, dialect=TARGETS["astro"].dialect)
    assert check_markdown(source, "## b\n\n[c](#b)\n", dialect=TARGETS["astro"].dialect) == ()
    assert check_markdown(source, "## b\n\n[c](#b)\n", dialect=TARGETS["eleventy"].dialect)
    assert check_markdown(source, "## b\n\n[c](#b)\n", dialect=TARGETS["pelican"].dialect)


@pytest.mark.corpus
@pytest.mark.parametrize("target", BUILDERS)
def test_real_pages(target, legacy_pages):
    """Every page is written and proven, and hardly a block is HTML only because the proof asked for it."""
    fallbacks = 0
    for page in legacy_pages:
        record = convert_entry(page.name, page.read_bytes(), page.stem, RunOptions(target=target)).record
        assert record.status in ("written", "skipped"), (page.name, record.reason)
        fallbacks += sum(notice.count for notice in record.notices if "written as HTML" in notice.what)
    assert fallbacks <= 3
