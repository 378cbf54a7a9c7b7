"""How ``verify`` prints what it finds: for people, programs, CI systems. Pure; entries go by one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

import msgspec

from wpmigrate.cli.summary import item_name, one_line, visible
from wpmigrate.model import Finding
from wpmigrate.runner.records import Record, Totals

__all__ = ["FORMATTERS", "Formatter"]


class Formatter(Protocol):
    """Turns records into lines."""

    totals: Totals
    """The counts so far."""

    def entry(self, record: Record) -> Iterator[str]:
        """Yield the lines of one entry."""

    def end(self, ignored: Mapping[str, int]) -> Iterator[str]:
        """Yield the last lines."""


class _Base:
    def __init__(self, input: str, output: str, roots: Mapping[str, str] | None = None) -> None:
        self._input = input
        self._output = output
        self._roots = roots or {}
        self.totals = Totals()

    def _source(self, record: Record) -> str:
        """Return the file that an entry was made from."""
        path = record.source.path
        return f"{self._roots.get(path, self._input)}/{path}"

    def _entry(self, record: Record) -> str:
        """Return the file that an entry was made from, and which item of it."""
        item = record.source.item
        return self._source(record) + (f" (item {item})" if item is not None else "")

    def _place(self, record: Record, finding: Finding) -> str:
        """Return the file that a finding is about."""
        return f"{self._output}/{finding.file}" if finding.file else self._source(record)

    def _closing(self) -> str:
        totals = self.totals
        lost = f"{totals.findings:,} lost" if totals.findings else "not all is proven"
        return (
            f"{totals.written:,} proven, {totals.skipped:,} skipped, {totals.failed:,} failed: "
            f"{lost if totals.failed else 'nothing was lost'}"
        )


class _Text(_Base):
    """A finding a line, as compilers print them, with the source below."""

    def entry(self, record: Record) -> Iterator[str]:
        self.totals.add(record)
        if record.status == "failed" and not record.findings:
            yield f"{visible(self._entry(record))}: {one_line(record.reason)}"
        for finding in record.findings:
            line = f":{finding.line}" if finding.line else ""
            yield f"{visible(self._place(record, finding))}{line}: {finding.what}: {one_line(finding.message)}"
            place = f":{finding.source_line}" if finding.source_line else ""
            context = f": {one_line(finding.context)}" if finding.context else ""
            yield f"    source {visible(self._entry(record))}{place}{context}"

    def end(self, ignored: Mapping[str, int]) -> Iterator[str]:
        yield self._closing()


class _Json(_Base):
    """The same shape as the report's."""

    def entry(self, record: Record) -> Iterator[str]:
        start = '{"entries": [\n' if self.totals.entries == 0 else ","
        self.totals.add(record)
        yield start + msgspec.json.encode(record).decode()

    def end(self, ignored: Mapping[str, int]) -> Iterator[str]:
        self.totals.ignored = dict(ignored)
        start = '{"entries": [' if self.totals.entries == 0 else ""
        yield f'{start}],\n"totals": {msgspec.json.encode(self.totals).decode()}}}'


class _JUnit(_Base):
    """A test case a page. The counts are in its last lines' attributes, which JUnit readers count for themselves."""

    def entry(self, record: Record) -> Iterator[str]:
        if self.totals.entries == 0:
            yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="wpmigrate verify">'
        self.totals.add(record)
        yield f'<testcase classname="wpmigrate" name={quoteattr(_legal(item_name(record)))}>'
        if record.status == "skipped":
            yield f"<skipped message={quoteattr(_legal(record.reason))}/>"
        elif record.status == "failed":
            details = "\n".join(
                _sentence(self._place(record, finding), finding) for finding in record.findings
            )
            yield f"<failure message={quoteattr(_legal(record.reason))}>{escape(_legal(details))}</failure>"
        yield "</testcase>"

    def end(self, ignored: Mapping[str, int]) -> Iterator[str]:
        if self.totals.entries == 0:
            yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="wpmigrate verify">'
        yield "</testsuite>"


class _GitHub(_Base):
    """Workflow commands, which GitHub shows beside the line of the file.

    Their escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    """

    def entry(self, record: Record) -> Iterator[str]:
        self.totals.add(record)
        if record.status == "failed" and not record.findings:
            item = f" (item {record.source.item})" if record.source.item is not None else ""
            yield self._command(self._source(record), None, record.reason + item)
        for finding in record.findings:
            context = f" (source: {finding.context})" if finding.context else ""
            message = f"{finding.what}: {finding.message}{context}"
            yield self._command(self._place(record, finding), finding.line if finding.file else None, message)

    def end(self, ignored: Mapping[str, int]) -> Iterator[str]:
        yield self._closing()

    def _command(self, path: str, line: int | None, message: str) -> str:
        place = f",line={line}" if line else ""
        escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        name = (
            path.replace("%", "%25")
            .replace(":", "%3A")
            .replace(",", "%2C")
            .replace("\n", "%0A")
            .replace("\r", "%0D")
        )
        return f"::error file={name}{place}::{escaped}"


FORMATTERS: dict[str, Callable[..., Formatter]] = {
    "text": _Text,
    "json": _Json,
    "junit": _JUnit,
    "github": _GitHub,
}
"""What ``--format`` can say; each takes the input and the output folder, and where the input of a page is another: path -> root."""


def _sentence(place: str, finding: Finding) -> str:
    line = f":{finding.line}" if finding.line else ""
    context = f" (source: {finding.context})" if finding.context else ""
    return f"{place}{line}: {finding.what}: {finding.message}{context}"


def _legal(text: str) -> str:
    """Return ``text`` without characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return "".join(
        char if (char >= " " and char not in "\ufffe\uffff") or char in "\t\n" else "?" for char in text
    )
