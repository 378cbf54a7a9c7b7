"""The front matter that nearly all pages have, read without a YAML parser.

A short cut, not a second opinion: it reads only blocks whose every line is one of the few forms below, gives exactly what
:func:`~wpmigrate.extractors.yaml_loader.load_yaml` gives (a test holds both side by side), and leaves all else to it.
"""

from __future__ import annotations

import re
from typing import Any

from wpmigrate.extractors.scalars import TEXT_KEYS, plain_value

__all__ = ["load_simple"]

_LONGEST = 4000
# what most often says that a block has other forms: comments, base64, escapes
_OTHER_FORMS = ("\n- id:", "!binary", "\\", "&#47;")
# the beginning of damage that wordpress.repair might find
_SUSPICIOUS = re.compile("[\xc2-\xf4][^\x00-\x7f]")

_KEY = r"[A-Za-z_][\w-]{0,99}"
_LINE = re.compile(
    rf"""
    (?: (?P<key>{_KEY}): | (?P<dash>[ ]{{0,2}}-) | [ ][ ](?P<inner>{_KEY}): | (?P<blank> (?: \#[^\n]*+ )? ) (?=\n) )
    (?: [ ]+ (?: (?P<plain> (?: [^\W_] | / ) [^:\#\n]*+ (?: (?: :(?=[^ \n]) | (?<=[^ ])\# ) [^:\#\n]*+ )*+ )
               | (?:![ ])? (?: '(?P<single> [^'\n]*+ (?: '' [^'\n]*+ )*+ )' | "(?P<double>[^"\\\n]*)" )[ ]*
               | (?P<empty>\[\]|\{{\}})[ ]*
      ) )?
    [ ]*\n""",
    re.VERBOSE,
)
_UNFINISHED = frozenset({"dash", "inner"})
_EMPTY: dict[str, type] = {"[]": list, "{}": dict}


def load_simple(block: str) -> dict[str, Any] | None:
    """Return the mapping that ``block`` holds, or None when it has a form that only a YAML parser reads.

    Read are, at the top: ``key: value``, comments, and ``key:`` with a list of values (``- value``) or a mapping of values
    (``  key: value``) below. A value is a plain word or words on one line, quoted text without backslashes, ``[]`` or ``{}``.
    """
    if not _is_usual(block):
        return None
    found: dict[str, Any] = {}
    key = ""
    below: Any = None  # the list or mapping under ``key``
    dash: str | None = None  # how a list's lines begin
    position, end, next_line = 0, len(block), _LINE.match
    while position < end:
        line = next_line(block, position)
        if line is None:
            return None
        position = line.end()
        kind = line.lastgroup
        if (top := line["key"]) is not None:
            if top in found:
                return None
            found[top] = None if kind == "key" else _value(line, kind, top)
            key, below = top if kind == "key" else "", None
        elif kind == "blank":
            continue
        elif not key or kind in _UNFINISHED:
            return None
        elif (name := line["inner"]) is not None:
            if below is None:
                below, dash = {}, None
                found[key] = below
            if dash is not None or name in below:
                return None
            below[name] = _value(line, kind, key)
        else:
            if below is None:
                below, dash = [], line["dash"]
                found[key] = below
            if line["dash"] != dash:
                return None
            below.append(_value(line, kind, key))
    return found or None


def _value(line: re.Match[str], kind: str | None, key: str) -> Any:
    """Return the value on a line; ``kind`` is the group that holds it, ``key`` the key at the top."""
    if kind == "plain":
        return plain_value(line["plain"].rstrip(" "), key in TEXT_KEYS)
    if kind == "single":
        return line["single"].replace("''", "'")
    return _EMPTY[line["empty"]]() if kind == "empty" else line[kind or 0]


def _is_usual(block: str) -> bool:
    """Tell whether it is worth trying: no tabs, controls, invisible or damaged characters, nor line ends of YAML's own."""
    if len(block) > _LONGEST or not block.endswith("\n") or any(form in block for form in _OTHER_FORMS):
        return False
    if not block.replace("\n", "").isprintable():
        return False
    return block.isascii() or not _SUSPICIOUS.search(block)
