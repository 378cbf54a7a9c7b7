"""Jekyll, which reads kramdown and runs Liquid first."""

from msgspec.structs import replace

from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL, KRAMDOWN, KRAMDOWN_SPANS
from wpmigrate.targets.target import Target

__all__ = ["JEKYLL"]

_DATED = r"_posts/(?:.*/)?[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])-[^/]+$"

JEKYLL = Target(
    name="jekyll",
    place=Place(
        # Folders and pages with such names are not built, but for dated posts.
        content_spelling={rf"(?:^|(?<=/))(?=[_#~])(?!{_DATED})": "x", r"(?<=[~.])(?=/)": "x"},
        patterns={"post": "_posts/{year}-{month}-{day}-{slug}"},
        address="/{stem}/",
        data="_data",
        records="records",
        data_forms=("yaml",),
        redirects="front:redirect_from",
        taken_names=frozenset({"index"}),
    ),
    front=Front(
        keys={"modified": "last_modified_at"},
        types=USUAL_TYPES,
        constant={"layout": "default", "render_with_liquid": False},  # else {{ }} in text and code is run
        address_keys={"permalink": "{address}"},
        # %41 is read as A, :name is a placeholder whose lack ends the build, .. and ./ are taken out.
        address_spelling={"%": "%25", ":": "%3A", "#": "%23", r"\?": "%3F", r"\.(?=[./])": "%2E"},
        reserved=frozenset(
            "category collection content date_format defaults dir excerpt_separator ext id name next output paginate pagination "
            "path permalink previous published redirect_to regenerate relative_path robots sitemap sort_by tag url".split()
        ),
    ),
    dialect=replace(
        CAREFUL,
        heading_ids="braces",
        brace_ids=r"[^\W\d][\w:-]*",
        auto_ids="github",
        heading_tags=r"\{[^{}]*\}\Z",
        list_starts=False,
        empty_item="comment",
        span_tags=r"\A\s|\s\Z|[\t`]",
        html_begins=rf"<(?:!--|(?!(?:{KRAMDOWN_SPANS.replace(' ', '|')})[\s/>])[A-Za-z])",
        titles="entity",
        markdown_in_html=False,
        blocks_in_cells=False,  # kramdown shows their tags as text
        balanced_html=True,
        hazards=KRAMDOWN,
    ),
    built=Built(folder="_site", rules=("task boxes", "frame text")),
)
