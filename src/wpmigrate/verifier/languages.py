"""The languages of code blocks: what the source says of them clearly the output must say, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.reader import Attributes
from wpmigrate.verifier.tokens import Inventory

__all__ = ["lost_language", "said_of_code"]

_ATTRIBUTES: Final = frozenset({"lang", "data-lang", "data-language"})
_NAME = re.compile(r"[\w+#.-]+")
_CLEAR = re.compile(r"(?<!\S)(?:language|lang|brush)[-:]\s*([\w+#.-]+)", re.I)
"""How classes of highlighters name a language beyond doubt: of Prism and highlight.js, google-code-prettify, SyntaxHighlighter."""
_WORD = re.compile(r"[\w+#.]+")
_NONE: Final = frozenset({"default", "none", "undefined"})
_RAW = re.compile(r"<pre(?!><code)", re.I)
"""Code that stays HTML, which has no place for a class."""


def said_of_code(attrs: Attributes) -> str:
    """Return what the attributes of ``pre`` or ``code`` say of its language, as a class would."""
    return " ".join(
        f"lang-{value}" if name in _ATTRIBUTES else value
        for name, value in attrs
        if value and (name == "class" or (name in _ATTRIBUTES and _NAME.fullmatch(value)))
    )


def _languages(said: str) -> set[str]:
    return {name.lower() for name in _CLEAR.findall(said)} - _NONE


def lost_language(source: Inventory, output: Inventory, html: str, text: str) -> str | None:
    """Return a sentence on the first language of code that only the ``source`` or only the ``output`` (its ``html``) has.

    ``text`` is the source's. Where code stays HTML, or is one line in a cell, nobody can tell which block is which.
    """
    there = [_languages(said) for said in output.languages.values()]
    lower = unescape(text).lower() if there else ""
    for names in there:
        if not any(name in lower for name in names) and names:
            return f"the source has no code in {min(names)!r}"
    wanted = [(names, said.lower()) for said in source.languages.values() if (names := _languages(said))]
    if not wanted or _RAW.search(html) or _blocks(output) < _blocks(source):
        return None
    rest = iter(there)
    for names, said in wanted:
        known = names.union(_WORD.findall(said))  # another element of the block may name it less clearly
        if not any(known & found for found in rest):
            return f"the language {min(names)!r} of code in the source is not in the output"
    return None


def _blocks(page: Inventory) -> int:
    return sum(type(token) is tuple and token[0] == t.CODE_BLOCK for token in page.tokens)
