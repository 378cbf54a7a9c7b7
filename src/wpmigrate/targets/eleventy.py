"""Eleventy, which reads markdown-it and runs Liquid first."""

from msgspec.structs import replace

from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL
from wpmigrate.targets.target import Target

__all__ = ["ELEVENTY"]

ELEVENTY = Target(
    name="eleventy",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        data="_data",
        records="records",
        data_forms=("json",),
        static="static",
        redirects="builder",
        taken_names=frozenset({"index"}),
    ),
    front=Front(
        keys={"excerpt": "description"},
        types=USUAL_TYPES,
        constant={"templateEngineOverride": "md"},  # else {{ }} in text and code is run
        draft={"permalink": False},
        address_keys={"permalink": "{address}index.html"},
        # settings and site are what the scaffold's layout reads.
        reserved=frozenset(
            "collections content dynamicpermalink layout page pagination permalinkbypassoutputdir pkg settings site".split()
        ),
        reserved_prefixes=("eleventy", "override:", "__"),
    ),
    dialect=replace(CAREFUL, heading_ids="html", footnotes="html", task_items="text", alt_escapes=False),
    built=Built(folder="_site", rules=("host names",)),
)
