"""What must not leave the source, also when the front matter cannot be read as YAML."""

from __future__ import annotations

import re

__all__ = ["SECRET_KEYS", "hidden_statuses", "without_secrets"]

SECRET_KEYS = frozenset({"password", "Password", "PASSWORD", "post_password"})
"""Keys whose value never leaves the source."""

# a key at the beginning of a line or of a flow mapping's entry, its value, and lines indented deeper
_SECRET = re.compile(
    r"""^(?P<head>(?P<indent>[ \t]*+)(?:[^\r\n]*[{,][ \t]*)?["']?(?:post_)?password["']?[ \t]*:)
    (?P<value>[ \t]*(?:[|>!][^\r\n]*(?:\r\n|\r|\n))?[^\r\n]*(?:(?:\r\n|\r|\n)(?P=indent)[ \t]+[^\r\n]*)*)""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_NOTHING = frozenset({"", "''", '""', "~", "null", "false"})
_STATUS = re.compile(
    r"^[ \t]+(?P<key>status|published|draft|password|post_password)[ \t]*:(?P<value>[^\r\n]*)", re.MULTILINE
)


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
