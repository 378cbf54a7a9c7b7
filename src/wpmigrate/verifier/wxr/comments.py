"""The comments of an item, and the data files that hold them as threads."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from wpmigrate.verifier.wxr.dates import gmt_dates, local_dates
from wpmigrate.verifier.wxr.item import COMMENT_FIELDS, Item
from wpmigrate.verifier.wxr.meta import read_meta
from wpmigrate.verifier.wxr.values import one_of, wrong

__all__ = ["STATUSES", "check_comments", "check_data_file", "kept_comments"]

STATUSES: Final = {"1": "approved", "approved": "approved", "approve": "approved", "0": "pending", "hold": "pending"}
"""``comment_approved`` -> status; comments with any other (spam, trash, post-trashed) must not be in the output."""

_PINGS: Final = frozenset({"pingback", "trackback"})
_EMPTY: Final = ("", "0")
FILTER_META: Final = ("akismet_", "_wp_trash_meta_")
"""How the keys of meta begin in which the spam filter repeats e-mail addresses and IPs: left out unless these are asked for."""


def kept_comments(item: Item) -> list[tuple[dict[str, str], list[tuple[str, str]]]]:
    """Return the comments that must be in the output."""
    return [row for row in item.comments if row[0].get("approved", "").strip() in STATUSES]


def check_comments(item: Item, got: Any, emails: bool) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in the record's comments ``got``."""
    kept = kept_comments(item)
    if not isinstance(got, list) or len(got) != len(kept):
        yield "comments", f"the source has {len(kept)} comments to keep, the output {len(got)}"
        return
    ids = {row[0].get("id", "").strip() for row in kept}
    for (values, meta), comment in zip(kept, got, strict=True):
        name = f"comments.{values.get('id', '')}."
        yield from wrong(_wanted(values, ids), {key: comment[key] for key in comment if key not in ("author", "metadata")}, name)
        yield from wrong(_author(values, emails), {k: v for k, v in comment["author"].items() if v}, name)
        yield from wrong(_metadata(values, meta, emails), comment["metadata"], name)


def _wanted(values: dict[str, str], ids: set[str]) -> dict[str, Any]:
    get = values.get
    parent = get("parent", "").strip()
    return {
        "id": _id(get("id", "")),
        "parent": parent if parent in ids and parent not in _EMPTY else "",
        "date": one_of(*local_dates(get("date", ""), get("date_gmt", ""))),
        "content": get("content", ""),
    }


def _author(values: dict[str, str], emails: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"name": html.unescape(values.get("author", "")).strip(), "url": values.get("author_url", "").strip()}
    if emails:
        found["email"] = values.get("author_email", "").strip()
    return {key: value for key, value in found.items() if value}


def _metadata(values: dict[str, str], rows: list[tuple[str, str]], emails: bool) -> dict[str, Any]:
    get = values.get
    found: dict[str, Any] = {
        "type": get("type", "").strip() or "comment",
        "status": STATUSES[get("approved", "").strip()],
        "date_gmt": one_of(*gmt_dates(get("date_gmt", ""))),
    }
    if (user := get("user_id", "").strip()) not in _EMPTY:
        found["user_id"] = user
    if emails and get("author_IP", "").strip():
        found["ip"] = get("author_IP", "").strip()
    if not emails:
        rows = [row for row in rows if not row[0].strip().startswith(FILTER_META)]
    if meta := read_meta(rows)[0]:
        found["meta"] = meta
    if unknown := {key: value for key, value in values.items() if key not in COMMENT_FIELDS}:
        found["unknown"] = unknown
    return found


def check_data_file(data: Any, item: Item, emails: bool, id: str, type: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a file of the comments of the entry with this ``id`` and ``type``.

    Every comment must be there once: answers below what they answer, what is not approved under ``pending``, pings apart.
    """
    if not isinstance(data, dict) or data.keys() != {"id", "type", "path", "comments", "pending", "pings"}:
        yield "comments", "the file is no file of comments"
        return
    if (data["id"], data["type"]) != (id, type):
        yield "comments", "the file says another entry's id or type"
    try:
        places = [(group, *row) for group in _GROUPS for row in _flat(data[group])]
        yield from _check_places(places)
        yield from check_comments(item, _in_order(item, places), emails)
    except (KeyError, TypeError, AttributeError):
        yield "comments", "a comment of the file is not whole"


_Place: TypeAlias = tuple[str, dict[str, Any], dict[str, Any] | None, int]
"""A group of the file, a comment in it, the one that it stands below, and how deep."""
_GROUPS: Final = ("comments", "pending", "pings")
_DEEPEST: Final = 10
"""How deep WordPress lets threads nest (``thread_comments_depth``)."""
_MOST_STEPS: Final = 1000
"""How far up a thread is followed; keeps a chain of thousands from taking quadratic time."""


def _in_order(item: Item, places: list[_Place]) -> list[dict[str, Any]]:
    """Return the comments of a file, without their replies, in the order of the source; those that it does not know last."""
    order: dict[tuple[str, ...], list[int]] = {}
    kept = kept_comments(item)
    ids = {values.get("id", "").strip() for values, _ in kept}
    for number, (values, _) in enumerate(kept):
        status, kind = STATUSES[values["approved"].strip()], values.get("type", "").strip()
        order.setdefault((*_known_by(_wanted(values, ids)), _group(status, kind)), []).append(number)
    rows = {key: iter(numbers) for key, numbers in order.items()}
    found = [(next(rows.get((*_known_by(comment), group), iter(())), len(item.comments)), comment) for group, comment, _, _ in places]
    found.sort(key=lambda row: row[0])
    return [{key: value for key, value in comment.items() if key != "replies"} for _, comment in found]


def _known_by(comment: dict[str, Any]) -> tuple[str, str, str]:
    """Return by what a comment is known: several may have the same id, or none."""
    return comment["id"], comment["parent"], comment["content"]


def _id(text: str) -> str:
    text = text.strip()
    return "" if text == "0" else text


def _check_places(places: list[_Place]) -> Iterator[tuple[str, str]]:
    approved = _approved(places)
    for group, comment, above, depth in places:
        if _group(comment["metadata"]["status"], comment["metadata"]["type"]) != group:
            yield "comments", f"the comment {comment['id']} stands under {group}"
        elif group == "comments" and not _is_below(comment, above, depth, approved):
            yield "comments", f"the comment {comment['id']} does not stand below the one that it answers"


def _approved(places: list[_Place]) -> dict[str, dict[str, Any]]:
    """Return the comments that may be answered by their ids; of several with one id, the first."""
    found: dict[str, dict[str, Any]] = {}
    for group, comment, _, _ in places:
        if group == "comments" and comment["id"]:
            found.setdefault(comment["id"], comment)
    return found


def _group(status: str, kind: str) -> str:
    return "pending" if status != "approved" else "pings" if kind in _PINGS else "comments"


def _is_below(
    comment: dict[str, Any], above: dict[str, Any] | None, depth: int, approved: dict[str, dict[str, Any]]
) -> bool:
    """Whether a comment stands where it must: below what it answers, or as deep as threads go; those in a ring at the top."""
    parent = comment["parent"]
    if above is not None and above["id"] == parent:
        return True
    if parent not in approved:
        return above is None
    seeks = comment["id"] if above is None else above["id"]
    for _ in range(_MOST_STEPS):
        if parent == seeks:
            return above is None or depth >= _DEEPEST
        if parent not in approved:
            return False
        parent = approved[parent]["parent"]
    return True


def _flat(rows: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None, int]]:
    """Yield each comment of the threads in ``rows``, the one that it stands below, and how deep."""
    stack: list[tuple[Any, dict[str, Any] | None, int]] = []
    stack.extend((row, None, 0) for row in reversed(rows))
    while stack:
        row, above, depth = stack.pop()
        yield row, above, depth
        stack.extend((reply, row, depth + 1) for reply in reversed(row.get("replies", ())))
