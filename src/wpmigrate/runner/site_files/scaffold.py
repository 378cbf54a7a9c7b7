"""The smallest site that builds: files of ``wpmigrate/targets/scaffolds``, with the site's name and language filled in.

They are a beginning, the user's own from then on: written where nothing is, and never again.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Final

from wpmigrate.options import RunOptions
from wpmigrate.runner.files import below, exists, write_atomic
from wpmigrate.runner.records import SiteFile

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index

__all__ = ["has_scaffold", "scaffold_files", "write_scaffold"]

_FIELD = re.compile(r"@(TITLE|TAGLINE|URL|LANGUAGE|HOME)@")
_LITERALS: Final = frozenset("toml json js mjs cjs ts yml yaml py".split())
"""Endings of files in which a text is written as in JSON, with its quotes."""
_MARKUP: Final = frozenset("html liquid njk astro mako tmpl xml".split())
"""Endings of files in which it is escaped as in HTML."""
_UNTITLED: Final = "Untitled site"


def has_scaffold(options: RunOptions) -> bool:
    """Whether there is one for the target of ``options``."""
    return _folder(options).is_dir()


def scaffold_files(index: Index | None, options: RunOptions) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file, sorted. The first site of ``index`` gives the names; pages alone have none."""
    facts = _facts(index)
    for path, file in sorted(_walk(_folder(options), "")):
        yield path, _filled(file.read_text(encoding="utf-8"), path, facts)


def write_scaffold(index: Index | None, options: RunOptions, output: str) -> Iterator[SiteFile]:
    """Write the files that are not there yet and yield what became of each. Raises OSError when the disk is full."""
    for path, text in scaffold_files(index, options):
        place = below(output, path)
        if exists(place):
            yield SiteFile(path, "skipped", "it was there already: it stays as it is")
        else:
            write_atomic(place, (text.encode(),))
            yield SiteFile(path, "written")


def _folder(options: RunOptions) -> Traversable:
    own = options.targets.get(options.target)
    name = own.get("base", "commonmark") if own else options.target
    return files("wpmigrate.targets").joinpath("scaffolds", name)


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for file in folder.iterdir():
        name = re.sub(r"^dot-", ".", file.name)
        if file.is_dir():
            if name != "__pycache__":
                yield from _walk(file, f"{path}{name}/")
        elif not name.endswith(".pyc"):
            yield path + name, file


def _facts(index: Index | None) -> dict[str, str]:
    site = None if index is None else next((site for site in index.sites() if site.number), None)
    if index is None or site is None:
        return {"TITLE": _UNTITLED, "TAGLINE": "", "URL": "", "LANGUAGE": "en", "HOME": ""}
    return {
        "TITLE": site.title or _UNTITLED,
        "TAGLINE": site.tagline,
        "URL": site.base_url,
        "LANGUAGE": site.language or "en",
        "HOME": index.front_page(site.number),
    }


def _filled(text: str, path: str, facts: dict[str, str]) -> str:
    ending = os.path.splitext(path)[1].removeprefix(".")
    return _FIELD.sub(lambda field: _spelled(" ".join(facts[field[1]].split()), ending), text)


def _spelled(value: str, ending: str) -> str:
    if ending in _LITERALS:
        return json.dumps(value, ensure_ascii=False)  # a Python literal does not join surrogates
    return html.escape(value) if ending in _MARKUP else value
