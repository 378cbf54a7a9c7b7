"""What one item, author or term adds to the index. Pure.

What is not public leaves its id, type and status, nothing else: neither title nor links nor text of it can get out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from wpmigrate.extractors.values import plain_title
from wpmigrate.extractors.wxr import AuthorRow, RawItem, TermRow
from wpmigrate.model import Fields
from wpmigrate.options import Route
from wpmigrate.runner.index.paths import decode_slug, entry_name
from wpmigrate.runner.media.uses import meta_uses, uses_of
from wpmigrate.wordpress.php import looks_serialized, unserialize
from wpmigrate.wordpress.urls import plain_host

__all__ = ["Rows", "author_row", "entry_facts", "hosts_of", "item_rows", "term_rows"]

Rows = Iterator[tuple[str, tuple[Any, ...]]]
"""Table and row."""

PERMALINK, BY_ID, BY_NAME, GUID, OLD, ATTACHMENT, ARCHIVE = range(7)
"""Who gets an old address that two claim: the lowest rank."""

# A literal start makes each search fast; a link is taken whole, so that none is looked at twice
_LINKS = (
    ("href", re.compile(r"""href[ \t\r\n]{0,9}=[ \t\r\n]{0,9}["']?([^\s"'<>]{1,4000})""")),
    ("HREF", re.compile(r"""HREF[ \t\r\n]{0,9}=[ \t\r\n]{0,9}["']?([^\s"'<>]{1,4000})""")),
    ("](", re.compile(r"\]\(([^\s()<>]{1,4000})")),
)
_SIZE = {
    name: re.compile(rf's:{len(name)}:"{name}";(?:i:|s:\d:")(\d{{1,6}})') for name in ("width", "height")
}
_IMAGE = re.compile(r"\.(?:jpe?g|jpe|png|gif|webp|avif|bmp|svg|tiff?|ico|heic)$", re.IGNORECASE)
_OWN_ID = re.compile(r"https?://([^/?#]+)[^?#]*\?(?:p|page_id|attachment_id)=(\d+)$|$", re.IGNORECASE)
_LIBRARY = re.compile(
    r"https?://([^/?#]+\.files\.wordpress\.com|[^/?#]+(?=/wp-content/uploads/))/", re.IGNORECASE
)
_DATE = re.compile(r"(?!0000)\d{4}-\d\d-\d\d")
_DATE_IN_PATH = re.compile(r"/(\d{4})/(\d\d)(?:/(\d\d))?/")
_LANGUAGE_IN_URL = re.compile(r"[?&]lang=([a-z]{2,3}(?:[-_][a-z]{2,4})?)(?:&|$)", re.IGNORECASE)
_SHOWN: Final = ("inherit", "publish")


def entry_facts(fields: Fields, raw: RawItem, how: Route) -> tuple[Any, ...]:
    """Return the columns of ``entry`` from ``id`` on."""
    known = how != "skip"
    categories = (term.slug for term in fields.terms if known and term.taxonomy == "category")
    post_name, title = (raw.post_name, fields.title) if known else ("", "")
    name = entry_name(post_name, title, fields.type, fields.id) if known else ""
    date = _date(raw)
    return (
        fields.id,
        fields.type,
        fields.status,
        how,
        name,
        title,
        date,
        fields.parent,
        fields.author.login if known else "",
        next(categories, ""),
    )


def item_rows(fields: Fields, raw: RawItem, how: Route, site: int, number: int) -> Rows:
    """Yield what entry ``number`` adds to the other tables."""
    if how == "write":
        yield from _public_rows(fields, raw, site, number)
    shown = _OF_TYPE.get(fields.type)
    if shown is not None and fields.status in _SHOWN and not fields.protected:
        yield from shown(fields, raw, site, number)


def _public_rows(fields: Fields, raw: RawItem, site: int, number: int) -> Rows:
    yield "alias", (number, PERMALINK, "permalink", fields.url)
    guid = raw.guid.strip()
    if guid and guid != fields.url:
        yield "alias", (number, GUID, "guid", guid)
    for key, value in raw.postmeta:
        if "_wp_old_" in key:
            yield from _old_rows(fields.url, raw.post_name.strip(), number, key.strip(), value.strip())
    for term in fields.terms:
        slug = decode_slug(term.slug)
        yield "entry_term", (number, term.taxonomy, slug)
        yield "term", (site, term.taxonomy, slug, "", term.name, "", "", 0, "")
    yield from _translation_rows(fields, raw, site)
    yield from _fragment_rows(raw.content)
    for url in chain(uses_of(raw.content), uses_of(raw.excerpt), meta_uses(raw.postmeta)):
        yield "use", (number, url)


def _old_rows(url: str, slug: str, number: int, key: str, value: str) -> Rows:
    """Yield an address that an entry had before its slug or its day was changed; WordPress redirects from both."""
    if key == "_wp_old_slug":
        yield "alias", (number, OLD, "old-slug", _with_slug(url, slug, value))
    elif key == "_wp_old_date":
        yield "alias", (number, OLD, "old-date", _with_date(url, value))


def _fragment_rows(text: str) -> Rows:
    """Yield the fragments that links of ``text`` lead to in other pages."""
    if "#" not in text:
        return
    for start, links in _LINKS:
        for link in links.findall(text) if start in text else ():
            url, _, fragment = (html.unescape(link) if "&" in link else link).partition("#")
            if url and fragment:
                yield "fragment", (fragment,)
                if "%" in fragment:
                    yield "fragment", (unquote(fragment),)


def _translation_rows(fields: Fields, raw: RawItem, site: int) -> Rows:
    """Yield the languages that WPML's fields tell, and Polylang's where the group's own list is missing.

    WPML's export writes ``_wpml_import_translation_group`` and ``_wpml_import_language_code``; its copies name their original.
    """
    meta = {
        key.strip(): value.strip()
        for key, value in raw.postmeta
        if "wpml" in key or "icl" in key or key.strip() in ("trid", "language_code")
    }
    terms = {
        term.taxonomy: term.slug
        for term in fields.terms
        if term.taxonomy in ("language", "post_translations")
    }
    language = (
        terms.get("language") or meta.get("_wpml_import_language_code") or meta.get("language_code") or ""
    )
    family = meta.get("_wpml_import_translation_group") or meta.get("trid")
    if terms.get("post_translations") and language:
        yield "translation", (site, terms["post_translations"], language, fields.id)
    elif family and language:
        yield "translation", (site, f"trid {family}", language, fields.id)
    elif original := meta.get("_icl_lang_duplicate_of"):
        found = _LANGUAGE_IN_URL.search(fields.url)
        if language or found:
            yield "translation", (site, f"copies of {original}", language or found[1].lower(), fields.id)  # type: ignore[index]
            yield "translation", (site, f"copies of {original}", "", original)


def _attachment_rows(fields: Fields, raw: RawItem, site: int, number: int) -> Rows:
    meta = {key.strip(): value.strip() for key, value in reversed(raw.postmeta)}
    url = raw.attachment_url.strip() or raw.guid.strip()
    details = meta.get("_wp_attachment_metadata", "")
    sizes = [int(found[1]) if (found := size.search(details)) else None for size in _SIZE.values()]
    alt = plain_title(meta.get("_wp_attachment_image_alt", ""))
    texts = (url, fields.title, alt, raw.excerpt.strip(), raw.content.strip())
    yield (
        "attachment",
        (
            site,
            fields.id,
            *texts,
            fields.parent,
            fields.url,
            *sizes,
            fields.order,
            int(bool(_IMAGE.search(url))),
        ),
    )


def _block_rows(fields: Fields, raw: RawItem, site: int, number: int) -> Rows:
    if fields.status == "publish":
        yield "block", (site, fields.id, raw.content)
        yield from _fragment_rows(raw.content)
        yield from (("use", (number, url)) for url in uses_of(raw.content))


def _navigation_rows(fields: Fields, raw: RawItem, site: int, number: int) -> Rows:
    if fields.status == "publish":
        yield "navigation", (site, fields.id, decode_slug(raw.post_name), fields.title, raw.content)


def _menu_rows(fields: Fields, raw: RawItem, site: int, number: int) -> Rows:
    meta = {key.strip(): value.strip() for key, value in reversed(raw.postmeta)}
    what = (
        meta.get("_menu_item_type", "custom"),
        meta.get("_menu_item_object", ""),
        meta.get("_menu_item_object_id", ""),
    )
    parent = meta.get("_menu_item_menu_item_parent", "")
    looks = (
        meta.get("_menu_item_target", ""),
        raw.content,
        raw.excerpt,
        meta.get("_menu_item_xfn", ""),
        _classes(meta.get("_menu_item_classes", "")),
    )
    for term in fields.terms:
        if term.taxonomy == "nav_menu":
            place = (site, decode_slug(term.slug), fields.id, "" if parent == "0" else parent, fields.order)
            yield "menu_item", (*place, *what, meta.get("_menu_item_url", ""), fields.title, *looks)


_OF_TYPE: dict[str, Callable[[Fields, RawItem, int, int], Rows]] = {
    "attachment": _attachment_rows,
    "wp_block": _block_rows,
    "wp_navigation": _navigation_rows,
    "nav_menu_item": _menu_rows,
}
"""Types of which other entries or the site data need more than a place."""


def _classes(text: str) -> str:
    if not looks_serialized(text):
        return ""
    try:
        value = unserialize(text)
    except ValueError:
        return ""
    return " ".join(str(name) for name in value if name) if isinstance(value, list) else ""


def _date(raw: RawItem) -> str:
    """Return the local time of an entry, else GMT, as WordPress writes them; empty when it has none."""
    dates = (raw.post_date.strip(), raw.post_date_gmt.strip())
    return next((date for date in dates if _DATE.match(date)), "")


def _with_slug(link: str, slug: str, old: str) -> str:
    """Return the permalink that an entry had when its slug was ``old``; empty when the permalink does not show the slug."""
    head, slash, tail = link.rstrip("/").rpartition("/")
    if not slug or not old or "?" in tail or not tail.lower().startswith(slug.lower()):
        return ""
    return f"{head}{slash}{old}{tail[len(slug) :]}{'/' if link.endswith('/') else ''}"


def _with_date(link: str, old: str) -> str:
    """Return the permalink that an entry had when its day was ``old`` (``2012-04-19``); empty when it shows no day."""
    year, month, day = [*old.split("-"), "", ""][:3]
    if not (year.isdigit() and month.isdigit() and day.isdigit()) or not _DATE_IN_PATH.search(link):
        return ""
    return _DATE_IN_PATH.sub(
        lambda at: f"/{year}/{month}/{day}/" if at[3] else f"/{year}/{month}/", link, count=1
    )


def hosts_of(fields: Fields, raw: RawItem) -> Iterator[str]:
    """Yield hosts that this item shows to be the site's own.

    The guid of an entry is its first address and stays for ever: ``?p=`` with its own id tells a host that the site had once.
    A file of the library tells where the uploads are.
    """
    own = _OWN_ID.match(raw.guid.strip())
    if own and own[1] and own[2] == fields.id:
        yield plain_host(own[1].rpartition("@")[2].partition(":")[0])
    if raw.attachment_url and (library := _LIBRARY.match(raw.attachment_url.strip())):
        yield plain_host(library[1].rpartition("@")[2].partition(":")[0])


def author_row(author: AuthorRow, site: int, emails: bool) -> tuple[Any, ...]:
    """Return the row of an author; the e-mail address only when asked for."""
    name = author.display_name or " ".join(filter(None, (author.first_name, author.last_name)))
    email = author.email if emails else ""
    return (site, author.login, author.id, plain_title(name), email, author.first_name, author.last_name)


def term_rows(term: TermRow, site: int) -> Rows:
    """Yield the rows of a term; Polylang keeps its groups of translations as terms, the ids in their description."""
    if term.taxonomy == "post_translations":
        for language, post_id in _polylang(term.description):
            yield "translation", (site, term.slug, language, post_id)
        return
    slug, parent = decode_slug(term.slug), decode_slug(term.parent)
    meta = msgspec.json.encode(term.meta).decode() if term.meta else ""
    yield "term", (site, term.taxonomy, slug, term.id, term.name, parent, term.description, 1, meta)


def _polylang(description: str) -> Iterator[tuple[str, str]]:
    if not looks_serialized(description):
        return
    try:
        value = unserialize(description)
    except ValueError:
        return
    if isinstance(value, dict):
        for language, post_id in value.items():
            if isinstance(post_id, int | str) and str(post_id).isdigit() and int(post_id):
                yield str(language), str(post_id)
