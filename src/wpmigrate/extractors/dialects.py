"""Which importer or exporter wrote a front matter: a table of the keys that each writes."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["DIALECTS", "Dialect", "dialect"]


class Dialect(NamedTuple):
    """An importer or exporter, known by the keys that it writes."""

    format: str
    """The name that :class:`~wpmigrate.model.SourceInfo` uses."""
    all_of: frozenset[str]
    """Keys that it always writes."""
    any_of: frozenset[str]
    """Keys of which it writes at least one; empty: not asked."""
    none_of: frozenset[str]
    """Keys that it never writes."""
    reason: str
    """What tells it from the others."""


def _row(format: str, all_of: str, any_of: str, none_of: str, reason: str) -> Dialect:
    """Return a row of :data:`DIALECTS` from words."""
    return Dialect(
        format, frozenset(all_of.split()), frozenset(any_of.split()), frozenset(none_of.split()), reason
    )


DIALECTS: tuple[Dialect, ...] = (
    _row(
        "jekyll-import-wordpressdotcom",
        "layout type status published",
        "",
        "wordpress_id wordpress_url",
        "the wordpress.com importer reads a WXR file: it names the post type, but not the database id",
    ),
    _row(
        "exitwp",
        "wordpress_id slug",
        "",
        "wordpress_url author_login",
        "exitwp writes the slug, which the database importer does not",
    ),
    _row(
        "jekyll-import-wordpress",
        "",
        "wordpress_id wordpress_url",
        "",
        "the database importer; wordpress_url is its own word",
    ),
    _row(
        "wordpress-github-sync",
        "ID post_title",
        "",
        "",
        "the plugin that keeps posts in a repository writes WordPress's own column names",
    ),
    _row(
        "jekyll-exporter",
        "id layout",
        "guid permalink",
        "wordpress_id wordpress_url",
        "the plugin inside WordPress writes the plain post id",
    ),
)
"""The first row that fits names the format; none: ``front-matter``."""


def dialect(source: dict[str, Any]) -> str:
    """Return the format that the keys of ``source`` tell."""
    keys = source.keys()
    for row in DIALECTS:
        if row.all_of <= keys and (not row.any_of or keys & row.any_of) and not keys & row.none_of:
            return row.format
    return "front-matter"
