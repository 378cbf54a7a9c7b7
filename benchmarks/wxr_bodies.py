"""Bodies of generated posts: classic text and Gutenberg blocks, with links between the posts in several spellings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks.wxr_words import NOUNS, Words, slug_of

__all__ = ["HOST", "Bodies", "attachment_id", "permalink", "post_date", "post_id", "upload"]

HOST = "https://almanac.example"


def post_id(number: int) -> int:
    """Return the id of a post."""
    return 100 + 2 * number


def attachment_id(number: int) -> int:
    """Return the id of the attachment that was uploaded to an even post."""
    return 101 + 2 * (number & ~1)


def post_date(number: int) -> tuple[int, int, int]:
    """Return year, month and day: one post after another over the years."""
    return 2006 + number // 360 % 18, 1 + number // 28 % 12, 1 + number % 28


def permalink(words: Words, number: int) -> str:
    """Return the path of a post."""
    year, month, _ = post_date(number)
    return f"/{year}/{month:02}/{slug_of(words.title(number))}/"


def upload(number: int, size: str = "") -> str:
    """Return the address of the picture of an even post; ``size`` such as ``-300x200``."""
    year, month, _ = post_date(number & ~1)
    return f"{HOST}/wp-content/uploads/{year}/{month:02}/picture-{number & ~1}{size}.jpg"


class Bodies:
    """Writes bodies for a site of so many posts."""

    def __init__(self, words: Words, posts: int) -> None:
        self._words = words
        self._posts = posts

    def body(self, number: int, size: int) -> str:
        """Return the body of a post, of about ``size`` characters: every third one is of the old editor."""
        draw = random.Random(number * 31 + self._posts)
        parts = self._classic if number % 3 == 0 else self._blocks
        text: list[str] = []
        length = 0
        for part in parts(number, draw):
            text.append(part)
            length += len(part) + 2
            if length >= size:
                break
        return "\n\n".join(text)

    def _link(self, draw: random.Random) -> str:
        """Return a link to another post, or to a term, spelled in one of the ways that old sites have."""
        other = draw.randrange(self._posts)
        path = permalink(self._words, other)
        spellings: tuple[Callable[[], str], ...] = (
            lambda: HOST + path,
            lambda: f"http://almanac.example{path}",
            lambda: f"https://www.almanac.example{path.rstrip('/')}",
            lambda: path,
            lambda: f"{HOST}/?p={post_id(other)}",
            lambda: f"{HOST}{path}#part-2",
            lambda: f"{HOST}/category/{NOUNS[other % 24]}/",
            lambda: f"https://elsewhere.example/{NOUNS[other % len(NOUNS)]}?a=1&amp;b={other}",
        )
        return f'<a href="{draw.choice(spellings)()}">{self._words.title(other)}</a>'

    def _classic(self, number: int, draw: random.Random) -> Iterator[str]:
        words, near = self._words, attachment_id(number)
        yield words.paragraph(draw)
        yield "<!--more-->"
        yield (
            f'[caption id="attachment_{near}" align="alignleft" width="300"]<a href="{upload(number)}"><img '
            f'class="size-medium wp-image-{near}" src="{upload(number, "-300x200")}" alt="{draw.choice(NOUNS)}" width="300" '
            f'height="200" /></a> {words.sentence(draw)}[/caption]'
        )
        for part in range(2, 10_000_000):
            yield f"<h2>Part {part}: {draw.choice(NOUNS)}</h2>"
            yield f"{words.paragraph(draw)} See {self._link(draw)}.\n{words.sentence(draw)}"
            yield words.paragraph(draw)
            yield (self._list, self._quote, self._code, self._table, self._gallery)[draw.randrange(5)](draw)
            yield f'{words.paragraph(draw)} <span style="color: #336699;">{words.sentence(draw)}</span>'

    def _list(self, draw: random.Random) -> str:
        rows = "\n".join(f"\t<li>{self._words.sentence(draw)}</li>" for _ in range(draw.randint(2, 6)))
        return f"<ul>\n{rows}\n</ul>"

    def _quote(self, draw: random.Random) -> str:
        return f"<blockquote>{self._words.paragraph(draw)}\n\n<cite>{draw.choice(NOUNS)}</cite></blockquote>"

    def _code(self, draw: random.Random) -> str:
        return f"<pre>for {draw.choice(NOUNS)} in range({draw.randrange(99)}):\n    print(a &lt; b, '*', \"_\")</pre>"

    def _table(self, draw: random.Random) -> str:
        rows = "".join(f"<tr><td>{draw.choice(NOUNS)}</td><td>{draw.randrange(999)}</td></tr>" for _ in range(4))
        return f"<table><thead><tr><th>What</th><th>How many</th></tr></thead><tbody>{rows}</tbody></table>"

    def _gallery(self, draw: random.Random) -> str:
        ids = ",".join(str(attachment_id(draw.randrange(self._posts))) for _ in range(3))
        return f'[gallery ids="{ids}" columns="3"]'

    def _blocks(self, number: int, draw: random.Random) -> Iterator[str]:
        yield _block("paragraph", f"<p>{self._words.paragraph(draw)}</p>")
        yield "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->"
        yield self._image(number, draw)
        for part in range(2, 10_000_000):
            yield _block("heading", f'<h2 id="part-{part}">Part {part}: {draw.choice(NOUNS)}</h2>')
            yield _block("paragraph", f"<p>{self._words.paragraph(draw)} See {self._link(draw)}.</p>")
            yield _block("paragraph", f"<p>{self._words.paragraph(draw)}<br>{self._words.sentence(draw)}</p>")
            yield self._odd_block(number, draw)
            yield _block("paragraph", f'<p class="has-large-font-size">{self._words.paragraph(draw)}</p>', '{"fontSize":"large"}')

    def _odd_block(self, number: int, draw: random.Random) -> str:
        kind = draw.randrange(7)
        if kind == 0:
            rows = "".join(f"<li>{self._words.sentence(draw)}</li>" for _ in range(3))
            return _block("list", f"<ul>{rows}</ul>")
        if kind == 1:
            return _block("quote", f'<blockquote class="wp-block-quote"><p>{self._words.paragraph(draw)}</p></blockquote>')
        if kind == 2:
            return _block("code", f'<pre class="wp-block-code"><code>let {draw.choice(NOUNS)} = a &lt; b;</code></pre>')
        if kind == 3:
            return _block("table", f'<figure class="wp-block-table">{self._table(draw)}</figure>')
        if kind == 4:
            return _block("separator", '<hr class="wp-block-separator"/>')
        if kind == 5:
            inner = _block("column", f'<div class="wp-block-column">{self._image(number, draw)}</div>')
            return _block("columns", f'<div class="wp-block-columns">{inner}</div>')
        return '<!-- wp:block {"ref":50} /-->'

    def _image(self, number: int, draw: random.Random) -> str:
        near = attachment_id(number)
        return _block(
            "image",
            f'<figure class="wp-block-image size-large"><img src="{upload(number, "-1024x683")}" alt="{draw.choice(NOUNS)}" '
            f'class="wp-image-{near}" srcset="{upload(number, "-300x200")} 300w, {upload(number)} 1600w"/>'
            f"<figcaption>{self._words.sentence(draw)}</figcaption></figure>",
            f'{{"id":{near},"sizeSlug":"large"}}',
        )


def _block(name: str, inner: str, attributes: str = "") -> str:
    given = f"{attributes} " if attributes else ""
    return f"<!-- wp:{name} {given}-->\n{inner}\n<!-- /wp:{name} -->"
