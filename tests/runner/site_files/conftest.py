"""A small site with everything that the site's own files tell of, and what must not be in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.verify_run import options_of, verify_run

HOME = "https://reef.example"
CANARY = "Zebrafish"
"""In every entry that is not public."""

_HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Reef &amp; Rock</title><link>{HOME}</link><description>Divers write</description><language>en-GB</language>
<webMaster>admin@reef.example</webMaster>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{HOME}</wp:base_site_url><wp:base_blog_url>{HOME}</wp:base_blog_url>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login>coral</wp:author_login><wp:author_email>coral@reef.example</wp:author_email>
<wp:author_display_name><![CDATA[Coral O&#039;Brien]]></wp:author_display_name><wp:author_first_name>Coral</wp:author_first_name>
<wp:author_last_name>O'Brien</wp:author_last_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>dives</wp:category_nicename><wp:category_parent></wp:category_parent>
<wp:cat_name>Dives</wp:cat_name><wp:category_description><![CDATA[Every <b>dive</b> since 1999.

- deep
- deeper * or_not_]]></wp:category_description>
<wp:termmeta><wp:meta_key>colour</wp:meta_key><wp:meta_value>a:1:{{i:0;s:4:"blue";}}</wp:meta_value></wp:termmeta>
<wp:termmeta><wp:meta_key>password</wp:meta_key><wp:meta_value>{CANARY}</wp:meta_value></wp:termmeta></wp:category>
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>night</wp:category_nicename>
<wp:category_parent>dives</wp:category_parent><wp:cat_name>Night dives</wp:cat_name></wp:category>
<wp:category><wp:term_id>5</wp:term_id><wp:category_nicename>nothing</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name>Nothing yet</wp:cat_name></wp:category>
<wp:tag><wp:term_id>6</wp:term_id><wp:tag_slug>unnamed</wp:tag_slug></wp:tag>
<wp:term><wp:term_id>7</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug>
<wp:term_parent></wp:term_parent><wp:term_name>Top</wp:term_name></wp:term>
<wp:term><wp:term_id>8</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>bottom</wp:term_slug>
<wp:term_parent></wp:term_parent><wp:term_name>Bottom</wp:term_name></wp:term>
<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>post_translations</wp:term_taxonomy><wp:term_slug>pll_1</wp:term_slug>
<wp:term_description><![CDATA[a:2:{{s:2:"en";i:10;s:2:"de";i:11;}}]]></wp:term_description></wp:term>
"""


def an_item(
    post_id: int, kind: str, slug: str, title: str, *more: str, status: str = "publish", link: str = ""
) -> str:
    """Return an ``<item>``; ``more`` are its terms and meta."""
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link or f'{HOME}/2020/{slug}/'}</link><dc:creator>coral</dc:creator>"
        f"<content:encoded><![CDATA[<p>Words of {title or slug}.</p>]]></content:encoded>"
        f"<wp:post_id>{post_id}</wp:post_id><wp:post_date>2020-05-{post_id % 28 + 1:02} 10:00:00</wp:post_date>"
        f"<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_parent>0</wp:post_parent>"
        f"<wp:post_type>{kind}</wp:post_type><wp:post_password></wp:post_password>{''.join(more)}</item>\n"
    )


def a_term(taxonomy: str, slug: str, name: str = "") -> str:
    return f'<category domain="{taxonomy}" nicename="{slug}"><![CDATA[{name or slug}]]></category>'


def a_menu_item(
    post_id: int, kind: str, target: str, title: str = "", url: str = "", parent: str = "0"
) -> str:
    """Return an entry of the menu ``top``."""
    meta = {"type": kind, "object": "page", "object_id": target, "url": url, "menu_item_parent": parent}
    rows = (
        f"<wp:postmeta><wp:meta_key>_menu_item_{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in meta.items()
    )
    return an_item(post_id, "nav_menu_item", str(post_id), title, a_term("nav_menu", "top"), *rows)


ITEMS = (
    an_item(
        10,
        "post",
        "wreck",
        "The *wreck* <of> [1912]",
        a_term("category", "night", "Night dives"),
        a_term("language", "en"),
    ),
    an_item(
        11,
        "post",
        "wrack",
        "",
        a_term("category", "dives", "Dives"),
        a_term("post_tag", "unnamed"),
        a_term("language", "de"),
    ),
    an_item(12, "page", "home", "Home", link=f"{HOME}/"),
    an_item(13, "post", "secret", f"{CANARY} draft", a_term("post_tag", "zebrafish", CANARY), status="draft"),
    an_item(14, "page", "board", f"{CANARY} board", status="private"),
    a_menu_item(20, "custom", "20", "Shop", "https://shop.example/?a=1&b=2"),
    a_menu_item(21, "post_type", "12", parent="20"),
    a_menu_item(22, "post_type", "14", f"{CANARY} menu"),
)
REEF = _HEAD + "".join(ITEMS) + "</channel></rss>\n"


class Trip:
    """A run of convert over exports, and what it made."""

    def __init__(self, folder: Path, watcher) -> None:
        self.input, self.out, self.watcher = folder / "in", folder / "out", watcher
        self.input.mkdir()

    def convert(self, *exports: str, **options) -> list[tuple[str, str]]:
        """Convert ``exports``; return the problems that were told."""
        for number, text in enumerate(exports, start=1):
            (self.input / f"{number}.xml").write_text(text, encoding="utf-8")
        self.watcher.problems.clear()
        run(plan_run([str(self.input)], str(self.out), RunOptions(**({"jobs": 1} | options))), self.watcher)
        return [*self.watcher.problems]

    def verify(self) -> list[str]:
        """Return the messages of what is not proven."""
        plan = plan_run([str(self.input)], str(self.out), options_of(str(self.out), 1))
        return [record.reason for record in verify_run(plan, self.watcher) if record.status == "failed"]

    def text(self, name: str) -> str:
        """Return an output file."""
        return (self.out / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Damage an output file."""
        text = self.text(name)
        assert old in text, f"{name} has no {old}"
        (self.out / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def reef_export() -> str:
    """The export of the site."""
    return REEF


@pytest.fixture
def make_item():
    """The function that writes an item."""
    return an_item


@pytest.fixture
def trip(tmp_path, watcher) -> Trip:
    return Trip(tmp_path, watcher)


@pytest.fixture
def reef(trip) -> Trip:
    """The converted site."""
    assert trip.convert(REEF) == []
    return trip
