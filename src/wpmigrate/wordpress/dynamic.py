"""Blocks without HTML that hold their whole content in their attributes, as WordPress shows them: links with a name.

Source of the rules: ``render_block_core_social_link``, ``render_block_core_navigation_link`` and
``render_block_core_navigation_submenu``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any, Final

__all__ = ["SHOWN", "SHOWN_ROUND", "shown_close", "shown_html", "shown_open"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|#|/")
_EMAIL = re.compile(r"[^@\s:/]+@[^@\s/]+\.[^@\s/]+\Z")

_NAMES: Final = {
    name.lower().replace(" ", "").replace("-", ""): name
    for name in """500px|Amazon|Bandcamp|Behance|Bluesky|CodePen|DeviantArt|Discord|Dribbble|Dropbox|Etsy|Facebook|Flickr|Foursquare|GitHub|Goodreads|
    Google|Gravatar|Instagram|Last.fm|LinkedIn|Mastodon|Medium|Meetup|Patreon|Pinterest|Pocket|Reddit|Skype|Snapchat|SoundCloud|Spotify|Telegram|
    Threads|TikTok|Tumblr|Twitch|Twitter|Vimeo|VK|WhatsApp|WordPress|X|Yelp|YouTube""".replace("\n", "").split("|")
    for name in (name.strip(),)
} | {"fivehundredpx": "500px", "lastfm": "Last.fm", "mail": "Mail", "feed": "RSS Feed", "chain": "Link", "share": "Share Icon"}
"""Service -> its name, which the old site gave to screen readers."""


def _social_link(attributes: dict[str, Any]) -> str:
    """Say an icon that leads to a profile; without an address WordPress shows none."""
    url = str(attributes.get("url") or "").strip()
    if not url:
        return ""
    if _EMAIL.match(url):
        url = "mailto:" + url
    elif not _SCHEME.match(url):
        url = "https://" + url
    service = str(attributes.get("service") or "")
    label = " ".join(str(attributes.get("label") or "").split()) or _NAMES.get(service.lower(), service)
    return f'<li><a href="{html.escape(url)}">{html.escape(label or url, quote=False)}</a></li>'


def _navigation_link(attributes: dict[str, Any]) -> str:
    """Say an entry of a menu; its label may hold markup."""
    label = str(attributes.get("label") or "").strip()
    url = str(attributes.get("url") or "").strip()
    if not label:
        return ""
    return f'<li><a href="{html.escape(url)}">{label}</a></li>' if url else f"<li>{label}</li>"


SHOWN: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "core/social-link": _social_link,
    "core/navigation-link": _navigation_link,
    "core/navigation-submenu": _navigation_link,
}
"""Block -> the HTML that its attributes make."""


def shown_html(name: str, attributes: dict[str, Any]) -> str:
    """Return the HTML that WordPress makes of a block without HTML from its attributes alone; empty when it makes none."""
    show = SHOWN.get(name)
    return show(attributes) if show else ""


SHOWN_ROUND: Final = frozenset({"core/navigation-submenu"})
"""Blocks without HTML of their own that show a line of a menu and, below it, the blocks in them."""


def shown_open(name: str, attributes: dict[str, Any]) -> str:
    """Return the HTML with which WordPress begins a block of :data:`SHOWN_ROUND`; empty for every other."""
    if name not in SHOWN_ROUND:
        return ""
    return f"{_navigation_link(attributes).removesuffix('</li>') or '<li>'}<ul>"


def shown_close(name: str) -> str:
    """Return what ends :func:`shown_open`."""
    return "</ul></li>" if name in SHOWN_ROUND else ""
