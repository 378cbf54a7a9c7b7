"""Code is bytes: what stands in ``pre`` and ``code``, and which language it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Code
from wpmigrate.normalizer.elements import ELEMENTS, element_of
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Close, Opened
from wpmigrate.normalizer.elements.others import note_others
from wpmigrate.normalizer.elements.raw import open_raw
from wpmigrate.normalizer.elements.sayings import note_sayings
from wpmigrate.normalizer.marks import BREAK, CODE, STYLE_TAGS, LinkMark
from wpmigrate.normalizer.raw_html import INSTRUCTION, NUMBERED_LINE, SPLITS_PAGE
from wpmigrate.normalizer.styles import meaningful

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["LANGUAGES", "code_text", "language_of", "open_code", "open_pre"]

_BLOCKS: Final = frozenset(name for name, row in ELEMENTS.items() if row.kind in ("paragraph", "block", "caption", "figure", "pre"))
"""What begins and ends a line, also inside ``pre``."""
_DROPPED: Final = frozenset(name for name, row in ELEMENTS.items() if row.kind == "drop")
_UNSEEN: Final = _DROPPED | {"script", "iframe"}
"""Elements whose text nobody sees."""

LANGUAGES: Final = frozenset(
    """actionscript ada apache applescript asm asp aspnet awk bash basic batch c clojure cobol coffeescript cpp c++ csharp c# css
    csv d dart delphi diff django docker dockerfile elixir erlang fortran fsharp go gradle graphql groovy haskell html http ini
    java javascript js json jsx kotlin latex less lisp lua makefile markdown matlab mysql nginx objc objective-c ocaml pascal
    perl php plain powershell prolog properties python r rails rb rhtml ruby rust sass scala scheme scss sh shell smalltalk
    sql swift tcl tex text toml ts typescript vb vbnet vbscript verilog vhdl vim xhtml xml yaml yml zsh""".split()
)
"""Language names that count when they stand alone as a class."""

_NO_LANGUAGE: Final = frozenset({"default", "none", "undefined"})
"""What highlighters call code of no language."""

_CLASS = re.compile(r"(?:^|\s)(?:language|lang|highlight|brush|source)[-:]\s*([\w+#.-]+)", re.I)
_LANGUAGE = re.compile(r"[\w+#.-]+")
_BRUSH = re.compile(r"\s*([\w+#.-]+)")
"""The class of ``<pre name="code" class="as:nogutter">``: the first SyntaxHighlighter had the language and its options there."""
_LANG: Final = frozenset({"lang"})
_READ_OF_CODE: Final = frozenset({"lang", "language", "name", "class", "data-language", "data-lang", "data-enlighter-language", "data-codetype", "syntax"})
"""Attributes that say the language of code."""
_LANGUAGE_ATTRIBUTES: Final = ("lang", "data-language", "data-lang", "data-enlighter-language", "data-codetype", "syntax")


_STRESS: Final = frozenset({"b", "strong", "i", "em", "del", "s", "strike"})
_SAYS: Final = _STRESS | {name for name, row in ELEMENTS.items() if row.kind == "tag"}
"""Elements that mean something; what code leaves out of them is named."""
_MEANT: Final = _SAYS - {"kbd", "var", "small", "time", "data"}
"""Those without which the text says another thing (``10<sup>2</sup>``); the others only tell which part of the code it is."""
_CODE_SIGNS: Final = frozenset({"span", "font", INSTRUCTION})
"""With these in it, emphasis in ``pre`` is the work of a syntax highlighter, or a program's; without them somebody meant it (a poem)."""
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
    _note_round(builder)
    if builder.inline_only:
        names = [child.tag or INSTRUCTION for child in node.traverse()]
        _note_markup(builder, node, sorted(_SAYS.intersection(names)), names)
        _append_lines(builder, node)
        return SKIP
    number = attributes.get("data-wpm-code") or ""
    if number.isdecimal() and int(number) < len(builder.codes):
        builder.solid(builder.codes[int(number)])
        return SKIP
    names = [child.tag or INSTRUCTION for child in node.traverse()]
    said = sorted(_SAYS.intersection(names))
    code = node.css_first("code")
    inner = node.css("pre")[-1] if names.count("pre") > 1 else None
    language = language_of(code, node, inner) or _language_of_block(builder)
    poem = not _MEANT.isdisjoint(said) and code is None and language is None and not _CODE_SIGNS.intersection(names)
    if poem or _stays_html(node, frozenset(names)):
        return open_raw(builder, node, attributes)
    builder.settle()
    if len(names) > 1:
        _note_markup(builder, node, said, names)
    if "title" in attributes or "aria-label" in attributes:
        note_sayings(builder.log, "pre", attributes, _LANG)
    if attributes and not attributes.keys() <= _READ_OF_CODE:
        note_others(builder.log, "pre", attributes, _READ_OF_CODE)
    builder.solid(Code(code_text(node).removesuffix("\n"), language))
    return SKIP


def _note_round(builder: TreeBuilder) -> None:
    """Note emphasis and links that are open round a code block."""
    if not builder.marks:
        return
    if not STYLE_TAGS.keys().isdisjoint(builder.marks):
        builder.log.add("dropped", "emphasis round <pre>: code has none; its text stays")
    for mark in builder.marks:
        if isinstance(mark, LinkMark):
            builder.log.add("mapped", f"link {mark.url} round <pre>: code has none; it stands beside it")


def _note_markup(builder: TreeBuilder, node: LexborNode, said: list[str], names: list[str]) -> None:
    """Note what a code block leaves out; its anchors lead to where it begins."""
    if "-comment" in names:
        _note_comments(builder, node)
    if "ol" in names:
        builder.log.add("mapped", "<ol> inside <pre>: numbers that a highlighter put before the lines of code; they go")
    for name in said:
        builder.log.add("dropped", f"<{name}> inside <pre>: a highlighter's markup; its text stays")
    if any(meaningful(child.attributes.get("style") or "") for child in node.css("[style]") if child.mem_id != node.mem_id):
        builder.log.add("dropped", "style inside <pre>: a highlighter's markup; its text stays")
    for name in sorted(_DROPPED.intersection(names)):
        builder.log.add("dropped", f"<{name}>: {element_of(name).reason}")
    for child in node.css("[title],[aria-label]"):
        if child.mem_id != node.mem_id:
            note_sayings(builder.log, child.tag or "", child.attributes, _LANG)
    for child in node.css("[id],a[name]"):
        found = [child.attributes.get(key) for key in (("id", "name") if child.tag == "a" else ("id",))]
        builder.pending += [name for name in dict.fromkeys(found) if name and child.mem_id != node.mem_id]


def _stays_html(node: LexborNode, names: frozenset[str]) -> bool:
    """Whether there is something in ``node`` that code cannot hold; a link without an address is none."""
    needs = set(filter(_needs_html, names))
    if "a" in needs and node.css_first("a[href]") is None:
        needs.discard("a")
    if needs == {"ol", "li"} and _is_numbered(node):
        needs.clear()
    return bool(needs) or ("-comment" in names and _splits_page(node))


def _is_numbered(node: LexborNode) -> bool:
    """Whether the lists in ``node`` are lines of code that GeSHi has numbered: ``<li class="li1"><div class="de1">``."""
    items = node.css("li")
    return all(NUMBERED_LINE.match(item.attributes.get("class") or "") for item in items) and len(node.css("li > div")) >= len(items)


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


def code_text(top: LexborNode) -> str:
    """Return the text of a ``pre`` element as a browser shows it: ``br`` is a line end, tags vanish, entities are decoded.

    A block in it begins a line, and what follows its end begins one too.
    """
    first = top.first_child
    if first is not None and first.next is None and first.tag == "-text":
        return first.text_content or ""  # nearly all
    text = _Lines()
    depth = 0
    node = first
    while node is not None:
        text.begin(node)
        child = None if node.tag in _UNSEEN else node.first_child
        if child is not None:
            depth += 1
            node = child
            continue
        text.end(node)
        while depth and node is not None and node.next is None:
            depth -= 1
            node = node.parent
            if node is not None:
                text.end(node)
        node = node.next if node is not None else None
    return "".join(text.parts)


_NO_EDGE: Final = 0
_BEGINS: Final = 1
_HAS_ENDED: Final = 2
"""The edge of a block in code; the line end after one that has ended may be the source's own."""


class _Lines:
    """The text of a code block as it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._edge = _NO_EDGE
        """Whether a block has begun or ended and nothing has come since."""

    def begin(self, node: LexborNode) -> None:
        """Note the start of an element, or a text."""
        name = node.tag
        if name == "-text":
            self._add(node.text_content or "")
        elif name in _BLOCKS:
            self._edge = _BEGINS
        elif name == "br":
            self._add("\n", begins=True)
        elif name is None:
            self._add(node.html or "")  # <?php … ?>, which a parser makes into no text

    def end(self, node: LexborNode) -> None:
        """Note the end of an element."""
        if node.tag in _BLOCKS:
            self._edge = _HAS_ENDED

    def _add(self, text: str, begins: bool = False) -> None:
        edge, self._edge = self._edge, _NO_EDGE
        if (edge == _BEGINS or (edge and (begins or not text.startswith("\n")))) and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
        self.parts.append(text)


def _language_of_block(builder: TreeBuilder) -> str | None:
    """Return the language that the Gutenberg block round a ``pre`` names (SyntaxHighlighter Evolved, Code Block Pro), or None."""
    attributes = builder.block_metas[-1].get("attrs") if builder.block_metas else None
    name = attributes.get("language") if isinstance(attributes, dict) else None
    return name.lower() if isinstance(name, str) and _LANGUAGE.fullmatch(name) else None


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
            match = _BRUSH.match(classes) if attributes.get("name") == "code" else _CLASS.search(classes)
            found = match[1] if match else next((word for word in classes.split() if word.lower() in LANGUAGES), None)
        if found and _LANGUAGE.fullmatch(found) and found.lower() not in _NO_LANGUAGE:
            return found.lower()
    return None
