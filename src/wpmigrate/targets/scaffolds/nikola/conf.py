"""Nikola's settings for what wpmigrate wrote. The switches below are those that keep every word and every address."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent


def read_json(name):
    """Return what the JSON file ``name`` of this project holds; None when there is no such file."""
    path = ROOT / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


BLOG_TITLE = @TITLE@ or "Site"
BLOG_DESCRIPTION = @TAGLINE@
BLOG_AUTHOR = BLOG_EMAIL = ""
SITE_URL = "http://localhost/"  # the new site's address, once it has one
DEFAULT_LANG = "en"  # of Nikola's own words; the pages say GLOBAL_CONTEXT["language"]
TRANSLATIONS = {DEFAULT_LANG: ""}
TIMEZONE = "UTC"

# For the templates: the page that stands at / (empty: the list of entries); data/site.json is data["site"].
GLOBAL_CONTEXT = {"home": unquote(@HOME@).strip("/"), "language": @LANGUAGE@, "read_json": read_json}

# Every file below content is an entry. Its folder and its slug are its address.
POSTS = (("content/*.md", "", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": [".md"]}
PRETTY_URLS = True
STRIP_INDEXES = True
USE_SLUGIFY = False
FILE_METADATA_REGEXP = None
FUTURE_IS_NOW = True
URL_TYPE = "full_path"

# Text stays as it is written: tags are no switches, and no extension of Markdown but these.
USE_TAG_METADATA = WARN_ABOUT_TAG_METADATA = False
DEMOTE_HEADERS = 0
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]

# A page for each term and author is among the entries; Nikola's own would stand beside them, or end the build when two
# terms have like names.
DISABLED_PLUGINS = """
classify_archive classify_authors classify_categories classify_page_index classify_sections classify_tags
copy_assets create_bundles gallery render_galleries render_listings robots scale_images sitemap sources
jinja mdx_gist mdx_nikola mdx_podcast
""".split()
GENERATE_RSS = GENERATE_ATOM = SHOW_SOURCELINK = COPY_SOURCES = USE_CDN = False
INDEX_DISPLAY_POST_COUNT = 1_000_000
THEME = "plain"

# Nikola reads and writes each page once more with an HTML parser that moves blanks and knows no newer elements. The template
# therefore leaves main empty and says where its body is, and this puts it there as Markdown made it.
_MAIN = re.compile(r'<main id="content" data-body="([^"]*)">\s*</main>')


def put_bodies(name):
    """Put the bodies into the page at the path ``name``."""
    page = Path(name).read_text("utf-8")
    body = lambda found: f'<main id="content">\n{Path(unquote(found[1])).read_text("utf-8")}\n</main>'  # noqa: E731
    Path(name).write_text(_MAIN.sub(body, page), "utf-8")


FILTERS = {".html": [put_bodies]}


def old_file(old):
    """Return the file that a server finds at ``old``; empty when no file can stand for it (it has a query)."""
    path = unquote(old).strip("/")
    if "?" in old or not path or ".." in path.split("/"):
        return ""
    return path if path.endswith((".html", ".htm")) and not old.endswith("/") else f"{path}/index.html"


def redirections():
    """Yield old file and new address for each old address where neither a page nor a folder of the site stands."""
    pages = {path.relative_to(ROOT / "content").with_suffix("") for path in (ROOT / "content").rglob("*.md")}
    folders = pages | {parent for page in pages for parent in page.parents}
    names = {old_file(row["old"]): row["new"] for row in read_json("redirects.json") or ()}
    for name, new in sorted(names.items()):
        path = Path(name)
        is_there = (path.parent in pages or path.parent == Path()) if path.name == "index.html" else path in folders
        if name and not is_there and not any(str(parent) in names for parent in path.parents):
            yield name, new


# A page at each old address, which leads to the new one.
REDIRECTIONS = list(redirections())
