"""Entry → text. Nothing here touches a disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from wpmigrate.errors import WriteError
from wpmigrate.model import Entry, OutputFile
from wpmigrate.targets import Target
from wpmigrate.targets.paths import data_forms, data_path, output_path
from wpmigrate.writers.comments import COMMENT_FORMATS, comment_data
from wpmigrate.writers.html import html_block
from wpmigrate.writers.json import write_json
from wpmigrate.writers.markdown import join_blocks, write_blocks
from wpmigrate.writers.page import fill_sections, write_page
from wpmigrate.writers.yaml import emit

__all__ = ["COMMENT_FORMATS", "WRITERS", "Writer", "emit", "extension", "html_block", "write", "write_yaml"]

Writer: TypeAlias = Callable[[Entry, str, str, Target, bool, bool], bytes]
"""Takes an entry with its sections filled, its stem, the body as Markdown, the target, whether no record is written beside it,
and whether it is written as a draft."""

_RECORDS = frozenset({"json", "yaml"})
"""Formats that hold the sections."""


def write_yaml(entry: Entry) -> bytes:
    """Return the record without ``content`` as YAML, keys in field order, for a site's data folder.

    Dates stay text, as in JSON, so that both files read back to the same values.
    """
    record = msgspec.structs.asdict(entry)
    del record["content"]
    return emit(msgspec.to_builtins(record)).encode()


WRITERS: dict[str, Writer] = {
    "markdown": lambda entry, stem, body, target, alone, draft: write_page(
        entry, stem, body, target, alone, draft
    ).encode(),
    "json": lambda entry, *_: write_json(entry),
    "yaml": lambda entry, *_: write_yaml(entry),
}
"""One row per format that ``--to`` can name, in the order of :data:`wpmigrate.options.FORMATS`."""


def extension(form: str, target: Target) -> str:
    """Return the ending, with its dot, of the files of a format."""
    return target.extension if form == "markdown" else f".{form}"


def write(
    entry: Entry,
    stem: str,
    to: Sequence[str],
    target: Target,
    verbatim: str | None = None,
    comments: str = "",
    *,
    draft: bool = False,
) -> tuple[OutputFile, ...]:
    """Return the files of ``entry``, in the order of :data:`WRITERS`, then the data files of its comments.

    ``stem`` is the path without its ending, ``to`` names formats. ``verbatim`` is the body of the Markdown file where
    the source already is Markdown, for targets that read it as CommonMark does; the sections come from the tree, unless they have their own text already. ``comments`` is the stem of the comments' data
    files (:mod:`~wpmigrate.writers.comments`) below the target's data folder, one for each record format in ``to`` that the
    builder reads; there are none when it is empty. ``draft``: the Markdown stays out of what the builder reads.
    Raises :class:`~wpmigrate.errors.WriteError` for what no file can hold: too deep a tree, lone surrogates.
    """
    try:
        texts = write_blocks(entry.content, target)
        said = verbatim if target.dialect.verbatim else None
        body = join_blocks(entry.content, texts, target) if said is None else said
        alone = not _RECORDS.intersection(to)
        filled = entry if alone else fill_sections(entry, texts, target, said is not None)
        files = [
            OutputFile(
                output_path(target, stem, form, draft=draft), form, writer(filled, stem, body, target, alone, draft)
            )
            for form, writer in WRITERS.items()
            if form in to
        ]
        if comments and entry.comments and not alone:
            files += _comment_files(entry, stem, data_forms(target, to), data_path(target, comments))
        return tuple(files)
    except RecursionError as error:
        raise WriteError("the page is nested too deeply to be written as JSON") from error
    except UnicodeEncodeError as error:
        raise WriteError(f"a character cannot be written as UTF-8: {error}") from error


def _comment_files(entry: Entry, stem: str, to: Sequence[str], comments: str) -> list[OutputFile]:
    data = comment_data(entry, stem)
    return [
        OutputFile(f"{comments}.{form}", name, writer(data))
        for form, (name, writer) in COMMENT_FORMATS.items()
        if form in to
    ]
