"""Shortcodes said in HTML, so that the parser can read them: a table, and the two moments when WordPress reads them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from wpmigrate.model import NoticeLog
from wpmigrate.model.nodes import Code
from wpmigrate.normalizer.embeds import embed_link
from wpmigrate.normalizer.gallery import Library
from wpmigrate.normalizer.liquid import code_node, placeholder
from wpmigrate.normalizer.shortcode_rules import Said, attribute_value, filled, say_by_rule, trimmed
from wpmigrate.options import ShortcodeRule
from wpmigrate.wordpress.code import CODE_SHORTCODES, RawCode, find_code
from wpmigrate.wordpress.embeds import EMBEDS, decode_url, embed_url, media_urls
from wpmigrate.wordpress.ends import Ends
from wpmigrate.wordpress.open_values import join_zones, open_values
from wpmigrate.wordpress.shortcodes import Shortcode, find_shortcodes

__all__ = ["CODE_FATE", "SHORTCODES", "Row", "Said", "expand", "protect_code"]


class Row(NamedTuple):
    """What becomes of one shortcode."""

    say: Callable[[Shortcode], Said | None]
    """The handler; None when this shortcode of that name cannot be said."""
    fate: str
    """``mapped`` or ``kept``."""
    reason: str
    """What it becomes, and why."""


CODE_FATE = "a code block; inline code in a sentence"
"""What becomes of all :data:`~wpmigrate.wordpress.code.CODE_SHORTCODES`."""

MAX_NESTING = 12
"""How deep shortcodes in shortcodes are read; deeper ones stay as text."""


def _figure(shortcode: Shortcode) -> Said | None:
    """Say ``[caption]``: ``caption="…"`` of old, or the text after the image (``img_caption_shortcode``)."""
    if shortcode.content is None:
        return None
    attributes = shortcode.attributes
    content = trimmed(shortcode.content)
    caption = _unescape_quotes(attributes.get("caption", ""))
    image = _IMAGE_FIRST.match(content)
    if not caption and image:
        content, caption = image[1], content[image.end() :]
    align = attributes.get("align", "").removeprefix("align")
    data = {"data-align": align, "data-width": attributes.get("width", ""), "id": attributes.get("id", "")}
    tag = "".join(f' {name}="{attribute_value(value)}"' for name, value in data.items() if value)
    caption = trimmed(_PARAGRAPH_BREAK.sub("<br />", caption))
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return Said(f'<figure data-wpm="caption"{tag}>{content.strip()}{below}</figure>', block=True)


def _embed(shortcode: Shortcode) -> Said | None:
    url = embed_url(shortcode)
    return Said(embed_link("embed", url)) if url else None


def _player(shortcode: Shortcode) -> Said | None:
    urls = media_urls(shortcode)
    kind = "audio" if shortcode.name == "playlist" else shortcode.name
    if len(urls) > 1:
        return Said("".join(f"<p>{embed_link(kind, url)}</p>" for url in urls), block=True)
    return Said(embed_link(kind, urls[0])) if urls else None


def _verbatim(shortcode: Shortcode) -> Said | None:
    return None


SHORTCODES: dict[str, Row] = {
    "caption": Row(_figure, "mapped", "the image, and the caption as a paragraph of its own"),
    "wp_caption": Row(_figure, "mapped", "the image, and the caption as a paragraph of its own"),
    "audio": Row(_player, "mapped", "a link to each file; without one it plays attachments and is kept"),
    "video": Row(_player, "mapped", "a link to each file; without one it plays attachments and is kept"),
    "playlist": Row(_player, "mapped", "a link to each file, also to those that it names by number in the library of an export"),
    "gallery": Row(_verbatim, "mapped", "its images and their captions, from the library of an export; without one it is kept"),
    **{
        name: Row(_embed, "mapped", f"a link to what it shows ({row.plugin})") for name, row in EMBEDS.items()
    },
}
"""What becomes of each shortcode; all others are kept as text and counted, code is read before the paragraphs."""

_IMAGE_FIRST = re.compile(r"\s*((?:<a\s[^<>]*>\s*)?<img\s[^<>]*>(?:\s*</a>)?)", re.I)
_PARAGRAPH_BREAK = re.compile(r"</p>\s*<p(?:\s[^<>]*)?>", re.I)
_OPEN_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>\s*\Z", re.I)
_CLOSE_PARAGRAPH = re.compile(r"\s*</p>", re.I)
_BREAK_FIRST = re.compile(r"\s*<br ?/?>", re.I)
_PARTS = re.compile(r"[,|]|\A:")
_CANDIDATE = re.compile(r"\[\[?\w")
_OPAQUE = re.compile(
    r"<(?:(!--)|(pre|code|script|style|textarea|xmp|title|iframe|noembed|noframes)(?=[\s>])|/?[a-zA-Z][^<>\[]*\[)", re.I
)
_HOLD_MARKUP = frozenset({"pre", "code"})
"""The opaque elements that hold markup: one without an end tag hides nothing. Other text, and tags, go on to the end of the page."""
_BARE_URL = re.compile(r">\s*+(https?://[^\s<>\"\[\]]++)\s*+<(?=/p>|br\b)", re.I)
_BEFORE_URL = re.compile(r"<(?:p|br)\b[^<>]*>\Z", re.I)


def protect_code(text: str, rules: Mapping[str, ShortcodeRule], codes: list[Code], log: NoticeLog) -> str:
    """Return ``text``, before paragraphs are made, with its unescaped code out of harm's way.

    Each block is appended to ``codes`` and replaced by ``<pre data-wpm-code="N">``; code in a sentence becomes a
    ``code`` element with its content escaped. ``rules`` are the user's: their names are code only when they say so.
    """
    also = frozenset(name for name, rule in rules.items() if rule.action == "code")
    parts: list[str] = []
    at = 0
    for code in find_code(text, also, rules.keys() - also):
        parts.append(text[at : code.start])
        parts.append(_protected(code, rules, codes, log))
        at = code.end
    return "".join((*parts, text[at:])) if parts else text


def expand(
    text: str,
    rules: Mapping[str, ShortcodeRule],
    log: NoticeLog,
    library: Library | None = None,
    addresses: bool = True,
) -> str:
    """Return the HTML ``text``, its paragraphs made, with shortcodes and bare addresses said in HTML.

    Nothing is expanded inside tags, comments, ``pre`` and ``code``. ``rules`` are the user's and win over
    :data:`SHORTCODES`; ``library`` says those that name attachments of the site. What is not known stays as it is and is counted in ``log``, as is all that was mapped.
    ``addresses``: whether bare ones become links.
    """
    if _CANDIDATE.search(text):
        zones = _zones(text)
        _count_unknown(text, rules, zones, log)
        text = _expand(text, rules, log, zones, MAX_NESTING, library)
    return _bare_urls(text, log) if addresses and "http" in text else text


def _protected(code: RawCode, rules: Mapping[str, ShortcodeRule], codes: list[Code], log: NoticeLog) -> str:
    label = f"[{code.name}]" if code.shortcode else f"<{code.name}>"
    if code.unwrapped:
        log.add("repaired", f"{label}: paragraphs that an export had put into code")
    if code.shortcode:
        left_out = [
            f"{key}={value}"
            for key, value in code.shortcode.attributes.items()
            if key not in ("lang", "language", "title")
        ]
        log.add("mapped", f"shortcode {label}: {CODE_FATE}{_without(left_out)}")
    else:
        log.add("mapped", f"{label}: its code was not escaped")
    if code.inline:
        return f"<code>{html.escape(code.value, quote=False)}</code>"
    node = code_node(code)
    rule = rules.get(code.name)
    if rule and rule.lang and code.shortcode:
        node.lang = filled(rule.lang, code.shortcode).strip().lower() or None
    return placeholder(node, codes)


def _expand(
    text: str,
    rules: Mapping[str, ShortcodeRule],
    log: NoticeLog,
    zones: list[tuple[int, int]],
    depth: int,
    library: Library | None,
) -> str:
    parts: list[str] = []
    at = 0
    for shortcode in find_shortcodes(text, _Known(rules), zones):
        if shortcode.start < at:
            continue
        before = text[at : shortcode.start]
        if shortcode.escaped:
            parts += (before, text[shortcode.start + 1 : shortcode.end - 1])
            at = shortcode.end
            continue
        said = _say(_with_content_said(shortcode, rules, log, depth, library), rules, log, library)
        if said is None:
            if shortcode.name in SHORTCODES or shortcode.name in rules:
                log.add("kept", f"shortcode [{shortcode.name}]")
            parts += (before, text[shortcode.start : shortcode.end])
            at = shortcode.end
        elif said.block:
            before, middle, at = _beside_paragraph(before, said.html, text, shortcode.end)
            parts += (before, middle)
        else:
            parts += (before, said.html)
            at = shortcode.end
    parts.append(text[at:])
    return "".join(parts)


def _with_content_said(
    shortcode: Shortcode, rules: Mapping[str, ShortcodeRule], log: NoticeLog, depth: int, library: Library | None
) -> Shortcode:
    """Return ``shortcode`` with the shortcodes in its content said, when its content is one of the page."""
    content = shortcode.content
    rule = rules.get(shortcode.name)
    holds = rule.action not in ("keep", "drop") if rule else shortcode.name in ("caption", "wp_caption")
    if not holds or not content or "[" not in content or depth == 0:
        return shortcode
    said = _expand(content, rules, log, _zones(content), depth - 1, library)
    return Shortcode(
        shortcode.name, shortcode.attributes, shortcode.positional, said, shortcode.start, shortcode.end
    )


def _say(
    shortcode: Shortcode, rules: Mapping[str, ShortcodeRule], log: NoticeLog, library: Library | None
) -> Said | None:
    rule = rules.get(shortcode.name)
    if rule is not None:
        return say_by_rule(shortcode, rule, log)
    row = SHORTCODES.get(shortcode.name)
    said = row.say(shortcode) if row else None
    if said is None and library is not None:
        return library.say(shortcode)
    if said is not None and row is not None:
        log.add(
            "mapped", f"shortcode [{shortcode.name}]: {row.reason}{_without(_unsaid(shortcode, said.html))}"
        )
    return said


class _Known:
    """The names that are looked for."""

    def __init__(self, rules: Mapping[str, ShortcodeRule]) -> None:
        self._rules = rules

    def __contains__(self, name: object) -> bool:
        return name in SHORTCODES or name in self._rules or name in CODE_SHORTCODES


def _beside_paragraph(before: str, block: str, text: str, end: int) -> tuple[str, str, int]:
    """Take ``block`` out of the paragraph that WordPress put round it (as ``shortcode_unautop`` does).

    Returns the text before it, the block with what is needed round it, and where the text goes on.
    """
    place = before.rfind("<p")
    opened = _OPEN_PARAGRAPH.match(before, place) if place >= 0 else None
    closed = _CLOSE_PARAGRAPH.match(text, end)
    if opened and closed:
        return before[: opened.start()], block, closed.end()
    if opened:
        line = _BREAK_FIRST.match(text, end)
        return before[: opened.start()], f"{block}{opened[0]}", line.end() if line else end
    if closed:
        return before, f"</p>{block}", closed.end()
    return before, block, end


def _zones(text: str) -> list[tuple[int, int]]:
    """Return where shortcodes are text: in tags, comments, code and scripts."""
    if "<" not in text:
        return []
    zones: list[tuple[int, int]] = []
    ends = Ends(text)
    at = 0
    while opener := _OPAQUE.search(text, at):
        closer = "-->" if opener[1] else f"</{opener[2].lower()}>" if opener[2] else ">"
        end = ends.after(closer, opener.end())
        if end < 0 and not opener[1] and (opener[2] or "").lower() not in _HOLD_MARKUP:
            end = len(text)
        at = max(end, opener.end())
        if end >= 0:
            zones.append((opener.start(), end))
    beyond = open_values(text)
    return join_zones(zones, beyond) if beyond else zones


def _count_unknown(
    text: str, rules: Mapping[str, ShortcodeRule], zones: list[tuple[int, int]], log: NoticeLog
) -> None:
    for shortcode in find_shortcodes(text, None, zones, nested=True):
        if shortcode.name not in SHORTCODES and shortcode.name not in rules:
            log.add("kept", f"shortcode [{shortcode.name}]")


def _bare_urls(text: str, log: NoticeLog) -> str:
    """Make an address alone on its line a link, as WordPress makes it the thing itself (``WP_Embed::autoembed``)."""
    parts: list[str] = []
    zones: list[tuple[int, int]] | None = None
    at = zone = 0
    for found in _BARE_URL.finditer(text):
        start, end = found.span(1)
        tag = text.rfind("<", max(0, found.start() - 300), found.start())
        if tag < 0 or not _BEFORE_URL.match(text, tag, found.start() + 1):
            continue
        if zones is None:
            zones = _zones(text)
        while zone < len(zones) and zones[zone][1] <= start:
            zone += 1
        if zone < len(zones) and zones[zone][0] <= start:
            continue
        parts += (text[at:start], embed_link("embed", decode_url(found[1]), alone=True))
        at = end
        log.add("mapped", "address alone on its line: a link to what WordPress shows there")
    return "".join((*parts, text[at:])) if parts else text


def _unescape_quotes(value: str) -> str:
    return value.replace("&quot;", '"').replace("\\'", "'").replace('\\"', '"') if value else value


def _unsaid(shortcode: Shortcode, said: str) -> list[str]:
    """Return the attributes whose value is not in what was said."""
    plain = html.unescape(said)
    named = [f"{key}={value}" for key, value in shortcode.attributes.items()]
    values = [*shortcode.attributes.values(), *shortcode.positional]
    labels = [*named, *shortcode.positional]
    return [
        label
        for label, value in zip(labels, values, strict=True)
        if value and any(part not in plain for part in _PARTS.split(decode_url(value).removeprefix("align")))
    ]


def _without(left_out: list[str]) -> str:
    return f" (left out: {' '.join(' '.join(left_out).split())[:200]})" if left_out else ""
