"""An mdast tree as an outline that a person can read and a text file can hold."""

from __future__ import annotations

import json
from typing import Any

_OMITTED = ("children", "value")


def outline(node: Any, depth: int = 0) -> str:
    """Return one line a node: its type, its value, its other fields that are not empty; children indented."""
    lines = []
    if node.__struct_config__.tag != "root":
        lines.append("  " * depth + _line(node))
        depth += 1
    lines.extend(outline(child, depth) for child in getattr(node, "children", ()))
    return "\n".join(lines)


def _line(node: Any) -> str:
    tag = node.__struct_config__.tag
    value = getattr(node, "value", None)
    shown = [] if value is None else [json.dumps(value, ensure_ascii=False).replace("\xa0", "⍽")]
    for name in node.__struct_fields__:
        field = getattr(node, name)
        if name not in _OMITTED and field not in (None, False, ""):
            shown.append(f"{name}={json.dumps(field, ensure_ascii=False)}")
    return " ".join([tag, *shown])
