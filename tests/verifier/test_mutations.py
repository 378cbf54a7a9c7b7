"""A single change anywhere in the output is noticed; the output itself raises no alarm.

Each row of ``MUTATORS`` makes one random change in one file; a file in which it finds nothing to change does not count.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import cmarkgfm
import msgspec
import pytest
from cmarkgfm.cmark import Options

from wpmigrate.extractors import extract
from wpmigrate.model import Finding, OutputFile, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGES = [*sorted((FIXTURES / "pages").iterdir()), FIXTURES / "international-partnerships.html"]
OPTIONS = NormalizeOptions()
SITE = Site()
ROUNDS = 5

Mutator = Callable[[str, random.Random], str | None]


def convert(page: Path) -> tuple[SourceEntry, list[OutputFile]]:
    source = next(iter(extract(page.read_bytes(), page.name, ExtractOptions())))
    entry = normalize(source, SITE, OPTIONS)
    data = dict(entry.content.data or {})
    verbatim = data.pop("markdown", None)
    entry.content.data = data or None
    return source, list(write(entry, page.stem, ("markdown", "json", "yaml"), COMMONMARK, verbatim))


CONVERTED = {page.name: convert(page) for page in PAGES}


def findings(source: SourceEntry, files: list[OutputFile]) -> tuple[Finding, ...]:
    return verify(source, files, COMMONMARK, OPTIONS, (), SITE)


def body_start(text: str) -> int:
    return text.index("\n---\n", 4) + 5


def swap(pattern: str, replacement: str | Callable[[re.Match[str]], str], where: str = "body") -> Mutator:
    """Return a mutator of the Markdown: one random match of ``pattern`` in the body or front matter is replaced."""
    compiled = re.compile(pattern, re.M)

    def mutate(text: str, rng: random.Random) -> str | None:
        split = body_start(text)
        low, high = (split, len(text)) if where == "body" else (4, split - 4)
        found = list(compiled.finditer(text, low, high))
        if not found:
            return None
        match = rng.choice(found)
        new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
        return text[: match.start()] + new + text[match.end() :]

    return mutate


def truncate(text: str, rng: random.Random) -> str | None:
    return text[: rng.randrange(len(text.rstrip()))]


def cut_lines(text: str, rng: random.Random) -> str | None:
    """Truncate at a line end, as an interrupted copy may."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join(lines[: rng.randrange(len(lines))]) + "\n"


def json_key(text: str, rng: random.Random) -> str | None:
    """Take one key out of a random object of the record."""
    record = json.loads(text)
    objects = [item for item in walk(record) if isinstance(item, dict) and item]
    chosen = rng.choice(objects)
    del chosen[rng.choice(sorted(chosen))]
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def json_value(text: str, rng: random.Random) -> str | None:
    """Change one text of the record."""
    record = json.loads(text)
    places = [
        (item, key)
        for item in walk(record)
        for key in (item if isinstance(item, dict) else range(len(item)))
        if isinstance(item[key], str) and item[key]
    ]
    item, key = rng.choice(places)
    item[key] = damage(item[key], rng)
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def damage(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]


def walk(value: object) -> list[dict[str, object] | list[object]]:
    found, stack = [], [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict | list):
            found.append(item)
            stack.extend(item.values() if isinstance(item, dict) else item)
    return found


def drop_line(pattern: str) -> Mutator:
    """Return a mutator that takes out one line."""
    compiled = re.compile(pattern)

    def mutate(text: str, rng: random.Random) -> str | None:
        lines = text.split("\n")
        found = [place for place, line in enumerate(lines) if compiled.search(line)]
        if not found:
            return None
        del lines[rng.choice(found)]
        return "\n".join(lines)

    return mutate


def change_line(pattern: str) -> Mutator:
    """Return a mutator that changes a letter or digit after ``pattern``."""
    compiled = re.compile(pattern + r".*?([A-Za-z0-9])", re.M)

    def mutate(text: str, rng: random.Random) -> str | None:
        found = list(compiled.finditer(text))
        if not found:
            return None
        match = rng.choice(found)
        new = "7" if match[1] != "7" else "8"
        return text[: match.start(1)] + new + text[match.end(1) :]

    return mutate


MUTATORS: tuple[tuple[str, str, Mutator], ...] = (
    ("a word goes", "markdown", swap(r"(?<=[a-z] )[a-z]{3,} (?=[a-z])", "")),
    ("a word comes", "markdown", swap(r"(?<=[a-z]) (?=[a-z]{3}[^<>\n]*(?:<|$))", " extra ")),
    ("two words swap", "markdown", swap(r"\b([a-z]{3,}) (?!\1)([a-z]{3,})\b", r"\2 \1")),
    ("a letter changes", "markdown", swap(r"(?<=[a-z])[a-z](?=[a-z]+[^<>\n]*$)", lambda m: "q" if m[0] != "q" else "z")),
    ("a digit changes", "markdown", swap(r"\d(?!\. )", lambda m: str((int(m[0]) + 1) % 10))),
    ("a word is glued", "markdown", swap(r"(?<=[a-z]) (?=[a-z])", "")),
    ("a link leads elsewhere", "markdown", swap(r"\]\(((?:http|/|#)[^\s)]+)", r"](\1x")),
    ("a link is text", "markdown", swap(r"(?<!!)\[([^\]\[]+)\]\([^()\s]+\)", r"\1")),
    ("a link's title goes", "markdown", swap(r'(\]\(\S+) "[^"]*"\)', r"\1)")),
    ("an image changes", "markdown", swap(r"(!\[[^\]]*\]\(\S*?)(\.\w+)", r"\1-2\2")),
    ("an alt changes", "markdown", swap(r"!\[(\w+)", r"![\1s")),
    ("a heading's level", "markdown", swap(r"^#(?=#? )", "##")),
    ("a heading is text", "markdown", swap(r"^#+ (?=\w)", "")),
    ("text is a heading", "markdown", swap(r"^(?=[A-Z][a-z]+ )", "## ")),
    ("a list item goes", "markdown", drop_line(r"^ *(?:-|\d\.) \w")),
    ("an item is deeper", "markdown", swap(r"(?<=\n)(- \w+.*\n)(?=- )", r"\1  ")),
    ("a list begins elsewhere", "markdown", swap(r"^3\. (?=Check)", "4. ")),
    ("a cell changes", "markdown", swap(r"(?<=\| )\w+(?= \|)", "other")),
    ("a cell goes", "markdown", swap(r"(?<=\| )\w+ (?=\|)", " ")),
    ("a line break goes", "markdown", swap(r"(?<=\S)  \n(?=\S)", " ")),
    ("a line break comes", "markdown", swap(r"(?<=[a-z]) (?=[a-z]{4} )", "  \n")),
    ("a paragraph joins", "markdown", swap(r"(?<=[a-z.])\n\n(?=[A-Z])", " ")),
    ("strong goes", "markdown", swap(r"\*\*(\w[^*\n]*)\*\*", r"\1")),
    ("emphasis goes", "markdown", swap(r"(?<!\*)\*(\w[^*\n]*)\*(?!\*)", r"\1")),
    ("emphasis comes", "markdown", swap(r"(?<= )([a-z]{4,})(?= )", r"*\1*")),
    ("a deletion goes", "markdown", swap(r"~~([^~]+)~~", r"\1")),
    ("a tag goes", "markdown", swap(r"<(?:sub|sup|ins|kbd)\b[^>]*>", "")),
    ("a quote goes", "markdown", swap(r"(?<=\n\n)> (?=\w)", "")),
    ("blanks in code", "markdown", swap(r"(?<=`)([^`\n]* ) +", r"\1")),
    ("blanks in a code block", "markdown", swap(r"(?<=\w)  (?=\S)", " ")),
    ("code's indentation", "markdown", swap(r"^(?:\t| {4})(?=\w)", " ")),
    ("an anchor goes", "markdown", swap(r'<a id="[^"]*"></a>', "")),
    ("an anchor changes", "markdown", swap(r'<a id="', '<a id="x')),
    ("an escape goes", "markdown", swap(r"\\([*_`\[\]<>#+.-])", r"\1")),
    ("a rule goes", "markdown", swap(r"^---$\n", "")),
    ("an embed changes", "markdown", swap(r'<iframe src="http://', '<iframe src="http://x')),
    ("the date changes", "markdown", swap(r"^date: \d", "date: 9", "front")),
    ("the title changes", "markdown", swap(r"^(title: .*?)[a-z]", r"\1Q", "front")),
    ("a term changes", "markdown", swap(r"^( *- \w)\w", r"\1Q", "front")),
    ("a term goes", "markdown", swap(r"^ *- \w.*\n", "", "front")),
    ("a key goes", "markdown", swap(r"^[a-z_]+: \S.*\n", "", "front")),
    ("a value changes", "markdown", swap(r"^([a-z_]+: .*?)[a-z]\b", r"\1Q", "front")),
    ("a fence goes", "markdown", lambda text, rng: text.replace("---\n", "", 1)),
    ("the page is cut", "markdown", truncate),
    ("the page ends early", "markdown", cut_lines),
    ("the page is empty", "markdown", lambda text, rng: ""),
    ("a JSON key goes", "json", json_key),
    ("a JSON value changes", "json", json_value),
    ("the JSON is cut", "json", truncate),
    ("the JSON is empty", "json", lambda text, rng: "\n"),
    ("a YAML key goes", "yaml", drop_line(r"^ *[a-z_]+: ?\S*")),
    ("a YAML value changes", "yaml", change_line(r"^ *(?:- )?[a-z_]+: ")),
    ("a YAML line changes", "yaml", change_line(r"^ +")),
    ("the YAML is cut", "yaml", cut_lines),
    ("the YAML is empty", "yaml", lambda text, rng: ""),
)
"""(name, format, change)."""


def mutate(files: list[OutputFile], form: str, change: Mutator, rng: random.Random) -> list[OutputFile] | None:
    """Return ``files`` with one of them changed; None when there was nothing to change."""
    out = []
    for file in files:
        if file.format == form:
            text = file.data.decode()
            changed = change(text, rng)
            if changed is None or not is_a_change(file, text, changed):
                return None
            file = msgspec.structs.replace(file, data=changed.encode())
        out.append(file)
    return out


def is_a_change(file: OutputFile, text: str, changed: str) -> bool:
    """An escape that was not needed, or the closing of what ends there anyway, changes nothing that anybody can see."""
    if file.format != "markdown" or "\n---\n" not in changed[4:]:
        return changed != text
    if changed[: body_start(changed)] != text[: body_start(text)]:
        return True
    return rendered(changed) != rendered(text)


def rendered(text: str) -> str:
    return cmarkgfm.github_flavored_markdown_to_html(text[body_start(text) :], Options.CMARK_OPT_UNSAFE)


@pytest.mark.parametrize("name", CONVERTED)
def test_the_output_itself_raises_no_alarm(name):
    assert findings(*CONVERTED[name]) == ()


@pytest.mark.parametrize("form", ["markdown", "json", "yaml"])
@pytest.mark.parametrize("name", CONVERTED)
def test_each_file_alone_raises_no_alarm(name, form):
    source, files = CONVERTED[name]
    assert findings(source, [file for file in files if file.format == form]) == ()


def tries():
    """Yield (row, page, seed) for every change that can be made."""
    for row, (_, form, change) in enumerate(MUTATORS):
        for name, (source, files) in CONVERTED.items():
            for seed in range(ROUNDS):
                changed = mutate(files, form, change, random.Random(f"{row} {name} {seed}"))
                if changed is not None:
                    yield MUTATORS[row][0], name, seed, source, changed


def test_every_kind_of_change_can_be_made():
    assert {row for row, *_ in tries()} == {row[0] for row in MUTATORS}


def test_at_least_99_of_100_changes_are_noticed():
    made, missed = 0, []
    for row, name, seed, source, changed in tries():
        made += 1
        if not findings(source, changed):
            missed.append(f"{row}: {name} ({seed})")
    assert len(missed) <= made / 100, f"{len(missed)} of {made} missed: {missed}"


def test_invalid_utf8_is_a_finding():
    source, files = next(iter(CONVERTED.values()))
    broken = [msgspec.structs.replace(file, data=b"\xff" + file.data) for file in files]
    assert [finding.what for finding in findings(source, broken)] == ["file"] * 3
