"""Footnotes on built pages: the text of each in the place of its references, as :mod:`wpmigrate.verifier.wxr.notes` does with ours.

A reference is a raised link to a note; notes are the items of an element of the class ``footnotes`` or ``footnote``, as all
builders write them:

    kramdown          <sup id="fnref:1"><a href="#fn:1" class="footnote">     <div class="footnotes"> … <li id="fn:1">
    goldmark          <sup id="fnref:1"><a href="#fn:1" class="footnote-ref"> <div class="footnotes"> … <li id="fn:1">
    remark            <sup><a href="#user-content-fn-1" data-footnote-ref>    <section class="footnotes"> <h2> … <li id="user-content-fn-1">
    Python-Markdown   <sup id="fnref:1"><a class="footnote-ref" href="#fn:1"> <div class="footnote"> … <li id="fn:1">
    our own HTML      <sup><a href="#fn-1">                                   <ol class="footnotes"><li id="fn-1">
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import unquote

from wpmigrate.verifier.built.main_element import Event
from wpmigrate.verifier.reader import get

__all__ = ["ends_of", "place_notes"]

_HOLDERS: Final = frozenset({"div", "section", "ol"})
_CLASSES: Final = frozenset({"footnotes", "footnote"})
_BACK: Final = frozenset({"footnote-backref", "reversefootnote", "data-footnote-backref"})
_BREAKS: Final[tuple[Event, ...]] = (("start", "br", ()), ("end", "br")) * 2


def ends_of(events: list[Event]) -> dict[int, int]:
    """Return index of a start -> index of its end."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for index, event in enumerate(events):
        if event[0] == "start":
            opened.append(index)
        elif event[0] == "end" and opened:
            ends[opened.pop()] = index
    return ends


def place_notes(events: list[Event], ids: Collection[str]) -> list[Event]:
    """Return ``events`` with each note where it is referred to. ``ids`` are those of the source's notes: a reference in raw
    HTML stays as it is there, and the note begins with its anchor."""
    ends = ends_of(events)
    raw = {get(event[2], "data-fn") for event in events if event[0] == "start" and event[1] == "sup" and event[2]} & {*ids}
    notes, gone = _read_notes(events, ends, raw)
    out: list[Event] = []
    index = 0
    while index < len(events):
        if index in gone:
            index = gone[index] + 1
            continue
        note = _note_referred(events, ends, index, notes, raw)
        if note is None:
            out.append(events[index])
            index += 1
        else:
            out += [("start", "sup", ()), ("text", "["), *_in_line(note), ("text", "]"), ("end", "sup")]
            index = ends[index] + 1
    return out


def _read_notes(events: list[Event], ends: dict[int, int], raw: set[str]) -> tuple[dict[str, list[Event]], dict[int, int]]:
    """Return the notes by their ids, and where the elements that hold them begin and end."""
    notes: dict[str, list[Event]] = {}
    gone: dict[int, int] = {}
    index = 0
    while index < len(events):
        event, end = events[index], ends.get(index, index)
        if event[0] == "start" and event[1] in _HOLDERS and _CLASSES & {*get(event[2], "class").split()}:
            _items(events, ends, index, raw, notes)
            gone[index] = end
            index = end
        elif raw and event[0] == "start" and event[1] == "ol" and (name := _first_anchor(events, index, end)) in raw:
            notes[name] = events[index + 1 : end]
            gone[index] = end
            index = end
        index += 1
    return notes, gone


def _items(events: list[Event], ends: dict[int, int], start: int, raw: set[str], notes: dict[str, list[Event]]) -> None:
    """Add the items of the holder at ``start`` to ``notes``, each under its id, and under its anchor where raw HTML leads to that."""
    index = start + 1
    while index < ends[start]:
        event = events[index]
        if event[0] == "start" and event[1] == "li" and (name := get(event[2], "id")):
            note = _without_back_links(events, ends, index + 1, ends[index])
            notes[name] = note
            anchor = _first_anchor(note, 0, len(note)) if raw else ""
            if anchor in raw:
                notes[anchor] = note
            index = ends[index]
        index += 1


def _first_anchor(events: list[Event], start: int, end: int) -> str:
    """Return the id of the empty link that stands before all text; empty when there is none."""
    for event in events[start:end]:
        if event[0] == "start" and event[1] == "a":
            return get(event[2], "id")
        if event[0] == "text" and not event[1].isspace():
            return ""
    return ""


def _without_back_links(events: list[Event], ends: dict[int, int], start: int, end: int) -> list[Event]:
    """Return a part without the links from a note to its references, and without the blanks before them."""
    out: list[Event] = []
    index = start
    while index < end:
        event = events[index]
        if event[0] == "start" and event[1] == "a" and _BACK & {*get(event[2], "class").split()}:
            if out and out[-1][0] == "text":
                out[-1] = ("text", out[-1][1].rstrip())
            index = ends[index]
        else:
            out.append(event)
        index += 1
    return out


def _note_referred(
    events: list[Event], ends: dict[int, int], index: int, notes: dict[str, list[Event]], raw: set[str]
) -> list[Event] | None:
    """Return the note that the ``sup`` at ``index`` leads to; None when it is none."""
    event = events[index]
    if event[0] != "start" or event[1] != "sup" or not notes:
        return None
    name = get(event[2], "data-fn")
    if name in raw:
        return notes.get(name)
    inner = events[index + 1]
    if inner[0] != "start" or inner[1] != "a" or ends[index + 1] + 1 != ends[index]:
        return None
    return notes.get(unquote(get(inner[2], "href").rpartition("#")[2]))


def _in_line(note: list[Event]) -> list[Event]:
    """Return a note without its own element and its paragraphs, which cannot stand in a line."""
    out: list[Event] = []
    for event in note:
        if event[0] in ("start", "end") and event[1] in ("p", "li"):
            if event[0] == "start" and out:
                out += _BREAKS
        elif event[0] != "text" or out or not event[1].isspace():
            out.append(event)
    while out and out[-1][0] == "text" and out[-1][1].isspace():
        out.pop()
    if out and out[-1][0] == "text":
        out[-1] = ("text", out[-1][1].rstrip())
    if out and out[0][0] == "text":
        out[0] = ("text", out[0][1].lstrip())
    return out

