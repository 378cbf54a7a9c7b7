"""What must not leave the source, also when the front matter cannot be read as YAML."""

from __future__ import annotations

import re
from typing import Any

__all__ = [
    "NO",
    "SECRET_KEYS",
    "STATUS_KEYS",
    "YES",
    "hidden_statuses",
    "says_private",
    "take_secrets",
    "without_secrets",
]

SECRET_KEYS = frozenset({"password", "post_password"})
"""Keys, in small letters, whose value never leaves the source."""


STATUS_KEYS = ("status", "post_status", "visibility")
"""Keys that say whether an entry is public."""

NO = frozenset({"false", "no", "off", "0"})
YES = frozenset({"true", "yes", "on", "1", "y"})
_PUBLIC = frozenset({"", "publish", "published", "public", "visible"})

# a key at the beginning of a line or of a flow mapping's entry, its value, and lines indented deeper
_SECRET = re.compile(
    r"""^(?P<head>(?P<indent>[ \t]*+)(?:[^\r\n]*[{,][ \t]*)?["']?(?:post_)?password["']?[ \t]*:)
    (?P<value>[ \t]*(?:[|>!][^\r\n]*(?:\r\n|\r|\n))?[^\r\n]*(?:(?:\r\n|\r|\n)(?P=indent)[ \t]+[^\r\n]*)*)""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_NOTHING = frozenset({"", "''", '""', "~", "null", "false"})
_STATUS = re.compile(
    r"^[ \t]+(?P<key>status|post_status|visibility|published|draft|password|post_password)[ \t]*:(?P<value>[^\r\n]*)",
    re.MULTILINE,
)


def says_private(key: str, value: Any) -> bool:
    """Tell whether a key of a front matter, with this value, says that the entry is not public."""
    key, word = key.lower(), str("" if value is None else value).strip().lower()
    if key in SECRET_KEYS:
        return value not in ("", None, False)
    if key == "published":
        return word in NO
    if key == "draft":
        return word in YES
    return key in STATUS_KEYS and word not in _PUBLIC


def take_secrets(values: dict[str, Any]) -> list[str]:
    """Take the passwords out of ``values``, at any depth and in place; return the keys of those that guard something.

    An empty password guards nothing: it is taken out as well, and not named.
    """
    found: list[str] = []
    stack: list[Any] = [values]
    seen: set[int] = set()  # what aliases share is looked at once
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, dict):
            if not SECRET_KEYS.isdisjoint(map(str.lower, item)):
                for key in [key for key in item if key.lower() in SECRET_KEYS]:
                    if item.pop(key) not in ("", None, False):
                        found.append(key)
            item = item.values()
        stack += [value for value in item if type(value) is dict or type(value) is list]
    return found


def without_secrets(block: str) -> str:
    """Return ``block`` with the value of every password replaced by ``[removed]``; its lines keep their numbers."""
    return _SECRET.sub(_removed, block) if "password" in block.lower() else block


def _removed(match: re.Match[str]) -> str:
    """Return a key whose value is removed, unless it has none."""
    value = match["value"]
    return match[0] if value.strip() in _NOTHING else f"{match['head']} [removed]" + "\n" * value.count("\n")


def hidden_statuses(block: str) -> dict[str, str]:
    """Return the lines of ``block`` that say, indented by mistake, that an entry is not public: privacy fails closed."""
    return {match["key"]: match["value"].strip() for match in _STATUS.finditer(block)}
