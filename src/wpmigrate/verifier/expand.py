"""Shortcodes and Liquid, said in HTML for the proof: what a visitor of the old site saw, or can open."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Final

from wpmigrate.options import ShortcodeRule
from wpmigrate.verifier.elements import EMBED
from wpmigrate.wordpress.code import CODE_SHORTCODES, RawCode, find_code, find_liquid_code
from wpmigrate.wordpress.embeds import EMBEDS, MEDIA_FILES, decode_url, embed_url, media_urls
from wpmigrate.wordpress.open_values import join_zones, open_values
from wpmigrate.wordpress.shortcodes import Shortcode, find_shortcodes

__all__ = ["expand_shortcodes", "opaque_zones", "protect_code", "protect_liquid"]

Rules = Mapping[str, ShortcodeRule]

_MOST_NESTED: Final = 12
"""How deep shortcodes inside shortcodes are read."""

_LINKED_IMAGE = re.compile(r"(?:\s|<br ?/?>|</?p>)*+(?:<a\s[^<>]*>\s*)?<img\s[^<>]*>(?:\s*</a>)?", re.I)
_INNER_PARAGRAPHS = re.compile(r"</p>\s*<p(?:\s[^<>]*)?>", re.I)
_OPAQUE = re.compile(
    r"<(?:(!--)|(pre|code)(?=[\s>])|(script|style|textarea|xmp|title|iframe|noembed|noframes)(?=[\s>])|/?[a-z])", re.I
)
_FENCE = re.compile(r"^ {0,3}(?:`{3}|~{3})", re.M)
_PLACE = re.compile(r"\{(\w+)\}")


def _pre(code: RawCode) -> str:
    said = f' lang="{html.escape(code.lang)}"' if code.lang else ""
    # HTML drops the first line end of a pre; this one is for it.
    return f"\n\n<pre{said}>\n{html.escape(code.value, quote=False)}</pre>\n\n"


def protect_code(text: str, rules: Rules) -> str:
    """Return ``text`` with the code in shortcodes and raw ``pre`` as escaped HTML, so that nothing in it reads as markup."""
    also = frozenset(name for name, rule in rules.items() if rule.action == "code")
    parts: list[str] = []
    at = 0
    for code in find_code(text, also, rules.keys() - also):
        parts.append(text[at : code.start])
        parts.append(f"<code>{html.escape(code.value, quote=False)}</code>" if code.inline else _pre(code))
        at = code.end
    return "".join((*parts, text[at:])) if parts else text


def protect_liquid(text: str, fences: bool = False) -> str:
    """Return ``text`` with Liquid's ``highlight`` and ``codeblock`` as escaped HTML; those in Markdown ``fences`` stay."""
    if "{%" not in text:
        return text
    starts = [found.start() for found in _FENCE.finditer(text)] if fences else []
    parts: list[str] = []
    at = passed = 0
    for code in find_liquid_code(text):
        while passed < len(starts) and starts[passed] < code.start:
            passed += 1
        if passed % 2 == 0:
            parts += (text[at : code.start], _pre(code))
            at = code.end
    return "".join((*parts, text[at:])) if parts else text


def expand_shortcodes(text: str, rules: Rules) -> str:
    """Return the HTML ``text`` with its known shortcodes said in HTML, but for those in tags, comments and code."""
    if "[" not in text or not (rules or _KNOWN.search(text)):
        return text
    return _expand(text, rules, _MOST_NESTED)


def _expand(text: str, rules: Rules, depth: int) -> str:
    names = _NAMES | rules.keys()
    parts: list[str] = []
    at = 0
    for shortcode in find_shortcodes(text, names, opaque_zones(text)):
        if shortcode.escaped:
            said: str | None = text[shortcode.start + 1 : shortcode.end - 1]
        else:
            said = _say(shortcode, rules, depth)
        if said is not None:
            parts += (text[at : shortcode.start], said)
            at = shortcode.end
    return "".join((*parts, text[at:])) if parts else text


def opaque_zones(text: str) -> list[tuple[int, int]]:
    """Return the ranges of tags, comments and code, in which WordPress expands nothing."""
    zones: list[tuple[int, int]] = []
    missing: set[str] = set()
    at = 0
    lower = text.lower()
    text = lower if len(lower) == len(text) else text
    while found := _OPAQUE.search(text, at):
        name = found[2] or found[3]
        closer = "-->" if found[1] else f"</{name}>" if name else ">"
        end = -1 if closer in missing else text.find(closer, found.end())
        at = found.end()
        if end < 0 and (found[3] or not (found[1] or name)):
            zones.append((found.start(), len(text)))  # text, or a tag, to the end of the page
            break
        if end < 0:
            missing.add(closer)
        else:
            at = end + len(closer)
            zones.append((found.start(), at))
    beyond = open_values(text)
    return join_zones(zones, beyond) if beyond else zones


def _say(shortcode: Shortcode, rules: Rules, depth: int) -> str | None:
    content = shortcode.content
    if content and "[" in content and depth:
        content = _expand(content, rules, depth - 1)
    rule = rules.get(shortcode.name)
    if rule is not None:
        return _RULES[rule.action](shortcode, content or "", rule)
    if shortcode.name in ("caption", "wp_caption"):
        return None if content is None else _caption(shortcode, content)
    if shortcode.name in MEDIA_FILES:
        links = [_link(url) for url in media_urls(shortcode)]
        return "".join(f"<div>{link}</div>" for link in links) if len(links) > 1 else "".join(links) or None
    url = embed_url(shortcode) if shortcode.name in EMBEDS else None
    return _link(url) if url else None


def _caption(shortcode: Shortcode, content: str) -> str:
    """Say the image, then its caption as a paragraph (``img_caption_shortcode``: attribute first, else what follows it).

    The elements are those that WordPress prints: a tag that nobody closed takes their end tags for attributes. What follows
    stands on a line of its own also then.
    """
    caption = shortcode.attributes.get("caption", "").replace("\\'", "'").replace('\\"', '"')
    image = _LINKED_IMAGE.match(content)
    if not caption and image:
        content, caption = image[0], content[image.end() :]
    caption = _INNER_PARAGRAPHS.sub("<br />", caption)
    anchor = shortcode.attributes.get("id", "")
    name = f' id="{anchor}"' if anchor and '"' not in anchor else ""
    below = f"<figcaption>{caption.strip()}</figcaption>" if caption.strip() else ""
    return f"<figure{name}>{content.strip()}{below}</figure><div></div>"


def _link(url: str) -> str:
    address = html.escape(url)
    return f'<{EMBED} href="{address}">{address}</{EMBED}>'


def _filled(template: str, shortcode: Shortcode, content: str) -> str:
    """Return ``template`` with ``{name}``, ``{0}`` and ``{content}`` filled in."""

    def value(place: re.Match[str]) -> str:
        key = place[1]
        if key == "content":
            return content
        if not key.isdigit():
            return shortcode.attributes.get(key, "")
        return shortcode.positional[int(key)] if int(key) < len(shortcode.positional) else ""

    return _PLACE.sub(value, template)


def _rule_link(shortcode: Shortcode, content: str, rule: ShortcodeRule) -> str:
    url = html.escape(decode_url(_filled(rule.url, shortcode, content)))
    return f'<a href="{url}">{_filled(rule.text, shortcode, content).strip() or url}</a>'


def _rule_image(shortcode: Shortcode, content: str, rule: ShortcodeRule) -> str:
    url = html.escape(decode_url(_filled(rule.url, shortcode, content)))
    alt = re.sub(r"<[^<>]*>", "", _filled(rule.text, shortcode, content)).replace('"', "&quot;")
    return f'<img src="{url}" alt="{alt}">'


_RULES: Final[dict[str, Callable[[Shortcode, str, ShortcodeRule], str | None]]] = {
    "keep": lambda shortcode, content, rule: None,
    "code": lambda shortcode, content, rule: None,
    "unwrap": lambda shortcode, content, rule: content,
    "drop": lambda shortcode, content, rule: "",
    "link": _rule_link,
    "image": _rule_image,
    "quote": lambda shortcode, content, rule: f"<blockquote><p>{content}</p></blockquote>",
}
"""Action of a user's rule -> what the shortcode says then; None: itself."""

_NAMES: Final = frozenset({"caption", "wp_caption", "gallery", *EMBEDS, *MEDIA_FILES}) | CODE_SHORTCODES
_KNOWN = re.compile(r"\[(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")(?![\w-])")
