"""The blocks at fault are found, and no more than them become HTML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model.nodes import Html, Paragraph, Text
from wpmigrate.runner.narrow import smallest_fallback


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
