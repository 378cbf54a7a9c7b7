"""The stages of wpmigrate, each with what it needs made beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wpmigrate import extractors, normalizer, verifier, writers
from wpmigrate.model import Entry, OutputFile, Site, SourceEntry
from wpmigrate.options import FORMATS, ExtractOptions, NormalizeOptions
from wpmigrate.runner.walk import find_sources
from wpmigrate.targets import COMMONMARK
from wpmigrate.writers.markdown import join_blocks, write_blocks

__all__ = ["Page", "extract", "normalize", "prepare", "read_pages", "stages", "verify", "whole_job", "write"]

SITE = Site()
EXTRACT = ExtractOptions()
NORMALIZE = NormalizeOptions()


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


def prepare(pages: dict[str, bytes]) -> tuple[list[Page], dict[str, str]]:
    """Run each page through once; return those that went well, and by path why the others did not."""
    good, bad = [], {}
    for path, data in pages.items():
        try:
            good += [_page(path, data, source) for source in extract(path, data)]
        except Exception as error:  # whatever a page does, the others are measured
            bad[path] = f"{type(error).__name__}: {error}"
    return good, bad


def _page(path: str, data: bytes, source: SourceEntry) -> Page:
    entry = normalize(source)
    files = write(source, entry, FORMATS)
    verify(source, entry, files)
    return Page(path, data, source, entry, files)


def extract(path: str, data: bytes) -> list[SourceEntry]:
    return list(extractors.extract(data, path, EXTRACT))


def normalize(source: SourceEntry) -> Entry:
    return normalizer.normalize(source, SITE, NORMALIZE)


def write(source: SourceEntry, entry: Entry, formats: tuple[str, ...]) -> tuple[OutputFile, ...]:
    verbatim = source.body if entry.source.body == "markdown" else None
    return writers.write(entry, "page", formats, COMMONMARK, verbatim)


def markdown_body(source: SourceEntry, entry: Entry) -> str:
    """Return the Markdown of the body alone: what other converters make."""
    if entry.source.body == "markdown":
        return source.body
    return join_blocks(entry.content, write_blocks(entry.content, COMMONMARK))


def verify(source: SourceEntry, entry: Entry, files: tuple[OutputFile, ...]) -> object:
    return verifier.verify(source, files, COMMONMARK, NORMALIZE, entry.notices, SITE)


def stages(pages: list[Page]) -> dict[str, Callable[[], object]]:
    """Return the stages by name; each goes over all pages. A writer's row includes the Markdown that its sections need."""
    return {
        "extract": lambda: [extract(page.path, page.data) for page in pages],
        "normalize": lambda: [normalize(page.source) for page in pages],
        "Markdown": lambda: [write(page.source, page.entry, ("markdown",)) for page in pages],
        "JSON": lambda: [write(page.source, page.entry, ("json",)) for page in pages],
        "YAML": lambda: [write(page.source, page.entry, ("yaml",)) for page in pages],
        "all three": lambda: [write(page.source, page.entry, FORMATS) for page in pages],
        "verify": lambda: [verify(page.source, page.entry, page.files) for page in pages],
        "conversion proper": lambda: [_convert(page.source) for page in pages],
        "whole job": lambda: [whole_job(page.path, page.data) for page in pages],
    }


def _convert(source: SourceEntry) -> str:
    return markdown_body(source, normalize(source))


def whole_job(path: str, data: bytes) -> list[object]:
    """Return the findings for each entry of a file, all else done and let go."""
    return [_prove(source) for source in extract(path, data)]


def _prove(source: SourceEntry) -> object:
    entry = normalize(source)
    return verify(source, entry, write(source, entry, FORMATS))
