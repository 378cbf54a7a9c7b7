"""The source's front matter: YAML 1.2 first, and a tolerant reader for what other writers left."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml12

from wpmigrate.verifier.values import decode_binary, drop_secrets, repaired
from wpmigrate.verifier.yaml_texts import read_texts

__all__ = ["read_front_matter", "read_yaml"]

_ALIAS = re.compile(r"(?:^|[\s\[,:-])\*[\w.-]+", re.M)
_MOST_ALIASES: Final = 12
"""More than these in one front matter may be an attack; the reader that expands them is not used then."""


def _binary(value: Any) -> str:
    return decode_binary(str(value))


_HANDLERS: Final = {"!": lambda value: value, "!binary": _binary, "tag:yaml.org,2002:binary": _binary}


def read_front_matter(text: str) -> dict[str, Any] | None:
    """Return the keys and values of a source's front matter, without passwords; None when it is no mapping.

    ``!binary`` is decoded, other tags stay beside their values. Aliases are not expanded beyond a small number. What YAML 1.2
    refuses is read with every scalar as text.
    """
    try:
        value = (
            _read_tolerantly(text)
            if _has_many_aliases(text)
            else _with_whole_keys(yaml12.parse_yaml(text, handlers=_HANDLERS), text)
        )
    except ValueError:
        value = _read_tolerantly(text)
    if value is None:
        return {}
    if not isinstance(value, dict):
        return None
    if "password" in text.lower():
        drop_secrets(value)
    return {str(key): item for key, item in value.items()}


def _with_whole_keys(value: Any, text: str) -> Any:
    """Undo the damage in the keys of ``value`` (``catÃ©gorie``), in place; its values are repaired when they are compared."""
    stack = [value] if "\\" in text or not text.isascii() else []
    while stack:
        items = stack.pop()
        if isinstance(items, list):
            stack += items
        elif isinstance(items, dict):
            stack += items.values()
            wrong = {key: whole for key in items if type(key) is str and (whole := repaired(key)) != key}
            for key, whole in wrong.items():
                items[whole] = items.pop(key)
    return value


def _has_many_aliases(text: str) -> bool:
    return text.count("*") > _MOST_ALIASES and len(_ALIAS.findall(text)) > _MOST_ALIASES


def _read_tolerantly(text: str) -> Any:
    texts = read_texts(text)
    return "" if texts is None else texts.values


def read_yaml(text: str) -> Any:
    """Return the value of ``text``, which must be one document of strict YAML 1.2; raises ``ValueError`` when it is not.

    So it does for a tag of its own or a key that is no text: nothing of ours has them.
    """
    documents = yaml12.parse_yaml(text, multi=True)
    if len(documents) > 1:
        raise ValueError("there is a second document after the first")
    stack: list[Any] = list(documents)
    while stack:
        value = stack.pop()
        kind = type(value)
        if kind is dict:
            if not all(type(key) is str for key in value):
                raise ValueError("a key is no text")
            stack += value.values()
        elif kind is list:
            stack += value
        elif kind is yaml12.Yaml:
            raise ValueError(f"a value has the tag {value.tag}")
    return documents[0] if documents else None
