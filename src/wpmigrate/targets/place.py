"""Where a builder looks for things, and under which addresses it serves them."""

from __future__ import annotations

import msgspec

__all__ = ["Built", "Place"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Folders and addresses. Paths are relative to the output folder, with ``/``, without a last one."""

    content: str = "{stem}"
    """Path of the Markdown file of the public entry ``stem``, without its ending."""
    content_spelling: dict[str, str] = {}
    """Regular expression -> how a match in the stem is written in that path, since the builder passes over such names."""
    patterns: dict[str, str] = {}
    """Post type -> pattern of the stems of a WXR file's entries (``_posts/{year}-{month}-{day}-{slug}``); the user's win."""
    address: str = "/{stem}"
    """The public address of an entry."""
    address_from_path: bool = False
    """Whether the builder takes the address from the file's path, so that a name that it takes for something else changes it."""
    data: str = ""
    """Folder of the site's data: ``site.yaml``, ``comments/``."""
    records: str = ""
    """Folder of the entries' JSON and YAML."""
    data_forms: tuple[str, ...] = ("json", "yaml")
    """In which formats the data folder is written: builders read both and let one hide the other."""
    media: str = "media"
    """Folder of media files."""
    media_url: str = "/media"
    """Where they are served."""
    static: str = ""
    """Folder whose files are served as they are."""
    redirects: str = "files"
    """``files``: for servers; ``front:KEY``: also in the front matter, under that key; ``builder``: the builder's
    configuration reads redirects.json."""
    taken_names: frozenset[str] = frozenset()
    """Last segments (small letters) that the builder takes for something else; such a file gets ``-page``."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What the builder makes."""

    folder: str = ""
    """The folder of the built site, in the output folder; empty: the target has no builder of its own."""
    page: str = "{address}index.html"
    """The file of an address."""
    main: str = "main#content"
    """The element that holds the page: ``tag``, ``tag#id`` or ``tag.class``."""
    rules: tuple[str, ...] = ()
    """Names of what this builder changes without a loss (``wpmigrate.verifier.built.rules``)."""
