"""What the starts and ends of Flash players note: the link to the page that shows the same, for no browser runs Flash any more."""

from __future__ import annotations

from wpmigrate.verifier.elements.others import end_other, start_other
from wpmigrate.verifier.players import ALSO, PLAYER, player_of
from wpmigrate.verifier.reader import Attributes, Reader
from wpmigrate.verifier.tokens import LINK
from wpmigrate.verifier.urls import canonical_url

__all__ = ["end_object", "start_embed", "start_object"]


def start_object(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note an object; what it plays is known when it ends."""
    alone = not reader.objects and not reader.quiet
    start_other(reader, tag, attrs)
    reader.objects.append(len(reader.out) - 1 if alone else -1)


def end_object(reader: Reader, tag: str) -> None:
    """Say an object that is a player of a known site as a link."""
    end_other(reader, tag)
    place = reader.objects.pop()
    if place >= 0:
        _say_page(reader, place)


def start_embed(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note an embedded medium, or say it as a link; one in an object is a part of that."""
    alone = not reader.objects and not reader.quiet
    start_other(reader, tag, attrs)
    if alone:
        _say_page(reader, len(reader.out) - 1)


def _say_page(reader: Reader, place: int) -> None:
    """Say what has been noted from ``place`` on as a link to what it plays, if it is a player of a known site and nothing else."""
    page, movies, size = player_of(reader.out[place:])
    if not page:
        return
    del reader.out[place:]
    for name in [*reversed(reader.anchors)]:
        if reader.anchors[name] <= place:
            break
        reader.anchors[name] = place
    bits, reader.bits = reader.bits, 0
    reader.block()
    reader.links.append(reader.link)
    reader.begin_link(canonical_url(page), None)
    reader.beside |= {(LINK, canonical_url(page), ()), (PLAYER, movies[0], size)}
    reader.characters(page)
    reader.end_link()
    reader.block()
    reader.bits = bits
    reader.leave_out(PLAYER + movies[0])
    for movie in movies[1:]:
        reader.leave_out(ALSO + movie)
