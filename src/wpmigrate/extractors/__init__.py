"""A source format to a stream of :class:`~wpmigrate.model.SourceEntry`; bodies stay untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from wpmigrate.errors import ExtractError
from wpmigrate.extractors.front_matter import extract_front_matter
from wpmigrate.extractors.wxr import extract_wxr, is_wxr
from wpmigrate.model import SourceEntry
from wpmigrate.options import ExtractOptions

__all__ = ["EXTRACTORS", "SUFFIXES", "Extractor", "extract"]

_DEFAULTS = ExtractOptions()

Extract: TypeAlias = Callable[[bytes, str, ExtractOptions], Iterator[SourceEntry]]
"""What every extractor is: source bytes, the path in the input folder, options; one entry after another."""

SUFFIXES = frozenset({".html", ".htm", ".md", ".markdown", ".txt"})
"""The file names that are sources, by their ending in lower case."""


class Extractor(NamedTuple):
    """A row of :data:`EXTRACTORS`."""

    name: str
    """The format."""
    recognises: Callable[[bytes], bool]
    """Whether the first bytes of a file are of this format."""
    extract: Extract
    """Reads it."""


# The first bytes of files that are no text, whatever their name says
_NO_TEXT = (
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
)


def _has_fence(data: bytes) -> bool:
    """Tell whether ``data`` begins with front matter, as nearly all pages do."""
    return data.startswith(b"---")


def _is_binary(data: bytes) -> bool:
    """Tell whether ``data`` begins as files do that are no text."""
    return data.startswith(tuple(mark for mark, _ in _NO_TEXT))


def _refuse_binary(data: bytes, path: str, options: ExtractOptions) -> Iterator[SourceEntry]:
    """Say what the file is."""
    kind = next((name for mark, name in _NO_TEXT if data.startswith(mark)), "no text")
    raise ExtractError(f"the file is {kind}, not a page; move it out of the input folder")


EXTRACTORS: tuple[Extractor, ...] = (
    Extractor("front-matter", _has_fence, extract_front_matter),
    Extractor("wxr", is_wxr, extract_wxr),
    Extractor("binary", _is_binary, _refuse_binary),
    Extractor("front-matter", lambda data: True, extract_front_matter),
)
"""The first row that recognises the bytes reads them; a page without front matter is all body."""


def extract(data: bytes, path: str, options: ExtractOptions = _DEFAULTS) -> Iterator[SourceEntry]:
    """Yield the entries of one source file.

    ``data`` are its bytes and ``path`` is its place in the input folder, with ``/``. Raises
    :class:`~wpmigrate.errors.ExtractError` when the bytes are no page at all.
    """
    for row in EXTRACTORS:
        if row.recognises(data):
            return row.extract(data, path, options)
    raise AssertionError("the last row recognises everything")
