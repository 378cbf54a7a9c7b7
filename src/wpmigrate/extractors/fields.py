"""Source keys to :class:`Fields` and metadata: tables of names, and one reader for each field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from wpmigrate.extractors.dates import iso_date
from wpmigrate.extractors.parts import (
    DATE_KEYS,
    dated,
    decode_meta,
    first,
    read_author,
    read_comment,
    read_terms,
)
from wpmigrate.extractors.privacy import NO, STATUS_KEYS, YES, take_secrets
from wpmigrate.extractors.values import (
    as_id,
    as_text,
    as_whole_number,
    name_parts,
    one_line_ends,
    plain_title,
    safe_slug,
    slug_of_url,
)
from wpmigrate.model import Comment, Fields, NoticeLog, Term
from wpmigrate.wordpress import looks_serialized

__all__ = ["KEYS", "read_fields"]


KEYS: dict[str, tuple[str, ...]] = {
    "id": ("wordpress_id", "id", "post_id", "wp_id", "ID"),
    "type": ("type", "post_type", "layout"),
    "title": ("title", "post_title"),
    "excerpt": ("excerpt", "post_excerpt"),
    "slug": ("slug", "basename", "post_name", "wordpress_slug"),
    "url": ("wordpress_url", "permalink", "link", "guid", "url"),
    "date": ("date", "post_date", "published_at", "pubDate", "pubDatetime", "wordpress_date", "date_gmt", "post_date_gmt", "created", "created_gmt"),
    "modified": (
        "modified",
        "last_modified_at",
        "post_modified",
        "lastmod",
        "updated",
        "updated_at",
        "modified_gmt",
    ),
    "parent": ("parent_id", "post_parent", "parent"),
    "order": ("menu_order", "order"),
}
"""Field -> the keys that may hold it, best first. The keys stay in the metadata too, but for those of :data:`_TAKEN`."""

# Keys that the fields hold exactly and that writers write under the same name; readers put back what they do not.
_TAKEN = frozenset({"title", "slug", "date", "author", "categories", "tags", "excerpt", "comments"})
_TERM_KEYS = (("categories", "category", "category"), ("tags", "tag", "post_tag"))
_STATUS_WORDS = {"published": "publish", "public": "publish", "visible": "publish", "trashed": "trash"}


def read_fields(source: dict[str, Any], path: str, log: NoticeLog) -> tuple[Fields, dict[str, Any]]:
    """Return the fields and the metadata of a front matter.

    ``path`` gives the slug and the date that the front matter does not have. The metadata has every key of ``source``
    in its order, but those that :class:`Fields` holds exactly; what a field holds otherwise is kept as ``raw_KEY``.
    A password never leaves this function; it is taken out of ``source`` as well.
    """
    fields = Fields()
    _guard(take_secrets(source), fields, log)
    metadata = {
        key: value if key not in DATE_KEYS else dated(key, value)
        for key, value in source.items()
        if key not in _TAKEN
    }
    name_date, name_slug = name_parts(path)
    reader = _Reader(source, path, name_date, name_slug, fields, metadata, log)
    for read in _READERS:
        read(reader)
    return fields, metadata


def _guard(secrets: list[str], fields: Fields, log: NoticeLog) -> None:
    """Note that passwords, which were taken out, guard the entry."""
    for key in secrets:
        fields.protected = True
        log.add("dropped", "password: it must not be published", f"front matter: {key}")


class _Reader(NamedTuple):
    """What every reader of a field gets."""

    source: dict[str, Any]
    path: str
    name_date: str
    name_slug: str
    fields: Fields
    metadata: dict[str, Any]
    log: NoticeLog

    def keep(self, key: str, value: Any) -> None:
        """Put ``value`` into the metadata, under a name that is free."""
        while key in self.metadata:
            key += "_"
        self.metadata[key] = value


def _scalars(at: _Reader) -> None:
    """Read id, type, url, parent and order."""
    source, fields = at.source, at.fields
    fields.id = _first_id(source, KEYS["id"])
    fields.type = first(source, KEYS["type"])[1].strip().lower() or "post"
    fields.parent = _first_id(source, KEYS["parent"])
    fields.order = as_whole_number(first(source, KEYS["order"])[1])
    fields.url = _first_url(source, KEYS["url"])


def _first_id(source: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first id that one of ``keys`` holds, or an empty text."""
    for key in keys:
        if key in source and (found := as_id(source[key])):
            return found
    return ""


def _first_url(source: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first address that one of ``keys`` holds; Jekyll's patterns (``/:year/:title/``) are none."""
    for key in keys:
        if key in source and "/" in (text := as_text(source[key]).strip()) and "/:" not in text.replace("://", ""):
            return text
    return ""


def _status(at: _Reader) -> None:
    """Read the status: whatever says against publish wins, be it ``published``, ``draft`` or the folder ``_drafts``."""
    source = at.source
    said = [_status_word(source[key]) for key in STATUS_KEYS if key in source]
    hidden = as_text(source.get("published")).lower() in NO or as_text(source.get("draft")).lower() in YES
    if hidden or ("_drafts/" in at.path and not any(said)):
        said.append("draft")
    at.fields.status = next((word for word in said if word not in ("", "publish")), "publish")


def _status_word(value: Any) -> str:
    """Return a status in WordPress's words; a mapping or a list is none."""
    word = "unknown" if isinstance(value, dict | list) else as_text(value).strip().lower()
    return _STATUS_WORDS.get(word, word)


def _title(at: _Reader) -> None:
    """Read the title as plain text; keep the source's own when that differs."""
    key, text = first(at.source, KEYS["title"])
    title = text if text.isalnum() else plain_title(text)
    at.fields.title = title
    value = at.source.get("title")
    if key not in ("", "title"):
        at.log.add("mapped", f"title: taken from {key}", f"front matter: {key}")
    elif value is not None and title != value:
        at.keep("raw_title", value)
        at.log.add(
            "mapped",
            "title: written as plain text, its own spelling is kept as raw_title",
            "front matter: title",
        )


def _slug(at: _Reader) -> None:
    """Read the slug: its own key, else the permalink's last part, else the file's name."""
    spelled = first(at.source, KEYS["slug"])[1]
    permalink = at.source.get("permalink")
    slug = safe_slug(spelled) if spelled else ""
    if not slug and isinstance(permalink, str):
        slug = slug_of_url(permalink)
    at.fields.slug = slug or safe_slug(at.name_slug)
    own = at.source.get("slug")
    if own is not None and own != "" and own != at.fields.slug:
        at.keep("raw_slug", own)


def _dates(at: _Reader) -> None:
    """Read the dates; without one the file's name has the day."""
    source = at.source
    raw = source.get("date")
    date = iso_date(as_text(raw))
    at.fields.date = date or _first_date(source, KEYS["date"])
    at.fields.modified = _first_date(source, KEYS["modified"])
    if not date and raw is not None and raw != "":
        at.keep("raw_date", raw)
        at.log.add("kept", "date that cannot be read: kept as raw_date", "front matter: date")
    if not at.fields.date and at.name_date:
        at.fields.date = iso_date(at.name_date)
        at.log.add("mapped", "date: taken from the file's name", "file name")


def _first_date(source: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first date that one of ``keys`` holds, as ISO 8601, or an empty text."""
    for key in keys:
        if key in source and (date := iso_date(as_text(source[key]))):
            return date
    return ""


def _author(at: _Reader) -> None:
    """Read the author."""
    at.fields.author, extra = read_author(at.source)
    for key, value in extra.items():
        at.keep(key, value)
    if "raw_author" in extra:
        at.log.add(
            "mapped",
            "author: written as plain text, its own spelling is kept as raw_author",
            "front matter: author",
        )


def _excerpt(at: _Reader) -> None:
    """Read the excerpt; only its line ends change."""
    value = at.source.get("excerpt")
    if isinstance(value, dict | list):
        at.keep("raw_excerpt", value)
    else:
        at.fields.excerpt = one_line_ends(first(at.source, KEYS["excerpt"])[1])


def _terms(at: _Reader) -> None:
    """Read categories and tags; keep what is more than names."""
    terms: list[Term] = []
    for plural, singular, taxonomy in _TERM_KEYS:
        value = at.source.get(plural)
        found, exact = read_terms(value if value is not None else at.source.get(singular), taxonomy)
        terms += found
        if not exact and value:
            at.keep(f"raw_{plural}", value)
    at.fields.terms = terms


def _comments(at: _Reader) -> None:
    """Read comments; ``comments: true`` is a setting and stays metadata."""
    value = at.source.get("comments")
    if not value and not isinstance(value, bool):
        return
    if isinstance(value, list):
        comments: list[Comment] = [read_comment(item) for item in value if isinstance(item, dict)]
        at.fields.comments = comments
        if len(comments) < len(value):
            at.keep("raw_comments", [item for item in value if not isinstance(item, dict)])
    else:
        at.keep("comments", value)


def _meta(at: _Reader) -> None:
    """Decode the post meta, also where an exporter wrote it among the other keys."""
    flat = {key: value for key, value in at.metadata.items() if _may_be_php(value)}
    found = [decode_meta(flat, at.log, "")] if flat else []
    if found:
        at.metadata.update(found[0])
    if at.metadata.get("meta"):
        meta = at.metadata["meta"] = decode_meta(at.metadata["meta"], at.log)
        found.append(meta)
    for values in found:
        if isinstance(values, dict):
            _guard(take_secrets(values), at.fields, at.log)


def _may_be_php(value: Any) -> bool:
    """Return whether ``value``, or the first item of it, looks like serialized PHP."""
    if type(value) is list and value:
        value = value[0]
    return type(value) is str and value[1:2] in _PHP_MARKS and looks_serialized(value)


_PHP_MARKS = frozenset(":;")
"""The second character of all that PHP serializes."""

_READERS: tuple[Callable[[_Reader], None], ...] = (
    _scalars,
    _status,
    _title,
    _slug,
    _dates,
    _author,
    _excerpt,
    _terms,
    _comments,
    _meta,
)
