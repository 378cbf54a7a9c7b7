"""The tables of the index, and the input that they are made from."""

from __future__ import annotations

import msgspec

__all__ = ["ExportFile"]


class ExportFile(msgspec.Struct, frozen=True):
    """One WXR file of the input."""

    plain: str
    """The plain (unpacked) file on disk."""
    label: str
    """As the report names it: ``export.zip/part1.xml``."""
