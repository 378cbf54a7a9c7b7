"""Nikola, which reads Python-Markdown."""

from msgspec.structs import replace

from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import PYTHON, SHORTCODE, SHORTCODES
from wpmigrate.targets.target import Target

__all__ = ["NIKOLA"]

NIKOLA = Target(
    name="nikola",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        data="data",
        records="records",
        data_forms=("json",),
        media="files/media",
        static="files",
        redirects="builder",
    ),
    front=Front(),
    dialect=replace(
        PYTHON,
        code_tags=rf"\t|{SHORTCODE}",
        span_tags=rf"{PYTHON.span_tags}|{SHORTCODE}",
        hazards=(*SHORTCODES, *PYTHON.hazards),
    ),
    built=Built(folder="output"),
)
