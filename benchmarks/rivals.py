"""Other converters, on the same bodies."""

from __future__ import annotations

from collections.abc import Callable

import html2text
import html_to_markdown
import markdownify

__all__ = ["RIVALS", "rival_tasks"]


def _html2text_unwrapped(body: str) -> str:
    return html2text.HTML2Text(bodywidth=0).handle(body)


def _html_to_markdown(body: str) -> object:
    return html_to_markdown.convert(body)


RIVALS: dict[str, Callable[[str], object]] = {
    "html2text": html2text.html2text,
    "html2text, unwrapped": _html2text_unwrapped,
    "markdownify": markdownify.markdownify,
    "html-to-markdown": _html_to_markdown,
}
"""By name: body text in, Markdown out, with the options that each has by default; html2text also without wrapping lines, as
wpmigrate writes them."""


def rival_tasks(bodies: list[str]) -> tuple[dict[str, Callable[[], object]], dict[str, int]]:
    """Return a task for each rival, and on how many bodies it raises (those are tried all the same)."""
    tasks, failures = {}, {}
    for name, convert in RIVALS.items():
        failures[name] = sum(not _tried(convert, body) for body in bodies)
        tasks[name] = _task(convert, bodies)
    return tasks, failures


def _task(convert: Callable[[str], object], bodies: list[str]) -> Callable[[], object]:
    def run() -> None:
        for body in bodies:
            _tried(convert, body)

    return run


def _tried(convert: Callable[[str], object], body: str) -> bool:
    try:
        convert(body)
    except Exception:  # a rival's failure is a number in the table, not the end of it
        return False
    return True
