"""A small site: four items of an export, with what the index would know of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wpmigrate.extractors.wxr import read_item, scan
from wpmigrate.model import Attachment, Author, OutputFile, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import FORMATS, ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write

FILE = Path(__file__).parent / "site.xml"
UPLOADS = "https://garden.example/blog/wp-content/uploads/2019/04"
SITE = Site(
    entries_by_id={"11": "post/beans", "12": "page/frost", "14": "post/damaged"},
    hosts=frozenset({"garden.example"}),
    base_url="https://garden.example/blog",
    addresses={
        "?p=11": "/post/beans",
        "/2019/04/beans": "/post/beans",
        "?p=12": "/page/frost",
        "/2019/05/frost": "/page/frost",
        "/category/herbs": "/category/herbs",
        "/damaged": "/post/damaged",
    },
    files={f"2019/04/{name}": f"/media/2019/04/{name}" for name in ("pods.jpg", "row.jpg", "plan.pdf")},
    authors={"ann": Author("Ann Onymous", "ann"), "bob": Author("Bob", "bob", "", "https://bob.example/")},
    attachments={
        "31": Attachment("31", f"{UPLOADS}/row.jpg", "Row", "A row of beans", "The <em>first</em> row", page=f"{UPLOADS}/row/"),
        "32": Attachment("32", f"{UPLOADS}/pods.jpg", "Pods", "Pods", "Pods in June"),
    },
    blocks={"41": "<!-- wp:paragraph -->\n<p>Newsletter: <a href='/blog/2019/04/beans/'>read on</a>.</p>\n<!-- /wp:paragraph -->"},
    translations={"12": {"en": "12", "de": "14"}},
)
OPTIONS = NormalizeOptions()


class Sample:
    """Items of the site and what becomes of them."""

    def __init__(self, emails: bool = False) -> None:
        self.emails = emails
        with FILE.open("rb") as stream:
            pieces = [piece for piece in scan(stream) if piece.kind == "item"]
        self.sources = [read_item(piece.data, "site.xml", str(piece.number), ExtractOptions(emails=emails)) for piece in pieces]

    def files(self, source: SourceEntry, to: tuple[str, ...] = FORMATS, site: Site = SITE) -> list[OutputFile]:
        """Return what the converter makes of ``source``."""
        entry = normalize(source, site, OPTIONS)
        return list(write(entry, "post/x", to, COMMONMARK, comments="comments/post/x"))

    def findings(self, source: SourceEntry, files: list[OutputFile], site: Site = SITE):
        """Return what the proof says of ``files``."""
        return verify(source, files, COMMONMARK, OPTIONS, (), site, self.emails)


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample()


@pytest.fixture(scope="session")
def sample_with_emails() -> Sample:
    return Sample(emails=True)
