"""The files that the whole site makes: site data, archives, redirects. Pure functions over the index."""

from __future__ import annotations

from collections.abc import Iterator

from wpmigrate.model import OutputFile
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import Index, SiteRow
from wpmigrate.runner.site_files.archives import archive_pages
from wpmigrate.runner.site_files.records import SiteRecord
from wpmigrate.runner.site_files.redirects import REDIRECT_FILES, redirect_rows
from wpmigrate.runner.site_files.site_data import site_json, site_record, site_yaml

__all__ = ["SiteRecord", "site_files"]


def site_files(index: Index, options: RunOptions) -> Iterator[OutputFile]:
    """Yield the files of every site of ``index``, one after another; one at a time is in memory.

    ``site.json`` and ``site.yaml``, a page for each archive, the redirect map in every shape; below the site's folder where
    the input has several sites.
    """
    for site in index.sites():
        yield from _site_data(index, site)
        yield from archive_pages(index, site.number, options)
        yield from _redirects(index, site)


def _site_data(index: Index, site: SiteRow) -> Iterator[OutputFile]:
    record = site_record(index, site)
    yield OutputFile(f"{site.folder}site.json", "site-json", site_json(record))
    yield OutputFile(f"{site.folder}site.yaml", "site-yaml", site_yaml(record))


def _redirects(index: Index, site: SiteRow) -> Iterator[OutputFile]:
    """Yield the redirect map of a site in every shape; none when nothing of it is public."""
    if next(redirect_rows(index.redirects(site.number)), None) is None:
        return
    for name, write in REDIRECT_FILES.items():
        data = b"".join(write(redirect_rows(index.redirects(site.number))))
        yield OutputFile(site.folder + name, "redirects", data)
