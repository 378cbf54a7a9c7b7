"""What MkDocs does not do itself: the site's data for the templates, and a page at each old address."""

import html
import json
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="{new}">
<meta http-equiv="refresh" content="0; url={new}"></head><body><p><a href="{new}">{new}</a></p></body></html>
"""


def read_json(name):
    """Return what the JSON file ``name`` of this project holds; None when there is no such file."""
    path = ROOT / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def on_config(config):
    config.extra["site"] = read_json("data/site.json") or {}


def on_env(env, config, files):
    pages = [file.page for file in files.documentation_pages() if file.src_uri != "index.md"]
    home = config.extra["home"].strip("/")
    env.filters["read_json"] = read_json
    env.globals["home"] = next((page for page in pages if home and unquote(page.url).strip("/") == unquote(home)), None)
    entries = [page for page in pages if page.meta.get("type") != "archive"]
    env.globals["entries"] = sorted(entries, key=lambda page: str(page.meta.get("date", "")), reverse=True)


def old_file(old):
    """Return the file that a server finds at ``old``; empty when no file can stand for it (it has a query)."""
    path = unquote(old).strip("/")
    if "?" in old or not path or ".." in path.split("/"):
        return ""
    return path if path.endswith((".html", ".htm")) and not old.endswith("/") else f"{path}/index.html"


def on_post_build(config):
    for row in read_json("redirects.json") or ():
        name = old_file(row["old"])
        if not name:
            continue
        path = Path(config.site_dir, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(PAGE.format(new=html.escape(row["new"])))
        except (FileExistsError, NotADirectoryError):
            continue  # a page of the site is there
