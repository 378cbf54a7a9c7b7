"""Which anchors stay, and whose they are."""

from __future__ import annotations

from wpmigrate.model import NoticeLog, Site
from wpmigrate.normalizer.anchors import Anchors, part_from_slugs
from wpmigrate.normalizer.marks import ANCHOR, NODE, TEXT


def _anchors(linked=(), keep_ids=False):
    return Anchors(linked, Site(), keep_ids, NoticeLog())


def test_a_heading_claims_each_free_name_once():
    anchors = _anchors({"b"})
    anchors.keep("b")
    assert anchors.claim(["a", "b", "a", "c"]) == ["a", "c"]
    assert anchors.claim(["c", "d"]) == ["d"]


def test_only_the_first_of_a_name_is_kept():
    anchors = _anchors({"a"})
    first = anchors.keep("a")
    assert first is not None and first.value == '<a id="a"></a>'
    assert anchors.keep("a") is None
    assert anchors.nodes == {"a": first}


def test_leaves_keep_their_order_and_lose_the_anchors_that_nothing_leads_to():
    leaves = [(ANCHOR, "a", ()), (TEXT, "x", ()), (ANCHOR, "b", ())]
    anchors = _anchors({"b"})
    assert anchors.keep_linked(leaves) == [(TEXT, "x", ()), (NODE, anchors.nodes["b"], ())]


def test_an_anchor_makes_room_for_a_slug_of_its_name():
    anchors = _anchors(keep_ids=True)
    node = anchors.keep("intro")
    moved: dict[str, str] = {}
    part_from_slugs(anchors.nodes, frozenset({"intro", "intro-anchor"}), moved)
    assert moved == {"intro": "intro-anchor-anchor"}
    assert node is not None and node.value == '<a id="intro-anchor-anchor"></a>'


def test_two_anchors_never_make_room_in_the_same_place():
    anchors = _anchors(keep_ids=True)
    for name in ("a", "a-anchor"):
        anchors.keep(name)
    moved: dict[str, str] = {}
    part_from_slugs(anchors.nodes, frozenset({"a", "a-anchor"}), moved)
    assert moved == {"a": "a-anchor-anchor", "a-anchor": "a-anchor-anchor-anchor"}
