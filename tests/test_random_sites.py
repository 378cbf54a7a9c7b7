"""Whole sites made up by chance, written as WordPress's export writes them, through the whole program.

Each has public entries that link to one another in every spelling, and private ones whose words must be nowhere in the output.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.verify_run import options_of, verify_run

_PROFILE = settings(
    max_examples=int(os.environ.get("WPMIGRATE_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
HOST = "heather.example"
SECRET = "zq9canary"
PUBLIC_TYPES = ("post", "page", "recipe")
ALL_TYPES = (*PUBLIC_TYPES, "attachment", "nav_menu_item", "wp_block", "revision")


@dataclass
class Comment:
    """A reader's words."""

    approved: str
    reply: bool


@dataclass
class Entry:
    """One item of the site; its place in the list makes its id."""

    kind: str
    status: str
    protected: bool
    title: str
    slug: str
    parts: list[object]  # texts, and (entry, spelling) for links
    comments: list[Comment]
    meta: str
    nested: bool
    blocks: bool
    number: int = 0
    links: list[tuple[int, str]] = field(default_factory=list)

    @property
    def public(self) -> bool:
        return self.status == "publish" and not self.protected and self.kind in PUBLIC_TYPES

    @property
    def hidden(self) -> bool:
        """Whether its words may be nowhere; a file's record or a reusable block is public, though no entry of its own."""
        return self.status != "publish" or self.protected or self.kind == "revision"


ODD = (
    "R&amp;D ]]&gt; <b>5 &lt; 6</b>",
    "a ]]> b",
    "snake_case_ *not* [this](that)",
    "# no heading",
    "1. no list",
    "`ticks` and ``two``",
    "C:\\temp\\x",
    "日本語 и кириллица",
    "“curly” — dash…",
    "{{ liquid }} {% raw %}",
    "[unknown x=1]words[/unknown]",
    "<em>stress<strong> more</strong></em> &nbsp; end",
    "<ul><li>one</li><li>two</li></ul>",
    "<pre>code &lt;here&gt;\n  more</pre>",
    "<table><tr><td>a|b</td><td>c</td></tr></table>",
    "<blockquote>said</blockquote>",
    '<img src="/wp-content/uploads/2020/01/a-300x200.jpg" alt="A *picture*" />',
    "<h2>A heading</h2>",
    "x &amp; y & z < w",
    "",
)
TITLES = ("Plain words", "R&D: 5 < 6", "<em>Stress</em> &amp; more", "日本語", "", "*stars* _and_ `ticks`", "]]> ends", "a" * 300, "- dash: colon")
SLUGS = ("moor", "con", "report", "%d0%bc%d0%b8%d1%80", "index", "a" * 180, "with_underscore", "feed", "page")
SPELLINGS = {
    "full": lambda path, number: f"https://{HOST}{path}",
    "http": lambda path, number: f"http://{HOST}{path}",
    "www": lambda path, number: f"https://www.{HOST}{path}",
    "bare end": lambda path, number: f"https://{HOST}{path.rstrip('/')}",
    "root": lambda path, number: path,
    "no scheme": lambda path, number: f"//{HOST}{path}",
    "capitals": lambda path, number: f"HTTPS://{HOST.upper()}{path}",
    "id": lambda path, number: f"https://{HOST}/?p={number}",
    "root id": lambda path, number: f"/?p={number}",
    "index.php": lambda path, number: f"https://{HOST}/index.php{path}",
    "tracked": lambda path, number: f"https://{HOST}{path}?utm_source=mail",
    "fragment": lambda path, number: f"https://{HOST}{path}#part",
}

_texts = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30))
_links = st.tuples(st.integers(0, 7), st.sampled_from(sorted(SPELLINGS)))
_entries = st.builds(
    Entry,
    kind=st.sampled_from((*PUBLIC_TYPES * 3, *ALL_TYPES)),
    status=st.sampled_from(("publish",) * 5 + ("draft", "private", "pending", "future", "trash", "oddity")),
    protected=st.sampled_from((False,) * 6 + (True,)),
    title=st.sampled_from(TITLES),
    slug=st.sampled_from(SLUGS),
    parts=st.lists(st.one_of(_texts, _links), max_size=6),
    comments=st.lists(st.builds(Comment, st.sampled_from(("1", "1", "0", "spam", "trash")), st.booleans()), max_size=4),
    meta=st.one_of(st.sampled_from(ODD), st.just('a:1:{s:1:"k";i:5;}')),
    nested=st.booleans(),
    blocks=st.booleans(),
)


class Site:
    """The entries with ids and addresses, and the export that WordPress would write of them."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        for place, entry in enumerate(entries):
            entry.number = 10 + place
            entry.slug = f"{entry.slug}-{place}" if entry.status != "draft" else ""

    def path(self, entry: Entry) -> str:
        """Return the permalink, without the host."""
        if not entry.slug:
            return f"/?p={entry.number}"
        if entry.kind == "post":
            return f"/2020/01/{entry.slug}/"
        parent = self.parent(entry)
        return f"{self.path(parent)}{entry.slug}/" if parent else f"/{'' if entry.kind == 'page' else entry.kind + '/'}{entry.slug}/"

    def parent(self, entry: Entry) -> Entry | None:
        """Return the page that is published, last before this one, when this is a nested one."""
        before = [one for one in self.entries[: entry.number - 10] if one.kind == "page" and one.public]
        return before[-1] if before and entry.nested and entry.kind == "page" else None

    def export(self) -> bytes:
        """Return the WXR file."""
        spaces = "".join(
            f' xmlns:{prefix}="{uri}"'
            for prefix, uri in {
                "excerpt": "http://wordpress.org/export/1.2/excerpt/",
                "content": "http://purl.org/rss/1.0/modules/content/",
                "dc": "http://purl.org/dc/elements/1.1/",
                "wp": "http://wordpress.org/export/1.2/",
            }.items()
        )
        author = f"<wp:author>{tag('wp:author_id', 1)}{tag('wp:author_login', 'ann')}{tag('wp:author_email', SECRET + '@mail.example')}</wp:author>"
        head = (
            f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"{spaces}>\n<channel>\n<title>Heather</title>\n<link>https://{HOST}</link>\n'
            f"<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_site_url>https://{HOST}</wp:base_site_url>\n"
            f"<wp:base_blog_url>https://{HOST}</wp:base_blog_url>\n{author}\n"
        )
        return (head + "".join(map(self._item, self.entries)) + "</channel>\n</rss>\n").encode()

    def _item(self, entry: Entry) -> str:
        words = f" {SECRET}hidden " if entry.hidden else ""
        parent = self.parent(entry)
        fields = {
            "title": entry.title + words,
            "dc:creator": "ann",
            "content:encoded": words + self._body(entry),
            "excerpt:encoded": words,
            "wp:post_id": entry.number,
            "wp:post_date": "2020-01-05 10:00:00",
            "wp:post_date_gmt": "0000-00-00 00:00:00" if entry.status == "draft" else "2020-01-05 09:00:00",
            "wp:comment_status": "open",
            "wp:post_name": entry.slug,
            "wp:status": entry.status,
            "wp:post_parent": parent.number if parent else 0,
            "wp:post_type": entry.kind,
            "wp:post_password": f"{SECRET}password" if entry.protected else "",
        }
        meta = f"<wp:postmeta>{tag('wp:meta_key', 'mood')}{tag('wp:meta_value', entry.meta + words)}</wp:postmeta>\n"
        texts = "".join(f"\t{tag(name, value)}\n" for name, value in fields.items())
        return f"<item>\n\t<link>https://{HOST}{self.path(entry)}</link>\n{texts}{meta}{''.join(self._comments(entry, words))}</item>\n"

    def _body(self, entry: Entry) -> str:
        parts = []
        for part in entry.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            other = self.entries[part[0] % len(self.entries)]
            if other.public and other.slug:
                entry.links.append((other.number, part[1]))
            parts.append(f'<a href="{SPELLINGS[part[1]](self.path(other), other.number)}">over there</a>')
        if entry.blocks:
            return "\n\n".join(f"<!-- wp:html -->\n{part}\n<!-- /wp:html -->" for part in parts)
        return "\n\n".join(parts)

    def _comments(self, entry: Entry, words: str):
        for place, comment in enumerate(entry.comments):
            number = entry.number * 10 + place
            secret = words if comment.approved in ("0", "1") else f"{SECRET}unwanted"
            fields = {
                "comment_id": number,
                "comment_author": "Bea",
                "comment_author_email": f"{SECRET}{number}@mail.example",
                "comment_author_IP": f"198.51.100.{number % 250}",
                "comment_date": "2020-02-01 10:00:00",
                "comment_content": f"A *reply* &amp; more {secret}",
                "comment_approved": comment.approved,
                "comment_parent": number - 1 if comment.reply and place else 0,
            }
            yield "<wp:comment>" + "".join(tag(f"wp:{name}", value) for name, value in fields.items()) + "</wp:comment>\n"


def tag(name: str, value: object) -> str:
    """Return an element; text in CDATA whose end is parted in two, as WordPress does it."""
    text = str(value).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}>{value}</{name}>" if isinstance(value, int) else f"<{name}><![CDATA[{text}]]></{name}>"


class Watcher:
    """Counts what stayed as it was."""

    def __init__(self):
        self.unchanged = 0

    def begin(self, total): ...
    def problem(self, place, message): ...
    def end(self): ...

    def entry(self, record, unchanged):
        self.unchanged += unchanged


def convert(source: Path, out: Path):
    watcher = Watcher()
    run(plan_run([str(source)], str(out), RunOptions(jobs=1)), watcher)
    return json.loads((out / "report.json").read_bytes()), watcher


def files(out: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(out).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in out.rglob("*") if path.is_file()
    }


@_PROFILE
@given(st.lists(_entries, min_size=1, max_size=8))
def test_a_site_made_up_by_chance(entries):
    site = Site(entries)
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "site.xml"), Path(folder, "out")
        source.write_bytes(site.export())
        report, _ = convert(source, out)
        before = files(out)
        check_entries(site, report)
        check_secrets(before)
        check_links(site, report, before)
        again, watcher = convert(source, out)
        assert (again, watcher.unchanged, files(out)) == (report, report["totals"]["written"], before)
        records = verify_run(plan_run([str(source)], str(out), options_of(str(out), 1)), Watcher())
        assert [(record.source, record.findings) for record in records if record.status == "failed"] == []
        assert files(out) == before


def check_entries(site, report):
    """Every item is an entry, what is public is written and proven, nothing else is."""
    assert report["totals"]["problems"] == 0
    told = [(row["status"], row["findings"]) for row in report["entries"]]
    assert told == [("written" if entry.public else "skipped", []) for entry in site.entries]


def check_secrets(made):
    """No word of what is private is in any byte."""
    for path, (data, _) in made.items():
        assert SECRET.encode() not in data, path
        assert b"198.51.100." not in data, path


def check_links(site, report, made):
    """Links between public entries, however they were spelled, lead to files that are there."""
    stems = {entry.number: row["outputs"][0].removesuffix(".md") for entry, row in zip(site.entries, report["entries"], strict=True) if entry.public}
    for entry in site.entries:
        if not entry.public:
            continue
        text = made[f"{stems[entry.number]}.md"][0].decode()
        for number, spelling in entry.links:
            assert f"{stems[number]}.md" in made
            target = f"/{stems[number]}{'#part' if spelling == 'fragment' else ''}"
            assert re.search(rf"[(\"<]{re.escape(target)}[)\">]", text), (spelling, target, text)
