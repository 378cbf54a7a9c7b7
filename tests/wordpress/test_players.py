"""Which page shows what a Flash player played."""

import random
import re

import pytest

from wpmigrate.verifier.players import page_of
from wpmigrate.wordpress.players import PLAYERS, may_have_players, player_page, whole_address


@pytest.mark.parametrize("player", PLAYERS, ids=lambda player: player.site)
def test_the_proof_reads_each_player_as_the_converter_does(player):
    assert player_page(player.example) == page_of(player.example) != ""


@pytest.mark.parametrize("player", PLAYERS, ids=lambda player: player.site)
def test_another_film_is_another_page_to_both(player):
    found = player.movie.match(player.example.partition("://")[2])
    named = found[1]
    rng = random.Random(5)
    for _ in range(20):
        at = rng.randrange(len(named))
        if not named[at].isalnum():
            continue
        other = named[:at] + rng.choice([digit for digit in "123456789" if digit != named[at]]) + named[at + 1 :]
        movie = player.example.replace(named, other)
        if player_page(movie):
            assert player_page(movie) == page_of(movie) != player_page(player.example)


@pytest.mark.parametrize(
    ("movie", "page"),
    [
        ("//www.youtube.com/v/a1B2c3D4e5F", "https://www.youtube.com/watch?v=a1B2c3D4e5F"),
        ("https://www.youtube-nocookie.com/v/a1B2c3D4e5F?version=3", "https://www.youtube.com/watch?v=a1B2c3D4e5F"),
        ("http://www.youtube.com/e/a1B2c3D4e5F?start=7&hl=de", "https://www.youtube.com/watch?v=a1B2c3D4e5F&t=7s"),
        ("http://www.youtube.com/p/PL0123456789ABCDEF", "https://www.youtube.com/playlist?list=PL0123456789ABCDEF"),
        ("http://vimeo.com/moogaloop.swf?server=vimeo.com&clip_id=77", "https://vimeo.com/77"),
        ("http://www.dailymotion.com/swf/video/x1abc2?theme=none", "https://www.dailymotion.com/video/x1abc2"),
        ("http://player.soundcloud.com/player.swf?url=http://api.soundcloud.com/playlists/77", "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/playlists/77"),
    ],
)  # fmt: skip
def test_other_spellings(movie, page):
    assert player_page(movie) == page_of(movie) == page


@pytest.mark.parametrize(
    "movie",
    [
        "",
        "/player.swf",
        "http://www.youtube.com/v/short",
        "http://www.youtube.com/v/a1B2c3D4e5FxX",
        "http://www.youtube.com/embed/a1B2c3D4e5F",
        "http://www.youtube.com/cp/a1B2c3D4e5F",
        "http://notyoutube.com/v/a1B2c3D4e5F",
        "http://example.org/www.youtube.com/v/a1B2c3D4e5F",
        "http://www.dailymotion.com/swf/playlist",
        "http://player.soundcloud.com/player.swf?url=http://example.org/a/b",
        "http://static.slidesharecdn.com/swf/ssplayer2.swf?doc=talk-1",
        "http://blip.tv/file/1",
        "http://embed.example.com/player.swf?clip_id=7",
        "http://www.facebook.com/plugins/like",
        "http://[",
    ],
)
def test_what_is_no_such_player(movie):
    assert player_page(movie) == ""


def test_variables_stand_behind_the_address():
    assert whole_address("http://a/b.swf", "x=1") == "http://a/b.swf?x=1"
    assert whole_address("http://a/b.swf?c=2", "&x=1") == "http://a/b.swf?c=2&x=1"
    assert whole_address("http://a/b.swf", "") == "http://a/b.swf"


def test_a_long_address_takes_no_quadratic_time():
    for movie in ("http://" + "a." * 500_000, "http://www.youtube.com/v/a1B2c3D4e5F" + "&start=" * 200_000):
        assert player_page(movie) == ""


def test_pages_without_players_are_known_at_once():
    assert may_have_players("<p><EMBED src=x>")
    assert not may_have_players("<p>an object, embedded")


def test_every_page_has_a_site_of_its_own():
    assert all(re.match(r"https?://[\w.]+/", player.page) for player in PLAYERS)
