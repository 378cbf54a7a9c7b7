"""``site.json`` and ``site.yaml``: what is true of the whole site. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import msgspec

from wpmigrate.runner.index import Index, SiteRow, TermRow
from wpmigrate.runner.index.facts import AuthorFact, author_facts, fates, translations
from wpmigrate.runner.site_files.records import (
    SITE_SCHEMA_VERSION,
    SiteAuthor,
    SiteRecord,
    SiteTerm,
    TypeCount,
)
from wpmigrate.wordpress.php import looks_serialized, unserialize
from wpmigrate.writers.yaml import emit

__all__ = ["site_json", "site_record", "site_yaml", "term_trees"]


def site_record(index: Index, site: SiteRow) -> SiteRecord:
    """Return what the index says of ``site``. Nothing of an entry that is not public is in it but its count."""
    number = site.number
    told = ("title", "tagline", "language")
    return SiteRecord(
        schema_version=SITE_SCHEMA_VERSION,
        title=site.title,
        tagline=site.tagline,
        home=site.base_url,
        language=site.language,
        channel={key: value for key, value in site.channel.items() if value and key not in told},
        front_page=index.front_page(number),
        authors=[
            _author(row)
            for row in author_facts(index, number)
        ],
        taxonomies=term_trees(index.terms(number)),
        menus=[*index.menus(number)],
        translations=[*_families(index, number)],
        entries=[TypeCount(row.type, row.status, row.route, row.count) for row in fates(index, number)],
    )


def _author(row: AuthorFact) -> SiteAuthor:
    return SiteAuthor(
        row.login, row.name, row.count, row.id, row.email, row.address, row.first_name, row.last_name
    )


def _meta(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return a term's meta by key; a key that comes again has the list of its values."""
    values: dict[str, list[Any]] = {}
    for key, text in pairs:
        values.setdefault(key, []).append(_value(text))
    return {key: found[0] if len(found) == 1 else found for key, found in values.items()}


def _value(text: str) -> Any:
    if not looks_serialized(text):
        return text
    try:
        return unserialize(text)
    except ValueError:
        return text


def term_trees(rows: Iterable[TermRow]) -> dict[str, list[SiteTerm]]:
    """Return taxonomy -> trees of its terms, for ``rows`` sorted by taxonomy and slug.

    A term whose parent is unknown, is itself or lies below it stands at the top.
    """
    return {taxonomy: _trees([*group]) for taxonomy, group in groupby(rows, lambda row: row.taxonomy)}


def _trees(rows: list[TermRow]) -> list[SiteTerm]:
    parents = {row.slug: row.parent for row in rows}
    terms = {
        row.slug: SiteTerm(
            row.slug, row.name, row.count, row.id, row.description, row.address, _meta(row.meta)
        )
        for row in rows
    }
    top = []
    for slug, term in terms.items():
        above = terms.get(parents[slug]) if not _leads_back(slug, parents) else None
        if above is None:
            top.append(term)
        else:
            above.children = [*above.children, term]
    return top


def _leads_back(slug: str, parents: dict[str, str]) -> bool:
    """Whether the way up from ``slug`` comes back to it."""
    seen = set()
    above = parents.get(slug, "")
    while above and above not in seen:
        if above == slug:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


def _families(index: Index, site: int) -> Iterator[dict[str, str]]:
    for _, members in groupby(translations(index, site), lambda row: row.family):
        yield {row.language: row.address for row in members}


def site_json(record: SiteRecord) -> bytes:
    """Return ``record`` as JSON: two blanks of indentation, keys in field order, a last line end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def site_yaml(record: SiteRecord) -> bytes:
    """Return ``record`` as YAML, with the same values as the JSON."""
    return emit(msgspec.to_builtins(record)).encode()
