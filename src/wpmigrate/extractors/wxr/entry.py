"""An item as :class:`~wpmigrate.model.SourceEntry`: the same fields as a page with front matter."""

from __future__ import annotations

import re
from typing import Any

from wpmigrate.extractors.privacy import take_secrets
from wpmigrate.extractors.values import as_id, as_whole_number, one_line_ends, plain_title, safe_slug
from wpmigrate.extractors.wxr.acf import read_acf
from wpmigrate.extractors.wxr.comments import read_comments
from wpmigrate.extractors.wxr.dates import gmt_date, is_never, local_date
from wpmigrate.extractors.wxr.item import parse_item
from wpmigrate.extractors.wxr.postmeta import read_meta
from wpmigrate.extractors.wxr.records import RawItem
from wpmigrate.extractors.wxr.seo import read_seo
from wpmigrate.extractors.wxr.terms import post_format, read_terms
from wpmigrate.model import Author, Fields, Finding, NoticeLog, SourceEntry
from wpmigrate.options import ExtractOptions

__all__ = ["entry_of", "item_fields", "read_item"]

_BODY = re.compile(rb"<content:encoded[^<>]*>(?:\s*<!\[CDATA\[)?")
_TEMPLATE = "_wp_page_template"
_DEFAULTS = ExtractOptions()
UNKNOWN = "unknown"
"""The status of an item whose bytes may have lost what says that it is not public."""


def read_item(
    data: bytes,
    path: str,
    item: str,
    options: ExtractOptions = _DEFAULTS,
    *,
    encoding: str = "utf-8",
    offset: int = 0,
    line: int = 1,
) -> SourceEntry:
    """Return the entry that ``data``, the bytes of one item, is.

    ``path`` is its file in the input folder and ``item`` its number there; ``offset`` and ``line`` are where it begins.
    Never raises: what cannot be read is a finding, and an item whose status, type or password may be lost has the status
    ``unknown``, so that it is never public.
    """
    raw = parse_item(data, encoding, offset, line)
    return entry_of(raw, data, path, item, options, encoding=encoding, line=line)


def entry_of(
    raw: RawItem, data: bytes, path: str, item: str, options: ExtractOptions, *, encoding: str, line: int
) -> SourceEntry:
    """Return the entry of an item that was parsed already."""
    log = NoticeLog()
    findings = list(raw.findings)
    fields = _fields(raw, log, findings)
    fields.excerpt = "" if raw.excerpt.isspace() else one_line_ends(raw.excerpt)
    if raw.comments:
        fields.comments = read_comments(raw.comments, options, log)
    metadata = _metadata(raw, fields, log)
    return SourceEntry(
        path=path,
        raw=data,
        format="wxr",
        encoding=encoding,
        fields=fields,
        metadata=metadata,
        body=raw.content,
        body_line=line + _lines_before_body(data),
        item=item,
        notices=raw.notices + log.notices(),
        findings=tuple(findings),
    )


def item_fields(raw: RawItem) -> Fields:
    """Return the fields of an item exactly as :func:`read_item` does, but without its excerpt, comments and notices."""
    return _fields(raw, NoticeLog(), [])


def _fields(raw: RawItem, log: NoticeLog, findings: list[Finding]) -> Fields:
    """Return what every entry has."""
    return Fields(
        id=as_id(raw.post_id),
        type=_type(raw, log),
        status=_status(raw, log, findings),
        slug=_slug(raw.post_name),
        title=plain_title(raw.title),
        url=raw.link.strip(),
        author=Author(login=raw.creator.strip()),
        date=local_date(raw.post_date, raw.post_date_gmt),
        modified=local_date(raw.post_modified, raw.post_modified_gmt),
        parent=as_id(raw.post_parent),
        order=as_whole_number(raw.menu_order),
        terms=read_terms(raw.categories),
        protected=_is_protected(raw, log),
    )


def _type(raw: RawItem, log: NoticeLog) -> str:
    """Return the post type; WordPress takes an item without one for a post."""
    kind = raw.post_type.strip().lower()
    if not kind:
        log.add("mapped", "post type that is not there: post", "wp:post_type")
    return kind or "post"


def _status(raw: RawItem, log: NoticeLog, findings: list[Finding]) -> str:
    """Return the status. Privacy fails closed: what damage may have taken away counts as private.

    An item that is whole but has no status is a draft, as for WordPress's ``wp_insert_post``.
    """
    if raw.damaged:
        missing = [name for name in ("status", "post_type", "post_password") if name not in raw.seen]
        if missing:
            names = ", ".join(f"wp:{name}" for name in missing)
            findings.append(Finding("status", f"{names} may be lost: the entry is not taken for public"))
            return UNKNOWN
    status = raw.status.strip().lower()
    if not status:
        log.add("mapped", "status that is not there: draft", "wp:status")
    return status or "draft"


def _is_protected(raw: RawItem, log: NoticeLog) -> bool:
    """Tell whether a password guards the entry; it is never kept."""
    if not raw.post_password.strip():
        return False
    log.add("dropped", "password: it must not be published", "wp:post_password")
    return True


def _slug(post_name: str) -> str:
    """Return the slug, percent-decoded."""
    post_name = post_name.strip()
    return post_name if post_name.isalnum() and post_name.isascii() else safe_slug(post_name)


def _metadata(raw: RawItem, fields: Fields, log: NoticeLog) -> dict[str, Any]:
    """Return every other thing that the item says, where it says something."""
    found: dict[str, Any] = {}
    if raw.title != fields.title:
        _keep_title(raw.title, found, log)
    if is_never(raw.post_date) is False and not fields.date:
        found["raw_date"] = raw.post_date
        log.add("kept", "date that cannot be read: kept as raw_date", "wp:post_date")
    _put(found, "guid", raw.guid.strip())
    _put(found, "guid_is_permalink", raw.guid_is_permalink)
    _put(found, "date_gmt", gmt_date(raw.post_date_gmt))
    _put(found, "modified_gmt", gmt_date(raw.post_modified_gmt))
    _put(found, "pub_date", raw.pub_date.strip())
    _put(found, "description", raw.description.strip())
    _put(found, "comment_status", raw.comment_status.strip())
    _put(found, "ping_status", raw.ping_status.strip())
    _put(found, "sticky", raw.is_sticky.strip() == "1")
    _put(found, "format", post_format(fields.terms))
    _put(found, "attachment_url", raw.attachment_url.strip())
    if raw.postmeta:
        _put_meta(found, raw.postmeta, log)
    if raw.unknown:
        found["unknown"] = _by_name(raw.unknown)
        log.add(
            "kept",
            "element that is not WordPress's: kept as unknown",
            f"<{raw.unknown[0][0]}>",
            len(raw.unknown),
        )
    return found


def _keep_title(title: str, found: dict[str, Any], log: NoticeLog) -> None:
    """Keep a title that is not its plain text; blanks round it are the file's layout."""
    title = title.strip()
    if title != plain_title(title):
        found["raw_title"] = title
        log.add("mapped", "title: written as plain text, its own spelling is kept as raw_title", "title")


def _put(found: dict[str, Any], key: str, value: str | bool) -> None:
    """Put what says something."""
    if value:
        found[key] = value


def _put_meta(found: dict[str, Any], rows: list[tuple[str, str]], log: NoticeLog) -> None:
    """Put the metadata, and what it says in the words of well-known plugins."""
    meta, repeated = read_meta(rows, log)
    for key in take_secrets(meta):  # a plugin's own: only wp:post_password guards an entry
        log.add("dropped", "password: it must not be published", f"meta: {key}")
    template = meta.get(_TEMPLATE)
    if isinstance(template, str) and template not in ("", "default"):
        found["template"] = template
    if meta:
        found["meta"] = meta
    if repeated:
        found["meta_repeated"] = [key for key in repeated if key in meta]
    seo = read_seo(meta)
    if seo:
        found["seo"] = seo
    values, keys = read_acf(meta)
    if values:
        found["acf"], found["acf_keys"] = values, keys


def _by_name(rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Return name -> text, or the list of texts of a name that occurs several times."""
    found: dict[str, list[str]] = {}
    for name, text in rows:
        found.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}


def _lines_before_body(data: bytes) -> int:
    """Return how many lines of the item stand before its body."""
    start = _BODY.search(data)
    return data.count(b"\n", 0, start.end()) if start else 0
