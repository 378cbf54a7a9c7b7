"""The JSON and YAML records: strict, whole, and in agreement with each other, with the page and with the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from wpmigrate.model import Entry, SourceEntry, source_digest
from wpmigrate.model.entry import SCHEMA_VERSION
from wpmigrate.model.nodes import Html, Image, Node, Root, walk
from wpmigrate.verifier.content import Content
from wpmigrate.verifier.sections import check_headings, section_headings
from wpmigrate.verifier.settle import settle
from wpmigrate.verifier.shown import PageLink, Shown, letters, show
from wpmigrate.verifier.tokens import Inventory
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.verifier.values import identical

__all__ = ["check_fields", "check_parts", "check_record", "decode_json", "records_differ"]

_KEYS: Final = tuple(Entry.__struct_fields__)

_decoder = msgspec.json.Decoder(Entry)
_plain = msgspec.json.Decoder()


def decode_json(data: bytes) -> tuple[dict[str, Any], Root]:
    """Return the record in ``data`` without its content, and that; raises ``ValueError`` when it is not strictly an Entry."""
    try:
        entry = _decoder.decode(data)
    except ValueError:
        data.decode("utf-8")  # bytes that are no text are the clearer reason
        raise
    # Equal bytes are equal values; only where the bytes differ (a person re-indented them) the values are compared.
    same = msgspec.json.format(msgspec.json.encode(entry), indent=2) + b"\n" == data
    if not same and msgspec.to_builtins(entry) != _plain.decode(data):
        raise ValueError("the record has keys that an entry does not know, or lacks some that it must have")
    content, entry.content = entry.content, Root([])
    record: dict[str, Any] = msgspec.to_builtins(entry)
    del record["content"]
    return record, content


def check_record(record: Any) -> str | None:
    """Return what is wrong with the shape of a YAML record (an Entry without ``content``), or None."""
    if not isinstance(record, dict):
        return "the file holds no record"
    missing = [key for key in _KEYS if key not in record and key != "content"]
    if missing:
        return f"the key {missing[0]} is missing"
    try:
        entry = msgspec.convert({**record, "content": {"type": "root", "children": []}}, Entry)
    except msgspec.ValidationError as error:
        return str(error)
    plain = msgspec.to_builtins(entry)
    plain.pop("content")
    return None if plain == record else "the record has keys that an entry does not know, or lacks some that it must have"


def records_differ(json: dict[str, Any], yaml: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for each key in which the YAML is not the JSON without ``content``."""
    for key in _KEYS:
        if key != "content" and not identical(json.get(key), yaml.get(key)):
            yield key, f"{key} is not the same in the JSON and in the YAML"
    if yaml.keys() - json.keys() or "content" in yaml:
        yield "keys", "the YAML has keys that the JSON has not"


def check_source_info(record: dict[str, Any], source: SourceEntry) -> Iterator[tuple[str, str]]:
    """Yield what the record says wrongly of where it comes from."""
    info = record["source"]
    if record["schema_version"] != SCHEMA_VERSION:
        yield "schema_version", f"is {record['schema_version']}, not {SCHEMA_VERSION}"
    if info["sha256"] != source_digest(source.raw):
        yield "source.sha256", "the record's sha256 is not that of the source"
    for key in ("path", "item", "format", "encoding"):
        if info[key] != getattr(source, key):
            yield f"source.{key}", f"the record says {key} {info[key]!r}, the source is {getattr(source, key)!r}"


def check_fields(record: dict[str, Any], expected: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) where the record has another value than the extractor reads in the source (``expected``).

    That those values are the source's is proven elsewhere, with another reader; this finds what was edited since.
    """
    for key, value in expected.items():
        if key != "protected" and not identical(record[key], value):
            yield key, f"the record's {key} is not what the source says"


def check_parts(
    record: dict[str, Any], page: Inventory, content: Content | None, is_source: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield where sections, links and media of ``record`` are not those of the page, or of the ``content`` beside them.

    ``is_source``: the page is the source itself, where links into the page and by number are spelled otherwise.
    """
    shown = show(page.tokens)
    yield from _check_links(record, shown, is_source)
    yield from _check_media(record, shown, is_source)
    if section_headings(record["sections"], _settled(page) if is_source else page) is None:
        yield "sections", "a section of the record is no heading of the page"
    elif content is not None:
        yield from check_headings(record["sections"], content.tree, page, content.parsed)
        yield from _check_sizes(record["media"], content)


def _settled(page: Inventory) -> Inventory:
    tokens = settle(page.tokens).tokens
    headings = [index for index, token in enumerate(tokens) if isinstance(token, tuple) and token[0] == "heading"]
    return msgspec.structs.replace(page, tokens=tokens, headings=headings)


def _respelled(url: str) -> bool:
    return url[:1] == "#" or "?p=" in url or "page_id=" in url


def _check_links(record: dict[str, Any], shown: Shown, is_source: bool) -> Iterator[tuple[str, str]]:
    there = [link for link in shown.links if not _respelled(link.url)] if is_source else shown.links
    ids = {"", *(section["id"] for section in record["sections"])}
    empty = {link.url for link in there if not link.parts}
    recorded = frozenset(canonical_url(link["url"]) for link in record["links"]) if empty else frozenset()
    place = 0
    for link in record["links"]:
        url = link["url"]
        if is_source and _respelled(url):
            continue
        place = _after_pieces(there, place, url, recorded)
        if not link["text"] and _is_piece(there, place, url):
            continue
        if place >= len(there) or not _leads_to(url, there[place].url):
            if is_source and (url[:1] == "/" or (link["text"] == url and shown.has(url))):
                continue  # the path of an entry that the source names by number; an address alone on its line
            if not link["text"] and canonical_url(url) in empty:
                continue  # nothing shows in it: its place is none
            yield "links", f"the record's link {url!r} does not come next in the page"
            return
        found, place = _find_text(there, place, link["text"])
        if not found and not (is_source and shown.has(link["text"])):
            yield "links", f"the record's text of the link {url!r} is not the page's"
        if not shown.has(link["context"]):
            yield "links", f"the page has no line {link['context']!r:.80}"
        if link["section"] not in ids:
            yield "links", f"the link {url!r} names the section {link['section']!r}, which there is not"
    place = _after_pieces(there, place, None, recorded)
    if place < len(there):
        yield "links", f"the page's link {there[place].url!r} is not in the record"


def _after_pieces(links: list[PageLink], place: int, url: str | None, recorded: frozenset[str]) -> int:
    """Return the first of ``links`` from ``place`` on that leads to ``url``, or that a record of its own must stand for.

    Those in which nothing shows may be recorded at another place; a wordless piece of the link before it is recorded with that.
    """
    while place < len(links) and not (url is not None and _leads_to(url, links[place].url)):
        link = links[place]
        is_piece = place > 0 and link.url == links[place - 1].url and not letters(link.bare())
        if not is_piece and (link.parts or link.url not in recorded):
            break
        place += 1
    return place


def _is_piece(links: list[PageLink], place: int, url: str) -> bool:
    """Whether a wordless record of ``url`` is a piece of the link before ``place``, which the page does not part there."""
    here = links[place] if place < len(links) else None
    return place > 0 and _leads_to(url, links[place - 1].url) and (here is None or here.url != links[place - 1].url or bool(letters(here.bare())))


def _leads_to(url: str, there: str) -> bool:
    """Whether ``url`` is the address ``there``, which is in the one spelling already."""
    return url == there or canonical_url(url) == there


def _find_text(links: list[PageLink], place: int, wanted: str) -> tuple[bool, int]:
    """Return whether the link at ``place``, with those to the same address after it, says ``wanted``; and where the next begins.

    A block's edge parts a link in two. Blanks do not count, and images may be left out.
    """
    text = links[place].text()
    if text == wanted or text.strip() == wanted:
        return True, place + 1
    wanted, url = letters(wanted), links[place].url
    texts: list[str] = []
    bares: list[str] = []
    size = bare_size = 0  # the parts are joined only where they may be what is wanted: no quadratic time
    while place < len(links) and links[place].url == url:
        texts.append(letters(links[place].text()))
        bares.append(letters(links[place].bare()))
        size += len(texts[-1])
        bare_size += len(bares[-1])
        place += 1
        if (size == len(wanted) and "".join(texts) == wanted) or (
            bare_size == len(wanted) and "".join(bares) == wanted
        ):
            return True, place
    return False, place


def _check_media(record: dict[str, Any], shown: Shown, is_source: bool) -> Iterator[tuple[str, str]]:
    shown.rewind()
    kept = [media for media in record["media"] if media["kind"] == "image"]
    images = shown.images
    if len(kept) != len(images) or not all(
        _leads_to(media["url"], image.url) for media, image in zip(kept, images, strict=True)
    ):
        yield "media", "the record's images are not those of the page"
        return
    for media, image in zip(kept, images, strict=True):
        if " ".join(media["alt"].split()) != image.alt or " ".join(media["title"].split()) != image.title:
            yield "media", f"the record's texts of the image {media['url']!r} are not the page's"
    addresses = shown.addresses.union(link.url for link in shown.links) if len(kept) < len(record["media"]) else ()
    for media in record["media"]:
        url = media["url"]
        if media["kind"] != "image" and canonical_url(url) not in addresses and not (is_source and shown.has(url)):
            yield "media", f"the page has nothing at {url!r}"
        if media["caption"] and not shown.has(media["caption"]):
            yield "media", f"the page has no caption {media['caption']!r:.80}"


def _check_sizes(media: list[dict[str, Any]], content: Content) -> Iterator[tuple[str, str]]:
    """Yield the images whose size in the media records is not the one in the content; those in HTML have theirs there."""
    if not media or (content.has_html and "<img" in content.html and any(map(_has_image, walk(content.tree)))):
        return
    sizes: dict[str, set[tuple[Any, Any]]] = {}
    for image in content.images:
        properties = (image.data or {}).get("hProperties", {})
        sizes.setdefault(image.url, set()).add((_pixels(properties, "width"), _pixels(properties, "height")))
    in_styles = content.has_html and "url(" in content.html  # a cover block that stays HTML has its picture there, without a size
    for row in media:
        size = (row["width"], row["height"])
        if row["kind"] == "image" and size not in sizes.get(row["url"], {(None, None)} if in_styles else ()):
            yield "media", f"the size of the image {row['url']!r} is not the one in the content"
    yield from _check_sides([row for row in media if row["kind"] == "image"], content.images)


def _check_sides(media: list[dict[str, Any]], images: list[Image]) -> Iterator[tuple[str, str]]:
    """Yield the images that are aligned otherwise in the media records; one without a side may have that of its figure."""
    for row, image in zip(media, images, strict=False) if len(media) == len(images) else ():
        side = (image.data or {}).get("hProperties", {}).get("align")
        if side and side != row["alignment"]:
            yield "media", f"the alignment of the image {row['url']!r} is not the one in the content"


def _has_image(node: Node) -> bool:
    return type(node) is Html and "<img" in node.value


def _pixels(properties: dict[str, Any], name: str) -> int | None:
    match = _PIXELS.match(str(properties.get(name) or ""))
    return int(match[1]) if match else None


_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
