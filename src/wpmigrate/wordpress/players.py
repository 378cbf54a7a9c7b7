"""The Flash players of film, sound and slide sites: which page shows what they played. Browsers have run no Flash since 2021."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["PLAYERS", "Player", "may_have_players", "player_page", "whole_address"]


class Player(NamedTuple):
    """A player whose address names what it plays."""

    site: str
    """Whose it is."""
    movie: re.Pattern[str]
    """Its address without ``http://``, up to what it names."""
    page: str
    """The address of the page; ``{0}`` is the first group of ``movie``."""
    example: str
    """Such an address."""


def _player(site: str, movie: str, page: str, example: str) -> Player:
    return Player(site, re.compile(rf"(?:[\w-]+\.)*{movie}", re.I | re.A), page, example)


_COLON: Final = r"(?:https?(?::|%3A)(?:/|%2F){2})(?:www\.)?"
"""How an address in an address begins."""

PLAYERS: Final = (
    _player(
        "YouTube",
        r"youtube(?:-nocookie)?\.com/(?:v|e)/([\w-]{11})(?![\w-]).*?[?&]start=([1-9]\d*)",
        "https://www.youtube.com/watch?v={0}&t={1}s",
        "http://www.youtube.com/v/a1B2c3D4e5F&start=90",
    ),
    _player(
        "YouTube",
        r"youtube(?:-nocookie)?\.com/(?:v|e)/([\w-]{11})(?![\w-])",
        "https://www.youtube.com/watch?v={0}",
        "http://www.youtube.com/v/a1B2c3D4e5F&hl=en&fs=1",
    ),
    _player(
        "YouTube",
        r"youtube\.com/p/(?:PL)?([0-9A-F]{16})(?![\w-])",
        "https://www.youtube.com/playlist?list=PL{0}",
        "http://www.youtube.com/p/0123456789ABCDEF",
    ),
    _player(
        "Vimeo",
        r"vimeo\.com/moogaloop(?:_local)?\.swf\b.*?[?&]clip_id=(\d+)",
        "https://vimeo.com/{0}",
        "http://vimeo.com/moogaloop.swf?clip_id=1234567&server=vimeo.com",
    ),
    _player(
        "Dailymotion",
        r"dailymotion\.com/swf/(?:video/)?((?=\w*\d)[a-z0-9]{5,})(?![\w-])",
        "https://www.dailymotion.com/video/{0}",
        "http://www.dailymotion.com/swf/x1abc2",
    ),
    _player(
        "SoundCloud",
        rf"soundcloud\.com/player\.swf\?.*?\burl={_COLON}soundcloud\.com(?:/|%2F)([\w-]+)(?:/|%2F)([\w-]+)(?=&|\Z)",
        "https://soundcloud.com/{0}/{1}",
        "http://player.soundcloud.com/player.swf?url=http%3A%2F%2Fsoundcloud.com%2Fsomebody%2Fa-song",
    ),
    _player(
        "SoundCloud",
        rf"soundcloud\.com/player\.swf\?.*?\burl={_COLON}api\.soundcloud\.com(?:/|%2F)(\w+?)(?:/|%2F)(\d+)(?=&|\Z)",
        "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/{0}/{1}",
        "https://player.soundcloud.com/player.swf?url=http%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1234&color=f60",
    ),
    _player(
        "SlideShare",
        r"slideshare(?:cdn)?\.(?:com|net)/(?:swf/)?ssplayer2?\.swf\?(?=.*\bstripped_title=([\w-]+))(?=.*\buserName=([\w.-]+))",
        "https://www.slideshare.net/{1}/{0}",
        "http://static.slidesharecdn.com/swf/ssplayer2.swf?doc=talk-1&stripped_title=a-talk&userName=somebody",
    ),
    _player(
        "Google Video",
        r"video\.google\.[a-z.]{2,6}/googleplayer\.swf\b.*?[?&]docid=(-?\d{5,})",
        "https://video.google.com/videoplay?docid={0}",
        "http://video.google.com/googleplayer.swf?docId=-1234567890123456789&hl=en",
    ),
    _player("Blip", r"blip\.tv/play/([\w+-]+)", "http://blip.tv/play/{0}", "http://blip.tv/play/AbCdEf1"),
    _player(
        "Viddler",
        r"viddler\.com/(?:player|simple|mini)/([0-9a-f]{6,})(?!\w)",
        "https://www.viddler.com/v/{0}",
        "http://www.viddler.com/player/1a2b3c4d/",
    ),
    _player(
        "Metacafe",
        r"metacafe\.com/fplayer/([\w-]+)/([\w.-]+?)\.swf",
        "https://www.metacafe.com/watch/{0}/{1}/",
        "http://www.metacafe.com/fplayer/123456/a_film.swf",
    ),
    _player(
        "Veoh",
        r"veoh\.com/[\w/]+\.swf\b.*?[?&]permalinkId=(\w+)",
        "https://www.veoh.com/watch/{0}",
        "http://www.veoh.com/veohplayer.swf?permalinkId=v1234abcd&player=videodetailsembedded",
    ),
    _player(
        "Ustream",
        r"ustream\.tv/flash/video/(\d+)",
        "http://www.ustream.tv/recorded/{0}",
        "http://www.ustream.tv/flash/video/123456",
    ),
    _player(
        "Scribd",
        r"scribd(?:assets)?\.com/ScribdViewer\.swf\b.*?[?&]document_id=(\d+)",
        "https://www.scribd.com/document/{0}",
        "http://d1.scribdassets.com/ScribdViewer.swf?document_id=123456&access_key=key-1",
    ),
    _player("VideoPress", r"v\.wordpress\.com/([a-z0-9]{8})(?!\w)", "https://videopress.com/v/{0}", "http://v.wordpress.com/aBcD1234"),
    _player(
        "VideoPress",
        r"(?:wordpress|videopress)\.com/player\.swf\b.*?[?&]guid=([a-z0-9]{8})(?!\w)",
        "https://videopress.com/v/{0}",
        "http://s0.videopress.com/player.swf?v=1.03&guid=aBcD1234&isDynamicSeeking=true",
    ),
    _player("Facebook", r"facebook\.com/v/(\d+)", "https://www.facebook.com/watch/?v={0}", "http://www.facebook.com/v/1234567"),
    _player(
        "Flickr",
        r"flickr\.com/apps/video/stewart\.swf\b.*?[?&]photo_id=(\d+)",
        "https://www.flickr.com/photo.gne?id={0}",
        "http://www.flickr.com/apps/video/stewart.swf?v=71377&photo_id=1234567",
    ),
    _player(
        "Prezi",
        r"prezi\.com/bin/preziloader\.swf\b.*?[?&]prezi_id=([\w-]{6,})",
        "https://prezi.com/{0}/",
        "http://prezi.com/bin/preziloader.swf?prezi_id=ab12cd34ef",
    ),
    _player(
        "Mixcloud",
        rf"mixcloud\.com/media/swf/player/mixcloudLoader\.swf\?.*?\bfeed={_COLON}mixcloud\.com(?:/|%2F)([\w-]+)(?:/|%2F)([\w-]+)",
        "https://www.mixcloud.com/{0}/{1}/",
        "http://www.mixcloud.com/media/swf/player/mixcloudLoader.swf?feed=http%3A%2F%2Fwww.mixcloud.com%2Fsomebody%2Fa-mix%2F",
    ),
    _player(
        "Youku",
        r"player\.youku\.com/player\.php/(?:[\w/]*?/)?sid/(\w+=*)/v\.swf",
        "https://v.youku.com/v_show/id_{0}.html",
        "http://player.youku.com/player.php/sid/XMTIzNDU2/v.swf",
    ),
    _player("Tudou", r"tudou\.com/v/([\w-]{8,})", "http://www.tudou.com/programs/view/{0}/", "http://www.tudou.com/v/aBcDeFgHiJk/v.swf"),
    _player("LiveLeak", r"liveleak\.com/e/(\w+)", "https://www.liveleak.com/view?i={0}", "http://www.liveleak.com/e/abc_1234567890"),
)
"""The players, the more telling row of a site first. Where a page cannot be told from the player's address there is no row."""

_SCHEME = re.compile(r"\s*+(?:https?:)?//", re.I)
_LONGEST: Final = 2_000


def player_page(movie: str) -> str:
    """Return the address of the page that shows what the Flash player at ``movie`` played; empty for players unknown here."""
    scheme = _SCHEME.match(movie)
    if scheme is None or len(movie) > _LONGEST:
        return ""
    for player in PLAYERS:
        found = player.movie.match(movie, scheme.end())
        if found is not None:
            return player.page.format(*found.groups())
    return ""


def whole_address(movie: str, variables: str) -> str:
    """Return the address of a player with its ``flashvars``: to Flash they are the same as what stands behind the ``?``."""
    if not variables:
        return movie
    return f"{movie}{'&' if '?' in movie else '?'}{variables.lstrip('?&')}"


def may_have_players(html: str) -> bool:
    """Whether ``html`` may have a Flash player in it."""
    return "<object" in html or "<embed" in html or "<OBJECT" in html or "<EMBED" in html or "<Object" in html or "<Embed" in html
