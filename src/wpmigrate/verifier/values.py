"""When two metadata values are the same: equal, or equal by a row of the table."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import yaml
import yaml12

from wpmigrate.wordpress.php import looks_serialized, unserialize
from wpmigrate.wordpress.repair import repair_metadata_text, repair_text

__all__ = ["EQUAL", "iso_date", "leaves", "plain_title", "same", "spellings"]

_DATE = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.\d*)?)?[ \t]*(Z|[+-]\d\d?(?::?\d\d)?)?)?(?:[ \t]*UTC)?"
)
_YAML_1_1 = re.compile(r"yes|no|on|off|true|false|[-+]?\d[\d_:.xXoa-fA-F]{0,30}", re.I)
_TAG = re.compile(r"<[^<>]*>")


def iso_date(value: Any) -> str | None:
    """Return ``value`` as ISO 8601 with its offset (none when it has none), to the second; None when it is no date.

    Source of the forms: YAML's timestamps, Ruby's and WordPress's ``2013-04-27 21:38:53 -0400``.
    """
    text = str(value).strip()
    match = _DATE.fullmatch(text) if 8 <= len(text) <= 40 and text[0].isdigit() else None
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    text = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return text
    return f"{text}T{int(hour):02}:{minute}:{second or '00'}{_offset(offset)}"


def _offset(offset: str | None) -> str:
    if not offset:
        return ""
    if offset == "Z":
        return "+00:00"
    digits = offset[1:].replace(":", "")
    digits = f"0{digits}" if len(digits) in (1, 3) else digits
    return f"{offset[0]}{digits[:2]}:{digits[2:] or '00'}"


def plain_title(value: Any) -> str:
    """Return the words a reader sees in a title: damage repaired, tags off, entities decoded, blanks folded."""
    text = _repaired(str(value))
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def _repaired(text: str) -> str:
    if text.isascii() and "\r" not in text and "&#47;" not in text:
        return text
    repaired = repair_metadata_text(text)
    text = repaired if isinstance(repaired, str) else repaired[0]
    return repair_text(text)[0].replace("\r\n", "\n").replace("\r", "\n")


def _same_date(source: Any, output: Any) -> bool:
    left = iso_date(source)
    return left is not None and left == iso_date(output)


def _same_in_yaml_1_1(source: Any, output: Any) -> bool:
    if isinstance(source, bool) or not _YAML_1_1.fullmatch(str(source)):
        return False
    try:
        value = yaml.load(str(source), yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return False
    return bool(value == output or str(value) == output)


def _same_php(source: Any, output: Any) -> bool:
    if not isinstance(source, str) or not looks_serialized(source):
        return False
    try:
        return same(_json(unserialize(source)), output, ())
    except (ValueError, RecursionError):
        return False


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    return [_json(item) for item in value] if isinstance(value, list) else value


def _same_text(source: Any, output: Any) -> bool:
    return isinstance(source, str) and isinstance(output, str) and _repaired(source).strip() == _repaired(output).strip()


def _same_spelling(source: Any, output: Any) -> bool:
    return source is not None and str(source) == str(output)


def _same_wrapped(source: Any, output: Any) -> bool:
    if not isinstance(source, yaml12.Yaml):
        return False
    return same(source.value, output) or str(source.tag) in str(output)


EQUAL: Final[tuple[tuple[str, Callable[[Any, Any], bool], str], ...]] = (
    ("date", _same_date, "dates are written as ISO 8601"),
    ("text", _same_text, "damage and line ends are repaired, outer blanks are the YAML writer's"),
    ("spelling", _same_spelling, "12 and '12' are one value to a reader"),
    ("yaml 1.1", _same_in_yaml_1_1, "the exporters wrote YAML 1.1: yes is true, 010 is 8"),
    ("php", _same_php, "WordPress serializes arrays in postmeta; the record holds the array"),
    ("tag", _same_wrapped, "an unknown tag is taken off and never executed"),
)
"""(name, test, reason): the ways in which a value may be spelled differently."""


def same(source: Any, output: Any, rows: tuple[Any, ...] = EQUAL) -> bool:
    """Whether the ``output`` value is the ``source`` value, mappings and lists compared in depth (explicit stack)."""
    stack = [(source, output)]
    while stack:
        left, right = stack.pop()
        if type(left) is type(right) and left == right:
            continue
        if isinstance(left, dict) and isinstance(right, dict):
            keyed = {str(key): value for key, value in left.items()}
            if keyed.keys() != right.keys():
                return False
            stack.extend((value, right[key]) for key, value in keyed.items())
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            stack.extend(zip(left, right, strict=True))
        elif not any(test(left, right) for _, test, _ in rows):
            return left == right and not rows
    return True


def spellings(value: Any) -> set[str]:
    """Return the forms of a scalar that are looked for among other scalars."""
    text = str(value)
    found = {text, _repaired(text).strip(), plain_title(text)}
    if (iso := iso_date(text)) is not None:
        found.add(iso)
    return found


def leaves(value: Any) -> Iterator[Any]:
    """Yield every scalar in ``value`` that says something, in order."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            stack.extend(reversed(item))
        elif item is not None and item != "":
            yield item
