"""The JSON and YAML records: strict, whole, and in agreement with each other, with the page and with the source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from wpmigrate.model import Entry, SourceEntry
from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.content import plain_words
from wpmigrate.verifier.sections import section_headings
from wpmigrate.verifier.settle import settle
from wpmigrate.verifier.tokens import Inventory, Token
from wpmigrate.verifier.urls import canonical_url

__all__ = ["check_fields", "check_parts", "check_record", "decode_json", "records_differ", "without_content"]

_KEYS: Final = tuple(Entry.__struct_fields__)

_decoder = msgspec.json.Decoder(Entry)
_plain = msgspec.json.Decoder()


def decode_json(data: bytes) -> dict[str, Any]:
    """Return the record in ``data``; raises ``ValueError`` saying what is wrong when it is not strictly an Entry."""
    entry = _decoder.decode(data)
    plain: dict[str, Any] = msgspec.to_builtins(entry)
    # Equal bytes are equal values; only where the bytes differ (a person re-indented them) the values are compared.
    if msgspec.json.encode(entry) != msgspec.json.format(data, indent=-1) and plain != _plain.decode(data):
        raise ValueError("the record has keys that an entry does not know, or lacks some that it must have")
    return plain


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
        if key != "content" and json.get(key) != yaml.get(key):
            yield key, f"{key} is not the same in the JSON and in the YAML"
    if yaml.keys() - json.keys() or "content" in yaml:
        yield "keys", "the YAML has keys that the JSON has not"


def without_content(record: dict[str, Any]) -> dict[str, Any]:
    """Return what the YAML says of a ``record``."""
    return {key: value for key, value in record.items() if key != "content"}


def check_source_info(record: dict[str, Any], source: SourceEntry) -> Iterator[tuple[str, str]]:
    """Yield what the record says wrongly of where it comes from."""
    info = record["source"]
    if info["sha256"] != hashlib.sha256(source.raw).hexdigest():
        yield "source.sha256", "the record's sha256 is not that of the source"
    for key in ("path", "item", "format", "encoding"):
        if info[key] != getattr(source, key):
            yield f"source.{key}", f"the record says {key} {info[key]!r}, the source is {getattr(source, key)!r}"


def check_fields(record: dict[str, Any], source: SourceEntry) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) where the record has another value than the extractor reads in the source.

    That those values are the source's is proven elsewhere, with another reader; this finds what was edited since.
    """
    expected = msgspec.to_builtins(source.fields)
    expected["metadata"] = source.metadata
    for key, value in expected.items():
        if key != "protected" and record[key] != value:
            yield key, f"the record's {key} is not what the source says"


def check_parts(
    record: dict[str, Any], page: Inventory, is_source: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield where sections, links and media of ``record`` are not those of the page.

    ``is_source``: the page is the source itself, where links into the page and by number are spelled otherwise.
    """
    yield from _check_links(record, page.tokens, is_source)
    yield from _check_media(record, page.tokens, is_source)
    yield from _check_sections(record, _settled(page) if is_source else page)


def _settled(page: Inventory) -> Inventory:
    tokens = settle(page.tokens).tokens
    headings = [index for index, token in enumerate(tokens) if isinstance(token, tuple) and token[0] == "heading"]
    return msgspec.structs.replace(page, tokens=tokens, headings=headings)


class _PageLink(msgspec.Struct):
    """A link of the page, as a record would say it."""

    url: str
    """Where it leads."""
    text: str
    """What is in it, without blanks, images as their alternative text."""
    bare: str
    """The same without the images."""


def _links(tokens: list[Token]) -> list[_PageLink]:
    """Return the links in order."""
    found: list[_PageLink] = []
    link: _PageLink | None = None
    for token in tokens:
        if isinstance(token, str):
            if link is not None:
                _add_text(link, token)
        elif isinstance(token, tuple):
            kind = token[0]
            if kind == t.LINK:
                link = _PageLink(str(token[1]), "", "")
                found.append(link)
            elif kind in ("end of link", "paragraph", "heading"):
                link = None
            elif link is not None and kind == t.SPAN:
                _add_text(link, str(token[1]))
            elif link is not None and kind == t.IMAGE:
                link.text += "".join(str(token[2]).split())
    return found


class _Lines:
    """All that a reader sees of the page, for lines that are looked for in their order."""

    def __init__(self, tokens: list[Token]) -> None:
        parts: list[str] = []
        for token in tokens:
            if isinstance(token, str):
                parts.append(token)
            elif isinstance(token, tuple) and token[0] in (t.SPAN, t.CODE_BLOCK, t.IMAGE):
                parts.append(str(token[2] if token[0] == t.IMAGE else token[1]))
        self._letters = "".join("".join(parts).split())
        self._place = 0
        self._detours = 0

    def has(self, line: str) -> bool:
        """Whether ``line`` is there, blanks aside. After some lines out of order (or missing) no more are looked for."""
        wanted = "".join(line.split())
        found = self._letters.find(wanted, self._place) if self._detours < _MOST_DETOURS else self._place
        if found < 0:
            self._detours += 1
            return wanted in self._letters
        self._place = found
        return True


_MOST_DETOURS: Final = 50
"""Each is a search of the whole page: many would take quadratic time."""


def _add_text(link: _PageLink, text: str) -> None:
    letters = "".join(text.split())
    link.text += letters
    link.bare += letters


def _respelled(url: str) -> bool:
    return url[:1] == "#" or "?p=" in url or "page_id=" in url


def _check_links(record: dict[str, Any], tokens: list[Token], is_source: bool) -> Iterator[tuple[str, str]]:
    there = [link for link in _links(tokens) if not (is_source and _respelled(link.url))]
    lines = _Lines(tokens)
    ids = {"", *(section["id"] for section in record["sections"])}
    place = 0
    for link in record["links"]:
        url = canonical_url(link["url"])
        if is_source and _respelled(url):
            continue
        if place >= len(there) or there[place].url != url:
            if is_source and (url[:1] == "/" or (link["text"] == link["url"] and lines.has(url))):
                continue  # the path of an entry that the source names by number; an address alone on its line
            yield "links", f"the record's link {link['url']!r} does not come next in the page"
            return
        wanted = "".join(link["text"].split())
        text, bare = there[place].text, there[place].bare
        place += 1
        while wanted not in (text, bare) and place < len(there) and there[place].url == url:
            text, bare = text + there[place].text, bare + there[place].bare
            place += 1
        if wanted not in (text, bare) and not (is_source and lines.has(wanted)):
            yield "links", f"the record's text of the link {link['url']!r} is not the page's"
        if not lines.has(link["context"]):
            yield "links", f"the page has no line {link['context']!r:.80}"
        if link["section"] not in ids:
            yield "links", f"the link {link['url']!r} names the section {link['section']!r}, which there is not"
    if place < len(there):
        yield "links", f"the page's link {there[place].url!r} is not in the record"


def _addresses(token: tuple[object, ...]) -> Iterator[object]:
    """Yield the addresses in a token."""
    if token[0] in (t.LINK, t.IMAGE):
        yield token[1]
    elif token[0] == "element":
        for part in token[2:]:
            if isinstance(part, tuple):
                yield part[1]


def _check_media(record: dict[str, Any], tokens: list[Token], is_source: bool) -> Iterator[tuple[str, str]]:
    if not record["media"] and not any(isinstance(token, tuple) and token[0] == t.IMAGE for token in tokens):
        return
    addresses = {str(value) for token in tokens if isinstance(token, tuple) for value in _addresses(token)}
    lines = _Lines(tokens)
    for media in record["media"]:
        if canonical_url(media["url"]) not in addresses and not (is_source and lines.has(media["url"])):
            yield "media", f"the page has nothing at {media['url']!r}"
        if media["caption"] and not lines.has(media["caption"]):
            yield "media", f"the page has no caption {media['caption']!r:.80}"
    images = [token for token in tokens if isinstance(token, tuple) and token[0] == t.IMAGE]
    kept = [media for media in record["media"] if media["kind"] == "image"]
    if [canonical_url(media["url"]) for media in kept] != [image[1] for image in images]:
        yield "media", "the record's images are not those of the page"
        return
    for media, image in zip(kept, images, strict=True):
        if " ".join(media["alt"].split()) != image[2] or " ".join(media["title"].split()) != image[3]:
            yield "media", f"the record's texts of the image {media['url']!r} are not the page's"


def _check_sections(record: dict[str, Any], page: Inventory) -> Iterator[tuple[str, str]]:
    if section_headings(record["sections"], page) is None:
        yield "sections", "a section of the record is no heading of the page"
    elif "content" in record:
        yield from _check_headings(record)
        yield from _check_sizes(record)


def _check_headings(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    headings = [block for block in record["content"]["children"] if _is_heading(block)]
    if len(headings) != len(record["sections"]):
        yield "sections", f"the page has {len(headings)} headings, the record {len(record['sections'])} sections"
        return
    for section, heading in zip(record["sections"], headings, strict=True):
        if heading["type"] == "heading" and not _names(section, heading):
            yield "sections", f"the section {section['title']!r} is not the heading in the content"


def _is_heading(block: dict[str, Any]) -> bool:
    """Whether a block is a heading, also one that Markdown could not say."""
    return block["type"] == "heading" or (block["type"] == "html" and _HEADING_TAG.match(block["value"]) is not None)


def _names(section: dict[str, Any], heading: dict[str, Any]) -> bool:
    data = heading.get("data") or {}
    return bool(
        section["depth"] == heading["depth"]
        and section["title"] == plain_words(heading)
        and section["id"] == data.get("hProperties", {}).get("id")
        and section["legacy_ids"] == data.get("legacyIds", [])
    )


def _check_sizes(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the images whose size in the media records is not the one in the content."""
    sizes: dict[str, set[tuple[Any, Any]]] = {}
    stack: list[dict[str, Any]] = [record["content"]]
    while stack:
        node = stack.pop()
        if node["type"] == "image":
            properties = (node.get("data") or {}).get("hProperties", {})
            sizes.setdefault(node["url"], set()).add((_pixels(properties, "width"), _pixels(properties, "height")))
        elif node["type"] == "html":
            if "<img" in node["value"]:
                return  # images in HTML have their sizes there
        else:
            stack.extend(node.get("children", ()))
    for media in record["media"]:
        if media["kind"] == "image" and (media["width"], media["height"]) not in sizes.get(media["url"], ()):
            yield "media", f"the size of the image {media['url']!r} is not the one in the content"


def _pixels(properties: dict[str, Any], name: str) -> int | None:
    match = _PIXELS.match(str(properties.get(name) or ""))
    return int(match[1]) if match else None


_HEADING_TAG = re.compile(r"<h[1-6][\s>]", re.I)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
