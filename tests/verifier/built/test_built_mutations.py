"""A single change anywhere in a built page is noticed; the page itself raises no alarm.

Our own pages, written for a target and rendered by the engine of its builder; each row of ``MUTATORS`` is what a builder, a theme or
a switch does to HTML.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import Finding, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import TARGETS
from wpmigrate.verifier.built import BuiltProof, parse_selector
from wpmigrate.verifier.output import split_page
from wpmigrate.verifier.rendering import render_as
from wpmigrate.writers import write

FIXTURES = Path(__file__).parents[2] / "fixtures"
SIGNS = """---
title: Signs
---
<p>Wait... he said -- quite "softly" -- that it's {{ page.title }} and {% tag %}, a | b, $$x$$ or {{< youtube >}}.</p>
<ul><li>[x] one... two</li><li>three<ul><li>four</li></ul></li></ul><pre><code>{{ x }} "y" -- z...</code></pre>
"""
PAGES = {page.name: page.read_bytes() for page in sorted((FIXTURES / "pages").iterdir())} | {
    "international-partnerships.html": (FIXTURES / "international-partnerships.html").read_bytes(),
    "signs.html": SIGNS.encode(),
}
BUILDERS = ("eleventy", "nikola")
"""One of cmark's family and one of Python-Markdown's; neither makes ids of its own."""
OPTIONS = NormalizeOptions()
ROUNDS = 4
MAIN = parse_selector("main#content")


def build(page: str, name: str) -> tuple[SourceEntry, str]:
    target = TARGETS[name]
    source = next(iter(extract(PAGES[page], page, ExtractOptions())))
    entry = normalize(source, Site(), OPTIONS)
    data = dict(entry.content.data or {})
    verbatim = data.pop("markdown", None)
    entry.content.data = data or None
    files = write(entry, page.partition(".")[0], ("markdown",), target, verbatim)
    _, body, _ = split_page(files[0].data.decode())
    return source, render_as(body, target.dialect)


BUILT = {(page, name): build(page, name) for page in PAGES for name in BUILDERS}


def findings(source: SourceEntry, name: str, built: str) -> list[Finding]:
    proof = BuiltProof(source, OPTIONS, Site(), TARGETS[name])
    title = html.escape(source.fields.title)
    page = f'<!DOCTYPE html><title>{title}</title><body><main id="content">{built}</main>'
    return [*proof.check(page, MAIN, "/a/b/", "a/b/index.html", lambda path: True)]


def swap(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Callable[[str, random.Random], str | None]:
    """Return a mutator: one random match of ``pattern`` is replaced."""
    compiled = re.compile(pattern, re.S)

    def mutate(text: str, rng: random.Random) -> str | None:
        found = list(compiled.finditer(text))
        if not found:
            return None
        match = rng.choice(found)
        new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
        changed = text[: match.start()] + new + text[match.end() :]
        return changed if changed != text else None

    return mutate


MUTATORS = (
    ("a word goes", swap(r"(?<=[a-z] )[a-z]{3,} (?=[a-z]+[ .][^<>]*<)", "")),
    ("a letter changes", swap(r"(?<=[a-z])[a-z](?=[a-z]+[^<>]*<)", lambda m: "q" if m[0] != "q" else "z")),
    ("a word is glued", swap(r"(?<=[a-z]) (?=[a-z]+[^<>]*<)", "")),
    ("quotes are bent", swap(r"&quot;(?=[^<>]*<)", "”")),
    ("apostrophes are bent", swap(r"'(?=[^<>]*<)", "’")),
    ("dashes are joined", swap(r"--(?=[^<>]*<)(?!>)", "–")),
    ("dots are joined", swap(r"\.\.\.(?=[^<>]*<)", "…")),
    ("a character is swallowed", swap(r"(?<=\w)[,.:](?=[^<>]*<)", "")),
    ("braces are evaluated", swap(r"\{\{[^<>]*?\}\}|\{%[^<>]*?%\}", "")),
    ("a shortcode is evaluated", swap(r"(?:\{|&#123;)\{&lt;.*?&gt;\}\}", "")),
    ("dollars are a formula", swap(r"\$\$x\$\$", r"\(x\)".replace("\\", "\\\\"))),
    ("a paragraph goes", swap(r"<p>\w.*?</p>", "")),
    ("paragraphs join", swap(r"(?<=[a-z.])</p>\s*<p>(?=\w)", " ")),
    ("a break goes", swap(r"<br ?/?>", " ")),
    ("a heading's level", swap(r"<h([2-5])(.*?)</h\1>", lambda m: f"<h{int(m[1]) + 1}{m[2]}</h{int(m[1]) + 1}>")),
    ("a heading is text", swap(r"<h(\d)[^>]*>(.*?)</h\1>", r"<p>\2</p>")),
    ("an id that a link leads to goes", lambda text, rng: without_target(text, rng)),
    ("braces are shown", swap(r'<h(\d) id="([^"]*)">(.*?)</h\1>', r"<h\1>\3 {#\2}</h\1>")),
    ("a link goes", swap(r'<a href="[^"]+"[^>]*>(?!http)(\w[^<]*)</a>', r"\1")),
    ("a link leads elsewhere", swap(r'<a href="([^"#]+)"', r'<a href="\1x"')),
    ("an image goes", swap(r"<img[^>]*>", "")),
    ("an image changes", swap(r'(<img[^>]*?src="[^"]*)(\.\w+")', r"\1-2\2")),
    ("an alt goes", swap(r'(<img[^>]*?)alt="[^"]+"', r"\1")),
    ("strong goes", swap(r"<strong>(\w[^<]*)</strong>", r"\1")),
    ("emphasis goes", swap(r"<em>(\w[^<]*)</em>", r"\1")),
    ("stars are shown", swap(r"<strong>(\w[^<]*)</strong>", r"**\1**")),
    ("a deletion is literal", swap(r"<del>([^<]*)</del>", r"~~\1~~")),
    ("inline code is text", swap(r"(?<!<pre>)<code>([^<]+)</code>", r"\1")),
    ("code loses a blank", swap(r"(<pre><code[^>]*>[^<]*?\S) ", r"\1")),
    ("code loses its indentation", swap(r"(<pre><code[^>]*>[^<]*?\n) {2,}", r"\1")),
    ("code loses a line end", swap(r"(<pre><code[^>]*>[^<]*?\S)\n(?=[^<]*\S)", r"\1 ")),
    ("code is text", swap(r"<pre><code[^>]*>([^<]*)</code></pre>", r"<p>\1</p>")),
    ("code is cut", swap(r"(<pre><code[^>]*>[^<]*?)\S\s*</code>", r"\1</code>")),
    ("an item goes", swap(r"<li>\w[^<]*</li>", "")),
    ("a list is flattened", swap(r"(<li>[^<]*)<(ul|ol)>(.*?)</\2>\s*</li>", r"\1</li>\3")),
    ("a list is of another kind", swap(r"<ul>((?:(?!<[uo]l).)*?)</ul>", r"<ol>\1</ol>")),
    ("a list begins elsewhere", swap(r'<ol start="\d+">', "<ol>")),
    ("a list is text", swap(r"<ul>\s*<li>(\w[^<]*)</li>\s*</ul>", r"<p>- \1</p>")),
    ("a quote goes", swap(r"<blockquote>(.*?)</blockquote>", r"\1")),
    ("a row goes", swap(r"<tr>\s*<td.*?</tr>", "")),
    ("a cell changes", swap(r"(<td[^>]*>)(\w)", r"\1Q\2")),
    ("a table is text", swap(r"<table>.*?</table>", lambda m: f"<p>{re.sub('<[^>]*>', ' ', m[0])}</p>")),
    ("a rule goes", swap(r"<hr ?/?>", "")),
    ("a tag goes", swap(r"<(?:sub|sup|ins|kbd)\b[^>]*>", "")),
    ("raw HTML goes", swap(r"<(iframe|details|dl|video|audio|object)\b.*?</\1>", "<!-- raw HTML omitted -->")),
    ("raw HTML is shown", swap(r"<(iframe|details|dl|video|audio)\b.*?</\1>", lambda m: f"<p>{html.escape(m[0])}</p>")),
    ("the page ends early", lambda text, rng: text[: rng.randrange(len(text) * 3 // 4)]),
    ("the page is empty", lambda text, rng: ""),
    ("the page is there twice", lambda text, rng: text + text),
    ("something is added", lambda text, rng: text + "<p>Powered by</p>"),
)


def without_target(text: str, rng: random.Random) -> str | None:
    """Take away an id that a link of the page leads to."""
    names = [name for name in re.findall(r'href="#([^"]+)"', text) if f'id="{name}"' in text]
    return text.replace(f'id="{rng.choice(names)}"', "") if names else None


@pytest.mark.parametrize("key", BUILT, ids=" ".join)
def test_the_page_itself_raises_no_alarm(key):
    source, built = BUILT[key]
    assert findings(source, key[1], built) == []


def tries():
    for row, (label, change) in enumerate(MUTATORS):
        for (page, name), (source, built) in BUILT.items():
            for seed in range(ROUNDS):
                changed = change(built, random.Random(f"{row} {page} {seed}"))
                if changed is not None and changed != built:
                    yield label, f"{page} {name} {seed}", source, name, changed


def test_every_kind_of_change_can_be_made():
    assert {label for label, *_ in tries()} == {label for label, _ in MUTATORS}


def test_at_least_99_of_100_changes_are_noticed():
    made, missed = 0, []
    for label, place, source, name, changed in tries():
        made += 1
        if not findings(source, name, changed):
            missed.append(f"{label}: {place}")
    assert made > 500
    assert len(missed) <= made / 100, f"{len(missed)} of {made} missed: {missed}"
