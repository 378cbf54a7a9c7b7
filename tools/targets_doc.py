"""docs/targets/reference.md: every value of every target, printed from the records."""

from __future__ import annotations

import ast
import inspect
import json
import re
from typing import Any

import msgspec

from wpmigrate.targets import TARGETS, Target, dialect, front, place

__all__ = ["targets_reference"]

_ROLE = re.compile(r":\w+:`~?([^`]*)`")

_HEAD = """# The targets, value by value

<!-- Printed from src/wpmigrate/targets by tools/make_docs.py. -->

A target is data: four groups of values. In a configuration file you change any of them for a target of your own; see
[targets of your own](README.md#a-target-of-your-own).
"""


def targets_reference() -> str:
    """Return the document."""
    parts = [_HEAD]
    for name, record, module in (
        ("place", place.Place, place),
        ("front", front.Front, front),
        ("dialect", dialect.Dialect, dialect),
        ("built", place.Built, place),
    ):
        parts.append(f"## `{name}`\n\n{_first_line(record)}\n\n{_fields(record, module)}")
    parts.append("# What each target says\n\nOnly what differs from `commonmark`, whose values are the defaults above.\n")
    parts += [_target(target) for target in TARGETS.values() if target.name != "commonmark"]
    return "\n".join(parts)


def _first_line(record: Any) -> str:
    return str(inspect.getdoc(record)).split("\n\n")[0].replace("\n", " ")


def _fields(record: type[msgspec.Struct], module: Any) -> str:
    docs = _docs(module)[record.__name__]
    rows = ["| key | meaning | default |", "|---|---|---|"]
    empty = record()
    for name in record.__struct_fields__:
        rows.append(f"| `{name}` | {_cell(docs.get(name, ''))} | {_value(getattr(empty, name))} |")
    return "\n".join(rows) + "\n"


def _docs(module: Any) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            rows = found[node.name] = {}
            for field, after in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr):
                    text = " ".join(str(ast.literal_eval(after.value)).split())
                    rows[ast.unparse(field.target)] = _ROLE.sub(r"`\1`", text.replace("``", "`"))
    return found


def _target(target: Target) -> str:
    base = TARGETS["commonmark"]
    lines = [f"## {target.name}\n"]
    for part in ("place", "front", "dialect", "built"):
        own, other = getattr(target, part), getattr(base, part)
        changed = [name for name in own.__struct_fields__ if getattr(own, name) != getattr(other, name)]
        lines += [f"- `{part}.{name}`: {_value(getattr(own, name))}" for name in changed if name != "hazards"]
    if target.dialect.hazards:
        lines += ["\n| written otherwise | where | as | since it would be |", "|---|---|---|---|"]
        lines += [f"| {_code(row.pattern)} | {row.where} | {_code(row.write)} | {_cell(row.why)} |" for row in target.dialect.hazards]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, frozenset):
        value = sorted(value)
    if value in ("", [], {}, ()):
        return "empty"
    if isinstance(value, str):
        return _code(value)
    return _code(json.dumps(value, ensure_ascii=False, default=lambda odd: sorted(odd) if isinstance(odd, frozenset) else msgspec.to_builtins(odd)))


def _code(text: str) -> str:
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    edge = " " if "`" in text else ""
    return f"{fence}{edge}{text}{edge}{fence}".replace("|", "\\|")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
