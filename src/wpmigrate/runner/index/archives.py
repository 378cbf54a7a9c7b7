"""The pages of terms and authors: which there are, where they go, what they list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wpmigrate.options import RunOptions
from wpmigrate.runner.index.addresses import Homes, encoded
from wpmigrate.runner.index.batches import Batches
from wpmigrate.runner.index.paths import (
    ARCHIVE_FIELDS,
    ARCHIVE_PATTERNS,
    parse_pattern,
    safe_segment,
    stem_of,
)
from wpmigrate.runner.index.places import Names
from wpmigrate.runner.index.rows import ARCHIVE
from wpmigrate.runner.target import target_of
from wpmigrate.targets.paths import address_of
from wpmigrate.wordpress.urls import home_of

__all__ = ["WITHOUT_ARCHIVE", "count_terms", "make_archives"]

WITHOUT_ARCHIVE: Final = {
    "nav_menu": "menus are site data",
    "author": "the authors of Co-Authors Plus; those of WordPress have the pages",
    "post_format": "a look of the theme",
    "link_category": "bookmarks",
    "language": "Polylang's language of an entry, in its record",
    "post_translations": "Polylang's groups of translations",
    "term_language": "Polylang's language of a term",
    "term_translations": "Polylang's groups of translations",
    "wp_theme": "which theme a template is of",
    "wp_template_part_area": "where a template is used",
    "wp_pattern_category": "patterns of the editor",
    "product_type": "a setting of a product",
    "product_visibility": "a setting of a product",
    "product_shipping_class": "a setting of a product",
    "elementor_library_type": "a plugin's templates",
    "elementor_library_category": "a plugin's templates",
    "action-group": "a plugin's queue",
}
"""Taxonomy -> why its terms have no page."""

_OLD_BASES: Final = {
    "category": "category",
    "post_tag": "tag",
    "product_cat": "product-category",
    "product_tag": "product-tag",
}
"""Taxonomy -> the base of its old addresses (``/category/news/``); for others its own name."""

_DEEPEST = 20
"""So many levels of parents a term's page shows."""


def count_terms(connection: sqlite3.Connection) -> None:
    """Count for every term the public entries that have it or a term below it, whether it gets a page or not."""
    connection.execute(_ANCESTORS)
    connection.execute("CREATE TEMP TABLE shown AS " + _SHOWN_TERMS)
    connection.execute(
        "INSERT INTO term_count SELECT site, taxonomy, slug, count(*) FROM shown GROUP BY site, taxonomy, slug"
    )


def make_archives(connection: sqlite3.Connection, options: RunOptions, homes: Homes) -> None:
    """Make the list of archives, what each lists, and their old addresses. Raises UsageError for a bad pattern.

    A term has a page when it, or a term below it, has an entry written as public, as in WordPress; an author with a public
    post. Reads what :func:`count_terms` found.
    """
    connection.execute(f"DELETE FROM shown WHERE taxonomy IN ({_WITHOUT})")
    connection.execute("INSERT INTO shown " + _SHOWN_AUTHORS)
    connection.execute(_ARCHIVES)
    connection.execute("CREATE INDEX archive_term ON archive (site, taxonomy, slug)")
    connection.execute(_LISTINGS)
    connection.execute("UPDATE archive SET count = (SELECT count(*) FROM listing WHERE archive = number)")
    _name_archives(connection, options, homes)


# A term and all above it; UNION ends circles
_ANCESTORS = f"""
CREATE TEMP TABLE ancestor AS WITH RECURSIVE above (site, taxonomy, slug, ancestor, level) AS (
    SELECT site, taxonomy, slug, parent, 1 FROM term WHERE parent <> ''
    UNION SELECT above.site, above.taxonomy, above.slug, term.parent, level + 1 FROM above
    JOIN term ON term.site = above.site AND term.taxonomy = above.taxonomy AND term.slug = above.ancestor
    WHERE term.parent <> '' AND level < {_DEEPEST})
SELECT DISTINCT site, taxonomy, slug, ancestor FROM above
"""
_WITHOUT = ", ".join(f"'{name}'" for name in WITHOUT_ARCHIVE)
_SHOWN_TERMS = """
SELECT entry.site, taxonomy, slug, place.entry FROM entry_term JOIN place ON place.entry = entry_term.entry
JOIN entry ON entry.number = place.entry WHERE public AND slug <> ''
UNION SELECT ancestor.site, ancestor.taxonomy, ancestor.ancestor, place.entry FROM entry_term
JOIN place ON place.entry = entry_term.entry JOIN entry ON entry.number = place.entry
JOIN ancestor ON ancestor.site = entry.site AND ancestor.taxonomy = entry_term.taxonomy AND ancestor.slug = entry_term.slug
WHERE public
"""
_SHOWN_AUTHORS = """
SELECT site, 'author', author, number FROM entry JOIN place ON place.entry = entry.number
WHERE public AND type = 'post' AND author <> '' AND site > 0
"""
_ARCHIVES = """
INSERT INTO archive (site, taxonomy, slug) SELECT DISTINCT site, taxonomy, slug FROM shown ORDER BY site, taxonomy, slug
"""
_LISTINGS = """
INSERT OR IGNORE INTO listing SELECT archive.number, shown.entry FROM archive JOIN shown
ON shown.site = archive.site AND shown.taxonomy = archive.taxonomy AND shown.slug = archive.slug
ORDER BY archive.number, shown.entry
"""


def _name_archives(connection: sqlite3.Connection, options: RunOptions, homes: Homes) -> None:
    names, batches = Names(connection), Batches(connection)
    stems = []
    target = target_of(options)
    for number, site, taxonomy, slug, term_id, folder, base_url in connection.execute(_FACTS):
        parts = [*_ancestors(connection, site, taxonomy, slug), slug]
        values = {
            "taxonomy": taxonomy,
            "slug": slug.partition("@")[0] if taxonomy == "author" else slug,
            "path": "/".join(safe_segment(part) for part in parts),
            "id": term_id,
            "site": home_of(base_url)[0],
        }
        pattern = _pattern(taxonomy, options.paths)
        stem = names.claim(folder + stem_of(pattern, values, f"{taxonomy}-{number}"))
        stems.append((stem, number))
        batches.add_all(_claims(site, taxonomy, parts, term_id, address_of(target, stem), homes[site].path))
        if len(stems) >= 500:
            _write_stems(connection, stems)
    _write_stems(connection, stems)
    batches.flush()


_FACTS = """
SELECT archive.number, archive.site, archive.taxonomy, archive.slug, coalesce(term.id, author.id, ''), folder, base_url
FROM archive JOIN site ON site.number = archive.site
LEFT JOIN term ON term.site = archive.site AND term.taxonomy = archive.taxonomy AND term.slug = archive.slug
LEFT JOIN author ON archive.taxonomy = 'author' AND author.site = archive.site AND author.login = archive.slug
ORDER BY archive.number
"""


def _write_stems(connection: sqlite3.Connection, stems: list[tuple[str, int]]) -> None:
    connection.executemany("UPDATE archive SET stem = ? WHERE number = ?", stems)
    stems.clear()


def _pattern(taxonomy: str, paths: Mapping[str, str]) -> Any:
    text = paths.get(taxonomy) or ARCHIVE_PATTERNS.get(taxonomy, "{taxonomy}/{path}")
    return parse_pattern(text, ARCHIVE_FIELDS)


def _ancestors(connection: sqlite3.Connection, site: int, taxonomy: str, slug: str) -> list[str]:
    """Return the slugs above a term, the top first."""
    above: list[str] = []
    seen = {slug}
    while len(above) < _DEEPEST:
        row = connection.execute(_PARENT, (site, taxonomy, above[-1] if above else slug)).fetchone()
        if row is None or not row[0] or row[0] in seen:
            break
        above.append(row[0])
        seen.add(row[0])
    return above[::-1]


_PARENT = "SELECT parent FROM term WHERE site = ? AND taxonomy = ? AND slug = ?"


def _claims(
    site: int, taxonomy: str, parts: list[str], term_id: str, target: str, home: str
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the old addresses of an archive: nested and not, and by query."""
    base = "author" if taxonomy == "author" else _OLD_BASES.get(taxonomy, taxonomy)
    slug = _nicename(parts[-1]) if taxonomy == "author" else parts[-1]
    for path in dict.fromkeys(("/".join([*parts[:-1], slug]), slug)):
        old = encoded(f"{home}/{base}/{path}/")
        yield "claim", (site, f"/{base}/{path}".lower(), ARCHIVE, "archive", old, target, "")
    for query in _queries(taxonomy, slug, term_id):
        yield "claim", (site, query.lower(), ARCHIVE, "archive", encoded(f"{home}/{query}"), target, "")


def _queries(taxonomy: str, slug: str, term_id: str) -> Iterator[str]:
    """Yield the queries that WordPress answers with the archive."""
    if taxonomy == "author":
        yield f"?author_name={slug}"
        if term_id:
            yield f"?author={term_id}"
    elif taxonomy == "category":
        yield f"?category_name={slug}"
        if term_id:
            yield f"?cat={term_id}"
    else:
        yield f"?{'tag' if taxonomy == 'post_tag' else taxonomy}={slug}"


def _nicename(login: str) -> str:
    """Return the slug that WordPress makes of a login: lower case, other signs are hyphens (``sanitize_title``)."""
    kept = "".join(
        sign if sign.isalnum() or sign in "_-" else " " if sign in " .-" else "" for sign in login.lower()
    )
    return "-".join(kept.split()) or login.lower()
