"""Code is bytes: what stands in ``pre`` and ``code``, and which language it is."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["LANGUAGES", "code_text", "language_of"]

_BREAKS: Final = frozenset({"br"})
_BLOCKS: Final = frozenset({"p", "div", "li"})

LANGUAGES: Final = frozenset(
    """actionscript ada apache applescript asm asp aspnet awk bash basic batch c clojure cobol coffeescript cpp c++ csharp c# css
    csv d dart delphi diff django docker dockerfile elixir erlang fortran fsharp go gradle graphql groovy haskell html http ini
    java javascript js json jsx kotlin latex less lisp lua makefile markdown matlab mysql nginx objc objective-c ocaml pascal
    perl php plain powershell prolog properties python r rails rb rhtml ruby rust sass scala scheme scss sh shell smalltalk
    sql swift tcl tex text toml ts typescript vb vbnet vbscript verilog vhdl vim xhtml xml yaml yml zsh""".split()
)
"""Language names that count when they stand alone as a class."""

_CLASS = re.compile(r"(?:^|\s)(?:language|lang|highlight|brush|source)[-:]\s*([\w+#.-]+)", re.I)
_ATTRIBUTES: Final = ("lang", "data-language", "data-lang", "data-enlighter-language", "data-codetype", "syntax")


def code_text(node: LexborNode) -> str:
    """Return the text of a ``pre`` element as a browser shows it: ``br`` is a line end, tags vanish, entities are decoded."""
    parts: list[str] = []
    for child in node.traverse(include_text=True):
        name = child.tag
        if name == "-text":
            parts.append(child.text_content or "")
        elif name in _BREAKS or (name in _BLOCKS and parts and not parts[-1].endswith("\n")):
            parts.append("\n")
        elif name is None:
            parts.append(child.html or "")  # <?php … ?>, which a parser makes into no text
    return "".join(parts)


def language_of(*nodes: LexborNode | None) -> str | None:
    """Return the language that an attribute or class of one of ``nodes`` names, or None."""
    for node in nodes:
        if node is None:
            continue
        attributes = node.attributes
        if not attributes:
            continue
        found = next((attributes[key] for key in _ATTRIBUTES if attributes.get(key)), None)
        if found is None:
            classes = attributes.get("class") or ""
            match = _CLASS.search(classes)
            found = match[1] if match else next((word for word in classes.split() if word.lower() in LANGUAGES), None)
        if found and re.fullmatch(r"[\w+#.-]+", found):
            return found.lower()
    return None
