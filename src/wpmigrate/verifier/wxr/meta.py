"""Post meta, and what is made of it: PHP's values decoded, keys that occur several times, SEO and ACF fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wpmigrate.verifier.values import drop_secrets, leaves
from wpmigrate.verifier.wxr.values import agrees
from wpmigrate.wordpress.php import looks_serialized, unserialize

__all__ = ["check_acf", "check_seo", "decoded", "read_meta"]


def decoded(text: str) -> Any:
    """Return the value of a meta row: what PHP serialized as JSON has it, else the text."""
    if not looks_serialized(text):
        return text
    try:
        return unserialize(text)
    except (ValueError, RecursionError):
        return text


def read_meta(rows: Iterable[tuple[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """Return the values by key, without passwords; and the keys that occur several times, whose value is the list of all.

    Blanks round a key come from files that a tool has indented.
    """
    meta: dict[str, Any] = {}
    repeated: list[str] = []
    for key, text in rows:
        key, value = key.strip(), decoded(text)
        if key not in meta:
            meta[key] = value
        elif key in repeated:
            meta[key].append(value)
        else:
            repeated.append(key)
            meta[key] = [meta[key], value]
    drop_secrets(meta)
    return meta, [key for key in repeated if key in meta]


def check_acf(acf: Any, keys: Any, meta: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in ``acf``: every pair ``name`` / ``_name`` = ``field_…`` must be there, with its value."""
    wanted = {
        key.removeprefix("_"): value
        for key, value in meta.items()
        if key[:1] == "_" and isinstance(value, str) and value.startswith("field_") and key[1:] in meta
    }
    acf, keys = acf or {}, keys or {}
    if not isinstance(acf, dict) or not isinstance(keys, dict):
        yield "acf", "no mapping of fields"
        return
    for name in {*wanted, *acf, *keys}:
        if name not in wanted or name not in acf or not agrees(meta[name], acf[name]):
            yield f"acf.{name}", "not the field of that name in the source's meta"
        elif not agrees(wanted[name], keys.get(name)):
            yield f"acf_keys.{name}", "not the key of that field in the source's meta"


def check_seo(seo: Any, meta: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the values of ``seo`` that no row of the source's meta has."""
    if not isinstance(seo, dict):
        yield "seo", "no mapping"
        return
    known: set[str] | None = None
    for key, value in seo.items():
        if isinstance(value, bool):
            continue
        known = {str(leaf) for leaf in leaves(meta)} if known is None else known
        for leaf in leaves(value):
            if str(leaf) not in known and not any(str(leaf) in row for row in known):
                yield f"seo.{key}", "the source's meta has no such value"
