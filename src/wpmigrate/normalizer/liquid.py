"""Liquid (Jekyll's and Octopress's templates): its code blocks become code, the rest stays as text and is counted."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from wpmigrate.model import NoticeLog
from wpmigrate.model.nodes import Code
from wpmigrate.wordpress.code import RawCode, find_liquid_code

__all__ = ["code_node", "liquid_to_fences", "placeholder", "protect_liquid"]

_TAG = re.compile(r"\{%-?[ \t]*(\w+)|\{\{")
_FENCE_LINE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TAG_LINE = re.compile(r"^ {0,3}</?[a-zA-Z]", re.M)
"""Where a block of HTML may begin: in CommonMark it goes on to the next blank line, and a fence in it would be none."""
_LOOK_BACK: Final = 4000
"""Characters before a fence in which such a block is looked for."""
_BACKQUOTES = re.compile(r"`{3,}")


def protect_liquid(text: str, codes: list[Code], log: NoticeLog) -> str:
    """Return ``text`` with each ``{% highlight %}`` and ``{% codeblock %}`` replaced by a placeholder.

    The code is appended to ``codes``; the placeholder is ``<pre data-wpm-code="N">`` with its index, round it. Other Liquid is
    counted in ``log`` and stays as it is.
    """
    if "{" not in text or ("{%" not in text and "{{" not in text):
        return text
    return _replaced(text, find_liquid_code(text), lambda code: placeholder(code_node(code), codes), log)


def liquid_to_fences(text: str, log: NoticeLog) -> str:
    """Return the Markdown ``text`` with each ``{% highlight %}`` and ``{% codeblock %}`` as a fenced code block.

    What stands in a fenced block already is code and stays. Other Liquid is counted in ``log`` and stays as it is.
    """
    if "{" not in text or ("{%" not in text and "{{" not in text):
        return text
    return _replaced(text, _outside_fences(text), lambda code: _fenced(text, code), log)


def _outside_fences(text: str) -> Iterator[RawCode]:
    fences = [found.start() for found in _FENCE_LINE.finditer(text)]
    passed = 0
    for code in find_liquid_code(text):
        while passed < len(fences) and fences[passed] < code.start:
            passed += 1
        if passed % 2 == 0:
            yield code


def _replaced(text: str, codes: Iterable[RawCode], say: Callable[[RawCode], str], log: NoticeLog) -> str:
    """Return ``text`` with what ``say`` makes of each of ``codes``; what other Liquid is left is counted."""
    parts: list[str] = []
    at = 0
    for code in codes:
        parts += (text[at : code.start], say(code))
        if code.unwrapped:
            log.add("repaired", f"Liquid {{% {code.name} %}}: paragraphs that an export had put into code")
        log.add("mapped", f"Liquid {{% {code.name} %}}: a code block")
        at = code.end
    parts.append(text[at:])
    text = "".join(parts)
    _count_others(text, log)
    return text


def code_node(code: RawCode) -> Code:
    """Return ``code`` as a node; a title that the highlighter would print goes into the info string."""
    if not code.title:
        return Code(code.value, code.lang)
    title = " ".join(code.title.replace("`", "'").replace('"', "'").split())
    return Code(code.value, code.lang or "text", f'title="{title}"')


def placeholder(code: Code, codes: list[Code]) -> str:
    """Append ``code`` to ``codes`` and return the element that stands for it, as a paragraph of its own.

    It holds the code too, for where it is no block of the page: in another ``pre``, in an element that stays HTML.
    """
    codes.append(code)
    # HTML drops the first line end of a pre; this one is for it.
    return f'\n\n<pre data-wpm-code="{len(codes) - 1}">\n{html.escape(code.value)}</pre>\n\n'


def _fenced(text: str, code: RawCode) -> str:
    """Return ``code`` as a fence at the column where it stands; in the middle of a line it begins a line."""
    node = code_node(code)
    longest = max((len(run) for run in _BACKQUOTES.findall(node.value)), default=2)
    fence = "`" * (longest + 1)
    indent = text[text.rfind("\n", max(0, code.start - 40), code.start) + 1 : code.start]
    begin = ""
    if indent.strip() or len(indent) >= 40:
        indent, begin = "", "\n\n"
    elif not indent and _TAG_LINE.search(_BLANK_LINE.split(text[max(0, code.start - _LOOK_BACK) : code.start])[-1]):
        begin = "\n"
    info = " ".join(part for part in (node.lang, node.meta) if part)
    lines = node.value.split("\n") if node.value else []
    if indent and not all(line.startswith(indent) for line in lines if line.strip()):
        lines = [indent + line if line else line for line in lines]
    end = "" if text.startswith("\n", code.end) or code.end == len(text) else "\n"
    return "\n".join((f"{begin}{fence}{info}", *lines, f"{indent}{fence}")) + end


def _count_others(text: str, log: NoticeLog) -> None:
    for found in _TAG.finditer(text):
        name = f"{{% {found[1]} %}}" if found[1] else "{{ … }}"
        log.add("kept", f"Liquid {name}: an instruction to a template")
