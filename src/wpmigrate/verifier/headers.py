"""Front matter of lines ``Key: value`` as Pelican reads it.

Source of the rules: Python-Markdown's extension ``meta`` and Pelican's own reading of tags, categories and summaries.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any, Final

from wpmigrate.targets import Front

__all__ = ["read_headers", "shortened"]

_LINE = re.compile(r"([A-Za-z0-9_-]+): (\S.*)")
_SPELLED = re.compile(r"&#([0-9]{2,3});")


def read_headers(text: str, front: Front) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Return the lines by header, what the line of JSON holds, and which headers are made up.

    A line's value is that of our key, where one has this header. Raises ``ValueError`` for a line that is no header, or a
    header that stands twice, which Pelican would join.
    """
    keys = {name: key for key, name in front.keys.items()}
    lines: dict[str, Any] = {}
    seen: set[str] = set()
    for line in text.rstrip("\n").split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"no header: {line!r:.80}")
        name = found[1]
        if name.lower() in seen:
            raise ValueError(f"the header {name} stands twice")
        seen.add(name.lower())
        form = front.header_forms.get(keys[name], "") if name in keys else ""
        lines[name] = _READ[form](found[2])
    rest = json.loads(lines.pop(front.rest, "{}"))
    if not isinstance(rest, dict):
        raise ValueError(f"the header {front.rest} holds no map")
    added = lines.pop(f"{front.rest}_added", "")
    return lines, rest, added.split(", ") if added else []


def _tags(line: str) -> list[str]:
    found: list[str] = []
    for name in re.split(";" if ";" in line else ",", line):
        if name.strip() and name.strip() not in found:
            found.append(name.strip())
    return found


def _summary(line: str) -> str:
    return _SPELLED.sub(lambda found: chr(int(found[1])), line)


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "": str,
    "html": html.unescape,
    "markdown": _summary,
    "list": _tags,
    "first": lambda line: [line],
}
"""Form -> what the builder reads in the line."""


_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?:/?([a-zA-Z]+)[\s/>])?")
_INLINE: Final = frozenset("a abbr b br cite code em i img q s small span strong sub sup u".split())
"""What a summary of one line may hold; other tags begin a block, behind which Python-Markdown mixes up its parts."""
_BLANKS = re.compile("[\x00-\x20\x7f\x85\u2028\u2029]+")
"""Of these a line has one space."""


def shortened(form: str, value: Any) -> Any:
    """Return what the builder reads in the line of a ``value`` that a line cannot say exactly; None when there is no line."""
    if isinstance(value, str):
        if form != "markdown":
            return _fold(value) or None
        is_block = not _INLINE.issuperset(map(str.lower, _TAG.findall(value)))
        return None if is_block else _summary(_fold(value)) or None  # its own references read like those of the line
    if form == "first":
        return [_fold(value[0])] if value and _fold(value[0]) else None
    names = dict.fromkeys(_fold(name) for name in value if ";" not in name)
    return [name for name in names if name] or None


def _fold(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
