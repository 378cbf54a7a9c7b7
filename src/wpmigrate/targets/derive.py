"""A user's own target: one of ours with some values changed, as the configuration file says it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import asdict, replace

from wpmigrate.errors import ConfigError
from wpmigrate.targets import TARGETS
from wpmigrate.targets.target import Target

__all__ = ["derive", "target_named"]

_PARTS = ("place", "front", "dialect", "built")


def derive(name: str, base: Target, changes: Mapping[str, Any]) -> Target:
    """Return ``base`` under another ``name``, with ``changes``.

    ``changes`` has the field names of :class:`Target`; for ``place``, ``front``, ``dialect`` and ``built`` a table of theirs. A table inside
    such a part (``front.keys``) is added to the base's, and ``dialect.hazards`` too; every other value takes the place of the
    base's. Raises ConfigError for an unknown name (with the nearest known one), a wrong type, or a broken regular expression.
    """
    where = f"targets.{name}"
    _known(changes, ("extension", *_PARTS), where)
    made: dict[str, Any] = {}
    if "extension" in changes:
        made["extension"] = _typed(changes["extension"], str, f"{where}.extension")
    for part in _PARTS:
        if part in changes:
            made[part] = _part(getattr(base, part), changes[part], f"{where}.{part}")
    target = replace(base, name=name, **made)
    _check_patterns(target, where)
    return target


def target_named(name: str, own: Mapping[str, Mapping[str, Any]]) -> Target:
    """Return the target ``name``: one of the user's ``own``, or one of :data:`~wpmigrate.targets.TARGETS`.

    Raises KeyError when there is none, ConfigError as :func:`derive` does.
    """
    if name not in own:
        return TARGETS[name]
    table = dict(own[name])
    made = _made.get(name)
    if made is None or made[0] != table:
        base = TARGETS[table.get("base", "commonmark")]
        made = _made[name] = (
            table,
            derive(name, base, {key: value for key, value in table.items() if key != "base"}),
        )
    return made[1]


_made: dict[str, tuple[dict[str, Any], Target]] = {}
"""The last one of each name, since every entry asks for it."""


def _part(base: Any, changes: Any, where: str) -> Any:
    if not isinstance(changes, dict):
        raise ConfigError(f"{where}: Expected `table`, got {type(changes).__name__}")
    kind = type(base)
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    _known(changes, types, where)
    values = asdict(base)
    for key, value in changes.items():
        new = _typed(value, types[key], f"{where}.{key}")
        old = values[key]
        values[key] = {**old, **new} if isinstance(new, dict) else (*old, *new) if key == "hazards" else new
    return kind(**values)


def _typed(value: Any, kind: Any, where: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}") from error


def _known(changes: Mapping[str, Any], names: Any, where: str) -> None:
    for key in changes:
        if key not in names:
            near = difflib.get_close_matches(key, list(names), 1)
            raise ConfigError(f"unknown key {where}.{key}" + (f"; did you mean {near[0]}?" if near else ""))


def _check_patterns(target: Target, where: str) -> None:
    names = ["brace_ids", "code_tags", "heading_tags", "html_begins", "image_tags", "nested_code_tags", "span_tags", "url_tags"]
    patterns = [(f"dialect.{name}", getattr(target.dialect, name)) for name in names]
    patterns += [("dialect.hazards", hazard.pattern) for hazard in target.dialect.hazards]
    patterns += [("place.content_spelling", pattern) for pattern in target.place.content_spelling]
    patterns += [("front.address_spelling", pattern) for pattern in target.front.address_spelling]
    for key, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ConfigError(f"{where}.{key}: {pattern!r} is no regular expression: {error}") from error
