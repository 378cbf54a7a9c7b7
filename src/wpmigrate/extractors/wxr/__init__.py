"""WordPress's own export files (WXR: RSS with WordPress's elements), of any size and any damage.

:func:`scan` cuts a stream into pieces, :func:`read_channel_piece` reads those of the channel, :func:`read_item` an item.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from wpmigrate.extractors.wxr.channel import ChannelPart, add_to_channel, read_channel_piece
from wpmigrate.extractors.wxr.entry import entry_of, item_fields, read_item
from wpmigrate.extractors.wxr.header import is_wxr
from wpmigrate.extractors.wxr.item import parse_item
from wpmigrate.extractors.wxr.records import (
    AuthorRow,
    Channel,
    Piece,
    RawCategory,
    RawComment,
    RawItem,
    TermRow,
)
from wpmigrate.extractors.wxr.scan import Scan, scan
from wpmigrate.model import SourceEntry
from wpmigrate.options import ExtractOptions

__all__ = [
    "AuthorRow",
    "Channel",
    "ChannelPart",
    "Piece",
    "RawCategory",
    "RawComment",
    "RawItem",
    "Scan",
    "TermRow",
    "add_to_channel",
    "entry_of",
    "extract_wxr",
    "is_wxr",
    "item_fields",
    "parse_item",
    "read_channel_piece",
    "read_item",
    "scan",
]


def extract_wxr(data: bytes, path: str, options: ExtractOptions) -> Iterator[SourceEntry]:
    """Yield every item of a WXR file that is in memory; raises :class:`~wpmigrate.errors.ExtractError` as :func:`scan` does."""
    pieces = scan(BytesIO(data), options.encoding)
    for piece in pieces:
        if piece.kind == "item":
            yield read_item(
                piece.data,
                path,
                str(piece.number),
                options,
                encoding=pieces.encoding,
                offset=piece.offset,
                line=piece.line,
            )
