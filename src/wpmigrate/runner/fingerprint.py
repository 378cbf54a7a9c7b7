"""A name for everything but the source that an entry's bytes depend on."""

from __future__ import annotations

import hashlib
import os
from functools import cache

import msgspec

import wpmigrate
from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.files import read_bytes

__all__ = ["code_digest", "fingerprint"]

_encoder = msgspec.json.Encoder(order="deterministic")


def fingerprint(options: RunOptions, site: Site, index: str = "") -> str:
    """Return a name for options, site, the digest of the ``index`` of the exports, and our code."""
    parts = (
        options.to,
        options.extract,
        options.normalize,
        options.routes,
        options.target,
        options.targets.get(options.target),
        site.entries_by_id if isinstance(site.entries_by_id, dict) else (),
        sorted(site.hosts),
        sorted(site.linked_fragments) if isinstance(site.linked_fragments, frozenset) else (),
        index,
        code_digest(),
    )
    return hashlib.sha256(_encoder.encode(parts)).hexdigest()[:32]


@cache
def code_digest() -> str:
    """Return a digest of the package's own files: another version of wpmigrate may write other bytes."""
    digest = hashlib.sha256(wpmigrate.__version__.encode())
    for folder, folders, names in os.walk(os.path.dirname(wpmigrate.__file__)):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                digest.update(read_bytes(os.path.join(folder, name)) or b"")
    return digest.hexdigest()
