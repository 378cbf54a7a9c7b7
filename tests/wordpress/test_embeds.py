"""What embedding shortcodes show."""

import pytest

from wpmigrate.wordpress.embeds import EMBEDS, embed_url, media_urls
from wpmigrate.wordpress.shortcodes import find_shortcodes


def first(text):
    return next(find_shortcodes(text, {*EMBEDS, "audio", "video", "playlist"}))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            "[youtube http://www.youtube.com/watch?v=x&hl=ko&fs=1&]",
            "http://www.youtube.com/watch?v=x&hl=ko&fs=1&",
        ),
        ("[youtube=http://www.youtube.com/watch?v=x&amp;w=4]", "http://www.youtube.com/watch?v=x&w=4"),
        ("[youtube]AbCdEfGhI-1[/youtube]", "https://www.youtube.com/watch?v=AbCdEfGhI-1"),
        ('[youtube id="AbCdEfGhI-1" w=4]', "https://www.youtube.com/watch?v=AbCdEfGhI-1"),
        ("[vimeo 12345 w=400]", "https://vimeo.com/12345"),
        ("[vimeo http://vimeo.com/12345 w=400&h=300]", "http://vimeo.com/12345"),
        (
            "[slideshare id=123&amp;doc=foo-bar&amp;w=1]",
            "https://www.slideshare.net/slideshow/embed_code/123",
        ),
        ('[embed width="1"]\nhttp://example.org/a\n[/embed]', "http://example.org/a"),
        ('[embed]<a href="http://example.org/">http://example.org/</a>[/embed]', "http://example.org/"),
        ("[embed]http://example.org/a and more words[/embed]", None),
        ('[embed]http://example.org/a<img src="x">[/embed]', None),
        ("[vimeo 12345] words of the page [/vimeo]", None),
        ('[iframe src="//example.org/frame" width="1"]', "https://example.org/frame"),
        ("[gist 4711abc]", "https://gist.github.com/4711abc"),
        ("[tweet 123456]", "https://twitter.com/i/status/123456"),
        ("[spotify spotify:track:4aB]", "https://open.spotify.com/track/4aB"),
        ("[wpvideo aBcDeF12 w=680]", "https://videopress.com/v/aBcDeF12"),
        ("[youtube channel]", None),
        ("[flickr photo]", None),
        ("[soundcloud 12345]", None),
        ("[embed]", None),
    ],
)
def test_addresses(text, url):
    assert embed_url(first(text)) == url


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ('[audio src="http://a.b/c.mp3"]', ["http://a.b/c.mp3"]),
        (
            '[audio mp3="http://a.b/c.mp3" ogg="http://a.b/c.ogg"][/audio]',
            ["http://a.b/c.mp3", "http://a.b/c.ogg"],
        ),
        ("[audio:http://a.b/c.mp3,http://a.b/d.mp3|titles=x]", ["http://a.b/c.mp3", "http://a.b/d.mp3"]),
        ("[audio http://a.b/c.mp3]", ["http://a.b/c.mp3"]),
        ('[video width="1"]http://a.b/c.mp4[/video]', ["http://a.b/c.mp4"]),
        ("[video mp4=&#8221;http://a.b/c d.mp4&#8221; /]", ["http://a.b/c d.mp4"]),
        ('[playlist ids="1,2"]', []),
        ('[video mp4="http://a.b/c.mp4"]<p>Your browser is old.</p>[/video]', []),
        ("[audio]", []),
    ],
)
def test_files(text, urls):
    assert media_urls(first(text)) == urls


def test_every_provider_says_whose_it_is():
    assert all(row.plugin for row in EMBEDS.values())
