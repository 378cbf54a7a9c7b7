"""What the starts and ends of block elements note: paragraphs, headings, lists, tables, code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.code_block import BEGINS, HAS_ENDED, CodeBlock
from wpmigrate.verifier.languages import said_of_code
from wpmigrate.verifier.reader import Attributes, Reader, get

__all__ = ["HEADINGS", "End", "Start"]

Start: TypeAlias = Callable[[Reader, str, Attributes], None]
End: TypeAlias = Callable[[Reader, str], None]

_NUMBER = re.compile(r"\s*[+-]?\d{1,9}\s*")

_LETTERS: Final = frozenset("aAiI")
"""How numbers are shown that are no figures."""

_EMPHASIZED: Final = t.EMPHASIS | t.STRONG | t.DELETE

HEADINGS: Final[dict[str, tuple[object, ...]]] = {
    f"h{digit}": ("heading", min(digit, 6)) for digit in range(1, 100)
}
"""h12 and other impossible ones are taken for the lowest."""


def start_block(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        reader.exact.edge = BEGINS
    elif not reader.fresh:  # else a heading that shows nothing yet would end
        reader.block()


def end_block(reader: Reader, tag: str) -> None:
    if reader.exact is not None:
        reader.exact.edge = HAS_ENDED
    elif not reader.fresh:
        reader.block()


def end_paragraph(reader: Reader, tag: str) -> None:
    if reader.owing:
        reader.settle_owing()
    end_block(reader, tag)


def start_heading(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        reader.exact.edge = BEGINS
        return
    reader.end_heading()
    reader.block()
    reader.opening = HEADINGS[tag]
    reader.heading = len(reader.headings)


def end_heading(reader: Reader, tag: str) -> None:
    if reader.exact is not None:
        reader.exact.edge = HAS_ENDED
        return
    reader.end_heading()
    reader.block()


def start_dialog(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.may_hide = True
    start_block(reader, tag, attrs)


def start_for_the_page(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.may_hide = True


def container(token: tuple[object, ...]) -> Start:
    def start(reader: Reader, tag: str, attrs: Attributes) -> None:
        reader.end_heading()
        reader.block()
        reader.out.append(token)

    return start


def start_quote(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.end_heading()
    reader.block()
    reader.out.append(t.QUOTE)
    reader.frames.append(tag)


def end_quote(reader: Reader, tag: str) -> None:
    if reader.owing:
        reader.settle_owing()
    reader.block()
    reader.out.append(t.END_QUOTE)
    reader.frames.pop()


def end_container(token: tuple[object, ...]) -> End:
    def end(reader: Reader, tag: str) -> None:
        reader.block()
        reader.out.append(token)

    return end


def start_list(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.end_heading()
    reader.block()
    token: tuple[object, ...] = ("list",)
    if tag == "ol":
        start = get(attrs, "start") if attrs else ""
        token = ("ordered list", int(start) if _NUMBER.fullmatch(start) else 1)
        for name, value in attrs:
            if (name == "type" and (value or "").strip() in _LETTERS) or name == "reversed":
                reader.leave_out(f"numbering {name}")
    reader.inside.append(token)
    reader.frames.append("list")


def end_list(reader: Reader, tag: str) -> None:
    reader.block()
    reader.frames.pop()
    if reader.inside.pop() is None:
        reader.out.append(t.END_LIST)


_LINE_OF_CODE = re.compile(r"\s*li[12]\b")
"""The class of an item that is a line of code with a number before it, as GeSHi prints it."""


def start_item(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None and attrs and _LINE_OF_CODE.match(get(attrs, "class")):
        reader.exact.edge = BEGINS
        reader.inside.append(None)
        reader.frames.append(_LINE)
        return
    reader.end_heading()
    reader.block()
    if reader.frames and reader.frames[-1] == "list":
        if attrs and reader.inside[-1] is not None:
            _number_list(reader, get(attrs, "value"))
        reader.begin_item()
    else:
        reader.begin_stray_item()
    reader.inside.append(None)
    reader.frames.append(tag)


def _number_list(reader: Reader, value: str) -> None:
    """Take the number of the first item for that of its list."""
    token = reader.inside[-1]
    if token is not None and token[0] == "ordered list" and _NUMBER.fullmatch(value):
        reader.inside[-1] = ("ordered list", int(value))


_LINE: Final = "line of code"


def end_item(reader: Reader, tag: str) -> None:
    if reader.frames[-1] == _LINE:
        end_block(reader, tag)
        reader.inside.pop()
        reader.frames.pop()
        return
    reader.block()
    reader.inside.pop()
    reader.frames.pop()
    if not reader.frames or reader.frames[-1] != "list":
        reader.end_stray_item()


def start_head(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.in_head = True


def end_head(reader: Reader, tag: str) -> None:
    reader.in_head = False


def start_cell(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    spans = tuple((name, value) for name, value in attrs if name in ("colspan", "rowspan") and value != "1")
    reader.out.append(("head cell" if tag == "th" or reader.in_head else "cell", *spans))
    reader.frames.append(tag)


def end_cell(reader: Reader, tag: str) -> None:
    end_block(reader, tag)
    reader.frames.pop()


def start_pre(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.frames.append(tag)
    if reader.exact is not None:
        reader.exact.depth += 1
        reader.exact.edge = BEGINS
        return
    reader.end_heading()
    reader.block()
    if reader.bits & _EMPHASIZED:
        reader.leave_out("emphasis round <pre>")
    reader.stray_end = -1
    reader.exact = CodeBlock(len(reader.out))
    reader.out.append((t.CODE_BLOCK, ""))
    reader.quiet = True
    if attrs:
        reader.note_language(said_of_code(attrs))


def end_pre(reader: Reader, tag: str) -> None:
    reader.frames.pop()
    code = reader.exact
    if code is None:
        return
    code.depth -= 1
    if code.depth:
        code.edge = HAS_ENDED
        return
    reader.exact = None
    reader.quiet = False
    reader.out[code.place] = (t.CODE_BLOCK, code.text())
    reader.block()


def start_style_sheet(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.leave_code()
    reader.quiet = True
    reader.leave_out("style sheet")
    reader.may_hide = True


def end_unseen(reader: Reader, tag: str) -> None:
    reader.return_to_code()


def start_title(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.leave_code()
    reader.quiet = True
    reader.leave_out("title element")


def start_mark(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.mark = len(reader.saved)
