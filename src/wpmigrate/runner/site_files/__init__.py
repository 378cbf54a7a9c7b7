"""The files that the whole site makes: site data, archives, redirects. Pure functions over the index."""

from __future__ import annotations

from collections.abc import Iterator

from wpmigrate.model import OutputFile
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import Index
from wpmigrate.runner.index.reader import SiteRow
from wpmigrate.runner.site_files.redirects import REDIRECT_FILES, redirect_rows

__all__ = ["site_files"]


def site_files(index: Index, options: RunOptions) -> Iterator[OutputFile]:
    """Yield the files of the whole site, one after another; one at a time is in memory."""
    for site in index.sites():
        yield from _redirects(index, site)


def _redirects(index: Index, site: SiteRow) -> Iterator[OutputFile]:
    """Yield the redirect map of a site in every shape; none when nothing of it is public."""
    if next(redirect_rows(index.redirects(site.number)), None) is None:
        return
    for name, write in REDIRECT_FILES.items():
        data = b"".join(write(redirect_rows(index.redirects(site.number))))
        yield OutputFile(site.folder + name, "redirects", data)
