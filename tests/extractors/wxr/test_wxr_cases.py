"""One quirk a case: the file is a frame round what the case says, the answer is what the reader sees."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest
import yaml

from wpmigrate.extractors.wxr import Piece, read_item, scan
from wpmigrate.model import Fields, SourceEntry
from wpmigrate.options import ExtractOptions

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>A site</title>
"""
DEFAULTS = ExtractOptions()
PUBLIC = (
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>"
)


def framed(text: str) -> bytes:
    """A case that begins with ``<?xml`` or ``FILE`` is the file itself; else it stands in a channel.

    ``PUBLIC`` is short for what makes an item public.
    """
    text = text.replace("PUBLIC", PUBLIC)
    if text.startswith("FILE"):
        return text.removeprefix("FILE\n").encode()
    return (text if text.startswith("<?xml") else f"{HEAD}{text}\n</channel></rss>\n").encode()


def shown(entry: SourceEntry) -> dict[str, Any]:
    """Return all of an entry that is not the default."""
    defaults = msgspec.to_builtins(Fields())
    fields = {
        key: value for key, value in msgspec.to_builtins(entry.fields).items() if value != defaults[key]
    }
    if "terms" in fields:
        fields["terms"] = [f"{term.taxonomy} {term.slug} {term.name}" for term in entry.fields.terms]
    if "author" in fields:
        fields["author"] = entry.fields.author.login
    if "comments" in fields:
        fields["comments"] = [
            _without_nothing(msgspec.to_builtins(comment)) for comment in entry.fields.comments
        ]
    found = {"body": entry.body, **fields, "metadata": entry.metadata}
    found["notices"] = [f"{n.kind} {n.count} {n.what} ({n.where})" for n in entry.notices]
    found["findings"] = [f"{f.source_line}: {f.message}" for f in entry.findings]
    return _without_nothing(found)


def _without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    result = {}
    for key, item in value.items():
        item = _without_nothing(item) if isinstance(item, dict) else item
        if item not in ("", {}, [], None):
            result[key] = item
    return result


def entry_of(piece: Piece, encoding: str, options: ExtractOptions) -> SourceEntry:
    return read_item(
        piece.data,
        "x.xml",
        str(piece.number),
        options,
        encoding=encoding,
        offset=piece.offset,
        line=piece.line,
    )


def read(data: bytes, options: ExtractOptions = DEFAULTS) -> list[Any]:
    """Return what is shown of each item, and the problem of every other piece."""
    pieces = scan(io.BytesIO(data))
    result: list[Any] = []
    for piece in pieces:
        if piece.kind == "item":
            found = shown(entry_of(piece, pieces.encoding, options))
            result.append({"problem": piece.problem, **found} if piece.problem else found)
        elif piece.problem:
            result.append(f"{piece.kind}: {piece.problem}")
    assert pieces.starts == pieces.items - pieces.orphans + pieces.hidden
    return result


@pytest.mark.cases("cases/files.txt", "cases/items.txt")
def test_cases(case: Any) -> None:
    assert _texts(read(framed(case.input))) == _texts(yaml.load(case.expected, yaml.BaseLoader))


def _texts(value: Any) -> Any:
    """Make every scalar text, since the cases are read without types."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
