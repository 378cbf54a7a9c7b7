"""``docs/fidelity.md``: what becomes of everything, printed from the tables that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wpmigrate.normalizer import PASSES
from wpmigrate.normalizer.block_comments import BLOCKS, MADE_BY_THE_SITE
from wpmigrate.normalizer.elements import ELEMENTS, UNKNOWN, Element
from wpmigrate.normalizer.elements.others import BEGINNINGS, OTHERS
from wpmigrate.normalizer.elements.sayings import SAYINGS
from wpmigrate.normalizer.shortcodes import CODE_FATE, SHORTCODES
from wpmigrate.normalizer.site_facts import MOVED
from wpmigrate.normalizer.styles import ALIGNMENTS, ENDS, PRESENTATIONAL, STYLES
from wpmigrate.wordpress.code import CODE_SHORTCODES
from wpmigrate.wordpress.players import PLAYERS, player_page
from wpmigrate.writers.markdown.escape import reasons

__all__ = ["fidelity"]

_INTRO = """# What becomes of everything

This page is printed from the tables that decide it (`make docs`); a test holds it to them. Unknown means kept: what has no
row stays as raw HTML (elements) or as text (shortcodes). What is dropped or said another way is a notice in the report.
"""


def fidelity() -> str:
    """Return the document."""
    parts = [
        _INTRO,
        _section("The passes", ("pass", "why it stands where it stands"), ((name, why) for name, _, why in PASSES)),
        _section("Elements", ("elements", "what stands in the tree", "why"), _element_rows()),
        _section("Inline styles", ("style", "means", "why"), _style_rows()),
        _section("Attributes", ("attribute", "fate", "why"), _attribute_rows()),
        _section("Alignment", ("class or value", "in the record"), ((f"`{k}`", v) for k, v in ALIGNMENTS.items())),
        _section("Shortcodes", ("shortcodes", "fate", "what becomes of them"), _shortcode_rows()),
        _section("Flash players, which no browser runs", ("site", "its player", "the page that a link leads to"), _player_rows()),
        _section("Gutenberg blocks", ("block", "what becomes of it"), _block_rows()),
        _section("Addresses of a whole site (a WXR file is in the input)", ("attributes", "where they lead afterwards"), _address_rows()),
        _section("Characters escaped in Markdown", ("pattern", "where", "what it would become"), _escape_rows()),
    ]
    return "\n".join(parts)


def _section(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"## {title}", "", _row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _names(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _element_rows() -> Iterable[Sequence[str]]:
    groups: dict[Element, list[str]] = {}
    for name, row in ELEMENTS.items():
        groups.setdefault(row, []).append(name)
    for row, names in groups.items():
        yield _names(names), row.fate, row.reason
    yield "every other element", UNKNOWN.fate, UNKNOWN.reason


def _style_rows() -> Iterable[Sequence[str]]:
    for name, (values, mark, why) in STYLES.items():
        yield f"`{name}: {'/'.join(sorted(values))}`", mark.kind, why
    for name, (values, mark, why) in ENDS.items():
        yield f"`{name}: {'/'.join(sorted(values))}`", f"no {mark.kind}", why
    yield "every other declaration", "nothing, with a notice", "decoration"


def _attribute_rows() -> Iterable[Sequence[str]]:
    kept = (
        ("`id`, `a[name]`", "an anchor", "a heading's becomes its slug; others stay where something links to them"),
        ("`href`, `src`, `alt`, `title`", "kept", "they are the link or the image"),
        ("`width`, `height`, `srcset`, `target`, `rel`, `p[dir]`, `p[lang]`, `blockquote[cite]`", "kept in the record (`hProperties`)", "Markdown cannot say them"),
        ("`ol[type]` with letters or Roman numerals, `ol[reversed]`", "mapped, with a notice", "Markdown counts 1, 2, 3"),
    )
    yield from kept
    for name, why in SAYINGS.items():
        yield f"`{name}` of other elements", "dropped, with a notice that says it; kept where the element stays HTML", why
    for name, why in PRESENTATIONAL.items():
        yield f"`{name}`", "dropped, with a notice", why
    for why in dict.fromkeys(OTHERS.values()):
        yield _names(name for name in OTHERS if OTHERS[name] == why), "dropped, with a notice; kept where the element stays HTML", why
    for start, why in BEGINNINGS:
        yield f"`{start}…`", "dropped, with a notice; kept where the element stays HTML", why
    yield "`on…`", "dropped, with a notice that says it; kept where the element stays HTML", "what a script does"
    yield "every other attribute", "dropped, with a notice that says it where it is an address or a sentence; kept where the element stays HTML", "nothing in Markdown says it"


def _shortcode_rows() -> Iterable[Sequence[str]]:
    yield _names(sorted(CODE_SHORTCODES)), "mapped", CODE_FATE
    groups: dict[tuple[str, str], list[str]] = {}
    for name, row in SHORTCODES.items():
        groups.setdefault((row.fate, row.reason), []).append(name)
    for (fate, reason), names in groups.items():
        yield _names(names), fate, reason
    yield "every other shortcode", "kept", "its text stays and is counted; `[shortcodes.NAME]` in the configuration can say otherwise"


def _player_rows() -> Iterable[Sequence[str]]:
    for player in PLAYERS:
        yield player.site, f"`{player.example}`", f"`{player_page(player.example)}`"
    yield "every other", "`<object>` and `<embed>`", "none: html, whole"


def _block_rows() -> Iterable[Sequence[str]]:
    for name, fate in BLOCKS.items():
        yield f"`{name}`", fate
    yield "a block without HTML (latest posts, search, archives …)", f"left out with a notice: {MADE_BY_THE_SITE}"
    yield "every other block", "its HTML is read like all other; its attributes stand under `data.wp` of the node it made; where it made none, under `data.wpMore` of the next one"


_PLACES = {
    "link": "the entry, archive or file in the output; one of the site that is not there stays, and is named in a notice",
    "file": "the uploaded file, when it is there",
    "set": "each of the uploaded files, when it is there",
}


def _address_rows() -> Iterable[Sequence[str]]:
    for kind, place in _PLACES.items():
        yield _names(name for name, own in MOVED.items() if own == kind), place
    yield "the text of a link, excerpts, comments, `data.wp`", "as in the source"


def _escape_rows() -> Iterable[Sequence[str]]:
    for row in reasons():
        yield f"`` {row.pattern} ``", row.where, row.why
