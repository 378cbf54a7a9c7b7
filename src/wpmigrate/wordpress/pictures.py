"""Pictures that no ``<img src>`` shows: behind an element by its style, or put in by a script once the visitor scrolls there."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final, Literal

__all__ = ["LOADED", "background_html", "captioned", "is_late", "late_address", "may_have_pictures", "place_of", "style_pictures"]

_URL_HINT = re.compile(r"\((?<=[uU][rR][lL]\()")
_LATE_HINT = re.compile(r"-(?<=[aA]-)(?<=[dD][aA][tT][aA]-)(?i:lazy|original|echo|layzr|[a-z-]{0,20}src)")
"""What a page with such pictures has somewhere, in capitals or not. Each begins with a sign that has no case: it is found many times as fast."""

_LATE: Final[tuple[str, ...]] = ("data-lazy-src", "data-src", "data-original", "data-lazy")
"""Where most plugins put the address of a picture that a script loads late (BJ Lazy Load, WP Rocket, Smush, jQuery.lazyload …)."""
_LATE_NAME = re.compile(r"data-(?!poster)(?:[a-z-]{0,20}src(?:-[a-z]{1,9})?|lazy(?:-?load)?|original|echo|layzr)\Z")
"""All such names (FooGallery's ``data-src-fg``, Avada's ``data-orig-src``, Cloudflare's ``data-cfsrc``, Echo.js …)."""
_LATE_SET = re.compile(r"data-[a-z-]{0,20}srcset\Z")
"""Where they put several addresses of a picture with their sizes."""
_CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]")
LOADED: Final = frozenset({"img", "iframe", "video", "audio", "source"})
"""Elements to which scripts give their address late."""

_URL = re.compile(r"url\(\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^)\"'\s]*+))\s*+\)", re.I)
_STAND_IN = re.compile(
    r"data:|about:|(?:[^?#]*/)?(?:1x1|blank|spacer|gr[ae]y|trans(?:parent)?|pixel|lazy|loading|loader|placeholder)[\w.\-]*\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|\Z)",
    re.I,
)
"""An ``src`` that only keeps the place: a picture in the address itself, or a file whose name says so."""

_COVERS: Final = frozenset({"wp-block-cover", "wp-block-cover-image", "wp-block-cover__image-background"})
_TWINS: Final = frozenset({"wp-block-media-text__media"})
_BOXES: Final = frozenset({"div", "section", "figure"})


def captioned(classes: str) -> str:
    """Return which of a ``dl``'s classes says that it is no list of definitions but a picture with its caption; empty for none.

    The visual editor wrote ``wp-caption``, WordPress's galleries ``gallery-item``.
    """
    return next((name for name in ("wp-caption", "gallery-item") if name in classes), "")


def may_have_pictures(html: str) -> bool:
    """Whether ``html`` may have such pictures."""
    return _URL_HINT.search(html) is not None or _LATE_HINT.search(html) is not None


def style_pictures(style: str) -> list[str]:
    """Return the addresses of the pictures that a ``style`` attribute names, but for those that it holds itself (``data:``)."""
    found = (" ".join("".join(match.groups("")).split()) for match in _URL.finditer(style))
    return [url for url in found if url and url[:5].lower() != "data:"]


def place_of(tag: str, classes: str) -> Literal["image", "twin", "behind"]:
    """Return what a picture in the style of an element is.

    ``image``: the content of a cover block (its fixed and repeated pictures, and all of WordPress 5.0 to 5.7), which is what the
    visitor looks at; ``twin``: media-text blocks have it as an ``<img>`` too; ``behind``: any other.
    Source: the save functions of core/cover and core/media-text.
    """
    names = set(classes.split())
    if tag in _BOXES and names & _COVERS:
        return "image"
    return "twin" if names & _TWINS else "behind"


def is_late(name: str) -> bool:
    """Whether plugins put the address of a picture or a frame into the attribute ``name``."""
    return _LATE_NAME.match(name) is not None


def late_address(attributes: Mapping[str, str | None]) -> str:
    """Return the address that a script puts into an image or a frame; empty when its ``src`` is the one.

    Without a ``src``, or with one that only keeps the place, the first of :data:`_LATE` counts, then any attribute of its kind,
    then the first address of a set.
    """
    src = (attributes.get("src") or "").strip()
    if src and _STAND_IN.match(src) is None:
        return ""
    names = (*_LATE, *filter(is_late, attributes))
    urls = [url for name in names if _is_address(url := (attributes.get(name) or "").strip())]
    return urls[0] if urls else _first_of_set(attributes)


def _first_of_set(attributes: Mapping[str, str | None]) -> str:
    """Return the first address of the sets that a script puts into an image."""
    for name, value in attributes.items():
        if _LATE_SET.match(name) and (found := _CANDIDATE.search(value or "")) and _is_address(found[0]):
            return found[0]
    return ""


def _is_address(value: str) -> bool:
    """Whether ``value`` leads to a file: no switch (``true``), and no picture that keeps the place of another."""
    return ("." in value or "/" in value) and value[:5].lower() != "data:"


def background_html(attributes: dict[str, Any]) -> str:
    """Return an empty element with the picture behind a block, which WordPress puts into the block's style when it shows the page.

    Empty without one. Source: ``wp_render_background_support`` (attribute ``style.background.backgroundImage.url``).
    """
    value: Any = attributes
    for key in ("style", "background", "backgroundImage"):
        value = value.get(key) if isinstance(value, dict) else None
    url = value.get("url") if isinstance(value, dict) else value
    if not isinstance(url, str) or not url.strip() or '"' in url:
        return ""
    return f'<span style="{html.escape(f"""background-image:url("{url.strip()}")""")}"></span>'
