"""The files that the whole site makes: site data, archives, redirects. Functions over the index; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wpmigrate.model import OutputFile
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import Index, SiteRow
from wpmigrate.runner.site_files.archives import archive_pages
from wpmigrate.runner.site_files.records import SiteOutput, SiteRecord
from wpmigrate.runner.site_files.redirects import REDIRECT_FILES, Write, redirect_rows
from wpmigrate.runner.site_files.site_data import site_json, site_yaml

__all__ = ["OutputFile", "SiteOutput", "SiteRecord", "site_files"]


def site_files(index: Index, options: RunOptions) -> Iterator[SiteOutput | OutputFile]:
    """Yield the files of every site of ``index``, one after another; a piece of one is in memory.

    ``site.json`` and ``site.yaml``, a page for each archive, the redirect map in every shape; below the site's folder where
    the input has several sites.
    """
    emails = options.extract.emails
    for site in index.sites():
        yield SiteOutput(f"{site.folder}site.json", "site-json", partial(site_json, index, site, emails))
        yield SiteOutput(f"{site.folder}site.yaml", "site-yaml", partial(site_yaml, index, site, emails))
        yield from archive_pages(index, site.number, options)
        yield from _redirects(index, site)


def _redirects(index: Index, site: SiteRow) -> Iterator[SiteOutput]:
    """Yield the redirect map of a site in every shape; none when nothing of it is public."""
    if next(redirect_rows(index.redirects(site.number)), None) is None:
        return
    for name, write in REDIRECT_FILES.items():
        yield SiteOutput(site.folder + name, "redirects", partial(_map, index, site.number, write))


def _map(index: Index, site: int, write: Write) -> Iterator[bytes]:
    return write(redirect_rows(index.redirects(site)))
