"""The stages of wpmigrate, each with what it needs made beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from wpmigrate import normalizer, verifier, writers
from wpmigrate.model import Entry, OutputFile, Site, SourceEntry
from wpmigrate.options import FORMATS, RunOptions
from wpmigrate.runner.job import EntryResult, convert_entry, read_source
from wpmigrate.runner.walk import find_sources
from wpmigrate.targets import COMMONMARK
from wpmigrate.writers.markdown import join_blocks, write_blocks

__all__ = [
    "Page",
    "extract",
    "normalize",
    "prepare",
    "read_pages",
    "stages",
    "take_verbatim",
    "verify",
    "whole_job",
    "write",
]

SITE = Site()
OPTIONS = RunOptions()


@dataclass(frozen=True)
class Page:
    """One page with what every stage makes of it."""

    path: str
    """Relative to the folder."""
    data: bytes
    """The file."""
    source: SourceEntry
    """What the extractor makes of it."""
    entry: Entry
    """What the normalizer makes of that."""
    verbatim: str | None
    """The body, where it is Markdown already."""
    files: tuple[OutputFile, ...]
    """What the writers make of that."""


def read_pages(folder: str) -> dict[str, bytes]:
    """Return every page of ``folder`` by its path, found as the program finds them."""
    found = find_sources(folder)
    pages = {}
    for name in found.paths:
        with open(f"{found.root}/{name}", "rb") as stream:
            pages[name] = stream.read()
    return pages


def prepare(pages: dict[str, bytes]) -> tuple[list[Page], Counter[str], dict[str, str]]:
    """Run each page through once. Return the pages to measure, the count of each status, and by path what was raised.

    Pages that are skipped by rule are not measured. Those that fail the proof are: their work is done all the same.
    """
    good, statuses, raised = [], Counter[str](), {}
    for path, data in pages.items():
        try:
            status = whole_job(path, data).record.status
            statuses[status] += 1
            if status != "skipped":
                good.append(_page(path, data))
        except Exception as error:  # whatever a page does, the others are measured
            raised[path] = f"{type(error).__name__}: {error}"
    return good, statuses, raised


def _page(path: str, data: bytes) -> Page:
    source = extract(path, data)
    entry = normalize(source)
    verbatim = take_verbatim(entry)
    return Page(path, data, source, entry, verbatim, write(entry, FORMATS, verbatim))


def extract(path: str, data: bytes) -> SourceEntry:
    return read_source(path, data, OPTIONS)


def normalize(source: SourceEntry) -> Entry:
    return normalizer.normalize(source, SITE, OPTIONS.normalize)


def take_verbatim(entry: Entry) -> str | None:
    """Return the body where it is Markdown already: the normalizer leaves it in the tree's data."""
    data = entry.content.data or {}
    text: str | None = data.pop("markdown", None)
    entry.content.data = data or None
    return text


def write(entry: Entry, formats: tuple[str, ...], verbatim: str | None) -> tuple[OutputFile, ...]:
    return writers.write(entry, "page", formats, COMMONMARK, verbatim)


def verify(source: SourceEntry, entry: Entry, files: tuple[OutputFile, ...]) -> object:
    return verifier.verify(source, files, COMMONMARK, OPTIONS.normalize, entry.notices, SITE)


def convert(source: SourceEntry) -> str:
    """Return the Markdown of the body alone: what other converters make."""
    entry = normalize(source)
    verbatim = take_verbatim(entry)
    return verbatim if verbatim is not None else join_blocks(entry.content, write_blocks(entry.content, COMMONMARK), COMMONMARK)


def whole_job(path: str, data: bytes) -> EntryResult:
    """Return what the runner makes of a file: three outputs, proven."""
    return convert_entry(path, data, "page", OPTIONS, SITE)


def stages(pages: list[Page]) -> dict[str, Callable[[], object]]:
    """Return the stages by name; each goes over all pages and keeps no result.

    A writer's row includes the Markdown that the sections of its record need.
    """
    steps: dict[str, Callable[[Page], object]] = {
        "extract": lambda page: extract(page.path, page.data),
        "normalize": lambda page: normalize(page.source),
        "Markdown": lambda page: write(page.entry, ("markdown",), page.verbatim),
        "JSON": lambda page: write(page.entry, ("json",), page.verbatim),
        "YAML": lambda page: write(page.entry, ("yaml",), page.verbatim),
        "all three": lambda page: write(page.entry, FORMATS, page.verbatim),
        "verify": lambda page: verify(page.source, page.entry, page.files),
        "conversion proper": lambda page: convert(page.source),
        "whole job": lambda page: whole_job(page.path, page.data),
    }
    return {name: _over(pages, step) for name, step in steps.items()}


def _over(pages: list[Page], step: Callable[[Page], object]) -> Callable[[], object]:
    def run() -> None:
        for page in pages:
            step(page)

    return run
