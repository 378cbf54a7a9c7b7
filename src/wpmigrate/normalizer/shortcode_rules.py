"""What a user's rule makes of a shortcode (``[shortcodes.NAME]`` in the configuration)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import NamedTuple

from wpmigrate.model import NoticeLog
from wpmigrate.options import ShortcodeRule
from wpmigrate.wordpress.embeds import decode_url
from wpmigrate.wordpress.shortcodes import Shortcode

__all__ = ["Said", "attribute_value", "filled", "say_by_rule", "trimmed"]

_PLACE = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"<[^<>]*>")
_EDGE = re.compile(r"(?:\s|<br ?/?>|</?p>)+", re.I)
_EDGE_TAGS = ("<br />", "<br/>", "<br>", "</p>", "<p>")


class Said(NamedTuple):
    """What a shortcode becomes."""

    html: str
    """The HTML."""
    block: bool = False
    """Whether it cannot stand in a paragraph."""


def say_by_rule(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    """Return what ``rule`` makes of ``shortcode``, or None when it stays as it is; what was done is in ``log``."""
    return _ACTIONS[rule.action](shortcode, rule, log)


def filled(template: str, shortcode: Shortcode) -> str:
    """Return ``template`` with ``{name}``, ``{0}`` and ``{content}`` filled in; what is not there is empty."""

    def value(place: re.Match[str]) -> str:
        key = place[1]
        if key == "content":
            return shortcode.content or ""
        if key.isdigit():
            number = int(key)
            return shortcode.positional[number] if number < len(shortcode.positional) else ""
        return shortcode.attributes.get(key, "")

    return _PLACE.sub(value, template)


def trimmed(text: str) -> str:
    """Return the HTML ``text`` without blanks, breaks and halves of paragraphs at its edges."""
    lead = _EDGE.match(text)
    start, end = lead.end() if lead else 0, len(text)
    while True:
        while end > start and text[end - 1].isspace():
            end -= 1
        tag = next((tag for tag in _EDGE_TAGS if text.endswith(tag, start, end)), "")
        if not tag:
            return text[start:end]
        end -= len(tag)


def attribute_value(value: str) -> str:
    """Return an attribute's value, as it stands in HTML, ready to stand between double quotes."""
    return value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _rule_keep(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    return None


def _rule_unwrap(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    log.add("mapped", f"shortcode [{shortcode.name}]: its content stays (your rule)")
    return Said(shortcode.content or "")


def _rule_drop(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    log.add("dropped", f"shortcode [{shortcode.name}]: {rule.reason or 'your rule'}")
    return Said("")


def _rule_link(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    url = html.escape(decode_url(filled(rule.url, shortcode)))
    log.add("mapped", f"shortcode [{shortcode.name}]: a link (your rule)")
    return Said(f'<a href="{url}">{filled(rule.text, shortcode).strip() or url}</a>')


def _rule_image(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    url = html.escape(decode_url(filled(rule.url, shortcode)))
    alt = attribute_value(_TAG.sub("", filled(rule.text, shortcode)).strip())
    log.add("mapped", f"shortcode [{shortcode.name}]: an image (your rule)")
    return Said(f'<img src="{url}" alt="{alt}" />')


def _rule_quote(shortcode: Shortcode, rule: ShortcodeRule, log: NoticeLog) -> Said | None:
    log.add("mapped", f"shortcode [{shortcode.name}]: a quotation (your rule)")
    return Said(f"<blockquote><p>{trimmed(shortcode.content or '')}</p></blockquote>", block=True)


_ACTIONS: dict[str, Callable[[Shortcode, ShortcodeRule, NoticeLog], Said | None]] = {
    "keep": _rule_keep,
    "unwrap": _rule_unwrap,
    "drop": _rule_drop,
    "link": _rule_link,
    "image": _rule_image,
    "quote": _rule_quote,
    "code": _rule_keep,  # with content it was protected before the paragraphs; without there is no code
}
