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
from wpmigrate.runner.target import target_of
from wpmigrate.targets import Target
from wpmigrate.targets.paths import site_path, static_path

__all__ = ["OutputFile", "SiteOutput", "SiteRecord", "site_files"]


def site_files(index: Index, options: RunOptions) -> Iterator[SiteOutput | OutputFile]:
    """Yield the files of every site of ``index``, one after another; a piece of one is in memory.

    ``site.json`` and ``site.yaml``, a page for each archive, the redirect map in every shape; below the site's folder where
    the input has several sites.
    """
    emails, target = options.extract.emails, target_of(options)
    for site in index.sites():
        yield SiteOutput(
            site_path(target, site.folder, "json"), "site-json", partial(site_json, index, site, emails)
        )
        yield SiteOutput(
            site_path(target, site.folder, "yaml"), "site-yaml", partial(site_yaml, index, site, emails)
        )
        yield from archive_pages(index, site.number, options)
        yield from _redirects(index, site, target)


def _redirects(index: Index, site: SiteRow, target: Target) -> Iterator[SiteOutput]:
    """Yield the redirect map of a site in every shape; none when nothing of it is public."""
    if next(redirect_rows(index.redirects(site.number)), None) is None:
        return
    for name, write in REDIRECT_FILES.items():
        path = static_path(target, name) if name == "_redirects" and not site.folder else site.folder + name
        yield SiteOutput(path, "redirects", partial(_map, index, site.number, write))


def _map(index: Index, site: int, write: Write) -> Iterator[bytes]:
    return write(redirect_rows(index.redirects(site)))
