"""Advanced Custom Fields: each value has a second metadata row that names its field."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["read_acf"]

_FIELD_KEY = re.compile(r"field_[\w\-]+")


def read_acf(meta: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return name -> value and name -> field key of the pairs ``name`` and ``_name`` = ``field_…`` in ``meta``.

    Source of the rule: what ACF stores, https://www.advancedcustomfields.com/resources/get_field/ (the reference row).
    """
    values: dict[str, Any] = {}
    keys: dict[str, str] = {}
    for key, value in meta.items():
        if key.startswith("_") and isinstance(value, str) and value.startswith("field_"):
            name = key[1:]
            if name in meta and _FIELD_KEY.fullmatch(value):
                values[name] = meta[name]
                keys[name] = value
    return values, keys
