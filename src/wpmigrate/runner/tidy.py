"""Raw HTML in a body that is Markdown already, where Markdown can say the same: written as Markdown. Pure.

Such bodies stay as they are but for the blocks that hold tags: each of these is rendered, normalized like any other HTML, and
written again. That the page still says the same is proven like everything else; when it does not, the page is converted without this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from pyromark import Markdown, Options

from wpmigrate.errors import EntryError
from wpmigrate.model import Notice, Site, SourceEntry
from wpmigrate.model.entry import Fields
from wpmigrate.model.nodes import Image, Link, Root, walk
from wpmigrate.normalizer import Tidied, normalize
from wpmigrate.normalizer.block_comments import told_block
from wpmigrate.normalizer.markdown_body import markdown_tree
from wpmigrate.normalizer.shortcodes import SHORTCODES
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.wordpress import CODE_SHORTCODES
from wpmigrate.wordpress.blocks import parse_blocks
from wpmigrate.wordpress.players import may_have_players
from wpmigrate.writers.markdown import write_markdown

__all__ = ["tidy_markdown"]

_ENGINE: Final = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)
_MARKUP = re.compile(r"<[a-zA-Z]|<!-- /?wp:|^[ \t]*&(?:nbsp|#160);", re.M)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:\s[^>]*)?)>")
_NOT_HTML = re.compile(r"\{[%{:]|\[\^|<!--\s*(?:more|nextpage|noteaser|/?wp:|toc|excerpt|\[|--)", re.I)
"""What the engines of sites add to Markdown, and comments that may mean something to them; others inside an element mean nothing."""
_LABEL = re.compile(r"(?<=\[)(?:\\.|[^\[\]\\])+(?=\])", re.S)
_EMPTY = re.compile(rb"(?:&nbsp;|&#160;|\xc2\xa0|\s)+")
"""A paragraph of nothing: the old editor's way to keep two others apart."""
_MADE = re.compile(
    r"""\sid=["']?(?:attachment_|caption-attachment-|figcaption_|scid:|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}|docs-internal-guid-"""
    r"""|internal-source-marker_|cke_|yui_|yiv|mce_|BLOGGER_PHOTO_ID_|ngg-(?:image|gallery)-|foogallery-gallery-)[\w:.-]*["']?"""
    r"""|\sid=["']?(?:gallery|tablepress|more)-\d+(?:-(?:no-)?\d+)?(?=["'\s>])["']?""",
    re.I,
)
"""Ids that WordPress and its plugins make for captions, galleries, tables and the fold, and editors and pasting from elsewhere (Windows Live Writer, Google Docs …); nothing leads there."""
_MEANT = re.compile(
    r"""\s(?:id|usemap|markdown)\s*=|\son[a-z]+\s*=(?!\s*["']?\s*(?:javascript:)?\s*(?:_gaq|pageTracker|urchinTracker|_{0,2}ga(?:Tracker)?\s*\())""",
    re.I,
)
"""Attributes that others lead to or act on, or that tell an engine how to read what is inside. What only counts visitors does not act."""
_NAMED = re.compile(r"\sname\s*=", re.I)
"""An anchor, of a link; of other elements it is none (``<pre name="code">``)."""
_EDITOR = re.compile(r"(?:\s*<!-- /?wp:[a-z][a-z0-9-]*(?: \{[^\n]*\})? -->)+\s*")
"""Comments of the block editor round its own blocks: what they say is in the blocks. Blocks that are nothing else stay, so do others' blocks."""
_CHECKED = re.compile(r"(<(?:g|gwmw|gdiv)\s[^<>]{0,400}?)\sid=[\"'][\w-]*[\"']")
"""What a grammar checker left, and the id that it gave to it."""
_EDITOR_COMMENT = re.compile(r"<!-- /?wp:[a-z]")
_EDITOR_INSIDE = re.compile(
    r"^[ \t]*(?:<!-- /?wp:[a-z][a-z0-9-]*(?: \{[^\n]{0,4000}?\})? -->[ \t]*)+(?:\n|\Z)(?=\s*(?:<|\Z))"
    r"|<!-- /?wp:[a-z][a-z0-9-]*(?: \{[^\n]{0,4000}?\})? -->(?=\s*(?:<|\Z))",
    re.M,
)
"""Such comments between the tags of a block. Their lines go whole: a blank line would end the HTML."""
_KNOWN: Final = frozenset(
    "a abbr b blockquote br center cite code dd del div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img li noscript ol p pre s span strike strong "
    "table tbody td tfoot th thead tr tt u ul g gwmw gdiv".split()
)
"""Elements that may be written otherwise; the others (frames, forms, scripts …) are what Markdown has no way to say."""
_PLAYER: Final = frozenset({"object", "embed", "param"})
"""Flash players: of sites that we know they are a link; a block with others stays as it is."""
_TO_A_PLACE = re.compile(r"""href\s*=\s*["']?\s*#""", re.I)
_SHORTCODE = re.compile(r"\[/?([a-zA-Z][\w-]*)")
_LISTING = re.compile(r"<(pre|code)(?=[\s>]).*?</\1>", re.S | re.I)
_READ_IN_CODE: Final = CODE_SHORTCODES.union(SHORTCODES)
"""Shortcodes that mean something also in code; other words in brackets are the code's own."""
_ALONE: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr thead tbody tfoot option colgroup".split()
)
"""Elements without an end tag, or that may do without."""
_MOST_BLOCKS: Final = 60
"""Blocks that one element may hold; keeps the search for its end linear."""
_HTML_OPTIONS: Final = NormalizeOptions(body="blocks")
"""How the HTML of a rendered block is read: nobody makes paragraphs of the lines in a block ``wp:html``."""


_LAYOUT: Final = Notice("mapped", "a paragraph of nothing but a non-breaking space: layout, folded")


class _Block(msgspec.Struct):
    """A block at the top level of the text."""

    start: int
    """Where it begins and ends in the bytes of the text."""
    end: int
    tags: list[str]
    """Its raw HTML, in order."""


class _Piece(msgspec.Struct, frozen=True):
    """Some lines of the new text, without line ends round them."""

    text: str
    tree: Root | None = None
    """What they say, when they were HTML."""
    notices: Sequence[Notice] = ()
    """What was dropped of them."""
    comments: int = 0
    """How many comments of the block editor stood there."""


def tidy_markdown(text: str) -> Tidied:
    """Return the Markdown ``text`` with raw HTML as Markdown where that is possible.

    Blocks without tags keep every byte. Code is left alone. Never raises.
    """
    if _MARKUP.search(text) is None:
        return Tidied(text)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return Tidied(text)
    definitions = _definitions(text, data)
    pieces: list[_Piece] = []
    at = 0
    for start, end, raw in _groups(_blocks(text), data):
        start = data.rfind(b"\n", 0, start) + 1
        written = _written(data[start:end].decode(), definitions, raw) if start >= at else None
        if written is not None:
            pieces += (_Piece(data[at:start].decode().strip("\n")), written)
            at = end
    if not pieces:
        return Tidied(text)
    pieces.append(_Piece(data[at:].decode().strip("\n")))
    joined = "\n\n".join(piece.text for piece in pieces if piece.text) + "\n"
    notices = tuple(_notices(pieces))
    if any(piece.comments for piece in pieces):
        notices += tuple(_block_notices(text, joined))
    return Tidied(joined, notices, _references(pieces))


def _notices(pieces: Sequence[_Piece]) -> Iterator[Notice]:
    """Yield what is to be said; the lines that the notices name are not those of the file, so they are left out."""
    comments = sum(piece.comments for piece in pieces)
    mapped = sum(piece.tree is not None for piece in pieces)
    if mapped:
        yield Notice("mapped", "HTML in a Markdown body written as Markdown", mapped)
    if comments:
        yield Notice("dropped", "comment of the block editor round Markdown: what it says is in the block", comments)
    for piece in pieces:
        yield from (msgspec.structs.replace(notice, where="") for notice in piece.notices)


def _block_notices(before: str, after: str) -> Iterator[Notice]:
    """Yield what the comments of the block editor said that are gone."""
    for block, count in (_said_by_blocks(before) - _said_by_blocks(after)).items():
        yield Notice("dropped", f"{block}: its comment stood round Markdown", count)


def _said_by_blocks(text: str) -> Counter[str]:
    return Counter(told_block(token.name, token.attributes) for token in parse_blocks(text) if token.kind == "open" and token.attributes)


def _references(pieces: Sequence[_Piece]) -> list[Image | Link]:
    """Return all images and links of the ``pieces`` in order, if one of those that were HTML has data."""
    trees = [piece.tree for piece in pieces if piece.tree is not None]
    if not any(node.data for tree in trees for node in walk(tree) if isinstance(node, Image | Link)):
        return []
    whole = (piece.tree or markdown_tree(piece.text) for piece in pieces)
    return [node for tree in whole for node in walk(tree) if isinstance(node, Image | Link)]


def _definitions(text: str, data: bytes) -> dict[str, str]:
    """Return the definitions of links in ``text`` by their label, which its blocks need when they are read alone."""
    rows = _ENGINE.reference_definitions(text)
    return {_label(name): data[row["span"]["start"] : row["span"]["end"]].decode() for name, row in rows.items()}


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _with_definitions(markdown: str, definitions: dict[str, str]) -> str:
    """Return ``markdown`` with the ``definitions`` that it may need, and no others: a page may have thousands."""
    if not definitions or "]" not in markdown:
        return markdown
    labels = dict.fromkeys(map(_label, _LABEL.findall(markdown)))
    return "\n\n".join((markdown, *(definitions[label] for label in labels if label in definitions)))


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks at the top level."""
    depth = 0
    block = _Block(0, 0, [])
    event: Any
    for event, span in _ENGINE.events_with_range(text):
        kind, value = (event, None) if type(event) is str else next(iter(event.items()))
        if kind == "Start":
            if not depth:
                block = _Block(span["start"], span["end"], [])
            depth += 1
        elif kind == "End":
            depth -= 1
            if not depth:
                yield block
        elif kind in ("Html", "InlineHtml"):
            block.tags.append(str(value))


def _groups(blocks: Iterator[_Block], data: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield where the blocks with tags, or with nothing, begin and end, and those tags; blocks that share an element go together."""
    rows = list(blocks)
    at = 0
    while at < len(rows):
        row = rows[at]
        size = _size(rows[at : at + _MOST_BLOCKS]) if row.tags else int(_EMPTY.fullmatch(data, row.start, row.end) is not None)
        if size:
            group = rows[at : at + size]
            yield group[0].start, group[-1].end, "".join(tag for block in group for tag in block.tags)
        at += size or 1


def _size(rows: Sequence[_Block]) -> int:
    """Return how many blocks there are until all elements are closed that begin in the first; 0 when they stay open."""
    opened: list[str] = []
    for number, block in enumerate(rows, 1):
        for closes, name, _ in _TAG.findall("".join(block.tags)):
            name = name.lower()
            if name in _ALONE:
                continue
            if not closes:
                opened.append(name)
            elif not opened or opened.pop() != name:
                return 0
        if not opened:
            return number
    return 0


def _written(markdown: str, definitions: dict[str, str], raw: str) -> _Piece | None:
    """Return some blocks with their HTML as Markdown; None when there is nothing to gain."""
    if _EDITOR.fullmatch(markdown):
        return _Piece("", comments=markdown.count("<!--"))
    if not raw:
        return _Piece("", Root([]), (_LAYOUT,))
    comments = 0
    if "wp:" in markdown:
        comments = len(_EDITOR_COMMENT.findall(markdown))
        markdown = _EDITOR_INSIDE.sub("", markdown)
        comments -= len(_EDITOR_COMMENT.findall(markdown))
    if _NOT_HTML.search(markdown) or not _is_plain(raw):
        return None
    html = _ENGINE.html(_with_definitions(markdown, definitions))
    if ("[" in html and _has_shortcode(html)) or _TO_A_PLACE.search(html):
        return None
    source = SourceEntry("", b"", "html", "utf-8", Fields(), {}, f"<!-- wp:html -->{html}<!-- /wp:html -->")
    try:
        entry = normalize(source, Site(), _HTML_OPTIONS)
        text = write_markdown(entry.content, COMMONMARK)
    except (EntryError, RecursionError):
        return None
    tags = [tag for block in _blocks(text) for tag in block.tags]
    if any(map(may_have_players, tags)):
        return None
    left = sum(map(len, tags))
    return _Piece(text.strip("\n"), entry.content, entry.notices, comments) if 2 * left < len(raw) else None


def _has_shortcode(html: str) -> bool:
    """Whether something in ``html`` may be a shortcode; ``a[i]`` in code is none."""
    if _SHORTCODE.search(_LISTING.sub("", html)):
        return True
    return not _READ_IN_CODE.isdisjoint(name.lower() for name in _SHORTCODE.findall(html))


def _is_plain(raw: str) -> bool:
    """Whether ``raw`` holds tags, and none that Markdown has no way to say."""
    raw = _CHECKED.sub(r"\1", raw) if "<g" in raw else raw
    tags = _TAG.findall(_MADE.sub("", raw))
    return bool(tags) and all(
        name.lower() in _PLAYER
        or (name.lower() in _KNOWN and not _MEANT.search(attributes) and not (name in "aA" and _NAMED.search(attributes)))
        for _, name, attributes in tags
    )
