"""The terms of an item and of the channel."""

from __future__ import annotations

from wpmigrate.extractors.values import decode_entities, safe_slug
from wpmigrate.extractors.wxr.records import RawCategory
from wpmigrate.model import Term
from wpmigrate.model.slugs import slug

__all__ = ["FORMAT", "post_format", "read_terms", "taxonomy_of", "term_name", "term_slug"]

FORMAT = "post_format"
"""The taxonomy in which WordPress keeps a post's format."""

_FORMAT_PREFIX = "post-format-"
_TAXONOMIES = {"": "category", "tag": "post_tag"}
"""A category without a domain, and WXR 1.0's name for tags (WordPress's importer reads both so)."""


def taxonomy_of(domain: str) -> str:
    """Return the taxonomy that a domain names."""
    domain = domain.strip()
    return _TAXONOMIES.get(domain, domain)


def term_name(text: str) -> str:
    """Return the name to show: WordPress keeps it with ``&amp;`` for ``&``."""
    return decode_entities(text).strip()


def term_slug(nicename: str, name: str) -> str:
    """Return the slug, percent-decoded; without one it is made from the name."""
    nicename = nicename.strip()
    if nicename:
        return nicename if nicename.isalnum() and nicename.isascii() else safe_slug(nicename)
    return slug(" ".join(name.split()))


def read_terms(categories: list[RawCategory]) -> list[Term]:
    """Return the terms of an item in their order, each once.

    WXR 1.0 lists each term twice, first as RSS does (without a slug, tags without a domain of their own): such a one is left out
    when another says the same with its slug.
    """
    named = {(taxonomy_of(row.domain), term_name(row.name)) for row in categories if row.nicename}
    terms: dict[tuple[str, str], Term] = {}
    for row in categories:
        taxonomy, name = taxonomy_of(row.domain), term_name(row.name)
        if not row.nicename and (not name or (taxonomy, name) in named):
            continue
        found = term_slug(row.nicename, name)
        terms.setdefault((taxonomy, found), Term(taxonomy, found, name or found))
    return list(terms.values())


def post_format(terms: list[Term]) -> str:
    """Return the format (``aside``) that one of ``terms`` gives; empty for the standard one."""
    return next((term.slug.removeprefix(_FORMAT_PREFIX) for term in terms if term.taxonomy == FORMAT), "")
