"""The ids of headings, where a builder gives others or none."""

from __future__ import annotations

import re
from typing import Any, Final

from wpmigrate.model.nodes import Heading
from wpmigrate.model.slugs import slug
from wpmigrate.writers.markdown.inline_html import NotMarkdownError
from wpmigrate.writers.markdown.spelling import Spelling

__all__ = ["with_id"]

_PLAIN: Final = {
    "github": re.compile(r"\w+(?:[ -]\w+)*"),
    "ascii": re.compile(r"\w+(?:[ -]\w+)*", re.ASCII),
}
"""Texts of which every builder with that rule makes the same id. Builders differ on markup, on hyphens in a row, on marks."""


def with_id(block: Heading, text: str, spelling: Spelling) -> str:
    """Return the heading's ``text``, already Markdown, with its id, where it has one that the builder would not give it.

    Raises NotMarkdownError where the heading must be HTML.
    """
    dialect = spelling.dialect
    if spelling.heading_tags(text):
        raise NotMarkdownError(text)
    data = block.data or {}
    name = _id(data)
    if not name or _is_given(name, text, dialect.auto_ids) or dialect.heading_ids == "none":
        return text
    if dialect.heading_ids == "html":
        if data.get("legacyIds"):
            raise NotMarkdownError(text)
        return text
    if not text or not spelling.brace_ids.fullmatch(name):
        raise NotMarkdownError(text)
    return f"{text} {{#{name}}}"


def _id(data: dict[str, Any]) -> str:
    return str((data.get("hProperties") or {}).get("id") or "")


def _is_given(name: str, text: str, rule: str) -> bool:
    """Whether the builder makes the id ``name`` of ``text`` by itself."""
    plain = _PLAIN.get(rule)
    return plain is not None and plain.fullmatch(text) is not None and name == slug(text)
