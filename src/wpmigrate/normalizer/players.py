"""Flash players that no browser runs any more become a link to the page that shows the same, before the tree is built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.elements import ElementKind, element_of
from wpmigrate.normalizer.elements.attributes import Attributes
from wpmigrate.normalizer.links import clean_url
from wpmigrate.normalizer.raw_html import INSTRUCTION, SPLITS_PAGE, kept_comment
from wpmigrate.wordpress.players import player_page, whole_address

__all__ = ["PLAYER", "place_players", "player_data", "player_note"]

_Part: TypeAlias = tuple[str, Attributes]
"""An element of a player."""

PLAYER: Final = "data-wpm-player"
"""Attribute with the address of the player that a link stands for, its width and its height: a note to the tree builder."""

_SAY: Final = frozenset({"object", "embed", "param"})
"""What a player is made of; with anything in it that shows, it says more than what it plays."""
_SILENT: Final[frozenset[ElementKind]] = frozenset({"block", "paragraph", "mark", "transparent", "tag", "break", "void"})
"""Elements that say nothing while nothing is in them."""
_NO_PLACE: Final = frozenset({"object", "pre", "listing", "xmp", "plaintext"})
"""Elements of which a player is a part, or which show what it is made of."""
_DATA: Final = ("url", "width", "height")
_MOVIE: Final = frozenset({"movie", "src"})


def player_data(note: str) -> dict[str, str]:
    """Return what the attribute :data:`PLAYER` says, as mdast's ``data.player``: the movie's address and the player's size."""
    return {key: value for key, value in zip(_DATA, note.split("\n"), strict=False) if value}


def player_note(player: dict[str, str]) -> str:
    """Return the value of :data:`PLAYER` that says ``player``, what :func:`player_data` returns."""
    return "\n".join(player.get(key) or "" for key in _DATA)


def place_players(page: LexborHTMLParser, body: LexborNode, log: NoticeLog) -> None:
    """Make a link of each player of a site that we know, where its page can be told; all others stay as they are."""
    for node in body.css("object,embed"):
        if not _has_place(node):
            continue
        nodes = [*node.traverse(include_text=True)]
        if not all(map(_is_part, nodes)):
            continue
        parts = [(part.tag or "", part.attributes) for part in nodes if part.tag in _SAY]
        movies = [*dict.fromkeys(_movies(parts))]
        pages = {player_page(movie) for movie in movies}
        if len(pages) == 1 and "" not in pages:
            url = pages.pop()
            _name(nodes, movies, url, log)
            node.replace_with(_link(page, parts, movies[0], url))


def _has_place(node: LexborNode) -> bool:
    """Whether ``node`` is a player of its own, where a link can stand."""
    parent = node.parent
    if parent is None:
        return False  # it stood in a player that is a link now
    while parent is not None:
        if parent.tag in _NO_PLACE:
            return False
        parent = parent.parent
    return True


def _is_part(node: LexborNode) -> bool:
    """Whether ``node`` is a part of a player, or nothing."""
    name = node.tag or INSTRUCTION
    if name == "-text":
        return not (node.text_content or "").strip()
    if name == "-comment":
        comment = node.comment_content or ""
        return not (SPLITS_PAGE.match(comment) or kept_comment(comment))
    return (name in _SAY or (name[0] != "-" and element_of(name).kind in _SILENT)) and not node.attributes.get("title")


def _movies(parts: list[_Part]) -> Iterator[str]:
    """Yield the addresses of a player: each part that has one says it again, for another browser."""
    variables = next(filter(None, (_variables(*part) for part in parts)), "")
    for part in parts:
        movie = _movie(*part)
        if movie:
            yield movie if player_page(movie) else whole_address(movie, variables)


def _movie(name: str, attributes: Attributes) -> str:
    if name != "param":
        return clean_url(attributes.get("data" if name == "object" else "src") or "")
    return clean_url(attributes.get("value") or "") if (attributes.get("name") or "").lower() in _MOVIE else ""


def _variables(name: str, attributes: Attributes) -> str:
    if name != "param":
        return attributes.get("flashvars") or ""
    return (attributes.get("value") or "") if (attributes.get("name") or "").lower() == "flashvars" else ""


def _name(nodes: list[LexborNode], movies: list[str], url: str, log: NoticeLog) -> None:
    """Say what becomes of a player, and of the comments in it."""
    for movie in movies:
        log.add("mapped", f"Flash player {movie}: a link to {url}, as no browser runs it")
    for node in nodes:
        comment = " ".join((node.comment_content or "").split()) if node.tag == "-comment" else ""
        if comment:
            log.add("dropped", f"comment <!--{comment[:60]}-->: invisible")


def _link(page: LexborHTMLParser, parts: list[_Part], movie: str, url: str) -> LexborNode:
    """Return a line of its own with the link; the ids of the player stand before it."""
    box, link = page.create_node("div"), page.create_node("a")
    for _, attributes in parts:
        if attributes.get("id"):
            anchor = page.create_node("span")
            anchor.attrs["id"] = attributes["id"]
            box.insert_child(anchor)
    sizes = (next(filter(None, (attributes.get(key) for _, attributes in parts)), "") for key in ("width", "height"))
    link.attrs[PLAYER] = "\n".join((movie, *sizes))
    link.attrs["href"] = url
    link.insert_child(url)
    box.insert_child(link)
    return box
