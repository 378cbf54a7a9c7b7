"""Post meta, and what is made of it: PHP's values decoded, keys that occur several times, SEO and ACF fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from wpmigrate.verifier.values import drop_secrets
from wpmigrate.verifier.wxr.values import agrees
from wpmigrate.wordpress.php import looks_serialized, unserialize

__all__ = ["check_acf", "decoded", "expected_seo", "read_meta"]


def decoded(text: str) -> Any:
    """Return the value of a meta row: what PHP serialized as JSON has it, else the text."""
    if not looks_serialized(text):
        return text
    try:
        return _in_json(unserialize(text))
    except (ValueError, RecursionError):
        return text


def _in_json(value: Any) -> Any:
    """Return ``value`` with whole numbers of more than 64 bits, which few JSON readers hold, as text. Depth is PHP's, 256."""
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    if isinstance(value, dict):
        return {key: _in_json(item) for key, item in value.items()}
    return [_in_json(item) for item in value] if isinstance(value, list) else value


def read_meta(rows: Iterable[tuple[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """Return the values by key, without passwords; and the keys that occur several times, whose value is the list of all.

    Blanks round a key come from files that a tool has indented.
    """
    meta: dict[str, Any] = {}
    repeated: list[str] = []
    for raw_key, text in rows:
        key = raw_key.strip()
        value = decoded(text if key == raw_key else text.strip())
        if key not in meta:
            meta[key] = value
        elif key in repeated:
            meta[key].append(value)
        else:
            repeated.append(key)
            meta[key] = [meta[key], value]
    drop_secrets(meta)
    return meta, [key for key in meta if key in repeated] if repeated else []


def check_acf(acf: Any, keys: Any, meta: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in ``acf``: every pair ``name`` / ``_name`` = ``field_…`` must be there, with its value."""
    wanted = {
        key.removeprefix("_"): value
        for key, value in meta.items()
        if key[:1] == "_" and isinstance(value, str) and _FIELD.fullmatch(value) and key[1:] in meta
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


_TEXTS: Final = {
    "title": "_yoast_wpseo_title rank_math_title _aioseo_title _aioseop_title",
    "description": "_yoast_wpseo_metadesc rank_math_description _aioseo_description _aioseop_description",
    "canonical": "_yoast_wpseo_canonical rank_math_canonical_url _aioseop_custom_link",
    "focus_keyword": "_yoast_wpseo_focuskw rank_math_focus_keyword",
    "keywords": "_yoast_wpseo_metakeywords _aioseo_keywords _aioseop_keywords",
    "og_title": "_yoast_wpseo_opengraph-title rank_math_facebook_title _aioseo_og_title",
    "og_description": "_yoast_wpseo_opengraph-description rank_math_facebook_description _aioseo_og_description",
    "og_image": "_yoast_wpseo_opengraph-image rank_math_facebook_image",
    "twitter_title": "_yoast_wpseo_twitter-title rank_math_twitter_title _aioseo_twitter_title",
    "twitter_description": "_yoast_wpseo_twitter-description rank_math_twitter_description _aioseo_twitter_description",
    "twitter_image": "_yoast_wpseo_twitter-image rank_math_twitter_image",
}
"""Name in ``seo`` -> the meta keys of Yoast, Rank Math and All in One SEO; the first with a value counts."""

_ROBOTS: Final = {
    "noindex": "_yoast_wpseo_meta-robots-noindex _aioseop_noindex",
    "nofollow": "_yoast_wpseo_meta-robots-nofollow _aioseop_nofollow",
}
_YES: Final = frozenset({"1", "on", "true", "yes"})
_PREFIXES: Final = ("_yoast_wpseo_", "rank_math_", "_aioseo")


def expected_seo(meta: dict[str, Any]) -> dict[str, Any]:
    """Return what the ``meta`` says for search engines."""
    if not any(key.startswith(_PREFIXES) for key in meta):
        return {}
    found: dict[str, Any] = {}
    for name, keys in _TEXTS.items():
        values = (_newest(meta[key]) for key in keys.split() if key in meta)
        text = next((value for value in values if isinstance(value, str) and value.strip()), None)
        if text is not None:
            found[name] = text.strip()
    robots = meta.get("rank_math_robots")
    words = list(robots.values()) if isinstance(robots, dict) else robots if isinstance(robots, list) else []
    for name, keys in _ROBOTS.items():
        if name in words or any(str(_newest(meta.get(key, ""))).strip().lower() in _YES for key in keys.split()):
            found[name] = True
    return {"seo": found} if found else {}


def _newest(value: Any) -> Any:
    return value[-1] if isinstance(value, list) and value else value


_FIELD = re.compile(r"field_[\w\-]+")
