"""Flash players as the proof reads them: taken apart as addresses, site by site, not by the converter's expressions.

Which players are known is the table that both sides share; which page shows the same is found out here once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias
from urllib.parse import SplitResult, unquote, urlsplit

from wpmigrate.verifier.tokens import Inventory, Token
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.wordpress.players import player_page, whole_address

__all__ = ["ALSO", "PLAYER", "foreign_players", "page_of", "player_of", "unrecorded_movies"]

PLAYER: Final = "Flash player "
"""What is noted before the address of a player that is read as a link; and of another address of the same player."""
ALSO: Final = "address also of a Flash player "

Size: TypeAlias = tuple[tuple[str, str], ...]
"""Width and height, as far as they are said."""

_SIDES: Final = ("width", "height")
_NOTHING: Final[tuple[str, list[str], Size]] = ("", [], ())
_MOVIE_IN: Final = {"object": "data", "embed": "src", "param": "value"}
"""Element of a player -> its attribute with an address."""

_Read = Callable[[list[str], dict[str, str]], str]
"""Path segments and parameters -> the page; a ``LookupError`` where they name none."""


def _youtube(path: list[str], asked: dict[str, str]) -> str:
    kind, name = path[:2]
    if kind == "p":
        return "https://www.youtube.com/playlist?list=PL" + name.removeprefix("PL")
    start = asked.get("start", "0")
    moment = f"&t={start}s" if start.isdigit() and start[0] != "0" else ""
    return f"https://www.youtube.com/watch?v={name}{moment}" if kind in ("v", "e") else ""


def _soundcloud(path: list[str], asked: dict[str, str]) -> str:
    sound = unquote(asked["url"]).split("://", 1)[1].removeprefix("www.")
    return "https://" + sound if sound.startswith("soundcloud.com") else "https://w.soundcloud.com/player/?url=https://" + sound


def _mixcloud(path: list[str], asked: dict[str, str]) -> str:
    return f"https://www.mixcloud.com/{unquote(asked['feed']).split('/')[3]}/{unquote(asked['feed']).split('/')[4]}/"


def _slideshare(path: list[str], asked: dict[str, str]) -> str:
    return f"https://www.slideshare.net/{asked['username']}/{asked['stripped_title']}"


def _scribd(path: list[str], asked: dict[str, str]) -> str:
    return "https://www.scribd.com/document/" + asked["document_id"]


def _wordpress(path: list[str], asked: dict[str, str]) -> str:
    return "https://videopress.com/v/" + (asked["guid"] if path[0] == "player.swf" else path[0])


_SITES: Final[dict[str, tuple[tuple[str, ...], _Read]]] = {
    "youtube": (("v", "e", "p"), _youtube),
    "youtube-nocookie": (("v", "e"), _youtube),
    "vimeo": (("moogaloop.swf", "moogaloop_local.swf"), lambda path, asked: "https://vimeo.com/" + asked["clip_id"]),
    "dailymotion": (("swf",), lambda path, asked: "https://www.dailymotion.com/video/" + path[-1]),
    "soundcloud": (("player.swf",), _soundcloud),
    "slideshare": (("ssplayer.swf", "ssplayer2.swf"), _slideshare),
    "slidesharecdn": (("ssplayer.swf", "ssplayer2.swf"), _slideshare),
    "google": (("googleplayer.swf",), lambda path, asked: "https://video.google.com/videoplay?docid=" + asked["docid"]),
    "blip": (("play",), lambda path, asked: "http://blip.tv/play/" + path[1].partition(".")[0]),
    "viddler": (("player", "simple", "mini"), lambda path, asked: "https://www.viddler.com/v/" + path[1]),
    "metacafe": (("fplayer",), lambda path, asked: f"https://www.metacafe.com/watch/{path[1]}/{path[2].partition('.swf')[0]}/"),
    "veoh": ((), lambda path, asked: "https://www.veoh.com/watch/" + asked["permalinkid"]),
    "ustream": (("flash",), lambda path, asked: "http://www.ustream.tv/recorded/" + path[2]),
    "scribd": (("scribdviewer.swf",), _scribd),
    "scribdassets": (("scribdviewer.swf",), _scribd),
    "wordpress": ((), _wordpress),
    "videopress": (("player.swf",), _wordpress),
    "facebook": (("v",), lambda path, asked: "https://www.facebook.com/watch/?v=" + path[1]),
    "flickr": (("stewart.swf",), lambda path, asked: "https://www.flickr.com/photo.gne?id=" + asked["photo_id"]),
    "prezi": (("preziloader.swf",), lambda path, asked: f"https://prezi.com/{asked['prezi_id']}/"),
    "mixcloud": (("mixcloudloader.swf",), _mixcloud),
    "youku": (("player.php",), lambda path, asked: f"https://v.youku.com/v_show/id_{path[path.index('sid') + 1]}.html"),
    "tudou": (("v",), lambda path, asked: f"http://www.tudou.com/programs/view/{path[1]}/"),
    "liveleak": (("e",), lambda path, asked: "https://www.liveleak.com/view?i=" + path[1]),
}
"""The name before a host's ending -> what stands in the paths of its players (any of these), and how they are read."""


def page_of(movie: str) -> str:
    """Return the page that shows what the Flash player at ``movie`` plays; empty where nobody can tell."""
    try:
        address = urlsplit(movie)
        marks, read = _SITES[next(label for label in reversed(_labels(address)) if label in _SITES)]
        query = f"{address.path}&{address.query}".partition("&")[2].replace("?", "&")
        asked = dict(reversed([pair.partition("=")[::2] for pair in query.split("&")]))
        path = [part for part in address.path.partition("&")[0].split("/") if part]
        if marks and not any(part.lower() in marks for part in path):
            return ""
        return read(path, {name.lower(): value for name, value in asked.items()})
    except (LookupError, StopIteration, ValueError):
        return ""


def _labels(address: SplitResult) -> list[str]:
    """Return the parts of the host's name without its ending."""
    return (address.hostname or "").split(".")[:-1]


def player_of(tokens: Iterable[Token]) -> tuple[str, list[str], Size]:
    """Return the page that the player made of ``tokens`` shows, the addresses of its movie and its size; nothing unless that is all it says."""
    movies: list[str] = []
    variables = ""
    sizes: dict[str, str] = {}
    for token in tokens:
        if not isinstance(token, tuple) or token[0] != "element" or token[1] not in _MOVIE_IN:
            return _NOTHING
        said: dict[str, str] = dict(token[2:])  # type: ignore[arg-type]
        if said.get("title"):
            return _NOTHING
        for side in _SIDES:
            sizes[side] = sizes.get(side) or said.get(side, "")
        name = said.get("name", "").lower() if token[1] == "param" else ""
        variables = variables or said.get("value" if name == "flashvars" else "flashvars", "")
        movie = said.get(_MOVIE_IN[token[1]], "")
        if movie and (token[1] != "param" or name in ("movie", "src")):
            movies.append(movie)
    whole = [movie if player_page(movie) else whole_address(movie, variables) for movie in movies]
    pages = {page_of(movie) if player_page(movie) else "" for movie in whole}
    if len(pages) != 1 or "" in pages:
        return _NOTHING
    return pages.pop(), [*dict.fromkeys(map(canonical_url, whole))], _size(sizes)


def _size(said: dict[str, Any]) -> Size:
    return tuple((side, " ".join(str(said[side]).split())) for side in _SIDES if said.get(side))


def foreign_players(nodes: Iterable[Any], source: Inventory) -> Iterator[str]:
    """Yield the players that ``nodes`` say a link stands for and the ``source`` has not, or not with that page or size."""
    for node in nodes:
        player = node.data.get("player")
        if player is None:
            continue
        movie = canonical_url(player.get("url")) if isinstance(player, dict) and player.keys() <= {"url", *_SIDES} else ""
        if page_of(movie) != node.url or (PLAYER, movie, _size(player)) not in source.beside:
            yield f"the source has no player {player!r:.80} for the link {node.url!r:.80}"


def unrecorded_movies(media: Iterable[dict[str, Any]], source: Inventory, output: Inventory | None) -> Iterator[tuple[str, str]]:
    """Yield the players of the ``source`` that are links in the ``output`` and whose movie is in no record of ``media``."""
    recorded = Counter(canonical_url(row.get("source_url")) for row in media)
    for thing, count in source.left_out.items():
        left = output.left_out.get(thing, 0) if output is not None else 0
        if thing.startswith(PLAYER) and recorded[thing.removeprefix(PLAYER)] < count - left:
            yield "media", f"no record has the address of the {thing}"
