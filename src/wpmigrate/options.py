"""Frozen option classes: every default in one place."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

__all__ = [
    "FORMATS",
    "BodyChoice",
    "DraftChoice",
    "ExtractOptions",
    "LegacyAnchors",
    "NormalizeOptions",
    "Route",
    "RouteOptions",
    "RunOptions",
    "ShortcodeAction",
    "ShortcodeRule",
]

FORMATS = ("markdown", "json", "yaml")
"""What ``--to`` can name, in the order in which they are written."""

BodyChoice: TypeAlias = Literal["auto", "classic", "html", "blocks", "markdown", "text"]
"""What ``--body`` can say: recognise each page, or take one dialect for all."""

LegacyAnchors: TypeAlias = Literal["drop", "keep"]
"""What ``--legacy-anchors`` can say."""

DraftChoice: TypeAlias = Literal["skip", "separate"]
"""What ``--drafts`` can say."""

ShortcodeAction: TypeAlias = Literal["keep", "unwrap", "drop", "link", "image", "code", "quote"]
"""What a configured shortcode becomes."""


class ShortcodeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of one shortcode, as a configuration file says it (``[shortcodes.NAME]``)."""

    action: ShortcodeAction = "keep"
    """keep (verbatim text), unwrap (its content stays), drop (with its content), link, image, code, quote."""
    url: str = ""
    """For link and image: the address; ``{name}`` is an attribute, ``{0}`` the first positional one, ``{content}``."""
    text: str = "{content}"
    """For link and image: the link text or alt text, with the same places."""
    lang: str = ""
    """For code: the language, with the same places."""
    reason: str = ""
    """For drop: why; shown in the notice."""


class ExtractOptions(msgspec.Struct, frozen=True):
    """For extractors."""

    encoding: str = ""
    """Force an encoding; empty: recognise it."""
    emails: bool = False
    """Whether the e-mail addresses of a WXR file's authors and commenters, and the latter's IP addresses, are kept."""


class NormalizeOptions(msgspec.Struct, frozen=True):
    """For the normalizer."""

    body: BodyChoice = "auto"
    """Which dialect the bodies are in."""
    legacy_anchors: LegacyAnchors = "drop"
    """Whether the source's ids are also written as ``<a id>``."""
    shortcodes: dict[str, ShortcodeRule] = {}
    """The user's registry, by shortcode name."""


Route: TypeAlias = Literal["write", "draft", "skip"]
"""write: public; draft: under the drafts folder, marked ``draft: true``; skip: reported, not written."""


class RouteOptions(msgspec.Struct, frozen=True):
    """Which entries are written where. Privacy fails closed: what no row names as public is not."""

    types: dict[str, Route] = {}
    """The user's rows by post type; they win over the built-in ones."""
    statuses: dict[str, Route] = {}
    """The user's rows by status."""
    drafts_folder: str = "_drafts"
    """Where ``draft`` entries go, inside the output folder."""


class RunOptions(msgspec.Struct, frozen=True):
    """For the runner."""

    to: tuple[str, ...] = FORMATS
    """Which formats are written."""
    jobs: int = 0
    """Worker processes; 0: as many as there are processors, and none for a handful of pages."""
    scheduler: str = ""
    """The scheduler of a Dask cluster that does the work, such as ``tcp://host:8786``; empty: this computer does it."""
    strict: bool = False
    """Whether dropped content fails the run."""
    dry_run: bool = False
    """Whether to stop before writing."""
    force: bool = False
    """Whether files that wpmigrate did not write may be overwritten."""
    report: str = ""
    """Where the report goes; empty: ``report.json`` in the output folder."""
    entry_seconds: float = 60.0
    """How long one entry may take in a worker process before it is given up."""
    entry_megabytes: int = 2048
    """How much memory one worker process may take."""
    extract: ExtractOptions = ExtractOptions()
    """Handed on."""
    normalize: NormalizeOptions = NormalizeOptions()
    """Handed on."""
    routes: RouteOptions = RouteOptions()
    """Handed on."""
    target: str = "commonmark"
    """Which site builder's conventions the output follows."""
    scaffold: bool = False
    """Whether the smallest site that builds is written too."""
    targets: dict[str, dict[str, Any]] = {}
    """The user's own targets: name -> the ``base`` and what differs (:func:`wpmigrate.targets.derive.target_named`)."""
    paths: dict[str, str] = {}
    """Post type (or ``default``, or ``category``, ``post_tag``, ``author`` …, for archives) -> output path pattern such as
    ``{type}/{year}/{month}/{slug}``; only for entries of WXR files."""
    archives: bool = True
    """Whether a page that lists the entries is written for every term and author of a WXR site."""
    uploads: tuple[str, ...] = ()
    """Copies of ``wp-content/uploads``, out of which the used files are taken: folders, ZIP or TAR files, by their whole paths."""
