"""Code is bytes: what stands in ``pre`` and ``code``, and which language it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Code
from wpmigrate.normalizer.elements import ELEMENTS, element_of
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Close, Opened
from wpmigrate.normalizer.elements.raw import open_raw
from wpmigrate.normalizer.marks import BREAK, CODE
from wpmigrate.normalizer.raw_html import INSTRUCTION, SPLITS_PAGE

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["LANGUAGES", "code_text", "language_of", "open_code", "open_pre"]

_BREAKS: Final = frozenset({"br"})
_BLOCKS: Final = frozenset({"p"}).union(name for name, row in ELEMENTS.items() if row.kind in ("block", "caption", "figure"))
"""What begins and ends a line, also inside ``pre``."""

LANGUAGES: Final = frozenset(
    """actionscript ada apache applescript asm asp aspnet awk bash basic batch c clojure cobol coffeescript cpp c++ csharp c# css
    csv d dart delphi diff django docker dockerfile elixir erlang fortran fsharp go gradle graphql groovy haskell html http ini
    java javascript js json jsx kotlin latex less lisp lua makefile markdown matlab mysql nginx objc objective-c ocaml pascal
    perl php plain powershell prolog properties python r rails rb rhtml ruby rust sass scala scheme scss sh shell smalltalk
    sql swift tcl tex text toml ts typescript vb vbnet vbscript verilog vhdl vim xhtml xml yaml yml zsh""".split()
)
"""Language names that count when they stand alone as a class."""

_CLASS = re.compile(r"(?:^|\s)(?:language|lang|highlight|brush|source)[-:]\s*([\w+#.-]+)", re.I)
_LANGUAGE_ATTRIBUTES: Final = ("lang", "data-language", "data-lang", "data-enlighter-language", "data-codetype", "syntax")

_STRESS: Final = frozenset({"b", "strong", "i", "em", "del", "s", "strike"})
_COLOURED: Final = frozenset({"span", "font"})
"""With these in it, emphasis in ``pre`` is the work of a syntax highlighter; without them somebody meant it (a poem)."""
_HTML_IN_PRE: Final = frozenset({"unknown", "raw", "image", "link", "table", "heading", "list", "item", "quote", "rule"})
"""Kinds of elements that code cannot hold."""
_PLAIN_IN_PRE: Final = frozenset(
    {"br", "p", "div", "span", "font", "code", "em", "i", "b", "strong", "u", "tt", "kbd", "samp", "var", "small", "big",
     "mark", "ins", "del", "s", "strike", "sub", "sup", "cite", "q", "abbr", "wbr"}
)  # fmt: skip
"""The most common elements that code can do without (the others are looked up)."""


def open_code(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open inline code: the text in it is code, byte for byte."""
    builder.code_depth += 1

    def close() -> None:
        builder.code_depth -= 1

    return close


def open_pre(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Append a code block; with images, links or meant emphasis in it, it stays HTML. In a cell: inline code."""
    builder.leave_heading()
    if builder.inline_only:
        _append_lines(builder, node)
        return SKIP
    number = attributes.get("data-wpm-code") or ""
    if number.isdecimal() and int(number) < len(builder.codes):
        builder.solid(builder.codes[int(number)])
        return SKIP
    names = [child.tag or INSTRUCTION for child in node.traverse()]
    stressed = sorted(_STRESS.intersection(names))
    code = node.css_first("code")
    language = language_of(code, node)
    poem = stressed and code is None and language is None and not _COLOURED.intersection(names)
    if poem or any(map(_needs_html, names)) or ("-comment" in names and _splits_page(node)):
        return open_raw(builder, node, attributes)
    if "-comment" in names:
        _note_comments(builder, node)
    for name in stressed:
        builder.log.add("dropped", f"<{name}> inside <pre>: a highlighter's markup; its text stays")
    builder.solid(Code(code_text(node).removesuffix("\n"), language))
    return SKIP


def _splits_page(node: LexborNode) -> bool:
    comments = [child.comment_content or "" for child in node.traverse() if child.tag == "-comment"]
    return any(SPLITS_PAGE.match(comment) and not comment.startswith("wp:") for comment in comments)


def _note_comments(builder: TreeBuilder, node: LexborNode) -> None:
    for child in node.traverse():
        words = (child.comment_content or "").split() if child.tag == "-comment" else []
        if words:
            builder.log.add("dropped", f"comment <!--{' '.join(words)[:60]}-->: invisible")


def _append_lines(builder: TreeBuilder, node: LexborNode) -> None:
    builder.boundary()
    for line in code_text(node).strip("\n").split("\n"):
        builder.run.append((CODE, line, builder.marks))
        builder.run.append((BREAK, None, builder.marks))


def _needs_html(name: str) -> bool:
    if name[0] == "-" or name in _PLAIN_IN_PRE or name == "pre":
        return False
    return element_of(name).kind in _HTML_IN_PRE


def code_text(node: LexborNode) -> str:
    """Return the text of a ``pre`` element as a browser shows it: ``br`` is a line end, tags vanish, entities are decoded."""
    parts: list[str] = []
    for child in node.traverse(include_text=True):
        name = child.tag
        before = child.prev
        if name in _BLOCKS or (before is not None and before.tag in _BLOCKS):
            _begin_line(parts, child)
        if name == "-text":
            parts.append(child.text_content or "")
        elif name in _BREAKS:
            parts.append("\n")
        elif name is None:
            parts.append(child.html or "")  # <?php … ?>, which a parser makes into no text
    return "".join(parts)


def _begin_line(parts: list[str], node: LexborNode) -> None:
    """Append a line end unless one is there, or comes with ``node``."""
    if parts and not parts[-1].endswith("\n") and not (node.tag == "-text" and (node.text_content or "").startswith("\n")):
        parts.append("\n")


def language_of(*nodes: LexborNode | None) -> str | None:
    """Return the language that an attribute or class of one of ``nodes`` names, or None."""
    for node in nodes:
        if node is None:
            continue
        attributes = node.attributes
        if not attributes:
            continue
        found = next((attributes[key] for key in _LANGUAGE_ATTRIBUTES if attributes.get(key)), None)
        if found is None:
            classes = attributes.get("class") or ""
            match = _CLASS.search(classes)
            found = match[1] if match else next((word for word in classes.split() if word.lower() in LANGUAGES), None)
        if found and re.fullmatch(r"[\w+#.-]+", found):
            return found.lower()
    return None
