"""The source's front matter: YAML 1.2 first, and a tolerant reader for what other writers left."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Final

import yaml
import yaml12

__all__ = ["read_front_matter", "read_yaml"]

_ALIAS = re.compile(r"(?:^|[\s\[,:-])\*[\w.-]+", re.M)
_MOST_ALIASES: Final = 20
"""More than these in one front matter are an attack; nothing is expanded then."""


def _binary(value: Any) -> Any:
    """Return the text in a ``!binary`` scalar (Syck and Psych write non-ASCII text so); itself when it is none."""
    try:
        return base64.b64decode("".join(str(value).split()), validate=True).decode("utf-8", errors="replace")
    except binascii.Error:
        return value


_HANDLERS: Final = {"!": lambda value: value, "!binary": _binary, "tag:yaml.org,2002:binary": _binary}


class _TextLoader(yaml.CBaseLoader):
    """Reads every scalar as text and no tag but ``!binary``: for what YAML 1.2 refuses."""


for _tag in ("!binary", "tag:yaml.org,2002:binary"):
    _TextLoader.add_constructor(_tag, lambda loader, node: _binary(node.value))


def read_front_matter(text: str) -> dict[str, Any] | None:
    """Return the keys and values of a source's front matter; None when no reader understands it.

    ``!binary`` is decoded, other tags are taken off. Aliases are not expanded beyond a small number.
    """
    if "*" in text and len(_ALIAS.findall(text)) > _MOST_ALIASES:
        return None
    try:
        value = yaml12.parse_yaml(text, handlers=_HANDLERS)
    except ValueError:
        value = _read_tolerantly(text)
    if value is None:
        return {}
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else None


def _read_tolerantly(text: str) -> Any:
    try:
        return yaml.load(text, _TextLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""


def read_yaml(text: str) -> Any:
    """Return the value of ``text``, which must be strict YAML 1.2; raises ``ValueError`` when it is not."""
    return yaml12.parse_yaml(text)
