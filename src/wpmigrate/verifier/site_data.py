"""The proof of the files that the whole site makes: site data, archives, redirects, against the export itself.

What grows with the site is kept by :class:`Known`, outside the memory.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from wpmigrate.model import Finding
from wpmigrate.verifier.output import render
from wpmigrate.verifier.site_names import (
    FOLDED,
    all_items,
    all_terms,
    decoded,
    letters,
    name_keys,
    slug_key,
    taxonomy_of,
)
from wpmigrate.verifier.site_rules import Known, SiteRules
from wpmigrate.verifier.values import plain_title
from wpmigrate.verifier.wxr.export import Author, Part, Term
from wpmigrate.verifier.wxr.item import Item
from wpmigrate.wordpress.urls import address_key

__all__ = ["SiteProof"]

_LINES = 500
_LINK = re.compile(r'<li>\s*(?:<p>)?<a href="([^"]*)"')
_LISTED = re.compile(rb"- {1,3}(?:\[|<a )")
_SLASHES = re.compile("//+")
_SHOWN = ("publish", "inherit")


class SiteProof:
    """The proof of one site, fed with its files first and then with its exports."""

    def __init__(self, values: dict[str, Any], known: Known, rules: SiteRules) -> None:
        self._known = known
        self._rules = rules
        self._home = str(values.get("home", ""))
        self._authors = {str(author["login"]).strip(): author for author in values["authors"]}
        self._terms = dict(all_terms(values["taxonomies"]))
        self._alike = {(taxonomy, slug_key(slug)): term for (taxonomy, slug), term in self._terms.items()}
        self._menus = {menu["slug"]: [*all_items(menu["items"])] for menu in values["menus"]}
        self._wanted: list[tuple[str, str, dict[str, str]]] = []
        """Menu, title and meta of each menu item of the export."""
        self._said: dict[int, dict[str, set[str]]] = {}
        """What the exports say of an author or a term of the site data: field -> values, folded."""

    def archives(self) -> Iterator[str]:
        """Yield the address of each archive."""
        for row in (*self._authors.values(), *self._terms.values()):
            if row.get("url"):
                yield row["url"]

    def add_redirects(self, lines: Iterable[bytes]) -> Iterator[Finding]:
        """Learn ``redirects.json``, one redirect a line."""
        rows: list[tuple[str, str]] = []
        for number, line in enumerate(lines, start=1):
            row = line.strip().rstrip(b",")
            if row in (b"[", b"]", b"[]", b""):
                continue
            try:
                redirect = json.loads(row)
                old, new = str(redirect["old"]), str(redirect["new"])
            except (ValueError, KeyError, TypeError):
                yield self._finding(f"line {number} is no redirect", "redirects.json", line=number)
                continue
            rows += [(key, new) for key in self._keys(old)]
            if len(rows) > _LINES:
                self._known.put_all("redirect", rows)
                rows.clear()
        self._known.put_all("redirect", rows)

    def add_archive(self, address: str, lines: Iterable[bytes]) -> None:
        """Learn which entries the archive at ``address`` lists, as a Markdown engine shows its list."""
        some: list[bytes] = []
        for line in lines:
            if _LISTED.match(line):
                some.append(line)
            if len(some) == _LINES:
                self._add_listed(address, some)
        self._add_listed(address, some)

    def _add_listed(self, address: str, lines: list[bytes]) -> None:
        targets = _LINK.findall(render(b"".join(lines).decode("utf-8", "replace")))
        self._known.put_all(
            "listed", [(f"{address}\n{unquote(html.unescape(target))}", "") for target in targets]
        )
        lines.clear()

    def check(self, part: Part) -> Iterator[Finding]:
        """Yield what is wrong with what the site's files say of a part of the export; menus at the end (:meth:`finish`)."""
        if isinstance(part, Author):
            yield from self._author(part)
        elif isinstance(part, Term):
            yield from self._term(part)
        else:
            yield from self._item(part)

    def _author(self, said: Author) -> Iterator[Finding]:
        login = said.get("login", "").strip()
        if not login:
            return
        author = self._authors.get(login)
        if author is None:
            yield self._finding(f"the author {login} is missing")
            return
        whole = f"{said.get('first_name', '')} {said.get('last_name', '')}"
        self._say(author, "name", said.get("display_name", "").strip() or whole.strip() or login)
        for key in ("first_name", "last_name"):
            self._say(author, key, said.get(key, ""))
        if not self._rules.emails and author.get("email"):
            yield self._finding(f"the e-mail address of {login} is shown, though nobody asked for it")

    def _term(self, said: Term) -> Iterator[Finding]:
        taxonomy, slug = taxonomy_of(said.get("taxonomy", "")), said.get("slug", "")
        if not slug_key(slug) or taxonomy == "post_translations":
            return
        term = self._term_of(taxonomy, slug)
        if term is None:
            yield self._finding(f"the term {slug} of {taxonomy} is missing")
            return
        for key, value in {"description": "", "parent": "", "name": slug}.items():
            self._say(term, key, said.get(key, "").strip() or value)

    def _say(self, row: dict[str, Any], key: str, value: str) -> None:
        """Note what an export says of an author or a term; several exports, or a list with doubles, may say several things."""
        self._said.setdefault(id(row), {}).setdefault(key, set()).update(FOLDED[key](value))

    def _check_said(self) -> Iterator[Finding]:
        for row in (*self._authors.values(), *self._terms.values()):
            name = str(row.get("login") or row.get("slug"))
            kind = "author" if "login" in row else "term"
            for key, values in self._said.get(id(row), {}).items():
                kept = FOLDED[key](str(row.get(key, "")))
                if not kept & values and not (key == "name" and kept & name_keys(name)):
                    what = f"the {key.replace('_', ' ')} of the {kind} {name}"
                    yield self._finding(f"{what} is not that of the export")

    def _item(self, item: Item) -> Iterator[Finding]:
        values = item.values
        kind = values.get("post_type", "").strip().lower() or "post"
        status = values.get("status", "").strip().lower() or "draft"
        guarded = bool(values.get("post_password", "").strip())
        if kind == "nav_menu_item" and status in _SHOWN and not guarded:
            meta = {key.strip(): value.strip() for key, value in reversed(item.meta) if "_menu_item_" in key}
            menus = [slug_key(slug) for taxonomy, slug, _ in item.terms if taxonomy.strip() == "nav_menu"]
            self._wanted += [(slug, plain_title(values.get("title", "")), meta) for slug in menus]
        if not self._rules.is_public(kind, status, guarded):
            return
        post_id = values.get("post_id", "").strip()
        self._known.put("public", post_id, "")
        address = yield from self._permalink(post_id, values)
        if (
            post_id and self._known.count("public", post_id) == 1
        ):  # of two with one id the address may be the other's
            yield from self._listed(item, kind, address or self._by_id(post_id))

    def _permalink(self, post_id: str, values: dict[str, str]) -> Generator[Finding, None, str]:
        """Check that the old address of an entry leads to its file; return where it leads."""
        link = values.get("link", "").strip()
        keys = self._keys(link) if link else []
        if not keys:
            return ""
        for key in keys:
            self._known.put("permalink", key, post_id)
        new = next(filter(None, (self._known.get("redirect", key) for key in keys)), "")
        if not new:
            same = f"/{self._rules.folder}{urlsplit(link).path.strip('/')}{self._rules.ending}"  # it may not have moved
            if self._rules.written_id(same) is not None:
                return same
            yield self._finding(f"the old address {link} leads nowhere", "redirects.json")
            return ""
        there = self._rules.written_id(new)
        if there is None:
            yield self._finding(f"the old address {link} leads to {new}, where no file is", "redirects.json")
        elif there and there not in {self._known.get("permalink", key) for key in keys} | {post_id}:
            yield self._finding(f"the old address {link} leads to another entry, {new}", "redirects.json")
        return new if there == post_id else ""

    def _by_id(self, post_id: str) -> str:
        """Return the new address of an entry by its short address."""
        path = urlsplit(self._home).path.rstrip("/")
        for name in ("p", "page_id", "attachment_id"):
            new = self._known.get("redirect", f"{path}/?{name}={post_id}".lower())
            if new:
                return new
        return ""

    def _listed(self, item: Item, kind: str, address: str) -> Iterator[Finding]:
        """Check that every archive of an entry lists it once."""
        wanted: dict[str, tuple[str, bool]] = {}
        for domain, nicename, name in item.terms:
            taxonomy = taxonomy_of(domain)
            term = self._term_of(taxonomy, nicename)
            if term is None and slug_key(nicename):
                yield self._finding(f"the term {nicename} of {taxonomy} is missing", context=name)
            elif term is not None and self._rules.archives and taxonomy not in self._rules.without_archive:
                wanted.update(self._archives_of(taxonomy, term))
        login = item.values.get("dc:creator", "").strip()
        author = self._authors.get(login)
        if login and author is None:
            yield self._finding(f"the author {login} is missing")
        elif login and author is not None and kind == "post" and self._rules.archives:
            wanted[author.get("url", "")] = login, False
        for archive, (name, described) in wanted.items() if address else ():
            count = self._known.count("listed", f"{archive}\n{unquote(address)}")
            if not archive:
                yield self._finding(f"{name} has no page, though an entry is public")
            elif count != 1 and not (count and described):  # a description may link to an entry too
                told = f"lists {address} {count} times" if count else f"does not list {address}"
                yield self._finding(f"the page of {name}, {archive}, {told}")

    def _archives_of(self, taxonomy: str, term: dict[str, Any]) -> Iterator[tuple[str, tuple[str, bool]]]:
        """Yield the address of a term's page, its slug, and whether it has a description; then those of the terms above it."""
        seen: set[str] = set()
        above: dict[str, Any] | None = term
        while above is not None and above["slug"] not in seen:
            seen.add(above["slug"])
            yield above.get("url", ""), (above["slug"], bool(above.get("description")))
            above = self._term_of(taxonomy, above.get("parent", ""))

    def _term_of(self, taxonomy: str, slug: str) -> dict[str, Any] | None:
        """Return the term with this slug, or else with one that is spelled otherwise; nothing for a slug that says nothing."""
        alike = slug_key(slug)
        return (
            (self._terms.get((taxonomy, decoded(slug))) or self._alike.get((taxonomy, alike)))
            if alike
            else None
        )

    def finish(self) -> Iterator[Finding]:
        """Yield what is wrong with authors, terms and menus, when every export was read."""
        yield from self._check_said()
        shown = {slug_key(slug): items for slug, items in self._menus.items()}
        kept = {
            slug: Counter((item["kind"], item["object_id"]) for item in items)
            for slug, items in shown.items()
        }
        for slug, title, meta in self._wanted:
            kind, post_id = meta.get("_menu_item_type", "custom"), meta.get("_menu_item_object_id", "")
            if kind == "post_type" and not self._is_public(post_id):
                continue
            if not kept.get(slug, Counter())[kind, post_id]:
                yield self._finding(f"the menu {slug} lacks an item: {title or post_id}")
            elif title and letters(title) not in {letters(row["title"]) for row in shown[slug]}:
                yield self._finding(f"the menu {slug} shows an item without its title: {title}")
            elif kind == "custom" and not self._leads(meta.get("_menu_item_url", ""), shown[slug]):
                yield self._finding(f"the menu {slug} lacks the address {meta.get('_menu_item_url')}")
        for slug, items in self._menus.items():
            for row in items:
                if row["kind"] == "post_type" and not self._is_public(row["object_id"]):
                    yield self._finding(
                        f"the menu {slug} shows an entry that is not public: {row['object_id']}"
                    )

    def _is_public(self, post_id: str) -> bool:
        return bool(self._known.count("public", post_id) or self._by_id(post_id))

    def _leads(self, url: str, items: list[dict[str, Any]]) -> bool:
        """Whether an item leads where ``url`` did."""
        url = html.unescape(url.strip())
        new = next(filter(None, (self._known.get("redirect", key) for key in self._keys(url))), "")
        there = {unquote(item["url"]).partition("#")[0] for item in items}
        return any(unquote(one).partition("#")[0] in there for one in (url, new))

    def _keys(self, url: str) -> list[str]:
        """Return the names under which an address of the site is known here: by its spelling, then by its meaning; else nothing."""
        url = url.replace("&amp;", "&").partition("#")[0].strip()
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return []
        if (
            host
            and host not in self._rules.hosts
            and host != (urlsplit(self._home).hostname or "").removeprefix("www.")
        ):
            return []
        path = _SLASHES.sub("/", unicodedata.normalize("NFC", unquote(parts.path))).rstrip("/")
        spelled = f"{path}/?{unquote(parts.query)}" if parts.query else path or "/"
        meant = address_key(url, self._rules.hosts, self._home)
        if not meant and not (host and f"{path}/".startswith(urlsplit(self._home).path.rstrip("/") + "/")):
            return []
        return [spelled.lower(), *([f"key {meant}"] if meant else [])]

    def _finding(
        self, message: str, file: str = "site.json", line: int | None = None, context: str = ""
    ) -> Finding:
        return Finding(
            "site", f"{self._rules.folder}{file}: {message}", self._rules.folder + file, line, context=context
        )
