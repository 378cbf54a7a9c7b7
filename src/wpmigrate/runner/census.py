"""What is in one page, counted: for ``inspect``. Pure; regular expressions, no tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from wpmigrate.model import SourceEntry
from wpmigrate.normalizer.site_facts import meta_pairs
from wpmigrate.options import RouteOptions
from wpmigrate.runner.hazards import HAZARDS
from wpmigrate.runner.routes import route
from wpmigrate.wordpress.dialect import recognise, says_markdown, translates
from wpmigrate.wordpress.shortcodes import find_shortcodes

__all__ = ["PARTS", "Census", "Row", "page_census"]

PARTS = (
    "formats",
    "encodings",
    "dialects",
    "types",
    "statuses",
    "routes",
    "taxonomies",
    "comment types",
    "front-matter keys",
    "meta keys",
    "elements",
    "styles",
    "classes",
    "shortcodes",
    "blocks",
    "hazards",
)
"""The tables of the census, in the order in which they are printed."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,60})")
_STYLE = re.compile(r"""style\s{0,9}=\s{0,9}(?:"([^"<>]{0,2000})"|'([^'<>]{0,2000})')""", re.I)
_CLASS = re.compile(r"""class\s{0,9}=\s{0,9}(?:"([^"<>]{0,2000})"|'([^'<>]{0,2000})')""", re.I)
_NUMBERED = re.compile(r"\d+")
_BLOCK = re.compile(r"<!--\s{1,9}wp:([a-z][a-z0-9/_-]{0,100})")
_KEY = re.compile(r"^([A-Za-z_][^\s:#\[\]{},]{0,60}):(?:\s|$)", re.M)
_PAIRED = frozenset(
    "a abbr b blockquote center code del div em font h1 h2 h3 h4 h5 h6 i ol pre s small span strike strong sub sup table u ul".split()
)
"""Elements whose end tag an author must not leave out."""


class Row(msgspec.Struct):
    """One thing that was counted."""

    count: int = 0
    """How often, over all pages."""
    pages: int = 0
    """On how many pages."""
    example: str = ""
    """The first page that has it."""


class Census(msgspec.Struct):
    """What is in all pages."""

    pages: int = 0
    """How many were read."""
    failed: int = 0
    """How many could not be read."""
    refused: int = 0
    """Links and other things that are not opened."""
    ignored: dict[str, int] = msgspec.field(default_factory=dict)
    """Files that are no pages, by ending."""
    problems: list[str] = msgspec.field(default_factory=list)
    """What is wrong with export files and archives as a whole."""
    parts: dict[str, dict[str, Row]] = msgspec.field(default_factory=lambda: {part: {} for part in PARTS})
    """For each of :data:`PARTS`: name -> row."""

    def add(self, path: str, counts: dict[str, dict[str, int]]) -> None:
        """Add one page."""
        self.pages += 1
        for part, names in counts.items():
            rows = self.parts[part]
            for name, count in names.items():
                row = rows.setdefault(name, Row(example=path))
                row.count += count
                row.pages += 1

    def sort(self) -> None:
        """Put the most frequent rows first."""
        for part, rows in self.parts.items():
            order = sorted(rows.items(), key=lambda item: (-item[1].pages, -item[1].count, item[0]))
            self.parts[part] = dict(order)


def page_census(source: SourceEntry, routes: RouteOptions) -> dict[str, dict[str, int]]:
    """Return for each of :data:`PARTS` what ``source`` has and how often. Linear in its size."""
    how, reason = route(source.fields, routes, in_export=source.format == "wxr")
    body = source.body
    typed = source.format == "wxr" and not says_markdown(meta_pairs(source.metadata))
    closed = Counter[str]()
    elements = _elements(body, closed)
    counts: dict[str, dict[str, int]] = {
        "formats": {source.format: 1},
        "encodings": {source.encoding: 1},
        "dialects": {recognise(body, typed, translates(source.metadata.keys())): 1},
        "types": {source.fields.type: 1},
        "statuses": {source.fields.status: 1},
        "routes": {f"{how}: {reason}" if reason else how: 1},
        "taxonomies": Counter(term.taxonomy for term in source.fields.terms),
        "comment types": _comment_types(source),
        "front-matter keys": Counter(_keys(source)),
        "meta keys": _meta_keys(source),
        "elements": elements,
        "styles": Counter(_styles(body)),
        "classes": Counter(_classes(body)),
        "shortcodes": Counter(code.name for code in find_shortcodes(body, None, nested=True)),
        "blocks": Counter(_BLOCK.findall(body)),
        "hazards": _hazards(source, elements, closed),
    }
    return {part: names for part, names in counts.items() if names}


def _elements(body: str, closed: Counter[str]) -> Counter[str]:
    opened = Counter[str]()
    for end, name in _TAG.findall(body):
        (closed if end else opened)[name.lower()] += 1
    return opened


def _styles(body: str) -> Iterator[str]:
    for match in _STYLE.finditer(body):
        for declaration in (match[1] or match[2] or "").split(";"):
            name = declaration.partition(":")[0].strip().lower()
            if name:
                yield name


def _classes(body: str) -> Iterator[str]:
    """Yield class names, numbers written N, so that wp-image-17 and wp-image-18 are one row."""
    for match in _CLASS.finditer(body):
        for name in (match[1] or match[2] or "").split():
            yield _NUMBERED.sub("N", name)


def _keys(source: SourceEntry) -> list[str]:
    length = len(source.raw)
    text = source.raw[: min(length, 1 << 20)].decode("utf-8", "replace").replace("\r", "\n")
    head = text.partition("\n---\n")[0] if text.lstrip("\ufeff").startswith("---") else ""
    return _KEY.findall(head)


def _comment_types(source: SourceEntry) -> dict[str, int]:
    if source.format != "wxr":
        return {}  # pages do not say
    return Counter(str(comment.metadata.get("type", "comment")) for comment in source.fields.comments)


def _meta_keys(source: SourceEntry) -> dict[str, int]:
    meta = source.metadata.get("meta")
    return dict.fromkeys(map(str, meta), 1) if isinstance(meta, dict) else {}


def _hazards(source: SourceEntry, opened: Counter[str], closed: Counter[str]) -> dict[str, int]:
    folded = source.body.lower()
    found = {}
    for hazard in HAZARDS:
        if not hazard.hints or any(hint in folded for hint in hazard.hints):
            count = sum(1 for _ in hazard.pattern.finditer(source.body))
            if count:
                found[hazard.name] = count
    unbalanced = sum(abs(opened[name] - closed[name]) for name in _PAIRED)
    facts = {
        "tags without their end tag": unbalanced,
        "password-protected": int(source.fields.protected),
        "comments by readers": len(source.fields.comments),
        "front matter that cannot be read": len(source.findings),
    }
    return found | {name: count for name, count in facts.items() if count}
