"""A page that fails its proof climbs the rungs one by one; what a rung proposes is proven whole, and a loss still fails."""

from __future__ import annotations

import msgspec
import pytest

from wpmigrate.errors import WriteError
from wpmigrate.model import Finding, Notice, Site, SourceEntry
from wpmigrate.model.nodes import Html, List, Text, walk
from wpmigrate.normalizer import normalize
from wpmigrate.options import NormalizeOptions, RunOptions
from wpmigrate.runner import job, rescue
from wpmigrate.runner.job import convert_entry, read_source
from wpmigrate.runner.rescue import RUNGS, Attempt, rescued
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write

BODY = """<p>One <a href="http://example.com/a">two</a>.</p>
<h2>Three</h2>
<ul><li>four</li><li>five</li></ul>
<p>six <em>seven</em></p>
"""


def html_of(files) -> str:
    return next(file.data.decode() for file in files if file.format == "markdown").partition("\n---\n")[2].strip("\n")


class Page:
    """A page whose proof is the real one, and refuses more than that: what ``refuse`` says."""

    extension = ".md"
    site = Site()
    normal = NormalizeOptions()
    notes = (Notice("mapped", "a word about the name"),)

    def __init__(self, body, refuse):
        data = f"---\ntitle: T\n---\n{body}".encode()
        self.source: SourceEntry = read_source("p.html", data, RunOptions())
        entry = normalize(self.source, self.site, self.normal)
        entry.notices = [*entry.notices, *self.notes]
        self.first = Attempt(entry, job._take_verbatim(entry))
        self.refuse = refuse
        self.proofs = 0

    def attempt(self, attempt, to=()):
        self.proofs += 1
        formats = tuple(to) or ("markdown", "json", "yaml")
        files = write(attempt.entry, "p", formats, COMMONMARK, attempt.verbatim)
        lost = verify(self.source, files, COMMONMARK, self.normal, tuple(attempt.entry.notices), self.site)
        refused = self.refuse(attempt, html_of(files))
        return files, (*lost, Finding("word", refused, "p.md")) if refused else lost


def climb(body, refuse, rungs=RUNGS):
    page = Page(body, refuse)
    lost = page.attempt(page.first)[1] or (Finding("word", "another reason", "p.md"),)
    return page, rescued(page, lost, rungs)


def rung(name):
    return next(row for row in RUNGS if row.name == name)


def test_blocks_one_of_them_becomes_html():
    page, found = climb(BODY, lambda attempt, text: "" if "<p>six" in text else "a word is\nmissing")
    attempt, (files, lost) = found
    assert lost == ()
    assert html_of(files).endswith("- five\n\n<p>six <em>seven</em></p>")
    assert attempt.entry.notices[-1] == Notice("kept", "block 4 written as HTML: a word is missing")
    assert page.proofs < 12


def wrong_record(attempt, text):
    """Refuse the record that the tree builder made."""
    return "links: …" if any(link.context == "One two." and link.kind == "wrong" for link in attempt.entry.links) else ""


def test_records_come_from_the_page_itself():
    page = Page(BODY, wrong_record)
    page.first.entry.links[0].kind = "wrong"
    attempt, _ = rescued(page, [Finding("metadata", "links: …", "p.json")], RUNGS)
    assert [(link.text, link.kind, link.section) for link in attempt.entry.links] == [("two", "external", "")]
    assert Html not in {type(node) for node in walk(attempt.entry.content)}
    assert page.proofs == 1, "the page itself is right: no block is looked for"


def test_blocks_and_records_at_once():
    page = Page(BODY, lambda attempt, text: wrong_record(attempt, text) or ("" if "<p>six" in text else "content"))
    page.first.entry.links[0].kind = "wrong"
    attempt, _ = rescued(page, [Finding("content", "content", "p.json")], RUNGS)
    assert "block 4 written as HTML" in attempt.entry.notices[-1].what
    assert attempt.entry.links[0].kind == "external"


def test_a_body_that_is_markdown_stays_as_it_is_where_only_its_record_was_wrong():
    body = "# A *b*\n\n* c\n* d\n\n[e](http://f)\n"
    page = Page(body, lambda attempt, text: "" if isinstance(attempt.entry.content.children[1], Html) else "content")
    attempt, (files, _) = rescued(page, [Finding("content", "content", "p.json")], RUNGS)
    assert html_of(files) == body.strip()
    assert attempt.entry.notices[-1] == Notice("kept", "block 2 in the record as HTML: content")


def test_pieces_few_of_them_stay_html():
    _, found = climb(BODY, lambda attempt, text: "" if "<ul>" in text else "list", [rung("pieces")])
    attempt, (files, _) = found
    assert html_of(files).startswith("One [two](http://example.com/a).\n\n## Three\n\n<ul>\n<li>four</li>")
    assert html_of(files).endswith("six *seven*")
    assert attempt.entry.notices[-1] == Notice("kept", "block 3 of 4 written as HTML, as a browser reads them: list")
    assert page_notes(attempt)
    assert [link.text for link in attempt.entry.links] == ["two"]


def page_notes(attempt):
    return Page.notes[0] in attempt.entry.notices


def test_pieces_that_cannot_be_sections():
    _, found = climb(BODY, lambda attempt, text: "sections" if attempt.entry.sections else "", [rung("pieces")])
    assert "<div><h2>Three</h2></div>" in html_of(found[1][0])


def test_addresses_stay_text_where_they_cannot_be_links():
    body = "<p>http://example.com/film</p>\n<p>x</p>"
    _, found = climb(body, lambda attempt, text: "links" if attempt.entry.links else "", [rung("pieces")])
    attempt, (files, _) = found
    assert html_of(files).endswith("\n\nx"), "no piece had to be HTML"
    assert attempt.entry.notices[-1].what == "addresses alone on their lines stay text: links"


def test_printed_the_shortest_part_that_helps():
    def refuse(attempt, text):
        return "" if "<div></div>" in text and "<li>five</li>" in text else "a form"

    _, found = climb(BODY, refuse)
    attempt, (files, _) = found
    text = html_of(files)
    assert text.startswith("One [two](http://example.com/a).\n\n## Three\n\n<div></div>\n<ul>")
    assert text.endswith("</ul>\n\nsix *seven*")
    assert attempt.entry.notices[-1] == Notice("kept", "block 3 of 4 written as HTML, as WordPress prints them: a form")


def test_the_whole_page_when_nothing_less_helps():
    def refuse(attempt, text):
        return "" if text.startswith("<div></div>\n<p>One") and text.endswith("</p>") else "all of it"

    attempt, (files, _) = climb(BODY, refuse)[1]
    assert "\n\n" not in html_of(files)
    assert attempt.entry.notices[-1].what == "the whole page written as HTML, as WordPress prints them: all of it"
    assert page_notes(attempt)


def test_a_page_that_nothing_helps_ends_soon():
    page, found = climb(BODY * 50, lambda attempt, text: "never")
    assert found is None
    assert page.proofs < 12


def test_the_number_of_proofs_has_a_limit():
    """Each try says yes and no such that the searches take all they may."""
    answers = iter(range(10_000))

    def refuse(attempt, text):
        return "" if next(answers) % 2 else "now and then"

    page, _ = climb("<p>x</p>\n" * 400, refuse)
    assert page.proofs < 140


def test_a_large_page_gets_fewer(monkeypatch):
    monkeypatch.setattr(rescue, "_MOST_BYTES", 1000)
    page, found = climb("<p>x</p>\n" * 400, lambda attempt, text: "" if text.count("<p>") > 200 else "half of it")
    assert found is not None
    assert page.proofs < 40


# What a rung loses

LOST = "five"


def without(entry):
    """Return the entry without a word."""
    for node in walk(entry.content):
        if isinstance(node, Text | Html):
            node.value = node.value.replace(LOST, "")
    return entry


def test_a_writer_that_loses_a_word_fails_on_every_rung(monkeypatch):
    seen = []

    def forgetful(entry, *args, **options):
        seen.append(entry)
        files = write(entry, *args, **options)
        return tuple(msgspec.structs.replace(file, data=file.data.replace(LOST.encode(), b"")) for file in files)

    monkeypatch.setattr(job, "write", forgetful)
    result = convert_entry("p.html", f"---\ntitle: T\n---\n{BODY}".encode(), "p")
    assert (result.record.status, result.files) == ("failed", ())
    blocks = [len(entry.content.children) for entry in seen]
    assert 1 in blocks, "the whole page as HTML was tried too"


@pytest.mark.parametrize("name", ["pieces", "printed"])
def test_a_rung_that_loses_a_word_is_not_believed(monkeypatch, name):
    rescuer = {"pieces": rescue.Pieces, "printed": rescue.Printed}[name]
    whole = rescuer.entry
    assert climb(BODY, lambda attempt, text: "", [rung(name)])[1] is not None
    monkeypatch.setattr(rescuer, "entry", lambda self, *args, **options: without(whole(self, *args, **options)))
    assert climb(BODY, lambda attempt, text: "", [rung(name)])[1] is None


@pytest.mark.parametrize("name", ["records", "pieces", "printed"])
def test_records_that_lack_a_link_are_not_believed(monkeypatch, name):
    monkeypatch.setattr(rescue, "page_records", lambda *args: ([], []))
    assert climb(BODY, lambda attempt, text: "", [rung(name)])[1] is None


def test_a_link_to_another_place_is_not_believed(monkeypatch):
    whole = rescue.page_records

    def moved(*args):
        links, media = whole(*args)
        return [msgspec.structs.replace(link, url="http://example.com/b") for link in links], media

    monkeypatch.setattr(rescue, "page_records", moved)
    assert climb(BODY, lambda attempt, text: "", [rung("pieces")])[1] is None


def test_what_cannot_be_written_may_be_on_another_rung(monkeypatch):
    def shallow(entry, *args, **options):
        if any(type(node) is List for node in walk(entry.content)):
            raise WriteError("too deep")
        return write(entry, *args, **options)

    monkeypatch.setattr(job, "write", shallow)
    data = f"---\ntitle: T\n---\n{BODY}".encode()
    result = convert_entry("p.html", data, "p")
    assert result.record.status == "written"
    assert result.record.notices[-1].what == "block 3 written as HTML: too deep"
    monkeypatch.setattr(job, "RUNGS", ())
    with pytest.raises(WriteError, match="too deep"):
        convert_entry("p.html", data, "p")


def test_a_page_that_passes_at_once_never_sees_a_rung(monkeypatch):
    monkeypatch.setattr(job, "rescued", None)
    assert convert_entry("p.html", f"---\ntitle: T\n---\n{BODY}".encode(), "p").record.status == "written"
