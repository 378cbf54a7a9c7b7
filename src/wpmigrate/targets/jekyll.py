"""Jekyll, which reads kramdown and runs Liquid first."""

from msgspec.structs import replace

from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL, KRAMDOWN
from wpmigrate.targets.target import Target

__all__ = ["JEKYLL"]

JEKYLL = Target(
    name="jekyll",
    place=Place(
        patterns={"post": "_posts/{year}-{month}-{day}-{slug}"},
        address="/{stem}/",
        data="_data",
        records="records",
        data_forms=("yaml",),
        redirects="front:redirect_from",
        taken_names=frozenset({"index"}),
    ),
    front=Front(),
    dialect=replace(
        CAREFUL,
        heading_ids="braces",
        brace_ids=r"[^\W\d][\w:-]*",
        auto_ids="github",
        heading_tags=r"\{[^{}]*\}\Z",
        list_starts=False,
        empty_item="comment",
        span_tags=r"\A\s|\s\Z|\t",
        titles="entity",
        balanced_html=True,
        hazards=KRAMDOWN,
    ),
    built=Built(folder="_site"),
)
