"""JSON values → TOML (https://toml.io/en/v1.0.0).

Forty lines of our own rather than a dependency: the front matter is one flat table, and the libraries for it neither keep a
timestamp as it is spelled nor say what becomes of null, which TOML does not have.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from wpmigrate.errors import WriteError
from wpmigrate.writers.yaml import MAX_DEPTH, Plain

__all__ = ["emit_toml", "fits_toml"]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LARGEST = 2**63


def emit_toml(values: dict[str, Any]) -> str:
    """Return ``values`` as lines ``key = value``, nested tables inline. A :class:`Plain` date is a date.

    Raises :class:`~wpmigrate.errors.WriteError` for what :func:`fits_toml` refuses and for more than 100 levels.
    """
    return "".join([f"{_key(key)} = {_value(value, 0)}\n" for key, value in values.items()])


def fits_toml(value: Any) -> bool:
    """Say whether TOML can hold ``value``: it has no null, and numbers of 64 bits only."""
    stack = [value]
    while stack:
        item = stack.pop()
        if item is None or (type(item) is int and not -_LARGEST <= item < _LARGEST):
            return False
        if type(item) is dict:
            stack.extend(item.values())
        elif type(item) is list:
            stack.extend(item)
    return True


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    """Return a basic string; JSON's escapes are TOML's, and DEL is added."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise WriteError(f"metadata is nested more than {MAX_DEPTH} levels deep; readers cannot take that")
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is list:
        return f"[{', '.join([_value(item, depth + 1) for item in value])}]"
    if kind is dict:
        rows = [f"{_key(key)} = {_value(item, depth + 1)}" for key, item in value.items()]
        return f"{{ {', '.join(rows)} }}" if rows else "{}"
    return _atom(value)


def _atom(value: Any) -> str:
    kind = type(value)
    if kind is Plain:
        return str(value) if _is_toml_date(value) else _text(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is float:
        return repr(value)  # inf and nan are TOML's words too
    raise WriteError(f"metadata holds a value that TOML has no word for: {kind.__name__}")


def _is_toml_date(text: str) -> bool:
    """Whether a reader that has the date as a date can spell it as ``text`` again."""
    return len(text) == 10 or datetime.fromisoformat(text).isoformat() == text
