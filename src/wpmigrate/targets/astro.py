"""Astro, which reads remark."""

from msgspec.structs import replace

from wpmigrate.targets.dialect import Hazard
from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL
from wpmigrate.targets.target import Target

__all__ = ["ASTRO"]

_SPELLED = r"[^\s*_~`\\<&\[\]!|]{0,2000}(?:[*_~`\\<&\[\]!|]|\Z)"
"""An address that has, or ends at, what may be markup: the link would take the spelling of it for its own characters."""

BARE_ADDRESSES = (
    Hazard(rf"(?:(?<=(?i:http))|(?<=(?i:https))):(?=//{_SPELLED})", "text", "&#58;", "a link, which takes escapes as they are"),
    Hazard(rf"(?<=(?i:www))\.(?={_SPELLED})", "text", "&#46;", "a link, which takes escapes as they are"),
)

ASTRO = Target(
    name="astro",
    place=Place(
        content="src/content/{stem}",
        # The loader makes an address of the path: it finds no file after ? # : and passes over hidden ones.
        content_spelling={"[?#:]": "-", r"(?:^|(?<=/))(?=\.)": "x"},
        address="/{stem}/",
        data="src/data",
        records="records",
        data_forms=("json",),
        media="public/media",
        static="public",
        redirects="builder",
        taken_names=frozenset({"index"}),
    ),
    front=Front(
        types=USUAL_TYPES,
        address_keys={"permalink": "{address}"},
        reserved=frozenset(
            {"id", "layout", "slug"}
        ),  # the loader takes slug as the page's id: of two, one is lost
        reserved_prefixes=("__",),
    ),
    dialect=replace(
        CAREFUL,
        heading_ids="html",
        auto_ids="github",
        code_tags=r"\A\n",
        span_tags=r"\A\s|\s\Z|\t",
        image_tags=r"\A(?!/|[A-Za-z]+:)",
        titles="entity",
        body_edges=False,
        balanced_html=True,
        hazards=BARE_ADDRESSES,
    ),
    built=Built(folder="dist", rules=("linked addresses", "task boxes", "frame text")),
)
