"""Hugo, which reads goldmark."""

from msgspec.structs import replace

from wpmigrate.targets.dialect import Hazard
from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL, DEFINITION_LIST, SHORTCODE, SHORTCODES
from wpmigrate.targets.target import Target

__all__ = ["HUGO"]

MORE = Hazard("<!--(?=more-->)", "html", "<!-- ", "the end of the summary: the paragraph or list that it stands in is cut in two")
TIGHT_BOX = Hazard(r"\[(?=[ xX]\])", "line", "\\[", "a check box, also without a blank after it")

HUGO = Target(
    name="hugo",
    place=Place(
        content="content/{stem}",
        content_spelling={r"(?:^|(?<=/))(?=[.#])": "x", r"(?<=~)(?=/)": "x"},  # Hugo passes over such names
        address="/{stem}/",
        data="data",
        records="records",
        data_forms=("yaml",),
        media="static/media",
        static="static",
        redirects="front:aliases",
        taken_names=frozenset(
            {"index", "_index"}
        ),  # index.md makes a leaf bundle of its folder: its siblings vanish
    ),
    front=Front(
        keys={"modified": "lastmod", "excerpt": "summary"},
        # In links, the slug index is taken off the address.
        types={**USUAL_TYPES, "slug": "segment", "description": "text", "language": "text"},
        address_keys={"url": "{address}"},
        address_decoded=True,
        address_spelling={"%(?![0-9A-Fa-f]{2})": "%25", ":": r"\\:"},  # either ends the build
        reserved=frozenset(
            "_build audio build cascade content expirydate headless images iscjklanguage keywords kind lang lastmod layout "
            "linktitle markup menu menus modified outputs params path pubdate publishdate published resources series sitemap "
            "summary translationkey type unpublishdate url videos weight".split()
        ),
    ),
    dialect=replace(
        CAREFUL,
        heading_ids="braces",
        auto_ids="github",
        heading_tags=r"\{[^{}]*\}\Z",
        code_tags=f"{SHORTCODE}|<!--more-->",
        nested_code_tags=r"(?:\A|\n)[ \t]+(?:\n|\Z)",  # blanks alone on a line are left out in lists
        span_tags=f"{SHORTCODE}|<!--more-->",
        empty_item="comment",  # else an empty item after another makes code of what follows
        hazards=(*SHORTCODES, DEFINITION_LIST, MORE, TIGHT_BOX),
    ),
    built=Built(folder="public", rules=("linked addresses", "more", "task boxes")),
)
