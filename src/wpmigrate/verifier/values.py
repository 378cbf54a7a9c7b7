"""When two metadata values are the same: equal, or equal by a row of the table."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any, Final

import yaml
import yaml12
from msgspec.json import encode

from wpmigrate.wordpress.php import looks_serialized, unserialize
from wpmigrate.wordpress.repair import repair_metadata_text, repair_text

__all__ = [
    "EQUAL",
    "SECRETS",
    "decode_binary",
    "drop_secrets",
    "has_secrets",
    "identical",
    "iso_date",
    "leaves",
    "plain_title",
    "repaired",
    "same",
    "spellings",
    "title_text",
]

_DATE = re.compile(
    r"(\d{4})(?P<dash>[-/])(\d\d?)(?P=dash)(\d\d?)"
    r"(?:(?:T|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d*))?)?[ \t]*(Z|UTC|GMT|[+-]\d\d?(?::?\d\d)?)?)?",
    re.ASCII | re.I,
)
_COMMON_DATE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.0+)? ([+-]\d\d):?(\d\d)", re.ASCII)
_MAIL_ZONE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d.*(?P<zone> [-+]\d{4}| GMT| UTC)?", re.ASCII
)
_YAML_1_1 = re.compile(r"yes|no|on|off|true|false|null|~|[-+.]?\d[\d_:.xXoa-fA-F+-]{0,30}", re.I)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_ALIAS = re.compile(r"\*[\w.-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def decode_binary(text: str) -> str:
    """Return the text in a ``!binary`` scalar (Ruby writes non-ASCII text so); its base64 when it holds no text."""
    encoded = "".join(text.split())
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeError):
        return encoded if encoded.isascii() else text


def iso_date(value: Any) -> str | None:
    """Return ``value`` as ISO 8601 with its offset and its fraction (none where it has none); None when it is no date.

    Source of the forms: YAML's timestamps, Ruby's and WordPress's ``2013-04-27 21:38:53 -0400``, RFC 5322.
    """
    text = str(value).strip()
    if not 8 <= len(text) <= 60:
        return None
    if common := _COMMON_DATE.fullmatch(text):
        return "%sT%s%s:%s" % common.groups()  # noqa: UP031 (quicker)
    match = _DATE.fullmatch(text)
    if match is None:
        return _mail_date(text)
    year, _, month, day, hour, minute, second, fraction, offset = match.groups()
    text = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return text
    fraction = (fraction or "").rstrip("0")
    return (
        f"{text}T{int(hour):02}:{minute}:{second or '00'}{'.' if fraction else ''}{fraction}{_offset(offset)}"
    )


def _mail_date(text: str) -> str | None:
    """Return a date as mails and feeds write it; None when it is none."""
    if _MAIL_ZONE.fullmatch(text) is None:
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _offset(offset: str | None) -> str:
    if not offset:
        return ""
    if offset[0] not in "+-":
        return "+00:00"
    digits = offset[1:].replace(":", "")
    digits = f"0{digits}" if len(digits) in (1, 3) else digits
    return f"{offset[0]}{digits[:2]}:{digits[2:] or '00'}"


_TITLE_MARKUP = frozenset(
    "a abbr acronym b bdi bdo big center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i img ins kbd mark nobr p pre q s "
    "samp small span strike strong sub sup tt u var wbr".split()
)
"""Elements that the titles of old posts have; ``Vector<T>`` and ``Land<Code>`` are words."""
_LINE_MARKUP = frozenset({"br", "hr"})


def plain_title(value: Any) -> str:
    """Return the words a reader sees in a title: damage repaired, tags off, entities decoded, blanks folded."""
    return " ".join(title_text(value).split())


def title_text(value: Any) -> str:
    """Return the words of a title with the blanks between them as they are."""
    text = repaired(str(value))
    if "<" in text:
        text = _TAG.sub(_without_tag, _without_comments(text))
    if "&" in text:
        text = html.unescape(text)
    return text


def _without_tag(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return "" if name in _TITLE_MARKUP else " " if name in _LINE_MARKUP else tag[0]


def _without_comments(text: str) -> str:
    *closed, rest = text.split("-->")
    kept = []
    for part in closed:
        before, opening, _ = part.partition("<!--")
        kept.append(before if opening else f"{part}-->")
    return "".join(kept) + rest


def repaired(text: str) -> str:
    """Return ``text`` without damage, line ends as ``\\n``."""
    if text.isascii() and "&#47;" not in text and not _CONTROL.search(text):
        return text
    whole = repair_metadata_text(text)[0]
    return repair_text(whole)[0].replace("\r\n", "\n").replace("\r", "\n")


def _same_date(source: Any, output: Any) -> bool:
    left = iso_date(source)
    return left is not None and left == iso_date(output)


_NO_NUMBER: Final = object()


def _in_yaml_1_1(text: str) -> Any:
    """Return what YAML 1.1 makes of an unquoted ``text``; an object that equals nothing when that is text."""
    if not _YAML_1_1.fullmatch(text):
        return _NO_NUMBER
    try:
        return yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return _NO_NUMBER


def _same_in_yaml_1_1(source: Any, output: Any) -> bool:
    if isinstance(source, bool):
        return False
    value = _in_yaml_1_1(str(source))
    return bool(type(value) is type(output) and value == output) or str(value) == output


def _same_php(source: Any, output: Any) -> bool:
    if not isinstance(source, str) or not looks_serialized(source):
        return False
    try:
        value = _json(unserialize(source))
        drop_secrets(value)
        return same(value, output, ())
    except (ValueError, RecursionError):
        return False


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    return [_json(item) for item in value] if isinstance(value, list) else value


def _same_text(source: Any, output: Any) -> bool:
    return (
        isinstance(source, str)
        and isinstance(output, str)
        and repaired(source).strip() == repaired(output).strip()
    )


def _same_spelling(source: Any, output: Any) -> bool:
    return source is not None and str(source) == str(output)


def _same_wrapped(source: Any, output: Any) -> bool:
    if not isinstance(source, yaml12.Yaml):
        return False
    return same(source.value, output) or str(source.tag) in str(output)


def _same_alias(source: Any, output: Any) -> bool:
    """Whether ``output`` is the name of an alias that stands for too much; it is checked where it is defined."""
    return (
        isinstance(source, dict | list) and isinstance(output, str) and _ALIAS.fullmatch(output) is not None
    )


EQUAL: Final[tuple[tuple[str, Callable[[Any, Any], bool], str], ...]] = (
    ("date", _same_date, "dates are written as ISO 8601"),
    ("text", _same_text, "damage and line ends are repaired, outer blanks are the YAML writer's"),
    ("spelling", _same_spelling, "12 and '12' are one value to a reader"),
    ("yaml 1.1", _same_in_yaml_1_1, "the exporters wrote YAML 1.1: yes is true, 010 is 8"),
    ("php", _same_php, "WordPress serializes arrays in postmeta; the record holds the array"),
    ("tag", _same_wrapped, "an unknown tag is taken off and never executed"),
)
"""(name, test, reason): the ways in which a scalar may be spelled differently."""


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
        elif isinstance(left, dict | list):
            if not _same_alias(left, right):
                return False
        elif not any(test(left, right) for _, test, _ in rows):
            return left == right and not rows
    return True


def identical(one: Any, other: Any) -> bool:
    """Whether two values are equal and of the same types all through: 1, 1.0 and true are not."""
    if type(one) not in (dict, list):
        return type(one) is type(other) and bool(one == other)  # nearly all
    with suppress(RecursionError, TypeError, ValueError, OverflowError):
        if one == other and encode(one) == encode(other):  # equal values of other types are written otherwise
            return True
    stack = [(one, other)]
    while stack:
        left, right = stack.pop()
        if type(left) is not type(right):
            return False
        if type(left) is dict:
            if left.keys() != right.keys():
                return False
            stack += [(value, right[key]) for key, value in left.items()]
        elif type(left) is list:
            if len(left) != len(right):
                return False
            stack += zip(left, right, strict=True)
        elif left != right:
            return False
    return True


def spellings(value: Any) -> set[str]:
    """Return the forms of a scalar that are looked for among other scalars."""
    text = str(value)
    found = {text, repaired(text).strip(), plain_title(text)}
    if (typed := _in_yaml_1_1(text)) is not _NO_NUMBER:
        found |= {str(typed), str(typed).lower()}
    if (iso := iso_date(text)) is not None:
        found.add(iso)
    return found


_MOST_LEAVES: Final = 200_000
"""More than these are an alias bomb; they are not looked at."""


def leaves(value: Any) -> Iterator[Any]:
    """Yield every scalar in ``value`` that says something, in order."""
    stack = [value]
    for _ in range(_MOST_LEAVES):
        if not stack:
            return
        item = stack.pop()
        if type(item) is str:  # nearly all are
            if item:
                yield item
        elif isinstance(item, dict):
            stack.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            stack.extend(reversed(item))
        elif item is not None:
            yield item


SECRETS: Final = frozenset({"password", "post_password"})
"""Keys (small letters) whose values must not be in any output."""


def drop_secrets(value: Any) -> None:
    """Take the passwords out of ``value``, at any depth, in place."""
    for mapping in _mappings(value):
        for key in [key for key in mapping if str(key).casefold() in SECRETS]:
            del mapping[key]


def has_secrets(value: Any) -> bool:
    """Whether a password is in ``value``, at any depth."""
    return any(str(key).casefold() in SECRETS for mapping in _mappings(value) for key in mapping)


def _mappings(value: Any) -> Iterator[dict[Any, Any]]:
    """Yield every mapping in ``value`` once; a mapping before what is in it."""
    stack, seen = [value], set()
    while stack:
        item = stack.pop()
        if not isinstance(item, dict | list) or id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, dict):
            yield item
        stack.extend(item.values() if isinstance(item, dict) else item)
