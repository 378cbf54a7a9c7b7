"""The site index: what only the whole site knows, in an SQLite file, so that memory does not grow with the site.

``build_index`` reads every export once and writes the file; :class:`Index` reads it, in any process.
"""

from wpmigrate.runner.index.build import build_index
from wpmigrate.runner.index.menus import Menu, MenuItem
from wpmigrate.runner.index.reader import ArchiveRow, EntryRow, FileRow, Index, RedirectRow, SiteRow, TermRow

__all__ = [
    "ArchiveRow",
    "EntryRow",
    "FileRow",
    "Index",
    "Menu",
    "MenuItem",
    "RedirectRow",
    "SiteRow",
    "TermRow",
    "build_index",
]
