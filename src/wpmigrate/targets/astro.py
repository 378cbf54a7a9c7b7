"""Astro, which reads remark."""

from msgspec.structs import replace

from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL
from wpmigrate.targets.target import Target

__all__ = ["ASTRO"]

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
        balanced_html=True,
    ),
    built=Built(folder="dist", rules=("linked addresses", "task boxes", "frame text")),
)
