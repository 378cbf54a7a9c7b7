"""Nikola, which reads Python-Markdown."""

from msgspec.structs import replace

from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import PYTHON, SHORTCODE, SHORTCODES
from wpmigrate.targets.target import Target

__all__ = ["NIKOLA"]

NIKOLA = Target(
    name="nikola",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        address_from_path=True,
        data="data",
        records="records",
        data_forms=("json",),
        media="files/media",
        static="files",
        redirects="builder",
        taken_names=frozenset({"index"}),  # the page of its folder
    ),
    front=Front(
        keys={"modified": "updated", "excerpt": "description"},
        types=USUAL_TYPES,
        draft={"status": "draft"},
        address_keys={"slug": "{name}"},  # its folder is the rest of the address
        required=("date",),
        reserved=frozenset(
            "category data enclosure filters guid has_math hidetitle hyphenate link path pretty_url previewimage section "
            "template type url_type".split()
        ),
    ),
    dialect=replace(
        PYTHON,
        code_tags=rf"\t|{SHORTCODE}",
        span_tags=rf"{PYTHON.span_tags}|{SHORTCODE}",
        hazards=(*SHORTCODES, *PYTHON.hazards),
    ),
    built=Built(folder="output", rules=("addresses",)),
)
