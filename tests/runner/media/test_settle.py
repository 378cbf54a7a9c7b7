"""From what texts name to the files of media.json."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.options import RunOptions
from wpmigrate.runner.index import build_index
from wpmigrate.runner.media.library import prepare_media
from wpmigrate.runner.media.manifest import manifest
from wpmigrate.runner.media.place import apart, place_of, refused_name
from wpmigrate.runner.names import collision_key
from wpmigrate.runner.records import ExportFile

OLD = "https://example.org/wp-content/uploads"


@pytest.fixture
def media(tmp_path, export, item):
    """A function: items (or whole exports) and names of uploads -> the rows of media.json by key, and the site's files."""

    def settle(*parts, uploads=(), **options):
        texts = [part for part in parts if part.startswith("<?xml")] or [export(*parts)]
        files = []
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.xml").write_text(text)
            files.append(ExportFile(f"{number}.xml", str(tmp_path / f"{number}.xml")))
        for name in uploads:
            (tmp_path / "up" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "up" / name).write_text(name)
        index = build_index(files, [], RunOptions(**options), str(tmp_path / "index.sqlite"))
        settle.problems = prepare_media(
            index, str(tmp_path / "out"), [str(tmp_path / "up")] if uploads else []
        ).told
        settle.site = index.site(1)
        rows = json.loads(b"".join(manifest(index, str(tmp_path / "out"))))["files"]
        settle.rows = rows
        return {row["key"]: row for row in rows}

    return settle


def picture(item, number, name, **more):
    return item(number, type="attachment", status="inherit", file=f"{OLD}/{name}", **more)


def page(item, *names, number=1, **more):
    content = "".join(f'<img src="{name if "//" in name else f"{OLD}/{name}"}">' for name in names)
    return item(number, slug=f"page-{number}", content=content + more.pop("content", ""), **more)


def test_a_variant_is_its_original_in_the_library(media, item):
    rows = media(page(item, "a-300x200.jpg"), picture(item, 2, "a.jpg", title="The A"))
    assert [*rows] == ["a.jpg"]
    assert rows["a.jpg"]["attachment"]["title"] == "The A"
    assert rows["a.jpg"]["variants"] == [f"{OLD}/a-300x200.jpg"]


def test_a_variant_is_the_original_that_another_link_names(media, item):
    rows = media(page(item, "a-300x200.jpg"), page(item, "a.jpg", number=2))
    assert {key: row["used_by"] for key, row in rows.items()} == {"a.jpg": ["post/page-1", "post/page-2"]}


def test_a_variant_is_the_original_that_the_uploads_have(media, item):
    rows = media(page(item, "a-300x200.jpg"), uploads=["a.jpg", "a-300x200.jpg"])
    assert (rows["a.jpg"]["url"], rows["a.jpg"]["state"]) == (f"{OLD}/a.jpg", "taken")
    assert media.site.files["a-300x200.jpg"] == "/media/a.jpg"


def test_a_variant_of_a_scaled_upload_is_that(media, item):
    rows = media(page(item, "a-300x200.jpg"), picture(item, 2, "a-scaled.jpg"), uploads=["a-scaled.jpg"])
    assert [*rows] == ["a-scaled.jpg"]
    assert media.site.files["a-300x200.jpg"] == "/media/a-scaled.jpg"


def test_names_like_variants_of_nothing_are_files(media, item):
    rows = media(page(item, "banner-300x250.jpg", "banner-728x90.jpg"), uploads=["banner-300x250.jpg"])
    assert {key: row["state"] for key, row in rows.items()} == {
        "banner-300x250.jpg": "taken",
        "banner-728x90.jpg": "missing",
    }
    assert media.site.files.get("banner-728x90.jpg") is None


def test_an_original_with_such_a_name_is_itself(media, item):
    rows = media(
        page(item, "b-300x250.jpg", "b.jpg"), picture(item, 2, "b-300x250.jpg"), picture(item, 3, "b.jpg")
    )
    assert [*rows] == ["b-300x250.jpg", "b.jpg"]


def test_spellings_are_one_file(media, item):
    rows = media(
        page(item, "http://www.example.org/wp-content/uploads/2020/a%C3%A4.jpg?w=300", f"{OLD}/2020/aä.jpg"),
        page(item, number=2, content='<img src="/wp-content/uploads/2020/aä.jpg">'),
        page(item, "https://i0.wp.com/example.org/wp-content/uploads/2020/aä.jpg?ssl=1", number=3),
    )
    assert [*rows] == ["2020/aä.jpg"]
    assert rows["2020/aä.jpg"]["used_by"] == ["post/page-1", "post/page-2", "post/page-3"]
    assert rows["2020/aä.jpg"]["url"].endswith("/2020/a%C3%A4.jpg")
    assert "i0.wp.com" not in rows["2020/aä.jpg"]["url"]


def test_other_places_are_external(media, item):
    rows = media(page(item, "http://cdn.example.net/x/a.png", "http://example.org/logo.gif"))
    assert {key: (row["state"], row["place"]) for key, row in rows.items()} == {
        "//cdn.example.net/x/a.png": ("external", "media/external/cdn.example.net/x/a.png"),
        "//example.org/logo.gif": ("external", "media/external/example.org/logo.gif"),
    }


def test_a_misspelt_scheme_is_no_path(media, item):
    assert [*media(page(item, "ttps://example.net/a.png"))] == ["//example.net/a.png"]


def test_files_by_id(media, item):
    rows = media(
        item(1, slug="one", content='[gallery ids="12"]', meta=[("_thumbnail_id", "11")]),
        item(2, slug="two", content="[gallery]"),
        picture(item, 11, "a.jpg"),
        picture(item, 12, "b.jpg"),
        picture(item, 13, "c.jpg", parent=2),
        picture(item, 14, "d.jpg"),
    )
    assert {key: row["used_by"] for key, row in rows.items()} == {
        "a.jpg": ["post/one"],
        "b.jpg": ["post/one"],
        "c.jpg": ["post/two"],
        "d.jpg": [],
    }


def test_what_reusable_blocks_show_is_used_by_who_shows_them(media, item):
    block = f'<img src="{OLD}/a.jpg"><!-- wp:block {{"ref":6}} /-->'
    inner = f'<img src="{OLD}/b.jpg">[gallery]<!-- wp:block {{"ref":5}} /-->'
    rows = media(
        item(1, slug="one", content='<!-- wp:block {"ref":5} /-->'),
        item(2, slug="two", content="nothing"),
        item(5, type="wp_block", slug="block", content=block),
        item(6, type="wp_block", slug="inner", content=inner),
        item(7, type="wp_block", slug="unused", content=f'<img src="{OLD}/z.jpg">'),
        picture(item, 9, "c.jpg", parent=1),
    )
    users = {key: row["used_by"] for key, row in rows.items()}
    assert users == {"a.jpg": ["post/one"], "b.jpg": ["post/one"], "c.jpg": ["post/one"], "z.jpg": []}


@pytest.mark.parametrize("status", ["private", "draft", "pending", "trash"])
def test_what_is_not_public_is_not_listed(media, item, status):
    rows = media(
        page(item, "secret.jpg", "both.jpg", status=status),
        picture(item, 2, "secret.jpg", parent=1),
        picture(item, 3, "both.jpg", parent=1, title="Words of the draft"),
        page(item, "both.jpg", number=4),
        uploads=["secret.jpg", "both.jpg"],
    )
    assert {key: row["used_by"] for key, row in rows.items()} == {"both.jpg": ["post/page-4"]}
    assert "attachment" not in rows["both.jpg"]


def test_drafts_that_are_written_apart_take_no_files(media, item):
    from wpmigrate.options import RouteOptions

    routes = RouteOptions(statuses={"draft": "draft"})
    assert media(page(item, "a.jpg", status="draft"), uploads=["a.jpg"], routes=routes) == {}


def test_two_files_never_have_one_place(media, item):
    rows = media(page(item, "2020/A.jpg", "2020/a.jpg", "2020/a,.jpg", "2020/a(.jpg"))
    places = [row["place"] for row in rows.values()]
    assert len({collision_key(place) for place in places}) == len(places) == 4


def test_places_stay_when_files_come(media, item):
    first = media(page(item, "2020/a.jpg"), uploads=["2020/a.jpg"])
    then = media(page(item, "2020/A.jpg", "2020/a.jpg"), uploads=["2020/a.jpg", "2020/A.jpg"])
    assert then["2020/a.jpg"]["place"] == first["2020/a.jpg"]["place"] == "media/2020/a.jpg"
    assert then["2020/A.jpg"]["place"] != "media/2020/A.jpg"
    assert then["2020/A.jpg"]["sha256"] != then["2020/a.jpg"]["sha256"]


def test_programs_are_not_taken(media, item):
    rows = media(
        page(item, "x.php.jpg", "ok.jpg", content=f'<a href="{OLD}/shell.phtml">'),
        uploads=["x.php.jpg", "shell.phtml", "ok.jpg"],
    )
    assert {key: row["state"] for key, row in rows.items()} == {
        "ok.jpg": "taken",
        "shell.phtml": "missing",
        "x.php.jpg": "missing",
    }
    assert "program" in rows["shell.phtml"]["reason"]


def test_two_sites_do_not_share_a_file(media, item, export):
    other = export(
        item(1, slug="x", content='<img src="http://two.example/wp-content/uploads/a.jpg">'),
        home="http://two.example",
    )
    media(export(page(item, "a.jpg", "b.jpg")), other, uploads=["a.jpg", "b.jpg"])
    states = {(row["site"], row["key"]): (row["state"], row["place"]) for row in media.rows}
    assert states == {
        ("example.org", "a.jpg"): ("missing", "media/example.org/a.jpg"),
        ("example.org", "b.jpg"): ("taken", "media/example.org/b.jpg"),
        ("two.example", "a.jpg"): ("missing", "media/two.example/a.jpg"),
    }
    assert len(media.problems) == 2


def test_a_multisite_finds_its_own_files(media, item):
    rows = media(page(item, f"{OLD}/sites/3/2020/a.jpg"), uploads=["2020/a.jpg", "sites/3/2020/a.jpg"])
    assert rows["2020/a.jpg"]["state"] == "taken"
    assert rows["2020/a.jpg"]["bytes"] == len("sites/3/2020/a.jpg")


_PART = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12).filter(
    lambda part: "/" not in part
)


@given(st.lists(_PART, min_size=1, max_size=4), st.sampled_from(["", ".jpg", ".tar.gz", ".JPEG"]))
def test_places_are_safe(parts, ending):
    key = "/".join(parts) + ending
    place = place_of("", key)
    names = place.split("/")
    assert names[0] == "media"
    assert all(name and name not in (".", "..") and len(name.encode()) <= 255 for name in names)
    assert not set(place) & set(" \t\n,;()[]<>\"'`?#%&*|:\\")
    assert place_of("", key) == place
    assert apart(place, key) != place


def test_the_ending_of_a_long_name_stays():
    place = place_of("", f"2020/{'ä' * 300}.jpg")
    assert place.endswith(".jpg")
    assert place != place_of("", f"2020/{'ä' * 301}.jpg")


@pytest.mark.parametrize("key", ["a.php", "a.PHP5", "a.php.jpg", ".htaccess", "x/.env", "a.phar", "a.cgi"])
def test_programs_have_a_reason(key):
    assert refused_name(key)


@pytest.mark.parametrize(
    "key", ["a.jpg", "a.b.pdf", "2020/php.png", "notes.php-manual.pdf", "//example.com/a.png"]
)
def test_files_have_none(key):
    assert not refused_name(key)
