"""What shortcodes of films, sounds and posts of other sites show: the address that a person can open."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from wpmigrate.wordpress.shortcodes import Shortcode

__all__ = [
    "AUDIO_FILES",
    "EMBEDS",
    "MEDIA_FILES",
    "VIDEO_FILES",
    "Provider",
    "decode_url",
    "embed_url",
    "media_urls",
]


class Provider(NamedTuple):
    """Whose things a shortcode shows."""

    url: str
    """The address that an id makes; empty when a shortcode must hold an address itself."""
    identifier: re.Pattern[str]
    """What its ids look like; ``[youtube channel]`` is text."""
    plugin: str
    """Who registers the shortcode."""


def _provider(url: str, identifier: str, plugin: str) -> Provider:
    return Provider(url, re.compile(rf"(?:{identifier})\Z"), plugin)


EMBEDS: dict[str, Provider] = {
    "embed": _provider("", "", "WordPress"),
    "youtube": _provider("https://www.youtube.com/watch?v={}", r"[\w-]{11}", "Jetpack and others"),
    "youtubevideo": _provider("https://www.youtube.com/watch?v={}", r"[\w-]{11}", "plugins"),
    "vimeo": _provider("https://vimeo.com/{}", r"\d{3,}", "Jetpack and others"),
    "dailymotion": _provider("https://www.dailymotion.com/video/{}", r"(?=\w*\d)\w{5,}", "Jetpack"),
    "soundcloud": _provider("", "", "SoundCloud, Jetpack"),
    "slideshare": _provider("https://www.slideshare.net/slideshow/embed_code/{}", r"\d{3,}", "Jetpack"),
    "ted": _provider("https://www.ted.com/talks/view/id/{}", r"\d+", "Jetpack"),
    "flickr": _provider("https://www.flickr.com/photo.gne?id={}", r"\d{5,}", "Jetpack"),
    "wpvideo": _provider("https://videopress.com/v/{}", r"[A-Za-z0-9]{8}", "VideoPress"),
    "videopress": _provider("https://videopress.com/v/{}", r"[A-Za-z0-9]{8}", "VideoPress"),
    "googlevideo": _provider("https://video.google.com/videoplay?docid={}", r"-?\d{5,}", "Jetpack"),
    "gist": _provider("https://gist.github.com/{}", r"(?:[\w-]+/)?(?=\w*\d)[0-9a-f]{4,}", "Jetpack"),
    "tweet": _provider("https://twitter.com/i/status/{}", r"\d+", "Jetpack"),
    "instagram": _provider("https://www.instagram.com/p/{}/", r"(?=[a-z]*[\dA-Z_-])[\w-]{8,}", "Jetpack"),
    "facebook": _provider("", "", "Jetpack"),
    "vine": _provider("https://vine.co/v/{}", r"[A-Za-z0-9]{11}", "Jetpack"),
    "scribd": _provider("https://www.scribd.com/document/{}", r"\d{3,}", "Jetpack"),
    "spotify": _provider("https://open.spotify.com/{}", r"\w+/\w+", "Jetpack"),
    "polldaddy": _provider("https://polldaddy.com/poll/{}", r"\d+", "Jetpack"),
    "kickstarter": _provider("", "", "Jetpack"),
    "mixcloud": _provider("https://www.mixcloud.com/{}", r"[\w-]+/[\w/-]+", "Jetpack"),
    "googlemaps": _provider("", "", "Jetpack"),
    "iframe": _provider("", "", "plugins"),
    "embeddoc": _provider("", "", "Embed Any Document"),
}
"""What each embedding shortcode shows."""

AUDIO_FILES = ("src", "mp3", "m4a", "ogg", "wav", "wma", "flac")
"""Attributes of ``[audio]`` that name a file (``wp_get_audio_extensions``)."""

VIDEO_FILES = ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv")
"""Attributes of ``[video]`` that name a file (``wp_get_video_extensions``)."""

MEDIA_FILES = {"audio": AUDIO_FILES, "video": VIDEO_FILES, "playlist": ("src",)}
"""Shortcode -> its file attributes."""

_SOURCE_ATTRIBUTES = ("url", "src", "href", "id", "video", "photo", "doc", "tweet", "poll", "key", "v")
_TAG = re.compile(r"<[^<>]*>")
_URL = re.compile(r"https?://[^\s<>\"\]]+|//[\w-]+\.[^\s<>\"\]]+", re.I)
_MEDIA_TAG = re.compile(r"<(?:img|iframe|object|embed|audio|video|svg|script)\b|<!--", re.I)
_CUT = re.compile(r"[&?|\s]")
_SPOTIFY_URI = re.compile(r"spotify:(\w+):(\w+)\Z")


def decode_url(value: str) -> str:
    """Return ``value`` as an address: entities decoded once, blanks and quotation marks at its edges removed."""
    return (html.unescape(value) if "&" in value else value).strip(" \t\n\r=\"'\u201c\u201d\u2033\u00a0")


def embed_url(shortcode: Shortcode) -> str | None:
    """Return the address that an embedding shortcode shows, or None when it names none, or holds more than that.

    An address in the shortcode is returned as written (``[youtube http://…&w=400]`` keeps ``&w=400``, it is part of the
    address there). An id makes the provider's own address (:data:`EMBEDS`).
    """
    words = _words(shortcode.content)
    if words is None or len(words) > 1:
        return None
    provider = EMBEDS[shortcode.name]
    for value in words or _values(shortcode):
        address = decode_url(value)
        if address.startswith("//"):
            return f"https:{address}"
        if _URL.match(address):
            return address
        if shortcode.name == "spotify" and (uri := _SPOTIFY_URI.match(address)):
            address = f"{uri[1]}/{uri[2]}"
        identifier = _CUT.split(address, maxsplit=1)[0]
        if provider.url and provider.identifier.match(identifier):
            return provider.url.format(identifier)
    return None


def media_urls(shortcode: Shortcode) -> list[str]:
    """Return the addresses of the files that ``[audio]``, ``[video]`` or ``[playlist]`` plays, each once, in order.

    The files are in attributes, in the content, or (old audio players) after the name: ``[audio:a.mp3,b.mp3|x=1]``.
    There are none when the content holds words that are no address.
    """
    words = _words(shortcode.content)
    if words is None or not all(_URL.match(decode_url(word)) for word in words):
        return []
    values = [shortcode.attributes[key] for key in MEDIA_FILES[shortcode.name] if key in shortcode.attributes]
    for value in shortcode.positional:
        if _URL.search(value):
            values.extend(value.lstrip(":=").split("|", 1)[0].split(","))
    return list(dict.fromkeys(address for value in (*values, *words) if (address := decode_url(value))))


def _words(content: str | None) -> list[str] | None:
    """Return the words of ``content``; None when it holds what is no word (an image …)."""
    if not content:
        return []
    return None if _MEDIA_TAG.search(content) else _TAG.sub(" ", content).split()


def _values(shortcode: Shortcode) -> list[str]:
    """Return what may be an address or an id, the likeliest first."""
    values = [value for value in shortcode.positional if _URL.match(decode_url(value))]
    values += [shortcode.attributes[key] for key in _SOURCE_ATTRIBUTES if key in shortcode.attributes]
    return values + shortcode.positional[:1]
