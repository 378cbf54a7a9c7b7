"""One entry: its source bytes against all of its files."""

from __future__ import annotations

from collections.abc import Sequence

from wpmigrate.model import Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import Target
from wpmigrate.verifier.body import compare_body, source_inventory
from wpmigrate.verifier.output import split_page
from wpmigrate.verifier.source import read_source

__all__ = ["verify"]


def verify(
    source: SourceEntry,
    files: Sequence[OutputFile],
    target: Target,
    options: NormalizeOptions,
    notices: Sequence[Notice] = (),
    site: Site | None = None,
) -> tuple[Finding, ...]:
    """Return all that ``files`` lack or have otherwise than ``source``; empty when nothing is lost."""
    page = read_source(source, options)
    inventory = source_inventory(page, options)
    findings: list[Finding] = []
    for file in files:
        text = file.data.decode("utf-8")
        if file.format == "markdown":
            parts = split_page(text)
            if parts is None:
                findings.append(Finding("file", "the front matter's fence is missing", file.path))
                continue
            findings += compare_body(page, inventory, parts[1], file.path, parts[2])
    return tuple(findings)
