"""Readers' comments: which are kept, and what of them is personal."""

from __future__ import annotations

from typing import Any

from wpmigrate.extractors.privacy import take_secrets
from wpmigrate.extractors.values import as_id, decode_entities, one_line_ends
from wpmigrate.extractors.wxr.dates import gmt_date, local_date
from wpmigrate.extractors.wxr.postmeta import read_meta
from wpmigrate.extractors.wxr.records import RawComment
from wpmigrate.model import Author, Comment, NoticeLog
from wpmigrate.options import ExtractOptions

__all__ = ["STATUSES", "read_comments"]

STATUSES: dict[str, str] = {
    "1": "approved",
    "approve": "approved",
    "approved": "approved",
    "0": "pending",
    "hold": "pending",
}
"""``comment_approved`` -> status, for those that are kept; all others (spam, trash, post-trashed, unknown) are left out."""

_PERSONAL_META = ("akismet_", "_wp_trash_meta_")
"""Prefixes of metadata that repeats what a visitor sent, e-mail address and IP included, or that WordPress only needs itself."""


def read_comments(raw: list[RawComment], options: ExtractOptions, log: NoticeLog) -> list[Comment]:
    """Return the comments that are approved or wait for it, in order; what is left out is counted in ``log``."""
    kept = [row for row in raw if _is_kept(row, log)]
    ids = {row.comment_id.strip() for row in kept}
    return [_comment(row, ids, options, log) for row in kept]


def _is_kept(row: RawComment, log: NoticeLog) -> bool:
    """Tell whether a comment is neither spam nor trash nor of an unknown state."""
    state = row.comment_approved.strip()
    if state in STATUSES:
        return True
    what = state if state in ("spam", "trash", "post-trashed") else f"of unknown status {state!r}"
    log.add("dropped", f"comment that is {what}", f"comment {row.comment_id.strip()}")
    return False


def _comment(row: RawComment, ids: set[str], options: ExtractOptions, log: NoticeLog) -> Comment:
    """Return one comment."""
    number = row.comment_id.strip()
    parent = as_id(row.comment_parent)
    if parent and parent not in ids:
        log.add("mapped", "comment whose parent is not there: stands at the top", f"comment {number}")
        parent = ""
    date, gmt = row.comment_date, row.comment_date_gmt
    return Comment(
        id=as_id(number),
        parent=parent,
        author=_author(row, options, log),
        date=local_date(date, gmt),
        content=one_line_ends(row.comment_content),
        metadata=_metadata(row, options, log),
    )


def _author(row: RawComment, options: ExtractOptions, log: NoticeLog) -> Author:
    """Return the commenter, with the e-mail address only when it was asked for."""
    author = Author(name=decode_entities(row.comment_author).strip(), url=row.comment_author_url.strip())
    email = row.comment_author_email.strip()
    if email and options.emails:
        author.email = email
    elif email:
        log.add("dropped", "commenter's e-mail address: personal", f"comment {row.comment_id.strip()}")
    return author


def _metadata(row: RawComment, options: ExtractOptions, log: NoticeLog) -> dict[str, Any]:
    """Return everything else that has a value."""
    where = f"comment {row.comment_id.strip()}"
    found: dict[str, Any] = {
        "type": row.comment_type.strip() or "comment",
        "status": STATUSES[row.comment_approved.strip()],
        "date_gmt": gmt_date(row.comment_date_gmt),
        "user_id": as_id(row.comment_user_id),
    }
    address = row.comment_author_IP.strip()
    if address and options.emails:
        found["ip"] = address
    elif address:
        log.add("dropped", "commenter's IP address: personal", where)
    found["meta"] = _meta(row, options, log, where)
    if row.unknown:
        found["unknown"] = dict(row.unknown)
    return {key: value for key, value in found.items() if value not in ("", {})}


def _meta(row: RawComment, options: ExtractOptions, log: NoticeLog, where: str) -> dict[str, Any]:
    """Return a comment's metadata, without what repeats personal data."""
    if not row.meta:
        return {}
    rows = row.meta
    if not options.emails:
        rows = [(key, value) for key, value in rows if not key.strip().startswith(_PERSONAL_META)]
        if len(rows) < len(row.meta):
            log.add(
                "dropped", "comment metadata of the spam filter: personal", where, len(row.meta) - len(rows)
            )
    values = read_meta(rows, log, f"{where}: meta").values
    for key in take_secrets(values):
        log.add("dropped", "password: it must not be published", f"{where}: meta: {key}")
    return values
