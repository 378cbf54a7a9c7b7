"""What the record must say of an item, worked out from the item and the site alone."""

from __future__ import annotations

import contextlib
import html
import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

from wpmigrate.model import Site
from wpmigrate.model.slugs import slug as made_slug
from wpmigrate.verifier.values import repaired, title_text
from wpmigrate.verifier.wxr.addresses import Addresses
from wpmigrate.verifier.wxr.dates import NEVER, gmt_dates, local_dates
from wpmigrate.verifier.wxr.item import Item
from wpmigrate.verifier.wxr.meta import expected_seo
from wpmigrate.verifier.wxr.values import ABSENT, OneOf, one_of

__all__ = ["Expected", "expect"]


_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f/\\]+")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WHOLE = re.compile(r"-?[0-9]{1,18}")


class Expected:
    """The values that the output must have."""

    def __init__(self, fields: dict[str, Any], metadata: dict[str, Any], meta: dict[str, Any]) -> None:
        self.fields = fields
        """Those of the record, without comments, metadata and what is made of the body."""
        self.metadata = metadata
        """Those under ``metadata``, without ACF and unknown elements, which are checked by rules of their own."""
        self.meta = meta
        """The post meta."""


def expect(item: Item, meta: dict[str, Any], repeated: list[str], site: Site, addresses: Addresses, emails: bool) -> Expected:
    """Return what the output must say of ``item``; ``meta`` and ``repeated`` are its post meta, read."""
    get = item.values.get
    fields: dict[str, Any] = {
        "id": _id(get("post_id", "")),
        "type": get("post_type", "").strip().lower() or "post",
        "status": _status(item),
        "slug": _slug(get("post_name", "")),
        "title": _title(get("title", "")),
        "url": get("link", "").strip(),
        "author": _author(get("dc:creator", "").strip(), site, emails),
        "date": one_of(*local_dates(get("post_date", ""), get("post_date_gmt", ""))),
        "modified": one_of(*local_dates(get("post_modified", ""), get("post_modified_gmt", ""))),
        "parent": _id(get("post_parent", "")),
        "order": _number(get("menu_order", "")),
        "excerpt": get("excerpt:encoded", ""),
        "terms": _terms(item.terms),
    }
    metadata = _simple_metadata(item)
    formats = [term["slug"] for term in fields["terms"] if term["taxonomy"] == "post_format"]
    if formats and (name := formats[0].removeprefix("post-format-")):
        metadata["format"] = name
    if meta:
        metadata["meta"] = meta
    if repeated or len(meta) < len({key.strip() for key, _ in item.meta}):
        metadata["meta_repeated"] = repeated or OneOf(ABSENT, [])
    metadata |= _template(meta) | expected_seo(meta) | _featured_image(meta, site, addresses) | _languages(fields, site)
    return Expected(fields, metadata, meta)


def _title(text: str) -> str:
    """Return a title as plain text, blanks folded as in HTML: a blank that must not break stays."""
    return _BLANKS.sub(" ", title_text(text)).strip()


def _status(item: Item) -> Any:
    """Return the status. Never public unless the item says so: WordPress makes one without a status a draft."""
    said = {text.strip().lower() for name, text in (("status", item.values.get("status", "")), *item.again) if name == "status"}
    if len(said) > 1:
        return "unknown"
    status = said.pop() or "draft"
    return status if item.well_formed else OneOf(status, "unknown")


def _terms(rows: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Return the terms, each once.

    A term without a domain is a category, ``tag`` is WXR 1.0's name for a tag. That version says each term twice; the one
    without a slug says nothing then.
    """
    named = {(_taxonomy(domain), _name(name)) for domain, nicename, name in rows if nicename}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for domain, nicename, text in rows:
        taxonomy, name = _taxonomy(domain), _name(text)
        if nicename or (name and (taxonomy, name) not in named):
            slug = _slug(nicename) if nicename.strip() else made_slug(" ".join(name.split()))
            found.setdefault((taxonomy, slug), {"taxonomy": taxonomy, "slug": slug, "name": name or slug})
    return list(found.values())


def _taxonomy(domain: str) -> str:
    return {"": "category", "tag": "post_tag"}.get(domain.strip(), domain.strip())


def _name(text: str) -> str:
    return html.unescape(text).strip()


def _slug(text: str) -> str:
    """Return a slug percent-decoded, in NFC, as one part of a path; what WordPress cut inside a letter stays encoded."""
    text = text.strip()
    if "%" in text:
        with contextlib.suppress(UnicodeDecodeError):
            text = unquote(text, errors="strict")
    text = _UNSAFE.sub("-", unicodedata.normalize("NFC", text).strip().strip("/"))
    return "" if text in (".", "..") else text


def _id(text: str) -> str:
    text = text.strip()
    return "" if text == "0" else text


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if _WHOLE.fullmatch(text) else 0


def _author(login: str, site: Site, emails: bool) -> dict[str, Any]:
    """Return the author as the site knows it; without a name the login is the name."""
    known = site.authors.get(login) if login else None
    if known is None:
        return {"name": login, "login": login, "email": "", "url": ""}
    return {"name": known.name or login, "login": login, "email": known.email if emails else "", "url": known.url}


_SIMPLE: Final[tuple[tuple[str, str, Callable[[str], Any]], ...]] = (
    ("guid", "guid", str.strip),
    ("pubDate", "pub_date", str.strip),
    ("description", "description", str.strip),
    ("comment_status", "comment_status", str.strip),
    ("ping_status", "ping_status", str.strip),
    ("attachment_url", "attachment_url", str.strip),
)
"""(element, key of the metadata, how its text reads): those with a value are there as they are."""


def _simple_metadata(item: Item) -> dict[str, Any]:
    values = item.values
    found: dict[str, Any] = {}
    for element, key, read in _SIMPLE:
        value = read(values.get(element, ""))
        if value:
            found[key] = value
    if item.guid_is_permalink and "guid" in found:
        found["guid_is_permalink"] = True
    for element, key in (("post_date_gmt", "date_gmt"), ("post_modified_gmt", "modified_gmt")):
        if element in values:
            found[key] = one_of(*gmt_dates(values[element]))
    if values.get("is_sticky", "").strip() == "1":
        found["sticky"] = True
    if (title := values.get("title", "").strip()) != _title(title):
        found["raw_title"] = title if repaired(title) == title else OneOf(ABSENT, title)
    date = values.get("post_date", "")
    if date.strip() and "" in (dates := local_dates(date, "")) and not date.strip().startswith(NEVER):
        found["raw_date"] = date if len(dates) == 1 else OneOf(ABSENT, date)
    return found


def _template(meta: dict[str, Any]) -> dict[str, Any]:
    template = meta.get("_wp_page_template")
    return {"template": template} if isinstance(template, str) and template not in ("", "default") else {}


def _featured_image(meta: dict[str, Any], site: Site, addresses: Addresses) -> dict[str, Any]:
    """Return the featured image as the media library describes it."""
    id = meta.get("_thumbnail_id")
    id = str(id[-1] if isinstance(id, list) and id else id or "").strip()
    image = site.attachments.get(id) if id.isdecimal() and id.strip("0") else None
    if image is None:
        return {}
    new = addresses.file(image.url)
    texts = {"alt": image.alt, "caption": image.caption, "title": image.title}
    return {"featured_image": {"id": id, "url": new or image.url, **texts, **({"source_url": image.url} if new else {})}}


def _languages(fields: dict[str, Any], site: Site) -> dict[str, Any]:
    """Return the language of an entry, and its translations with their ids and, when they are in the output, paths."""
    group = site.translations.get(fields["id"]) or {}
    own = [term["slug"] for term in fields["terms"] if term["taxonomy"] == "language"]
    own = own or [language for language, id in group.items() if id == fields["id"]]
    found: dict[str, Any] = {"language": own[0]} if own and own[0] else {}
    if group:
        paths = {id: site.entries_by_id.get(id) for id in group.values()}
        found["translations"] = {
            language: {"id": id, "path": f"/{paths[id]}"} if paths[id] else {"id": id} for language, id in group.items()
        }
    return found
