"""Gutenberg's footnotes: each is compared in the place of its references, so that these must lead to their own text.

A source has ``<sup data-fn="ID">`` in the body and the texts in post meta; cmark-gfm writes ``<sup class="footnote-ref">`` and a
section of texts at the end. Both become the text itself, raised, where the reference stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any, Final

__all__ = ["listed_markdown", "listed_output", "listed_source", "placed_output", "placed_source", "read_notes"]

_REFERENCE = re.compile(r'<sup\b[^<>]*?\bdata-fn="([^"<>]*)"[^<>]*>.*?</sup>', re.S)
_GFM_REFERENCE = re.compile(r'<sup class="footnote-ref"><a href="#fn-([^"]*)"[^<>]*>([^<]*)</a></sup>')
_GFM_BACK = re.compile(r' ?<a href="#fnref-[^"]*" class="footnote-backref"[^<>]*>.*?</a>', re.S)
_GFM_SECTION: Final = '<section class="footnotes" data-footnotes>'
_GFM_NOTE: Final = '<li id="fn-'
_HTML_REFERENCE = re.compile(r'<sup><a href="#fn-([^"]*)">([^<]*)</a></sup>')
_HTML_NOTE = re.compile(r'^<ol class="footnotes"[^<>]*><li id="fn-([^"]*)">(.*?)</li></ol>$', re.S | re.M)
_ANCHOR = re.compile(r'<a id="([^"]*)"></a>')
_RAW_NOTE = re.compile(r'<ol(?: start="\d+")?>\s*<li>(?:\s*<p>)?<a id="([^"]*)"></a>(.*?)(?:</p>\s*)?</li>\s*</ol>', re.S)
_MARKDOWN_MARK = re.compile(r"\[\^n*[0-9]+\](?:: )?")
_INNER_EDGE = re.compile(r"</p>\s*<p>")


def read_notes(body: str, meta: dict[str, Any]) -> dict[str, str]:
    """Return id -> HTML of the footnotes that the page shows: those of the meta key, when the body has the block."""
    value = meta.get("footnotes")
    if not isinstance(value, str) or "wp:footnotes" not in body:
        return {}
    try:
        rows = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row["id"]): str(row["content"]) for row in rows if row.get("id") and row.get("content")}


def placed_source(html: str, notes: dict[str, str]) -> str:
    """Return the source's ``html`` with the text of each note where it is referred to; the others at the end, numbered."""

    def place(found: re.Match[str]) -> str:
        text = notes.get(found[1])
        return found[0] if text is None else f"<sup>[{text.strip()}]</sup>"

    return _REFERENCE.sub(place, html) + _unreferenced(html, notes)


def listed_source(html: str, notes: dict[str, str]) -> str:
    """Return the source's ``html`` without references, the notes at the end in the order of these."""
    ids = dict.fromkeys(id for id in _REFERENCE.findall(html) if id in notes)
    texts = "".join(f"<p>{notes[id]}</p>" for id in ids)
    without = _REFERENCE.sub(lambda found: "" if found[1] in notes else found[0], html)
    return without + _unreferenced(html, notes) + texts


def _unreferenced(html: str, notes: dict[str, str]) -> str:
    referenced = set(_REFERENCE.findall(html))
    rows = [(place, text) for place, (id, text) in enumerate(notes.items(), 1) if id not in referenced]
    return "".join(f'<ol start="{place}"><li>{text}</li></ol><!-- -->' for place, text in rows)


def placed_output(html: str, ids: Collection[str]) -> str:
    """Return the output's ``html`` with the text of each note where it is referred to.

    ``ids`` are those of the source's notes: a reference in raw HTML stays as it is there, and the note begins with its anchor.
    """
    body, texts = _parts(html)
    notes = dict(texts)
    raw = {id for id in _REFERENCE.findall(body) if id in ids}

    def place(found: re.Match[str]) -> str:
        text = notes.get(found[1])
        return found[0] if text is None else f"<sup>[{_inner(text)}]</sup>"

    def take(found: re.Match[str]) -> str:
        if found[1] not in raw:
            return found[0]
        notes[found[1]] = found[2]
        return ""

    if raw:
        notes |= {anchor[1]: text for text in notes.values() if (anchor := _ANCHOR.search(text))}
        body = _REFERENCE.sub(place, _RAW_NOTE.sub(take, body))
    return _GFM_REFERENCE.sub(place, body)


def listed_output(html: str) -> str:
    """Return the output's ``html`` without references, the notes at the end in their order."""
    body, texts = _parts(html)
    return _GFM_REFERENCE.sub("", body) + "".join(text for _, text in texts)


def listed_markdown(text: str) -> str:
    """Return Markdown without references, its notes as paragraphs."""
    return _MARKDOWN_MARK.sub("", text)


def _parts(html: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the page without its notes, and (name, HTML) of these."""
    if '<ol class="footnotes"' in html:
        html = _as_gfm(html)
    body, *sections = html.split(_GFM_SECTION)
    notes: list[tuple[str, str]] = []
    for section in sections:
        _, *rows = _GFM_BACK.sub("", section).split(_GFM_NOTE)
        for row in rows:
            name, _, text = row.partition('">')
            notes.append((name, text.rpartition("</ol>")[0].rpartition("</li>")[0] if row is rows[-1] else text.rpartition("</li>")[0]))
    return body, notes


def _as_gfm(html: str) -> str:
    """Return the output's ``html`` with the footnotes that are written as HTML in the shape of the others."""
    notes: list[str] = []

    def take(found: re.Match[str]) -> str:
        notes.append(f'{_GFM_SECTION}{_GFM_NOTE}{found[1]}">{found[2]}</li></ol>')
        return ""

    body = _HTML_NOTE.sub(take, html)
    return _HTML_REFERENCE.sub(r'<sup class="footnote-ref"><a href="#fn-\1">\2</a></sup>', body) + "".join(notes)


def _inner(text: str) -> str:
    """Return the text of a note without its paragraphs, which cannot stand in a line."""
    return _INNER_EDGE.sub("<br><br>", text.strip().removeprefix("<p>").removesuffix("</p>").strip())
