"""The blocks at fault are found, and no more than them become HTML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model.nodes import Blockquote, Html, List, ListItem, Paragraph, Text, walk
from wpmigrate.runner.narrow import Tries, fewest, shortest_run, smallest_fallback


def blocks(count):
    return [Paragraph([Text(f"text {number}")]) for number in range(count)]


def search(count, culprits, hopeless=False):
    tries = []

    def passes(body):
        tries.append(body)
        return not hopeless and all(isinstance(body[at], Html) for at in culprits)

    return smallest_fallback(blocks(count), passes), len(tries)


@given(st.integers(1, 64), st.data())
def test_one_culprit_is_found_in_few_tries(count, data):
    culprit = data.draw(st.integers(0, count - 1))
    found, tries = search(count, [culprit])
    assert found.places == (culprit,)
    assert [at for at, block in enumerate(found.blocks) if isinstance(block, Html)] == [culprit]
    assert tries <= 3 * count.bit_length() + 2


def test_several_culprits():
    assert search(40, [3, 4, 39])[0].places == (3, 4, 39)


def test_a_page_that_html_does_not_help():
    found, tries = search(40, [], hopeless=True)
    assert found is None
    assert tries == 1


def test_tries_end_on_a_page_that_is_all_culprits():
    found, tries = search(500, range(500))
    assert found.places == tuple(range(500))
    assert tries < 100


def test_an_empty_page():
    assert search(0, [])[0].places == ()


@given(st.integers(1, 64), st.data())
def test_the_shortest_run_that_has_what_is_needed(count, data):
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    tries = []

    def holds(run):
        tries.append(run)
        return first in run and last in run

    assert shortest_run(count, holds, Tries()) == range(first, last + 1)
    assert len(tries) <= 2 * count.bit_length() + 3


def test_no_run_where_all_of_them_do_not_help():
    assert shortest_run(9, lambda run: False, Tries()) is None


@given(st.integers(1, 64), st.data())
def test_the_fewest_numbers(count, data):
    needed = data.draw(st.frozensets(st.integers(0, count - 1), min_size=1, max_size=3))
    assert fewest(count, needed.issubset, Tries()) == needed


def test_no_numbers_where_all_of_them_do_not_help():
    assert fewest(9, lambda some: False, Tries()) is None


def paragraph(text):
    return Paragraph([Text(text)])


def weak_is_html(body):
    """Pass when nothing is left of the word weak but in HTML."""
    return not any(isinstance(node, Text) and node.value == "weak" for block in body for node in walk(block))


def test_only_the_item_at_fault_of_a_list_becomes_html():
    items = [ListItem([paragraph("one")]), ListItem([paragraph("two"), paragraph("weak")]), ListItem([])]
    found = smallest_fallback([paragraph("before"), List(items)], weak_is_html)
    assert (found.places, found.partly) == ((1,), {1})
    made = found.blocks[1]
    assert isinstance(made, List)
    assert [[type(part) for part in item.children] for item in made.children] == [
        [Paragraph],
        [Paragraph, Html],
        [],
    ]
    assert items[1].children[1] == paragraph("weak"), "the source tree is not changed"


def test_quotations_in_quotations():
    block = paragraph("weak")
    for _ in range(3):
        block = Blockquote([paragraph("calm"), block])
    found = smallest_fallback([block], weak_is_html)
    html = [node for node in walk(found.blocks[0]) if isinstance(node, Html)]
    assert [node.value for node in html] == ["<p>weak</p>"]


def test_a_list_that_must_be_html_whole():
    items = [ListItem([paragraph("one")]), ListItem([paragraph("two")])]
    found = smallest_fallback([List(items)], lambda body: isinstance(body[0], Html))
    assert (found.places, found.partly) == ((0,), frozenset())
    assert isinstance(found.blocks[0], Html)


def test_quotations_deeper_than_any_stack():
    block = paragraph("weak")
    for _ in range(20_000):
        block = Blockquote([block])
    assert smallest_fallback([block], weak_is_html) is not None
