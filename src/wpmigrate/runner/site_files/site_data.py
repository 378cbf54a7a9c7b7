"""``site.json`` and ``site.yaml``: what is true of the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

import msgspec

from wpmigrate.extractors.privacy import take_secrets
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

_DEEPEST: Final = 20
"""So many levels of terms are nested; what is deeper stands beside the one above it."""

_OWN_FIELDS: Final = ("title", "tagline", "language")
"""What the channel says that has a field of its own."""

_EMAILS: Final = ("managingEditor", "webMaster", "admin_email")
"""Elements of the channel that hold an e-mail address."""


def site_record(index: Index, site: SiteRow, emails: bool = False) -> SiteRecord:
    """Return what the index says of ``site``, without its translations (:func:`site_json` writes them one by one).

    Nothing of an entry that is not public is in it but its count; e-mail addresses only with ``emails``.
    """
    number = site.number
    return SiteRecord(
        schema_version=SITE_SCHEMA_VERSION,
        title=site.title,
        tagline=site.tagline,
        home=site.base_url,
        language=site.language,
        channel=_channel(site.channel, emails),
        front_page=index.front_page(number),
        authors=[_author(row) for row in author_facts(index, number)],
        taxonomies=term_trees(index.terms(number)),
        menus=[*index.menus(number)],
        entries=[TypeCount(row.type, row.status, row.route, row.count) for row in fates(index, number)],
        translations=[],
    )


def _channel(fields: Mapping[str, str], emails: bool) -> dict[str, str]:
    hidden = () if emails else _EMAILS
    return {
        key: value
        for key, value in fields.items()
        if value and key not in _OWN_FIELDS and key.rpartition(":")[2] not in hidden
    }


def _author(row: AuthorFact) -> SiteAuthor:
    return SiteAuthor(
        row.login, row.name, row.count, row.id, row.email, row.address, row.first_name, row.last_name
    )


def _meta(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return a term's meta by key, without passwords; a key that comes again has the list of its values."""
    values: dict[str, list[Any]] = {}
    for key, text in pairs:
        values.setdefault(key, []).append(_value(text))
    meta: dict[str, Any] = {key: found[0] if len(found) == 1 else found for key, found in values.items()}
    take_secrets(meta)
    return meta


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
    terms = {row.slug: _term(row) for row in rows}
    places: dict[str, tuple[str, int]] = {}
    for slug in terms:
        _find_place(slug, terms, places)
    top: list[SiteTerm] = []
    for slug, term in terms.items():
        above = terms.get(places[slug][0]) if places[slug][0] else None
        (top if above is None else above.children).append(term)
    return top


def _term(row: TermRow) -> SiteTerm:
    return SiteTerm(
        row.slug,
        row.name or row.slug,
        row.count,
        row.id,
        row.description,
        row.parent,
        row.address,
        _meta(row.meta),
    )


def _find_place(slug: str, terms: Mapping[str, SiteTerm], places: dict[str, tuple[str, int]]) -> None:
    """Note in ``places`` for ``slug``, and those above it, below which term it stands, and how deep. Linear over all terms."""
    chain: list[str] = []
    going: set[str] = set()
    while slug in terms and slug not in places and slug not in going:
        chain.append(slug)
        going.add(slug)
        slug = terms[slug].parent
        if not slug:
            break
    for one in reversed(chain):
        above = (
            "" if slug in going and one == chain[-1] else terms[one].parent
        )  # a circle is cut where it closes
        place, depth = places.get(above, ("", -1)) if above else ("", -1)
        places[one] = (above, depth + 1) if depth + 1 < _DEEPEST else (place, depth)


def site_json(index: Index, site: SiteRow, emails: bool = False) -> Iterator[bytes]:
    """Yield ``site.json`` in pieces: two blanks of indentation, keys in field order, a last line end."""
    text = msgspec.json.format(msgspec.json.encode(site_record(index, site, emails)), indent=2)
    head, between = text.removesuffix(b"[]\n}"), b"[\n"
    for family in _families(index, site.number):
        yield head + between + b"    " + msgspec.json.encode(family)
        head, between = b"", b",\n"
    yield b"\n  ]\n}\n" if not head else text + b"\n"


def site_yaml(index: Index, site: SiteRow, emails: bool = False) -> Iterator[bytes]:
    """Yield ``site.yaml`` in pieces, with the same values as the JSON."""
    values = msgspec.to_builtins(site_record(index, site, emails))
    del values["translations"]
    yield emit(values).encode()
    head = "translations:\n"
    for family in _families(index, site.number):
        lines = emit([family]).splitlines()
        yield (head + "".join(f"  {line}\n" for line in lines)).encode()
        head = ""
    if head:
        yield b"translations: []\n"


def _families(index: Index, site: int) -> Iterator[dict[str, str]]:
    for _, members in groupby(translations(index, site), lambda row: row.family):
        yield {row.language: row.address for row in members}
