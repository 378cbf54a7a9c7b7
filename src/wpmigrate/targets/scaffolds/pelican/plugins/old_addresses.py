"""A page at each old address in redirects.json, which leads to the new one. Never over a page of the site."""

import html
import json
from pathlib import Path
from urllib.parse import unquote

from pelican import signals

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="{new}">
<meta http-equiv="refresh" content="0; url={new}"></head><body><p><a href="{new}">{new}</a></p></body></html>
"""


def old_file(old):
    """Return the file that a server finds at ``old``; empty when no file can stand for it (it has a query)."""
    path = unquote(old).strip("/")
    if "?" in old or not path or ".." in path.split("/"):
        return ""
    return path if path.endswith((".html", ".htm")) and not old.endswith("/") else f"{path}/index.html"


def write_pages(pelican):
    source = Path("redirects.json")
    for row in json.loads(source.read_text("utf-8")) if source.is_file() else ():
        name = old_file(row["old"])
        if not name:
            continue
        path = Path(pelican.output_path, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(PAGE.format(new=html.escape(row["new"])))
        except (FileExistsError, NotADirectoryError):
            continue  # a page of the site is there


def register():
    signals.finalized.connect(write_pages)
