"""What must not be in any output: passwords, and the e-mail and IP addresses of those who wrote comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from wpmigrate.model import Finding, Notice, OutputFile
from wpmigrate.verifier.values import leaves
from wpmigrate.verifier.wxr.comments import STATUSES
from wpmigrate.verifier.wxr.item import Item

__all__ = ["has_password", "leaked_addresses", "unnamed_omissions"]

_PERSONAL: Final = ("author_email", "author_IP")
_LONG_ENOUGH: Final = 3
_END: Final = rb"(?![\w.])"


def has_password(item: Item, raw: bytes, values: Any) -> bool:
    """Whether the item's password stands in one of the ``values`` of the output, and nowhere else in the item."""
    password = item.values.get("post_password", "").strip()
    if not password or raw.count(password.encode()) > 1:
        return False
    return any(password in str(leaf) for leaf in leaves(values))


def leaked_addresses(item: Item, raw: bytes, files: Sequence[OutputFile]) -> Iterator[Finding]:
    """Yield the files that hold a commenter's e-mail or IP address which stands nowhere else in the item."""
    for text in {values.get(key, "").strip() for values, _ in item.comments for key in _PERSONAL}:
        if len(text) < _LONG_ENOUGH:
            continue
        secret = text.encode()
        holders = [file for file in files if secret in file.data]
        if holders and raw.count(secret) == _own_places(item, text) and (
            file := next((file for file in holders if _stands_alone(secret, file.data)), None)
        ):
            yield Finding("privacy", "the e-mail or IP address of a commenter must not be in the output", file.path)


def _own_places(item: Item, text: str) -> int:
    """Return how often ``text`` stands in the comments' own elements for it."""
    return sum(values.get(key, "").count(text) for values, _ in item.comments for key in _PERSONAL)


def _stands_alone(secret: bytes, data: bytes) -> bool:
    """Whether ``secret`` is in ``data`` and no part of a longer number or word: ``::1`` and ``1.2.3.4`` are short."""
    return re.search(rb"(?<![\w.])" + re.escape(secret) + _END, data) is not None


_OMISSIONS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("a comment that is spam", "spam", ("spam",)),
    ("a comment in the trash", "trash", ("trash", "post-trashed")),
)
"""(what may be left out, the word that its notice has, the values of ``comment_approved``)."""


def unnamed_omissions(item: Item, notices: Sequence[Notice], emails: bool) -> Iterator[Finding]:
    """Yield what is left out on purpose without a notice that counts it."""
    dropped = [notice for notice in notices if notice.kind == "dropped"]
    if item.values.get("post_password", "").strip() and not _named(dropped, "password"):
        yield Finding("notice", "the password is left out, and no notice says so")
    for thing, word, statuses in _OMISSIONS:
        if _named(dropped, word) < _count(item, *statuses):
            yield Finding("notice", f"{thing} is left out, and no notice says so")
    kept = [values for values, _ in item.comments if values.get("approved", "").strip() in STATUSES]
    if not emails:
        for key, word in (("author_email", "mail"), ("author_IP", "IP")):
            wanted = sum(1 for values in kept if values.get(key, "").strip())
            if wanted and _named(dropped, word) < wanted:
                yield Finding("notice", f"commenters' {key} are left out, and no notice counts them")
    others = len(item.comments) - len(kept) - _count(item, "spam") - _count(item, "trash", "post-trashed")
    if others and _named(dropped, "comment") < others:
        yield Finding("notice", "a comment is left out, and no notice says so")


def _count(item: Item, *statuses: str) -> int:
    return sum(1 for values, _ in item.comments if values.get("approved", "").strip() in statuses)


def _named(notices: Sequence[Notice], word: str) -> int:
    return sum(notice.count for notice in notices if word in notice.what)
