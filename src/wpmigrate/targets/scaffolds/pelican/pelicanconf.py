"""Pelican's settings for what wpmigrate wrote. The switches below are those that keep every word and every address."""

import json
from pathlib import Path

ROOT = Path(__file__).parent


def read_json(name):
    """Return what the JSON file ``name`` of this project holds; None when there is no such file."""
    path = ROOT / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


SITENAME = @TITLE@ or "Site"
SITESUBTITLE = @TAGLINE@
SITEURL = ""  # addresses begin at the root of the site, wherever it stands
DEFAULT_LANG = @LANGUAGE@ or "en"
TIMEZONE = "UTC"

# For the templates: the site's menus, terms and authors, and the page that stands at / (empty: the list of entries).
SITE = read_json("data/site.json") or {}
HOME = @HOME@.strip("/")
JINJA_FILTERS = {"from_json": json.loads, "read_json": read_json}

# Every file below content is an entry, which says itself where it goes (URL and Save_as); one that does not goes to /slug/.
PATH = "content"
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
OUTPUT_PATH = "output"
DELETE_OUTPUT_DIRECTORY = True
ARTICLE_PATHS = [""]
ARTICLE_EXCLUDES = ["media"]
PAGE_PATHS = []
IGNORE_FILES = []
READERS = {"html": None, "rst": None}
WITH_FUTURE_DATES = True

# Text stays as it is written.
TYPOGRIFY = False
INTRASITE_LINK_REGEX = "(?!)(?P<what>)"
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}

# Files that are served as they are: media, and what is in content/extra, at the root of the site.
STATIC_PATHS = ["media", "extra"]
EXTRA_PATH_METADATA = {
    path.relative_to(ROOT / PATH).as_posix(): {"path": path.relative_to(ROOT / PATH / "extra").as_posix()}
    for path in sorted((ROOT / PATH / "extra").rglob("*"))
    if path.is_file()
}

# A page for each term and author is among the entries; Pelican's own would stand beside them.
THEME = "theme"
DIRECT_TEMPLATES = ["index"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# A page at each old address, which leads to the new one.
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["old_addresses"]
