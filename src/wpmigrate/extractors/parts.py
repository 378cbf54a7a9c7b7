"""The parts of front matter that are more than one value: authors, terms, comments, post meta."""

from __future__ import annotations

from typing import Any

from wpmigrate.extractors.dates import iso_date
from wpmigrate.extractors.values import (
    as_id,
    as_text,
    decode_entities,
    decode_php,
    one_line_ends,
    plain_title,
)
from wpmigrate.model import Author, Comment, NoticeLog, Term
from wpmigrate.model.slugs import slug

__all__ = ["DATE_KEYS", "decode_meta", "read_author", "read_comment", "read_terms"]

DATE_KEYS = frozenset(
    {
        "date_gmt",
        "modified",
        "modified_gmt",
        "last_modified_at",
        "last_modified",
        "lastmod",
        "updated",
        "updated_at",
        "post_date",
        "post_date_gmt",
        "post_modified",
        "post_modified_gmt",
        "comment_date",
        "comment_date_gmt",
    }
)
"""Keys whose text is a date: importers quote dates whose offset has no colon, so YAML leaves them as text."""

_AUTHOR_NAME_KEYS = ("display_name", "name", "nickname", "login")
# Author field -> the keys of an author mapping, and the flat keys beside ``author``
_AUTHOR_KEYS = {
    "login": (("login", "user_login"), "author_login"),
    "email": (("email", "user_email"), "author_email"),
    "url": (("url", "website", "user_url"), "author_url"),
}
# The key of a comment -> the field that holds its value; a second key for one field stays metadata
_COMMENT_FIELDS = {
    key: field
    for field, keys in {
        "id": "id comment_id",
        "parent": "parent comment_parent parent_id",
        "author": "author comment_author name",
        "email": "author_email comment_author_email email",
        "url": "author_url comment_author_url url",
        "date": "date comment_date",
        "content": "content comment_content text body",
    }.items()
    for key in keys.split()
}


def first(source: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, str]:
    """Return the first of ``keys`` whose value is a scalar that says something, with its text; else two empty texts."""
    for key in keys:
        if key in source:
            text = as_text(source[key])
            if text:
                return key, text
    return "", ""


def read_author(source: dict[str, Any]) -> tuple[Author, dict[str, Any]]:
    """Return the author of a front matter, and what of an ``author`` mapping goes to the metadata.

    Text is the name, plain as titles are; its own spelling, where that differs, is kept as ``raw_author``. Of a mapping every scalar but the name becomes ``author_KEY``; when the front matter has another
    value under that name, or the mapping holds more than scalars, the whole mapping is kept as ``author_details``.
    """
    value = source.get("author")
    details = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        names = [
            first(item, _AUTHOR_NAME_KEYS)[1] if isinstance(item, dict) else as_text(item) for item in value
        ]
        author = Author(", ".join(filter(None, map(plain_title, names))))
        extra: dict[str, Any] = {"author_details": value} if value else {}
    elif details:
        name_key, name = first(details, _AUTHOR_NAME_KEYS)
        author, extra = Author(plain_title(name)), _flat_author(details, name_key, name, source)
    else:
        # "display_name" stands at the top where an editor took all indentation away
        name = as_text(value) or as_text(source.get("display_name"))
        author = Author(plain_title(name))
        extra = {"raw_author": name} if author.name != name.strip() else {}
    for field, (inner, outer) in _AUTHOR_KEYS.items():
        setattr(author, field, first(details, inner)[1] or as_text(source.get(outer)))
    return author, extra


def _flat_author(details: dict[str, Any], name_key: str, name: str, source: dict[str, Any]) -> dict[str, Any]:
    """Return what of an ``author`` mapping is kept in the metadata, beside the name."""
    extra: dict[str, Any] = {}
    for key, value in details.items():
        if key == name_key and name == plain_title(name):
            continue
        flat = f"author_{key}"
        if isinstance(value, dict | list) or (flat in source and source[flat] != value):
            return {"author_details": details}
        if flat not in source:
            extra[flat] = value
    return extra


def read_terms(value: Any, taxonomy: str) -> tuple[list[Term], bool]:
    """Return the terms that ``value`` names, and whether they say all that ``value`` says.

    Text is split at commas, or else at blanks, as Jekyll does (https://jekyllrb.com/docs/posts/#categories).
    A list holds names, or mappings of ``title`` or ``name`` and ``slug``.
    """
    if isinstance(value, str):
        names = value.split(",") if "," in value else value.split()
        found = [_read_term(part, taxonomy)[0] for part in names]
        terms = [term for term in found if term is not None]
        return terms, len(terms) == 1 and terms[0].name == value
    items = value if isinstance(value, list) else [value]
    terms = []
    exact = True
    for item in items:
        term, whole = _read_term(item, taxonomy)
        exact = exact and whole
        if term is not None:
            terms.append(term)
    return terms, exact


def _read_term(item: Any, taxonomy: str) -> tuple[Term | None, bool]:
    """Return one term and whether it says all of ``item``."""
    if isinstance(item, dict):
        key, name = first(item, ("title", "name", "slug"))
        spelled = as_text(item.get("slug"))
        own = _term_slug(decode_entities(name))
        term = Term(taxonomy, spelled or own, decode_entities(name).strip())
        exact = item.keys() <= {key, "slug"} and term.name == name and term.slug == own
        return (term if name else None), exact  # a slug of its own has no place among names
    text = as_text(item)
    name = decode_entities(text).strip()
    exact = name == text and not isinstance(item, list)
    return (Term(taxonomy, _term_slug(name), name) if name else None), exact


def _term_slug(name: str) -> str:
    """Return a slug for a name: lower case, punctuation dropped, blanks as hyphens; letters of every script stay."""
    return slug(" ".join(name.split()))


def read_comment(source: dict[str, Any]) -> Comment:
    """Return a comment; keys that :class:`Comment` has no field for go to its ``metadata``, dates as ISO 8601."""
    found: dict[str, str] = {}
    metadata: dict[str, Any] = {}
    for key, value in source.items():
        field = _COMMENT_FIELDS.get(key)
        if field is None or field in found or isinstance(value, dict | list):
            metadata[key] = dated(key, value)
        else:
            found[field] = value if type(value) is str else as_text(value)
    get = found.get
    author = Author(get("author", ""), "", get("email", ""), get("url", ""))
    if isinstance(source.get("author"), dict):
        author, _ = read_author(source)
    date = get("date", "")
    return Comment(
        id=as_id(get("id")),
        parent=as_id(get("parent")),
        author=author,
        date=iso_date(date) or date,
        content=one_line_ends(get("content", "")),
        metadata=metadata,
    )


def dated(key: str, value: Any) -> Any:
    """Return the value of a metadata key, as ISO 8601 when the key says that it is a date."""
    if key in DATE_KEYS and isinstance(value, str):
        return iso_date(value) or value
    return value


def decode_meta(meta: Any, log: NoticeLog, under: str = "meta.") -> Any:
    """Return post meta with PHP-serialized strings decoded (one level down, and in lists); ``under``: where it stands."""
    if not isinstance(meta, dict):
        return meta
    return {key: _decode_meta_value(f"{under}{key}", value, log) for key, value in meta.items()}


def _decode_meta_value(key: str, value: Any, log: NoticeLog) -> Any:
    """Return one meta value, decoded when it is a PHP-serialized string that can be read."""
    if isinstance(value, list):
        return [_decode_meta_value(key, item, log) if isinstance(item, str) else item for item in value]
    return decode_php(value, log, f"front matter: {key}") if isinstance(value, str) else value
