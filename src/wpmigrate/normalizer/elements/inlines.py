"""What stands in a line: emphasis, links and anchors, line breaks, and tags that stay round their content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Html
from wpmigrate.normalizer.elements import ELEMENTS, element_of
from wpmigrate.normalizer.elements.attributes import one_line, pick
from wpmigrate.normalizer.elements.blocks import open_block
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Close, Opened
from wpmigrate.normalizer.elements.raw import in_link
from wpmigrate.normalizer.links import clean_url, is_script, resolve
from wpmigrate.normalizer.marks import ANCHOR, BREAK, EMPTY, NODE, STYLE_MARKS, TEXT, Leaf, LinkMark, TagMark
from wpmigrate.normalizer.players import PLAYER, player_data
from wpmigrate.normalizer.raw_html import open_tag, unwritable
from wpmigrate.normalizer.site_facts import SOURCE
from wpmigrate.normalizer.styles import ends_mark, stands_alone

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["open_break", "open_link", "open_mark", "open_tag_pair", "open_transparent", "open_unknown", "open_void"]

_TAG_DEPTH: Final = 16
"""How many tags stay round one text; nobody means more, and each would be written again for every piece of text."""
_MARK_OF: Final = {name: STYLE_MARKS[row.value] for name, row in ELEMENTS.items() if row.kind == "mark"}
_UNSEEN: Final = ANCHOR | BREAK
_TAG_LOOKS: Final = frozenset({"class", "style", "id"})
_LINK_PROPERTIES: Final = ("target", "rel", "hreflang", "download")
_WIDGETS: Final = ("fb:", "g:", "skype:")
"""Facebook's, Google's and Skype's own elements: no browser knows them, and CommonMark has no tags with a colon."""
_CHECKERS: Final = frozenset({"grammarly-extension", "gdiv", "gwmw", "lt-highlighter", "msreadoutspan"})
"""Elements that Grammarly, Ginger, LanguageTool and Edge put into what was typed; Grammarly's ``<g class="gr_…">`` too."""


def open_break(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Append a line break."""
    builder.run.append((BREAK, None, builder.marks))
    return SKIP


def open_void(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Leave out an element without content."""
    return SKIP


def open_transparent(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Read the content as if the element were not there; on lines of its own where its style says so."""
    style = attributes.get("style") if attributes else None
    if style and not builder.code_depth and stands_alone(style):
        return open_block(builder, node, attributes)
    return None


def open_mark(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open emphasis, strong or delete; in one of its own kind it says nothing new, nor when its style says that it is none."""
    mark = _MARK_OF[node.tag or ""]
    style = None
    if attributes:
        style = attributes.get("style")
    if style and ends_mark(style, mark):
        builder.log.add("mapped", f"<{node.tag}> that its style makes plain text")
    elif mark not in builder.marks:
        builder.marks = (*builder.marks, mark)
    return None


def open_tag_pair(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open an element whose two tags stay in the line, round Markdown; how it looks is left out."""
    name = node.tag or ""
    if builder.footnotes is not None and "data-fn" in attributes:
        reference = builder.footnotes.reference(node, builder)
        if reference is not None:
            builder.run.append((NODE, reference, builder.marks))
            return SKIP
    if sum(type(mark) is TagMark for mark in builder.marks) >= _TAG_DEPTH:
        builder.log.add("dropped", f"<{name}>: nested more than {_TAG_DEPTH} deep")
        return None
    name = "abbr" if name == "acronym" else name
    if attributes and attributes.get("title") and node.child is None:
        builder.log.add("dropped", f"title of an empty <{name}>: {one_line(attributes, 'title')[:60]}")
        return None
    builder.log.add("kept", f"<{name}>: {element_of(name).reason} (raw HTML)")
    mark = TagMark(open_tag(name, attributes, _TAG_LOOKS), f"</{name}>")
    builder.marks = (*builder.marks, mark)
    return None


def _is_checkers(name: str, attributes: Attributes) -> bool:
    """Whether a grammar checker in somebody's browser left this element; ``<g>`` alone may be anything."""
    if name != "g":
        return name in _CHECKERS
    return bool(attributes) and ("data-gr-id" in attributes or (attributes.get("class") or "").startswith("gr_"))


def open_unknown(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Keep the tags of an element that has no row; where a block begins or ends in it, only the start tag."""
    name = node.tag or ""
    if _is_checkers(name, attributes):
        builder.log.add("dropped", f"<{name}>: a grammar checker's mark; its text stays")
        return None
    if name.startswith(_WIDGETS):
        said = " ".join(f"{key}={value}" for key, value in attributes.items())
        builder.log.add(
            "dropped", f"<{name}>: a widget that a script filled; its text stays{said and f' ({said[:120]})'}"
        )
        return None
    builder.log.add("kept", f"<{name}>: unknown means kept (raw HTML)")
    for key in unwritable(attributes) if attributes else ():
        builder.log.add("dropped", f"word {key} in <{name}>: a name that HTML in Markdown cannot have")
    run, marks = builder.run, builder.marks
    run.append((NODE, Html(open_tag(name, attributes)), marks))

    def close() -> None:
        if builder.run is run:
            run.append((NODE, Html(f"</{name}>"), marks))

    return close


def open_link(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open a link; ``name`` is an anchor. A script is no address: its text stays, with a notice."""
    name = attributes.get("name")
    if name and name != attributes.get("id"):
        builder.run.append((ANCHOR, name, ()))
    if "href" not in attributes:
        _note_title(builder, attributes)
        return None
    url = clean_url(attributes["href"] or "")
    if is_script(url):
        builder.log.add("dropped", f"link {url[:60]}: a script, not an address; its text stays")
        _note_title(builder, attributes)
        return None
    if "</" in url:
        builder.log.add("kept", "words in a link's address, whose quotation mark nobody closed: no browser shows them")
    mark = LinkMark(resolve(url, builder.site))
    if len(attributes) > 1:
        mark.title = (one_line(attributes, "title") or None) if "title" in attributes else None
        properties = pick(attributes, _LINK_PROPERTIES)
        mark.data = {"hProperties": properties} if properties else None
        if note := attributes.get(PLAYER):
            return _open_player(builder, mark, note)
        mark.embed = attributes.get("data-wpm") or ""
        if SOURCE in attributes:
            mark.data = {**(mark.data or {}), "sourceUrl": attributes[SOURCE]}
    # A link in a link (a parser lets it through inside a table): the inner one is what a click follows.
    builder.marks = (*[outer for outer in builder.marks if type(outer) is not LinkMark], mark) if builder.marks else (mark,)
    return _close_link(builder, mark, node)


def _note_title(builder: TreeBuilder, attributes: Attributes) -> None:
    """Name the title of a link that is none in the output."""
    if attributes.get("title"):
        builder.log.add("dropped", f"title of a link without address: {one_line(attributes, 'title')[:60]}")


def _open_player(builder: TreeBuilder, mark: LinkMark, note: str) -> Close:
    """Open the link that stands for a player: what is open round it (a style, code, a heading) says nothing of it."""
    builder.leave_heading()
    builder.boundary()
    mark.data = {"player": player_data(note)}
    builder.marks = (mark,)
    outer, builder.code_depth = builder.code_depth, 0

    def close() -> None:
        builder.code_depth = outer

    return close


def _close_link(builder: TreeBuilder, mark: LinkMark, node: LexborNode) -> Close:
    """Return what closes the link ``mark``: one in which nothing shows goes round the HTML block in it, or stays empty.

    Of one that a parser began again in each block the pieces in which nothing shows say nothing beside the others.
    """
    run, length, marks = builder.run, len(builder.run), builder.marks
    blocks, count = builder.blocks, len(builder.blocks)
    before, builder.last_link = builder.last_link, mark
    known = mark.shown = before is not None and before.shown and (before.url, before.title) == (mark.url, mark.title)

    def close() -> None:
        now = builder.run
        if mark.record is not None or _show(now, length if now is run else 0, mark):
            mark.shown = True
            return
        last = blocks[-1] if len(blocks) == count + 1 else None
        if isinstance(last, Html) and not last.value.startswith(("<!", "<script")):
            last.value = in_link(last.value, mark)
            builder.records.link(mark, "")
        elif not builder.inline_only and mark.url[:1] != "#" and (known or _goes_on(node)):
            return
        else:
            now.append((EMPTY, None, marks))
        mark.shown = True

    return close


def _goes_on(node: LexborNode) -> bool:
    """Whether the next link of the page is the same: a parser begins one that nobody closed again in each block."""
    link = _next_link(node)
    return link is not None and all(link.attributes.get(key) == node.attributes.get(key) for key in ("href", "title"))


def _next_link(node: LexborNode) -> LexborNode | None:
    """Return the next link of the page that has an address."""
    current: LexborNode | None = node
    child: LexborNode | None = None
    while current is not None:
        following = child or current.next
        current = following or current.parent
        child = following.first_child if following is not None else None
        if following is not None and following.tag == "a" and "href" in following.attributes:
            return following
    return None


def _show(run: list[Leaf], start: int, mark: LinkMark) -> bool:
    """Whether anything of ``run`` from ``start`` on shows in the link ``mark``."""
    for place in range(start, len(run)):
        kind, value, marks = run[place]
        if mark in marks and (not value.isspace() if kind == TEXT else not kind & _UNSEEN):
            return True
    return False
