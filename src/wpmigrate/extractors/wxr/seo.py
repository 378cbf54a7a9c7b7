"""What SEO plugins say of an entry, in one shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["KEYS", "read_seo"]


def _text(value: Any) -> str | None:
    """Return text that says something."""
    return value.strip() or None if isinstance(value, str) else None


def _yes(value: Any) -> bool | None:
    """Return True for ``1``, ``on`` and ``true``."""
    return True if value is True or str(value).strip().lower() in ("1", "on", "true", "yes") else None


def _robots_noindex(value: Any) -> bool | None:
    """Rank Math keeps a list of words."""
    return True if _says(value, "noindex") else None


def _robots_nofollow(value: Any) -> bool | None:
    return True if _says(value, "nofollow") else None


def _says(value: Any, word: str) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    return word in value if isinstance(value, list) else False


Reader = Callable[[Any], Any]

KEYS: tuple[tuple[str, str, Reader], ...] = (
    ("_yoast_wpseo_title", "title", _text),
    ("_yoast_wpseo_metadesc", "description", _text),
    ("_yoast_wpseo_canonical", "canonical", _text),
    ("_yoast_wpseo_focuskw", "focus_keyword", _text),
    ("_yoast_wpseo_metakeywords", "keywords", _text),
    ("_yoast_wpseo_meta-robots-noindex", "noindex", _yes),  # 1: noindex, 2: index
    ("_yoast_wpseo_meta-robots-nofollow", "nofollow", _yes),
    ("_yoast_wpseo_opengraph-title", "og_title", _text),
    ("_yoast_wpseo_opengraph-description", "og_description", _text),
    ("_yoast_wpseo_opengraph-image", "og_image", _text),
    ("_yoast_wpseo_twitter-title", "twitter_title", _text),
    ("_yoast_wpseo_twitter-description", "twitter_description", _text),
    ("_yoast_wpseo_twitter-image", "twitter_image", _text),
    ("rank_math_title", "title", _text),
    ("rank_math_description", "description", _text),
    ("rank_math_canonical_url", "canonical", _text),
    ("rank_math_focus_keyword", "focus_keyword", _text),
    ("rank_math_robots", "noindex", _robots_noindex),
    ("rank_math_robots", "nofollow", _robots_nofollow),
    ("rank_math_facebook_title", "og_title", _text),
    ("rank_math_facebook_description", "og_description", _text),
    ("rank_math_facebook_image", "og_image", _text),
    ("rank_math_twitter_title", "twitter_title", _text),
    ("rank_math_twitter_description", "twitter_description", _text),
    ("rank_math_twitter_image", "twitter_image", _text),
    ("_aioseo_title", "title", _text),
    ("_aioseo_description", "description", _text),
    ("_aioseo_keywords", "keywords", _text),
    ("_aioseo_og_title", "og_title", _text),
    ("_aioseo_og_description", "og_description", _text),
    ("_aioseo_twitter_title", "twitter_title", _text),
    ("_aioseo_twitter_description", "twitter_description", _text),
    ("_aioseop_title", "title", _text),
    ("_aioseop_description", "description", _text),
    ("_aioseop_keywords", "keywords", _text),
    ("_aioseop_custom_link", "canonical", _text),
    ("_aioseop_noindex", "noindex", _yes),
    ("_aioseop_nofollow", "nofollow", _yes),
)
"""Metadata key, name in ``seo``, reader. Yoast, Rank Math, All in One SEO (4, then 3); the first row with a value counts."""

_PREFIXES = ("_yoast_wpseo_", "rank_math_", "_aioseo")


def read_seo(meta: dict[str, Any]) -> dict[str, Any]:
    """Return what the metadata says for search engines; empty when it says nothing."""
    found: dict[str, Any] = {}
    if not any(key.startswith(_PREFIXES) for key in meta):
        return found
    for key, name, read in KEYS:
        if name not in found and key in meta:
            value = read(_last(meta[key], key))
            if value is not None:
                found[name] = value
    return found


def _last(value: Any, key: str) -> Any:
    """Return the newest of several values of one key; a list is a value itself only for Rank Math's robots."""
    return value[-1] if isinstance(value, list) and value and key != "rank_math_robots" else value
