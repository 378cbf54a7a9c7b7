"""Front matter as lines ``Key: value``, which Pelican reads with Python-Markdown's ``meta`` extension.

A line has no quotes, escapes or types: a value is what stands after the colon, without outer blanks. What a line cannot say
exactly, and all keys without one, is in one line of JSON.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

from wpmigrate.errors import WriteError
from wpmigrate.targets import Target
from wpmigrate.targets.front import builder_key, own_names
from wpmigrate.writers.target_front import PageFacts, added_keys, own_keys

__all__ = ["write_headers"]


def write_headers(keys: dict[str, Any], page: PageFacts, target: Target) -> str:
    """Return the header of a page, its last line ended; arguments as for :func:`~wpmigrate.writers.target_front.target_front`."""
    front = target.front
    own = own_names(target)
    lines: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for key, value in keys.items():
        name = builder_key(front, own, key, value)
        spell, read = _FORMS[front.header_forms.get(key, "")]
        line = spell(value) if name else ""
        if line:
            lines[name] = line
        if not line or read(line) != value:
            rest[key] = value
    have = {key for key, name in front.keys.items() if name in lines}
    added = added_keys(have, page, target)
    for key, value in added.items():
        lines[front.keys[key]] = _FORMS[front.header_forms.get(key, "")][0](value)
    lines.update({key: str(value) for key, value in own_keys(page, target).items()})
    if added:
        lines[f"{front.rest}_added"] = ", ".join(added)
    if rest:
        lines[front.rest] = _json(rest)
    return "".join([f"{name}: {line}\n" for name, line in lines.items()])


def _json(rest: dict[str, Any]) -> str:
    try:
        return json.dumps(rest, ensure_ascii=False)
    except RecursionError as error:
        raise WriteError("metadata is nested too deeply to be written as JSON") from error


_BLANKS = re.compile("[\x00-\x20\x7f\x85\u2028\u2029]+")
"""What cannot stand in a line, or only once."""


def _plain(value: Any) -> str:
    return _BLANKS.sub(" ", str(value)).strip()


def _html(value: str) -> str:
    """Pelican's themes print titles without escaping them."""
    return html.escape(_plain(value), quote=False)


_MARKUP = re.compile(r"[\\`*_{}\[\]+~|]|^(?:[-=>#:]|\d+(?=[.)]))", re.ASCII)
"""What Python-Markdown reads in a text of one line. Tags stay: an excerpt is HTML."""


def _markdown(value: str) -> str:
    """Pelican reads its ``Summary`` as Markdown. References are text in it, and in the attributes of tags too.

    Behind an element that is a block Python-Markdown puts references elsewhere: then there is no line, and Pelican shows the
    beginning of the page.
    """
    if _BLOCK.search(value):
        return ""
    return _MARKUP.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), _plain(value))


_BLOCK = re.compile(
    r"<(?=[a-z/!?])(?!/?(?:a|abbr|b|br|cite|code|em|i|img|q|s|small|span|strong|sub|sup|u)[\s/>])",
    re.IGNORECASE,
)
"""A tag that may be a block's."""

_REFERENCE = re.compile(r"&#(\d{2,3});")


def _from_markdown(line: str) -> str:
    return _REFERENCE.sub(lambda found: chr(int(found[1])), line)


def _list(value: list[str]) -> str:
    """Pelican splits at semicolons when there is one, else at commas."""
    names = [_plain(name) for name in value if ";" not in name and name.strip()]
    if any("," in name for name in names):
        return "; ".join(names) + ";"
    return ", ".join(names)


def _from_list(line: str) -> list[str]:
    names = [name.strip() for name in line.split(";" if ";" in line else ",")]
    return list(dict.fromkeys(filter(None, names)))


_FORMS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "": (_plain, str),
    "html": (_html, html.unescape),
    "markdown": (_markdown, _from_markdown),
    "list": (_list, _from_list),
    "first": (lambda value: _plain(value[0]) if value else "", lambda line: [line]),
}
"""Form -> how a line says a value, and what the builder reads in the line."""
