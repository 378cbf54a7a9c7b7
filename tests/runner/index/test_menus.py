"""Menus as trees, and what must not show in them."""

from __future__ import annotations

import pytest

MENU = "<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>main</wp:term_slug><wp:term_name>Main menu</wp:term_name></wp:term>"


@pytest.fixture
def line(item):
    """Return a function that makes a menu item."""

    def make(id, order, kind="custom", object="custom", object_id="", parent=0, url="", title="", **more):
        meta = [
            ("_menu_item_type", kind),
            ("_menu_item_object", object),
            ("_menu_item_object_id", object_id),
            ("_menu_item_menu_item_parent", parent),
            ("_menu_item_url", url),
            *more.pop("meta", ()),
        ]
        terms = [("nav_menu", "main", "Main menu")]
        return item(id, type="nav_menu_item", order=order, title=title, meta=meta, terms=terms, **more)

    return make


def outline(items, depth=0):
    return [
        line
        for one in items
        for line in (f"{'-' * depth}{one.title} {one.url}", *outline(one.children, depth + 1))
    ]


def test_a_menu(index_of, export, item, line):
    index = index_of(
        export(
            MENU,
            "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>news</wp:category_nicename><wp:cat_name>News</wp:cat_name></wp:category>",
            item(1, type="page", slug="about", title="About &amp; us"),
            item(2, slug="x", terms=[("category", "news", "News")]),
            line(14, 4, url="https://example.org/about/#team", title="Team", parent=11),
            line(11, 1, "post_type", "page", 1),
            line(12, 2, "post_type", "page", 1, parent=11, title="Own words"),
            line(13, 3, "taxonomy", "category", 3, parent=12),
            line(
                15,
                5,
                url="https://elsewhere.example/",
                title="Out",
                excerpt="A <b>tip</b>",
                content="Said &amp; done",
                meta=[
                    ("_menu_item_xfn", "friend"),
                    ("_menu_item_target", "_blank"),
                    ("_menu_item_classes", 'a:2:{i:0;s:3:"big";i:1;s:0:"";}'),
                ],
            ),
        )
    )
    (menu,) = index.menus(1)
    assert (menu.slug, menu.name, menu.left_out) == ("main", "Main menu", 0)
    assert outline(menu.items) == [
        "About & us /page/about",
        "-Own words /page/about",
        "--News /category/news",
        "-Team /page/about#team",
        "Out https://elsewhere.example/",
    ]
    out = menu.items[-1]
    assert (out.target, out.tip, out.classes) == ("_blank", "A tip", ["big"])
    assert (out.description, out.rel) == ("Said & done", "friend")


def test_nothing_of_a_private_page_shows(index_of, export, item, line):
    index = index_of(
        export(
            MENU,
            item(1, type="page", slug="secret", title="Secret", status="private"),
            item(2, type="page", slug="open", title="Open"),
            line(11, 1, "post_type", "page", 1, title="Secret too"),
            line(12, 2, "post_type", "page", 2, parent=11),
            line(13, 3, "post_type", "page", 99, title="Not in the export"),
            line(14, 4, title="Draft of a line", status="draft"),
        )
    )
    (menu,) = index.menus(1)
    assert outline(menu.items) == ["Open /page/open"]
    assert menu.left_out == 2


def test_circles_lost_parents_and_depth(index_of, export, line):
    circle = [
        line(1, 1, title="a", parent=2),
        line(2, 2, title="b", parent=1),
        line(3, 3, title="c", parent=99),
    ]
    (menu,) = index_of(export(MENU, *circle)).menus(1)
    assert sorted(text.strip("- ") for text in outline(menu.items)) == ["a", "b", "c"]
    deep = [line(n, n, title=str(n), parent=n - 1) for n in range(1, 60)]
    (menu,) = index_of(export(MENU, *deep)).menus(1)
    texts = outline(menu.items)
    assert len(texts) == 59
    assert max(text.count("-") for text in texts) == 31


NAVIGATION = """
<!-- wp:navigation-link {"label":"About","type":"page","id":1,"url":"https://example.org/about/","kind":"post-type"} /-->
<!-- wp:navigation-submenu {"label":"More","url":"https://elsewhere.example/","kind":"custom"} -->
<!-- wp:navigation-link {"label":"Secret","type":"page","id":2,"kind":"post-type"} /-->
<!-- wp:navigation-link {"label":"Open <b>x</b>","url":"/about/","opensInNewTab":true} /-->
<!-- /wp:navigation-submenu -->
<!-- wp:page-list /-->
<!-- wp:search {"label":"Search"} /-->
"""


def test_a_block_of_navigation(index_of, export, item):
    index = index_of(
        export(
            item(1, type="page", slug="about", title="About"),
            item(2, type="page", slug="secret", title="Secret", status="draft"),
            item(5, type="wp_navigation", slug="navigation", title="Navigation", content=NAVIGATION),
            item(6, type="wp_navigation", slug="old", title="Old", content=NAVIGATION, status="draft"),
        )
    )
    (menu,) = index.menus(1)
    assert outline(menu.items) == [
        "About /page/about",
        "More https://elsewhere.example/",
        "-Open x /page/about",
        " ",
    ]
    assert [one.kind for one in menu.items] == ["post_type", "custom", "page_list"]
    assert menu.left_out == 1
