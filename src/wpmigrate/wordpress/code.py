"""Code in a body that must be known as code before anything reads the body as markup.

Three kinds: shortcodes of highlighters (SyntaxHighlighter Evolved, CodeColorer, Crayon, WP-SynHighlight), ``<pre lang>`` of WP-Syntax and kin with
unescaped code in it, and raw PHP and tags in ``pre``, ``code`` and ``tt``, which every HTML parser would swallow.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator

import msgspec

from wpmigrate.wordpress.ends import Ends
from wpmigrate.wordpress.open_values import open_values
from wpmigrate.wordpress.shortcodes import Shortcode, ShortcodeReader
from wpmigrate.wordpress.unescaped import MARKUP_LANGUAGES, holds_bare_code, names_tags

__all__ = ["CODE_SHORTCODES", "RawCode", "decode_code", "find_code", "find_liquid_code", "trim_code"]

_WRAPPERS = frozenset({"code", "source", "sourcecode", "cc", "ccb", "cce", "cci", "ccl", "ccn", "ccw", "codesyntax", "crayon"})
_BRUSHES = frozenset(
    """actionscript actionscript3 applescript as3 bash batch c c-sharp cf clojure coldfusion cpp cs csharp css dart delphi
    diff erl erlang fsharp go groovy haskell html java javafx javascript jfx jquery js jscript json kotlin latex less lua
    matlab matlabkey mysql objc pas pascal patch perl php pl plain powershell ps py python r rails rb ror ruby rust sass
    scala scss sh shell sql swift text typescript vb vbnet xhtml xml xslt yaml yml""".split()
)
CODE_SHORTCODES: frozenset[str] = _WRAPPERS | _BRUSHES
"""Names that highlighters register; code only with an end tag. ``[cc_php]``, ``[ccN]`` and kin are understood as well."""


class RawCode(msgspec.Struct, frozen=True):
    """One piece of code and where it stands."""

    start: int
    """Where it begins in the text, with its tags."""
    end: int
    """Where it ends, likewise."""
    value: str
    """The code: entities decoded once, blank lines at its edges left out."""
    lang: str | None
    """The language, in lower case, when the source names one."""
    name: str
    """The shortcode's name; ``pre``, ``code``, ``tt``, ``highlight`` or ``codeblock``."""
    inline: bool = False
    """Whether it stands in a sentence."""
    title: str = ""
    """The title that the highlighter prints above the code."""
    unwrapped: bool = False
    """Whether an importer's ``<br />`` and ``</p>`` were taken out."""
    shortcode: Shortcode | None = None
    """The shortcode that it comes from."""




def _in_any_case(names: str) -> str:
    """Return the expression of ``names``; several times as fast as one that looks at all letters in any case."""
    return "|".join("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in names.split())


_MARKUP = (
    rf"<(?:({_in_any_case('pre code tt')})(?=[\s>])([^<>]*)>|(!--)"
    rf"|({_in_any_case('script style textarea xmp title iframe noembed noframes')})(?=[\s>])[^<>]*>"
)
_START = re.compile(_MARKUP + r"|(/?[A-Za-z][^<>\[]*+\[))|\[")
_START_OF_ELEMENT = re.compile(_MARKUP + "|((?!)))")
"""Code, a comment, text that is no markup (https://html.spec.whatwg.org/#parsing-main-inbody), a tag with a bracket in it."""
_MAY_HOLD_CODE = re.compile(r"<(?:pre|code|tt|PRE|CODE|TT|[?%])")
"""What says at little cost that most pages hold no element of code: one expression is faster than a search for each."""
_LANGUAGE = re.compile(r"""\b(?:lang|data-lang|data-language)\s*=\s*["']?([\w+#.-]+)""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*["']?([^"'<>]*)""", re.I)
_AS_TYPED = re.compile(r"""\bclass\s*=\s*["']?[^"'<>]*?\b(?:brush:|lang:)\s*([\w+#-]+)""", re.I)
"""SyntaxHighlighter and Crayon read the source of the element, and show the tags in it."""
_CLASS_LANGUAGE = re.compile(r"""\b(?:brush:\s*|language-|lang[-:])([\w+#-]+)""", re.I)
_PRE_IN_IT = re.compile(r"\s*<pre[\s>]", re.I)
_CODE_IN_PRE = re.compile(r"\s*<code(?=[\s>])([^<>]*)>(.*)</code>\s*", re.I | re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CODE_COLORER = re.compile(r"cc[a-zA-Z]{0,6}_([a-z][\w-]*)\Z|cc[bceilnstwBEILNSTW]{1,6}\Z")
_WORD = re.compile(r"[\w+#.-]+\Z")
_BREAK = re.compile(r"<br ?/?>(?:\n|\Z)")
_PARAGRAPH = re.compile(r"</p>\s*<p(?:\s[^<>]*)?>")
_EDGE_PARAGRAPH = re.compile(r"\A\s*</?p>|</?p>\s*\Z")
_LIQUID = re.compile(r"\{%-?[ \t]*(highlight|codeblock)\b([^%\n]*)-?%\}")
_LIQUID_END = re.compile(r"\{%-?[ \t]*end(highlight|codeblock)[ \t]*-?%\}")
_LIQUID_RAW = re.compile(r"\{%-?[ \t]*(?:end)?raw[ \t]*-?%\}\n?")
_LIQUID_OPTION = re.compile(r"(\w+):(\S+)|\S+")


def find_code(
    text: str, also: Container[str] = frozenset(), other: Container[str] = frozenset()
) -> Iterator[RawCode]:
    """Yield the code of ``text`` in order: shortcodes, and ``pre``, ``code`` and ``tt`` with raw code in them.

    ``also`` are more names of code shortcodes, ``other`` are names that are none (a user's rules). Ordinary ``pre`` and
    ``code`` are left to the HTML parser, and shortcodes in them, in scripts, form fields and tags are text. Time is linear. Never raises.
    """
    brackets = "[" in text and ("[/" in text or "[&#47;" in text)
    if not brackets and not _MAY_HOLD_CODE.search(text):
        return
    pattern = _START if brackets else _START_OF_ELEMENT
    reader = ShortcodeReader(text, _Names(also, other))
    ends = Ends(text)
    beyond = open_values(text)[::-1]  # the next one last
    at = 0
    while start := pattern.search(text, at):
        at = start.end()
        while beyond and beyond[-1][0] < start.start():
            at = max(at, beyond.pop()[1])
        if at > start.end():
            continue
        if start[0] == "[":
            shortcode = reader.at(start.start())
            if shortcode is not None and shortcode.content is not None:
                at = shortcode.end
                if not shortcode.escaped and not _is_formula(shortcode):
                    yield _from_shortcode(text, shortcode)
            continue
        name = start[1] or start[4]
        closer = f"</{name.lower()}>" if name else ">" if start[5] else "-->"
        end = ends.after(closer, at)
        if end < 0:
            if start[4]:
                return  # it swallows the rest of the page
            continue
        if start[1]:
            if _PRE_IN_IT.match(text, at, end):
                continue  # what stands in it is that one's
            yield from _from_element(start, text[at : end - len(closer)], end)
        at = end


def find_liquid_code(text: str) -> Iterator[RawCode]:
    """Yield the code in ``{% highlight lang %}…{% endhighlight %}`` and ``{% codeblock %}`` (Jekyll and Octopress).

    Its bytes are the source's, but for the paragraphs of an export: Liquid decodes nothing. Nested ``{% raw %}`` tags are not part of it.
    """
    if "{" not in text or "{%" not in text:
        return
    ends: dict[str, list[re.Match[str]]] = {"highlight": [], "codeblock": []}
    for found in _LIQUID_END.finditer(text):
        ends[found[1]].append(found)
    for places in ends.values():
        places.reverse()
    at = 0
    while start := _LIQUID.search(text, at):
        at = start.end()
        places = ends[start[1]]
        while places and places[-1].start() < at:
            places.pop()
        if places:
            close = places.pop()
            lang, title = _liquid_options(start[1], start[2])
            content = text[at : close.start()]
            unwrapped = _without_paragraphs(content, lang)
            at = close.end()
            value = trim_code(_LIQUID_RAW.sub("", unwrapped))
            yield RawCode(start.start(), at, value, lang, start[1], title=title, unwrapped=unwrapped != content)


def decode_code(text: str) -> str:
    """Return ``text`` with its entities decoded once; ``&copy=1`` without a semicolon is code, not an entity."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def trim_code(text: str) -> str:
    """Return ``text`` without blank lines at its beginning and end, and without its last line end."""
    lead = text[: len(text) - len(text.lstrip())]
    text = text[lead.rfind("\n") + 1 :]
    body = text.rstrip()
    return body + text[len(body) :].split("\n", 1)[0] if body else ""


class _Names:
    """The names of code shortcodes, as :class:`~wpmigrate.wordpress.shortcodes.ShortcodeReader` asks for them."""

    def __init__(self, also: Container[str], other: Container[str]) -> None:
        self._also = also
        self._other = other

    def __contains__(self, name: object) -> bool:
        if name in self._other:
            return False
        return name in CODE_SHORTCODES or name in self._also or bool(_CODE_COLORER.match(str(name)))


def _from_shortcode(text: str, shortcode: Shortcode) -> RawCode:
    content = shortcode.content or ""
    lang = _shortcode_language(shortcode)
    unwrapped = _without_paragraphs(content, lang)
    return RawCode(
        shortcode.start,
        shortcode.end,
        trim_code(decode_code(unwrapped)),
        lang,
        shortcode.name,
        inline="\n" not in content and _in_sentence(text, shortcode.start, shortcode.end),
        title=decode_code(shortcode.attributes.get("title", "")),
        unwrapped=unwrapped != content,
        shortcode=shortcode,
    )


def _is_formula(shortcode: Shortcode) -> bool:
    """Return whether it is a line of mathematics, which plugins write like the highlighter's code in LaTeX."""
    return shortcode.name == "latex" and "\n" not in (shortcode.content or "")


def _shortcode_language(shortcode: Shortcode) -> str | None:
    """Return the language of ``[code lang=…]``, ``[code php]``, ``[code:php]``, ``[cc_php]``, ``[php]``, or None."""
    named = shortcode.attributes
    value = named.get("lang") or named.get("language") or named.get("syntax") or ""
    if not value and (colorer := _CODE_COLORER.match(shortcode.name)):
        value = colorer[1] or ""
    if not value and shortcode.name in _BRUSHES:
        value = shortcode.name
    if not value and shortcode.positional:
        value = shortcode.positional[0].strip("=:\"'")
    return value.lower() if _WORD.match(value) else None


def _in_sentence(text: str, start: int, end: int) -> bool:
    """Return whether the line of ``text`` from ``start`` to ``end`` has words on both sides."""
    before = text[max(0, start - 80) : start]
    if not before[max(before.rfind("\n"), before.rfind(">")) + 1 :].strip():
        return False
    after = text[end : end + 80].split("\n", 1)[0].lstrip()
    return bool(after) and not after.startswith(("<br", "</p"))


def _without_paragraphs(content: str, lang: str | None) -> str:
    """Undo what WordPress's paragraphs did to code in a page that was exported as it was shown.

    They end each line with ``<br />`` or ``</p>``. In code that is made of tags itself every line must have one, or each
    ``</p>`` a ``<p>`` after it: code of one's own begins with ``<p>``.
    """
    if "<br" not in content and "</p>" not in content:
        return content
    lines = content.strip().count("\n") + 1
    parted = len(_PARAGRAPH.findall(content))
    broken = len(_BREAK.findall(content)) + 3 * parted
    if broken < (lines - 1 if lang in MARKUP_LANGUAGES else max(1, lines // 2)):
        parts_only = parted and parted == content.count("</p>") == content.count("<p>") + content.count("<p ")
        return _PARAGRAPH.sub("\n\n", content) if parts_only else content
    return _EDGE_PARAGRAPH.sub("", _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", content)))


def _from_element(start: re.Match[str], content: str, end: int) -> Iterator[RawCode]:
    """Yield what stands in a ``pre``, ``code`` or ``tt`` element if nobody has escaped it."""
    name, attributes = start[1].lower(), start[2]
    if "<" not in content:
        return
    wrapped = _CODE_IN_PRE.fullmatch(content) if name == "pre" else None
    if wrapped:
        content, attributes = wrapped[2], f"{wrapped[1]} {attributes}"
    typed = _LANGUAGE.search(attributes) or _AS_TYPED.search(attributes)
    if not holds_bare_code(content, typed[1] if typed else None) and not (name != "pre" and names_tags(content)):
        return
    lang = _language_of(attributes)
    unwrapped = _without_paragraphs(content, lang)
    yield RawCode(
        start.start(),
        end,
        trim_code(decode_code(unwrapped)),
        lang,
        name,
        inline=name != "pre",
        unwrapped=unwrapped != content,
    )


def _language_of(attributes: str) -> str | None:
    """Return the language that attributes of ``pre`` or ``code`` name, in lower case."""
    found = _LANGUAGE.search(attributes) or _CLASS_LANGUAGE.search(attributes)
    if found:
        return found[1].lower()
    classes = _CLASS.search(attributes)
    return next((name for name in classes[1].lower().split() if name in _BRUSHES), None) if classes else None


def _liquid_options(name: str, options: str) -> tuple[str | None, str]:
    """Return the language and the title of a Liquid tag."""
    words = list(_LIQUID_OPTION.finditer(options))
    if name == "highlight":
        return (words[0][0].lower(), "") if words and _WORD.match(words[0][0]) else (None, "")
    named = {word[1]: word[2] for word in words if word[1] and not word[2].startswith("//")}
    title = " ".join(word[0] for word in words if not word[1] or word[2].startswith("//"))
    return named.get("lang"), title
