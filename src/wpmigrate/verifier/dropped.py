"""What the output leaves out must be named in a notice: nothing goes in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wpmigrate.model import Finding, Notice
from wpmigrate.model.slugs import Slugger
from wpmigrate.verifier.compare import heading_text
from wpmigrate.verifier.players import ALSO, PLAYER
from wpmigrate.verifier.sayings import is_saying
from wpmigrate.verifier.tokens import Inventory
from wpmigrate.verifier.urls import canonical_url

__all__ = ["LEFT_OUT", "unnamed_losses"]

LEFT_OUT: Final[tuple[tuple[str, str, str], ...]] = (
    ("style sheet", "style", "the old theme's rules; a new site has its own"),
    ("comment", "comment", "nobody sees it"),
    ("title element", "title", "it belongs into the head of a page; no browser shows it in the body"),
    ("image without an address", "<img> without src", "there is no image"),
    ("drawing", "<svg>", "an icon or an edge, hidden from who listens: nobody reads it"),
    ("script of a link", "link ", "a script is no address; the words of the link stay"),
    ("numbering type", "<ol type=", "Markdown's numbers are figures"),
    ("numbering reversed", "<ol reversed>", "Markdown's numbers go up"),
    ("button", "<button>", "outside of a form and without a script it does nothing; its words stay"),
    ("widget", "widget", "a script of a social network filled it; what stands in it stays"),
    ("widget script", "<script> ", "it fills elements of a social network, whose classes stay behind"),
    ("format of a picture", "<source>", "another format of an image that stays; a browser chooses one"),
    ("empty heading", "heading", "it says nothing, and would be a section without a name"),
)
"""(what may be left out, the word that its notice has, why it may)."""

_OF_CODE: Final = (" inside <pre>", " round <pre>")
"""How the names of marks end that a code block cannot hold: bold, small raised figures. Each goes by its own name."""


def _unnamed_players(gone: set[str], notices: Sequence[Notice]) -> Iterator[Finding]:
    """Yield a finding for each address of a player that is a link now and that no notice names."""
    players = [thing for thing in gone if thing.startswith((PLAYER, ALSO))]
    if players:
        told = [notice.what for notice in notices if notice.what.startswith(PLAYER)]
        named = {canonical_url(what.removeprefix(PLAYER).partition(": ")[0]) for what in told}
        for thing in sorted(players):
            if thing.removeprefix(PLAYER).removeprefix(ALSO) not in named:
                yield Finding("notice", f"the {thing} of the source is a link, and no notice says so")


def unnamed_losses(source: Inventory, output: Inventory | None, notices: Sequence[Notice]) -> Iterator[Finding]:
    """Yield a finding for each thing of the source that the output leaves out and no notice names.

    What stays HTML, or Markdown, has such things still: as many as the source. An anchor that nothing links to may go, but only
    by name, and so may one that is the slug of a heading of the output. Without an output to look at, anchors are not asked for.
    """
    dropped = [notice.what for notice in notices if notice.kind == "dropped" or notice.what.startswith("<ol ")]
    there = output.left_out if output is not None else {}
    gone = {thing for thing, count in source.left_out.items() if count > there.get(thing, 0)}
    for thing, word, _ in LEFT_OUT:
        if thing in gone and not any(word in what for what in dropped):
            yield Finding("notice", f"a {thing} of the source is left out, and no notice says so")
    for thing in sorted(gone):
        by_name = thing.startswith("background image ") or thing.endswith(_OF_CODE)
        is_told = not by_name or any(what.startswith(f"{thing}: ") for what in dropped)
        if not is_told or (is_saying(thing) and not any(what.startswith(thing) for what in dropped)) or thing.startswith("label for "):
            yield Finding("notice", f"the {thing} of the source is left out, and no notice says so")
    for thing in there.keys() - source.left_out.keys():
        if thing.startswith("background image "):
            yield Finding("image", f"the output has the {thing}, which the source has not")
    if output is not None:  # else nobody knows which of them stay
        yield from _unnamed_players(gone, notices)
    if output is None or not source.anchors:
        return
    named = {notice.what.partition(": ")[0].removeprefix("anchor ") for notice in notices if notice.what[:7] == "anchor "}
    slugger = Slugger()
    slugs = {slugger.unique(" ".join(heading_text(output.tokens, index).split())) for index in output.headings}
    for name in source.anchors:
        if name not in output.anchors and name not in named and name not in slugs:
            yield Finding("anchor", f"the anchor {name!r} of the source is gone, and no notice says so")
