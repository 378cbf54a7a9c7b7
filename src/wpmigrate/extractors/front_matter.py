"""Files with a YAML front-matter block and a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wpmigrate.extractors.dialects import dialect
from wpmigrate.extractors.encoding import decode
from wpmigrate.extractors.fields import read_fields
from wpmigrate.extractors.privacy import SECRET_KEYS, says_private, without_secrets
from wpmigrate.extractors.recovery import KEY_LINE, recover
from wpmigrate.extractors.simple_yaml import load_simple
from wpmigrate.extractors.yaml_loader import DuplicateKey, YamlProblem, load_yaml
from wpmigrate.model import Finding, NoticeLog, SourceEntry
from wpmigrate.options import ExtractOptions

__all__ = ["Split", "extract_front_matter", "split"]

_OPEN = re.compile(r"[\s\ufeff\u200b]*+---[ \t]*(?:\r\n|\r|\n|\Z)")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)")
_NEXT_CLOSE = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BELONGS = re.compile(r"[ \t]+\S|- |-[ \t]*[\r\n]|#")
_SMALL_KEY = re.compile(r"[a-z_]+:(?=[ \t\r\n]|\Z)")
_FIRST_KEY = re.compile(r"(?:title|layout|date|id|author|categories|tags|permalink|slug|comments):(?=[ \t\r\n])")
# A value in quotes may hold any "#"; what begins otherwise ends at " #", wherever a quote stands in it.
_COMMENT = re.compile(
    r"""(?m)^[^\s#'"-][^:\r\n]*:[ \t]+(?:[!&][^\s]*[ \t]+)*(?:(?:[\[{][^'"\r\n]*?|[^'"|>\s#\[{!&][^\r\n]*?)[ \t])?(#[^\r\n]*)"""
)
_TITLE_KEY = re.compile(r"(?:\A|[\r\n])title:")


class Split(NamedTuple):
    """A file in two."""

    block: str
    """The YAML, without its fences; empty when there is none."""
    block_line: int
    """1-based line where the YAML begins; 0 when the file has no front matter."""
    body: str
    """What follows; the whole file when it has no front matter."""
    body_line: int
    """1-based line where the body begins."""
    closed: bool = True
    """Whether a closing fence was found."""


def extract_front_matter(data: bytes, path: str, options: ExtractOptions) -> Iterator[SourceEntry]:
    """Yield the one entry of a file with front matter and a body; the body is not touched.

    YAML that cannot be read is a finding: its keys are recovered one by one, and the block is kept in the metadata.
    Raises :class:`~wpmigrate.errors.ExtractError` when a forced encoding does not fit.
    """
    text, encoding, notices = decode(data, options.encoding)
    log = NoticeLog()
    findings: list[Finding] = []
    parts = split(text)
    source = _read_block(parts, log, findings)
    if source is None:
        parts, source = Split("", 0, text, 1), {}
    _note_shape(text, parts, log)
    fields, metadata = read_fields(source, path, log)
    yield SourceEntry(
        path=path,
        raw=data,
        format=dialect(source),
        encoding=encoding,
        fields=fields,
        metadata=metadata,
        body=parts.body,
        body_line=parts.body_line,
        notices=notices + log.notices(),
        findings=tuple(findings),
    )


def split(text: str) -> Split:
    """Return the front matter and the body of ``text``.

    The block opens with ``---`` on the first line that is not blank and closes at the first ``---`` or ``...`` that
    stands alone on a line (Jekyll's rule, https://jekyllrb.com/docs/front-matter/). Without a closing fence the block
    is the lines that look like YAML, up to the first one that does not. The opening fence may lack, as in Hexo.
    """
    end = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    head = text[3 : end + 1]
    if end >= 0 and "\r" not in head and "\n---" not in head and "\n..." not in head:  # nearly all
        return Split(head[1:], 2, text[end + 5 :], head.count("\n") + 2)
    return _split_any(text)


def _split_any(text: str) -> Split:
    """Do the same for fences of any form."""
    opening = _OPEN.match(text)
    if opening is None:
        return _unopened(text) if _FIRST_KEY.match(text) else Split("", 0, text, 1)
    start = opening.end()
    closing = _CLOSE.match(text, start)
    end = start
    if closing is None:
        closing = _NEXT_CLOSE.search(text, start)
        if closing is None:
            return _unclosed(text, start)
        end = closing.start() + (2 if text.startswith("\r\n", closing.start()) else 1)
    block_line = _line_ends(text[:start]) + 1
    block = text[start:end]
    body_start = closing.end()
    return Split(block, block_line, text[body_start:], block_line + _line_ends(text[start:body_start]))


def _unopened(text: str) -> Split:
    """Split a file of Hexo's, which needs no fence before the keys: nothing but keys stands before its only fence."""
    closing = _NEXT_CLOSE.search(text)
    lines = text[: closing.start()].splitlines() if closing else []
    looks = all(KEY_LINE.match(line) or _BELONGS.match(line) or not line.strip() for line in lines)
    if closing is None or not looks or not _TITLE_KEY.search(text, 0, closing.start()):
        return Split("", 0, text, 1)
    head = text[: closing.end()]
    return Split(text[: closing.start()] + "\n", 1, text[closing.end() :], 1 + _line_ends(head))


def _unclosed(text: str, start: int) -> Split:
    """Split where the lines stop looking like YAML; after a blank line only a key in small letters does."""
    end = start
    blank = False
    for match in _LINE.finditer(text, start):
        line = match[0]
        if not line.strip():
            blank = True
        elif _SMALL_KEY.match(line) or (
            not blank and (KEY_LINE.match(line) or (end > start and _BELONGS.match(line)))
        ):
            end = match.end()
            blank = False
        else:
            break
    if end == start:
        return Split("", 0, text, 1)
    block_line = _line_ends(text[:start]) + 1
    return Split(
        text[start:end], block_line, text[end:], block_line + _line_ends(text[start:end]), closed=False
    )


def _line_ends(text: str) -> int:
    r"""Count the line ends of ``text``: ``\n``, ``\r\n`` and ``\r``."""
    count = text.count("\n")
    return count + text.count("\r") - text.count("\r\n") if "\r" in text else count


def _read_block(parts: Split, log: NoticeLog, findings: list[Finding]) -> dict[str, Any] | None:
    """Return the keys of the block; None when it is no front matter, so that the file is all body."""
    if not parts.closed:
        message = (
            f"no line '---' closes the block; it was read up to line {parts.body_line - 1}. Add one there"
        )
        findings.append(_finding(message, parts.block_line - 1, 1))
    simple = load_simple(parts.block)
    if simple is not None:
        return simple
    try:
        loaded = load_yaml(parts.block, log, parts.block_line)
    except YamlProblem as problem:
        return _recover_block(parts, problem, log, findings)
    if not isinstance(loaded.value, dict):
        return {} if loaded.value is None else None
    if loaded.duplicates:
        _add_duplicates(loaded.value, loaded.duplicates, log, findings)
    return loaded.value


def _recover_block(
    parts: Split, problem: YamlProblem, log: NoticeLog, findings: list[Finding]
) -> dict[str, Any] | None:
    """Return what can be read of a block that is not YAML, with a finding; the block is kept whole."""
    block = without_secrets(parts.block)
    source = recover(block, log, parts.block_line)
    keys = ", ".join(list(source)[:20]) or "none"
    keys += f" and {len(source) - 20} more" if len(source) > 20 else ""
    message = (
        f"not YAML: {problem}. Recovered keys: {keys}. Put quotes round the value or repair the indentation; "
        f"until then the block {'is kept as raw_front_matter' if source else 'stands in the body'}"
    )
    findings.append(_finding(message, problem.line, problem.column))
    if not source:
        return None
    source["raw_front_matter"] = block
    return source


def _add_duplicates(
    source: dict[str, Any], duplicates: tuple[DuplicateKey, ...], log: NoticeLog, findings: list[Finding]
) -> None:
    """Report keys that stand twice; values that differ from the last one are kept as ``duplicate_keys``.

    What says that the page is not public wins wherever it stands.
    """
    kept: list[dict[str, Any]] = []
    for duplicate in duplicates:
        if duplicate.value == duplicate.again and type(duplicate.value) is type(duplicate.again):
            log.add("mapped", f"key {duplicate.key} stands twice with one value", f"line {duplicate.line}")
            continue
        secret = duplicate.key.lower() in SECRET_KEYS
        private = duplicate.key in source and says_private(duplicate.key, duplicate.value)
        if private:
            source[duplicate.key] = duplicate.value
        taken = (
            "first value was taken, since it says that the page is not public"
            if private
            else "last value was taken"
        )
        message = f"the key {duplicate.key!r} stands twice; the {taken}"
        message += "" if secret else ", the other one is kept as duplicate_keys. Remove one"
        findings.append(_finding(message, duplicate.line, duplicate.column))
        if not secret:
            other = duplicate.again if private else duplicate.value
            kept.append({"key": duplicate.key, "line": duplicate.line, "value": other})
    if kept:
        source["duplicate_keys"] = kept


def _finding(message: str, line: int, column: int) -> Finding:
    """Return a finding about the front matter."""
    return Finding("front matter", message, source_line=line, source_column=column)


def _note_shape(text: str, parts: Split, log: NoticeLog) -> None:
    """Say what is unusual about the file as a whole."""
    if not text.strip():
        log.add("kept", "the file is empty", "file")
    elif parts.block_line == 0:
        log.add("kept", "no front matter: the whole file is the body", "line 1")
    if parts.block.startswith("#") or "\n#" in parts.block:
        log.add("dropped", "YAML comment lines: not data", "front matter")
    if " #" in parts.block:
        for found in _COMMENT.finditer(parts.block):
            log.add("dropped", f"YAML comment at the end of a line: {found[1].rstrip()}", "front matter")
