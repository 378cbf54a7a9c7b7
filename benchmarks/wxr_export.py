"""``python -m benchmarks.wxr_export --seed 7 --posts 4000 --megabytes 30 OUT``: a whole site as WordPress would export it.

Streamed, and the same bytes for the same numbers. Posts in both editors, pages that nest, a type of its own, attachments for
every second post, comments as threads, menus, a reusable block; drafts, private and protected entries, spam.
"""

from __future__ import annotations

import argparse
import datetime
import email.utils
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from benchmarks.wxr_bodies import HOST, Bodies, attachment_id, permalink, post_date, post_id, upload
from benchmarks.wxr_words import NOUNS, Words, slug_of

__all__ = ["main", "write_export"]

_HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
\t<title>The Almanac</title>
\t<link>{HOST}</link>
\t<description>Tides, trains &amp; tools</description>
\t<language>en-GB</language>
\t<wp:wxr_version>1.2</wp:wxr_version>
\t<wp:base_site_url>{HOST}</wp:base_site_url>
\t<wp:base_blog_url>{HOST}</wp:base_blog_url>
"""
_TAIL = "</channel>\n</rss>\n"
_AUTHORS = 7
_CATEGORIES = 24
_TAGS = 200


def main() -> None:
    """Write the export that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wxr_export", description=__doc__)
    parser.add_argument("output", metavar="OUT", help="the file to write")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--megabytes", type=float, default=30)
    arguments = parser.parse_args()
    with open(arguments.output, "wb", buffering=1 << 20) as stream:
        items = write_export(stream, arguments.seed, arguments.posts, arguments.megabytes)
    print(f"{arguments.output}: {items:,} items")


def write_export(stream: BinaryIO, seed: int, posts: int, megabytes: float) -> int:
    """Write an export of so many ``posts`` and about so many ``megabytes`` to ``stream``; return how many items it has."""
    words = Words(seed)
    written = stream.write(_HEAD.encode())
    written += sum(stream.write(part.encode()) for part in _channel())
    items = 0
    for item in _fixed_items(words, posts):
        written += stream.write(item.encode())
        items += 1
    maker = _Posts(words, Bodies(words, posts), random.Random(f"posts {seed}"))
    goal = megabytes * 1e6
    for number in range(posts):
        mean = max(300.0, (goal - written) / (posts - number) - 3000)
        for item in maker.items(number, mean):
            written += stream.write(item.encode())
            items += 1
    stream.write(_TAIL.encode())
    return items


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _tag(name: str, text: object) -> str:
    return f"<wp:{name}>{_cdata(str(text))}</wp:{name}>"


def _channel() -> Iterator[str]:
    """Yield authors and terms."""
    for number in range(_AUTHORS):
        login = NOUNS[number]
        yield (
            f"\t<wp:author><wp:author_id>{number + 1}</wp:author_id>{_tag('author_login', login)}"
            f"{_tag('author_email', login + '@almanac.example')}{_tag('author_display_name', login.title() + ' Miller')}"
            f"{_tag('author_first_name', login.title())}{_tag('author_last_name', 'Miller')}</wp:author>\n"
        )
    for number in range(_CATEGORIES):
        slug, parent = NOUNS[number], NOUNS[number // 3] if number % 3 else ""
        yield (
            f"\t<wp:category><wp:term_id>{number + 1}</wp:term_id>{_tag('category_nicename', slug)}"
            f"{_tag('category_parent', parent)}{_tag('cat_name', slug.title())}"
            f"{_tag('category_description', f'All about the {slug}.')}</wp:category>\n"
        )
    for number in range(_TAGS):
        yield f"\t<wp:tag><wp:term_id>{number + 30}</wp:term_id>{_tag('tag_slug', f'tag-{number}')}{_tag('tag_name', f'Tag {number}')}</wp:tag>\n"
    for number, slug in enumerate(("main", "footer"), start=300):
        yield (
            f"\t<wp:term><wp:term_id>{number}</wp:term_id>{_tag('term_taxonomy', 'nav_menu')}{_tag('term_slug', slug)}"
            f"{_tag('term_parent', '')}{_tag('term_name', slug.title())}</wp:term>\n"
        )


def _fixed_items(words: Words, posts: int) -> Iterator[str]:
    """Yield what there is one of, whatever the size: menus, the reusable block, pages that nest."""
    for number in range(8):
        meta = {
            "_menu_item_type": "post_type",
            "_menu_item_menu_item_parent": 60 if number in (1, 2) else 0,
            "_menu_item_object_id": 80 + number,
            "_menu_item_object": "page",
            "_menu_item_url": "",
        }
        term = [("nav_menu", "main" if number < 5 else "footer", "Main")]
        yield _item(60 + number, "", f"/?p={60 + number}", "", (2010, 1, 1), kind="nav_menu_item", order=number + 1, meta=meta, terms=term)
    block = "<!-- wp:paragraph -->\n<p>Write to the <em>editors</em> of the almanac.</p>\n<!-- /wp:paragraph -->"
    yield _item(50, "Contact block", "/?p=50", block, (2019, 5, 5), kind="wp_block")
    for number in range(8):
        name = NOUNS[number]
        parent = 80 if 0 < number < 4 else 0
        path = f"/{NOUNS[0]}/{name}/" if parent else f"/{name}/"
        body = words.paragraph(random.Random(number))
        yield _item(80 + number, name.title(), path, body, (2009, 2, 1 + number), kind="page", parent=parent, slug=name)


class _Posts:
    """Writes the posts, each with its attachment before it."""

    def __init__(self, words: Words, bodies: Bodies, draw: random.Random) -> None:
        self._words = words
        self._bodies = bodies
        self._draw = draw

    def items(self, number: int, mean: float) -> Iterator[str]:
        """Yield the items of a post whose body has about ``mean`` bytes, give or take."""
        if number % 2 == 0:
            yield self._attachment(number)
        size = int(mean * self._draw.choice((0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 2.8)))
        draw, title = self._draw, self._words.title(number)
        yield _item(
            post_id(number),
            title,
            permalink(self._words, number),
            self._bodies.body(number, size),
            post_date(number),
            kind="recipe" if number % 50 == 49 else "post",
            status=_status(number),
            slug=slug_of(title),
            password="open-sesame" if number % 97 == 96 else "",
            author=NOUNS[number % _AUTHORS],
            excerpt=self._words.sentence(draw) if number % 4 == 0 else "",
            terms=_terms(draw),
            meta=self._meta(number),
            comments="".join(self._comments(number)),
        )

    def _attachment(self, number: int) -> str:
        year, month, _ = post_date(number)
        file = f"{year}/{month:02}/picture-{number}.jpg"
        meta = {
            "_wp_attached_file": file,
            "_wp_attachment_image_alt": self._words.sentence(self._draw),
            "_wp_attachment_metadata": f'a:3:{{s:5:"width";i:1600;s:6:"height";i:1067;s:4:"file";s:{len(file)}:"{file}";}}',
        }
        slug = f"picture-{number}"
        path = f"{permalink(self._words, number)}{slug}/"
        caption, parent = self._words.sentence(self._draw), post_id(number)
        return _item(
            attachment_id(number), f"Picture {number}", path, "", post_date(number), kind="attachment", status="inherit",
            slug=slug, parent=parent, excerpt=caption, meta=meta, url=upload(number),
        )  # fmt: skip

    def _meta(self, number: int) -> dict[str, object]:
        meta: dict[str, object] = {"_edit_last": 1 + number % _AUTHORS, "mood": 'a:2:{i:0;s:4:"calm";i:1;s:5:"windy";}'}
        if number % 2 == 0:
            meta["_thumbnail_id"] = attachment_id(number)
        if number % 3 == 0:
            meta["_yoast_wpseo_title"] = f"{self._words.title(number)} | Almanac"
            meta["_yoast_wpseo_metadesc"] = self._words.sentence(self._draw)
        return meta

    def _comments(self, number: int) -> Iterator[str]:
        first = number * 10
        for place in range(self._draw.choice((0, 0, 1, 2, 5))):
            parent = first + place - 1 if place % 2 else 0
            approved = ("1", "1", "1", "0", "spam")[place]
            year, month, day = post_date(number)
            yield (
                f"\t\t<wp:comment><wp:comment_id>{first + place}</wp:comment_id>{_tag('comment_author', NOUNS[place].title())}"
                f"{_tag('comment_author_email', f'reader{place}@mail.example')}<wp:comment_author_url>https://reader.example"
                f"</wp:comment_author_url>{_tag('comment_author_IP', f'192.0.2.{place + 1}')}"
                f"{_tag('comment_date', f'{year}-{month:02}-{day:02} 12:0{place}:00')}"
                f"{_tag('comment_date_gmt', f'{year}-{month:02}-{day:02} 11:0{place}:00')}"
                f"{_tag('comment_content', self._words.paragraph(self._draw))}{_tag('comment_approved', approved)}"
                f"{_tag('comment_type', 'comment')}<wp:comment_parent>{parent}</wp:comment_parent>"
                f"<wp:comment_user_id>0</wp:comment_user_id></wp:comment>\n"
            )


def _status(number: int) -> str:
    """Return the status: of a hundred posts five are not public."""
    return {7: "draft", 27: "private", 47: "pending", 67: "future", 87: "trash"}.get(number % 100, "publish")


def _terms(draw: random.Random) -> list[tuple[str, str, str]]:
    categories = {NOUNS[draw.randrange(_CATEGORIES)] for _ in range(draw.randint(1, 2))}
    tags = {draw.randrange(_TAGS) for _ in range(draw.randint(0, 4))}
    return [
        *(("category", slug, slug.title()) for slug in sorted(categories)),
        *(("post_tag", f"tag-{number}", f"Tag {number}") for number in sorted(tags)),
    ]


def _item(
    number: int,
    title: str,
    path: str,
    body: str,
    date: tuple[int, int, int],
    *,
    kind: str = "post",
    status: str = "publish",
    slug: str = "",
    parent: int = 0,
    order: int = 0,
    password: str = "",
    author: str = NOUNS[0],
    excerpt: str = "",
    terms: Iterable[tuple[str, str, str]] = (),
    meta: Mapping[str, object] | None = None,
    comments: str = "",
    url: str = "",
) -> str:
    """Return an item as WordPress's export writes it."""
    published = email.utils.format_datetime(datetime.datetime(*date, 9, 30, tzinfo=datetime.UTC))
    day = f"{date[0]}-{date[1]:02}-{date[2]:02}"
    given = f"\t\t<wp:attachment_url>{_cdata(url)}</wp:attachment_url>\n" if url else ""
    listed = "".join(f'\t\t<category domain="{domain}" nicename="{name}">{_cdata(text)}</category>\n' for domain, name, text in terms)
    kept = "".join(f"\t\t<wp:postmeta>{_tag('meta_key', key)}{_tag('meta_value', value)}</wp:postmeta>\n" for key, value in (meta or {}).items())
    return (
        f"\t<item>\n\t\t<title>{_cdata(title)}</title>\n\t\t<link>{HOST}{path}</link>\n\t\t<pubDate>{published}</pubDate>\n\t\t<dc:creator>{_cdata(author)}</dc:creator>\n"
        f'\t\t<guid isPermaLink="false">{HOST}/?p={number}</guid>\n\t\t<description></description>\n'
        f"\t\t<content:encoded>{_cdata(body)}</content:encoded>\n\t\t<excerpt:encoded>{_cdata(excerpt)}</excerpt:encoded>\n"
        f"\t\t<wp:post_id>{number}</wp:post_id>\n\t\t{_tag('post_date', f'{day} 10:30:00')}\n\t\t{_tag('post_date_gmt', f'{day} 09:30:00')}\n"
        f"\t\t{_tag('post_modified', f'{day} 10:45:00')}\n\t\t{_tag('post_modified_gmt', f'{day} 09:45:00')}\n"
        f"\t\t{_tag('comment_status', 'open')}\n\t\t{_tag('ping_status', 'closed')}\n\t\t{_tag('post_name', slug)}\n"
        f"\t\t{_tag('status', status)}\n\t\t<wp:post_parent>{parent}</wp:post_parent>\n\t\t<wp:menu_order>{order}</wp:menu_order>\n"
        f"\t\t{_tag('post_type', kind)}\n\t\t{_tag('post_password', password)}\n\t\t<wp:is_sticky>0</wp:is_sticky>\n"
        f"{given}{listed}{kept}{comments}\t</item>\n"
    )


if __name__ == "__main__":
    main()
