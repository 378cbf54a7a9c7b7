"""What a person reads at the end of a run: losses first. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wpmigrate.runner.records import Record, Totals

__all__ = ["Summary", "closing_line", "item_name", "loss_lines", "one_line", "visible"]

_MOST_KINDS = 2000
"""Different things counted by name; the rest is counted together, so that the memory stays flat."""

_SHOWN = 8
"""Losses that are shown; the report has all."""

_DOUBLED = "the same as "
"""How the reason begins that names another entry, and would be a kind of its own for each."""

_WIDEST = 300
"""Characters of one message."""


class Summary:
    """Counts what happened, by name."""

    def __init__(self) -> None:
        self.unchanged = 0
        self._losses = 0
        self._lost: list[str] = []
        self._problems: list[str] = []
        self._counts: dict[str, dict[str, int]] = {
            part: {} for part in ("dropped", "repaired", "mapped", "kept", "skipped")
        }

    def add(self, record: Record, unchanged: bool) -> None:
        """Count one entry."""
        self.unchanged += unchanged
        for line in loss_lines(record):
            self._losses += 1
            if self._losses <= _SHOWN:
                self._lost.append(line)
        if record.status == "skipped":
            doubled = record.reason.startswith(_DOUBLED)
            self._count("skipped", f"{_DOUBLED}another entry" if doubled else record.reason, 1)
        for notice in record.notices:
            self._count(notice.kind, notice.what, notice.count)

    def add_problem(self, place: str, message: str) -> str:
        """Count what is wrong with a file as a whole, and return its line."""
        line = f"problem: {visible(place)}: {one_line(message)}"
        if len(self._problems) < _SHOWN:
            self._problems.append(line)
        return line

    def lines(self, totals: Totals) -> list[str]:
        """Return the table, losses first."""
        rows = [("lost", totals.findings, ""), ("failed", totals.failed, "")]
        if totals.problems:
            rows.append(("problems", totals.problems, "with export files or the site's own files"))
        rows += [(kind, totals.notices[kind], self._names(kind)) for kind in totals.notices]
        rows.append(("skipped", totals.skipped, self._names("skipped")))
        rows.append(("written", totals.written, f"{self.unchanged:,} unchanged" if self.unchanged else ""))
        if totals.removed:
            rows.append(
                ("removed", totals.removed, "files of entries that are gone, moved or not public now")
            )
        if totals.leftovers:
            rows.append(("left over", totals.leftovers, "edited files of such entries: see the report"))
        if totals.media:
            counts = ", ".join(f"{count:,} {name}" for name, count in totals.media.items())
            rows.append(("media", sum(totals.media.values()), f"{counts}: see media.json"))
        rows.append(("ignored", sum(totals.ignored.values()), _ignored(totals.ignored)))
        table = [f"{name:<9}{count:>9,}  {detail}".rstrip() for name, count, detail in rows]
        more = self._losses - len(self._lost)
        return [
            *self._problems,
            *self._lost,
            *([f"… and {more:,} more in the report"] if more else []),
            *table,
        ]

    def _count(self, part: str, what: str, count: int) -> None:
        counts = self._counts[part]
        name = what if what in counts or len(counts) < _MOST_KINDS else "other"
        counts[name] = counts.get(name, 0) + count

    def _names(self, part: str) -> str:
        rows = sorted(self._counts[part].items(), key=lambda row: (-row[1], row[0]))
        shown = [f"{_short(name)} ({count:,})" for name, count in rows[:3]]
        more = len(rows) - len(shown)
        return ", ".join(shown) + (f" and {more:,} {'kind' if more == 1 else 'kinds'} more" if more else "")


def loss_lines(record: Record) -> Iterator[str]:
    """Yield a line for each thing that went wrong with an entry: what, where, what is missing."""
    if record.status == "failed":
        yield f"failed: {visible(item_name(record))}: {one_line(record.reason)}"
        return
    for finding in record.findings:
        line = f", line {finding.source_line}" if finding.source_line else ""
        yield f"lost: {visible(item_name(record))}{line}: {one_line(finding.message)}"


def item_name(record: Record) -> str:
    """Return the source of an entry for people: the file, and which item of it."""
    item = record.source.item
    return record.source.path if item is None else f"{record.source.path}, item {item}"


def one_line(text: str) -> str:
    """Return ``text`` for a line on a terminal: one line, not endless, nothing that a terminal would obey."""
    text = visible(" ".join(text.split()))
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def visible(text: str) -> str:
    """Return ``text``, such as the name of a file, with ``?`` for what a terminal would obey."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)


def closing_line(totals: Totals, strict: bool, dry_run: bool, report: str) -> str:
    """Return the one line that says it all."""
    written = "would be written" if dry_run else "written"
    counts = f"{totals.written:,} {written}, {totals.skipped:,} skipped, {totals.failed:,} failed"
    problems = []
    if totals.findings:
        problems.append(f"{totals.findings:,} lost or unreadable")
    if totals.problems:
        problems.append(f"{totals.problems:,} wrong with the export or the site's files")
    if strict and totals.dropped_content:
        problems.append(f"{totals.dropped_content:,} dropped")
    if totals.failed and not problems:
        problems.append("not all was converted")
    see = f"; see {report}" if problems and report else ""
    return f"{counts}: {', '.join(problems) if problems else 'nothing was lost'}{see}"


def _ignored(ignored: dict[str, int]) -> str:
    return ", ".join(f"{ending or 'no ending'} ({count:,})" for ending, count in [*ignored.items()][:6])


def _short(name: str) -> str:
    name = one_line(name)
    return name if len(name) <= 60 else name[:59] + "…"
