"""One file from a server that does what servers do."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmigrate.runner.media.download_client import Client, Network
from wpmigrate.runner.media.download_fetch import Fetcher
from wpmigrate.runner.media.download_hosts import Hosts
from wpmigrate.runner.media.download_part import Part
from wpmigrate.runner.media.download_records import DownloadLimits, Wanted


@pytest.fixture
def fetch(tmp_path, old_site, still_time):
    """Fetch a path of the old site; gives the result."""
    state = {}

    def run(path, *, variants=(), tries=3, most=0, allow_private=True, timeout=5.0, resolve=socket.getaddrinfo):
        network = Network("wpmigrate/test", timeout, allow_private, resolve)
        if "hosts" not in state:
            state["hosts"] = Hosts(0, still_time.clock, still_time.sleep)
        client = Client(network, state["hosts"], still_time.clock)
        fetcher = Fetcher(str(tmp_path), client, state["hosts"], DownloadLimits(tries, most), still_time.sleep, lambda: 0.0)
        url = path if "://" in path else old_site.url + path
        return fetcher(Wanted(path, "old.example", url, "media" + path, "image", tuple(variants), ("post/a",))).result

    return run


@pytest.fixture
def part(tmp_path):
    """What is there of a path of the old site."""
    return lambda path: Part(str(tmp_path), "old.example", path)


def test_a_good_file(fetch, part, old_site, pages):
    old_site.put("/a.jpg", pages.good())
    result = fetch("/a.jpg")
    assert (result.status, result.reason, result.fetched) == ("downloaded", "", old_site.url + "/a.jpg")
    assert result.sha256 == hashlib.sha256(pages.JPEG).hexdigest()
    assert result.bytes == len(pages.JPEG)
    assert part("/a.jpg").head(10**6) == pages.JPEG
    assert old_site.headers[0]["User-Agent"] == "wpmigrate/test"


@pytest.mark.parametrize(("number", "word"), [(404, "not there"), (410, "not there"), (403, "give it out"), (401, "password")])
def test_a_file_that_is_refused_is_asked_for_once(fetch, old_site, pages, number, word):
    old_site.put("/a.jpg", pages.status(number))
    result = fetch("/a.jpg")
    assert result.status == "failed"
    assert result.reason.startswith(f"{number}: ") and word in result.reason
    assert result.used_by == ("post/a",)
    assert old_site.asked == ["/a.jpg"]


def test_trouble_of_the_server_is_waited_out(fetch, old_site, pages, still_time):
    old_site.put("/a.jpg", pages.status(500), pages.status(503), pages.good())
    assert fetch("/a.jpg").status == "downloaded"
    assert still_time.slept == [1, 2]


def test_trouble_that_stays_is_given_up(fetch, old_site, pages):
    old_site.put("/a.jpg", pages.status(502))
    assert fetch("/a.jpg").reason == "502: the site has trouble"
    assert len(old_site.asked) == 3


def test_retry_after_is_kept(fetch, old_site, pages, still_time):
    old_site.put("/a.jpg", pages.status(429, Retry_After="7"), pages.good())
    assert fetch("/a.jpg").status == "downloaded"
    assert still_time.slept == [7]


def test_who_asks_for_an_hour_is_left_to_the_next_run(fetch, old_site, pages, still_time):
    old_site.put("/a.jpg", pages.status(503, Retry_After="3600"))
    assert "come back in 3,600 seconds" in fetch("/a.jpg").reason
    assert still_time.slept == []
    assert len(old_site.asked) == 1


def test_a_broken_off_file_is_resumed(fetch, part, old_site, pages):
    old_site.put("/a.jpg", pages.cut(ETag='"one"'), pages.ranged())
    assert fetch("/a.jpg").status == "downloaded"
    assert old_site.headers[1]["Range"] == "bytes=100-"
    assert old_site.headers[1]["If-Range"] == '"one"'
    assert part("/a.jpg").head(10**6) == pages.JPEG


def test_another_run_resumes_too(fetch, part, old_site, pages):
    old_site.put("/a.jpg", pages.cut(ETag='"one"'))
    assert "ends after 100 of" in fetch("/a.jpg", tries=1).reason
    old_site.put("/a.jpg", pages.ranged())
    assert fetch("/a.jpg").status == "downloaded"
    assert part("/a.jpg").head(10**6) == pages.JPEG
    assert old_site.headers[-1]["Range"] == "bytes=100-"


def test_a_file_that_changed_meanwhile_begins_anew(fetch, part, old_site, pages):
    other = pages.JPEG[::-1]
    old_site.put("/a.bin", pages.cut(ETag='"one"'), pages.ranged(other, etag='"two"'))
    assert fetch("/a.bin").status == "downloaded"
    assert part("/a.bin").head(10**6) == other


def test_without_a_validator_nothing_is_resumed(fetch, part, old_site, pages):
    old_site.put("/a.jpg", pages.cut(), pages.good())
    assert fetch("/a.jpg").status == "downloaded"
    assert "Range" not in old_site.headers[1]
    assert part("/a.jpg").head(10**6) == pages.JPEG


@pytest.mark.parametrize("place", ["bytes 0-50/2052", "bytes 7-2051/2052", "nonsense", None])
def test_a_part_that_was_not_asked_for_is_not_taken(fetch, part, old_site, pages, place):
    wrong = lambda request: pages.send(request, 206, b"wrong", "image/jpeg", Content_Range=place)  # noqa: E731
    old_site.put("/a.jpg", pages.cut(ETag='"one"'), wrong, pages.good())
    assert fetch("/a.jpg").status == "downloaded"
    assert part("/a.jpg").head(10**6) == pages.JPEG


def test_a_range_that_does_not_exist_any_more_begins_anew(fetch, part, old_site, pages):
    old_site.put("/a.jpg", pages.cut(ETag='"one"'), pages.status(416), pages.good())
    assert fetch("/a.jpg").status == "downloaded"
    assert part("/a.jpg").head(10**6) == pages.JPEG


def test_redirects_are_followed(fetch, old_site, pages):
    old_site.put("/a.jpg", pages.status(301, Location="b.jpg"))
    old_site.put("/b.jpg", pages.status(307, Location=old_site.url + "/c%20d.jpg"))
    old_site.put("/c%20d.jpg", pages.good())
    assert fetch("/a.jpg").fetched == old_site.url + "/c%20d.jpg"


def test_redirects_in_a_circle_end(fetch, old_site, pages):
    old_site.put("/a.jpg", pages.status(302, Location="/a.jpg"))
    assert "more than 5 redirects" in fetch("/a.jpg").reason
    assert len(old_site.asked) == 6


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://old.example/a.jpg", "http://me:pw@old.example/", "http://[/"])
def test_a_redirect_leads_to_no_other_scheme(fetch, old_site, pages, place):
    old_site.put("/a.jpg", pages.status(302, Location=place))
    assert fetch("/a.jpg").status == "failed"
    assert old_site.asked == ["/a.jpg"]


def names(table):
    """A name service that knows ``table``, and counts."""

    def resolve(host, port, **more):
        resolve.asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in table[host]]

    resolve.asked = []
    return resolve


def test_this_machine_is_refused(fetch, old_site, pages):
    old_site.put("/a.jpg", pages.good())
    assert "127.0.0.1 (this very machine): use --allow-private" in fetch("/a.jpg", allow_private=False).reason
    assert old_site.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1"])
def test_a_name_that_means_a_private_address_is_refused(fetch, old_site, address):
    reason = fetch("http://old.example/a.jpg", allow_private=False, resolve=names({"old.example": [address]})).reason
    assert reason.startswith(f"old.example is {address} (")


def test_each_hop_is_checked(fetch, old_site, pages, monkeypatch):
    """The first hop is made to pass; the second one, to the same machine by number, is not."""
    monkeypatch.setattr(
        "wpmigrate.runner.media.download_client.address_problem", lambda address: "" if allowed.pop(0) else "private"
    )
    allowed = [True, False]
    port = old_site.server.server_port
    old_site.put("/a.jpg", pages.status(302, Location=f"http://inner.example:{port}/secret"))
    resolve = names({"old.example": ["127.0.0.1"], "inner.example": ["127.0.0.1"]})
    result = fetch(f"http://old.example:{port}/a.jpg", allow_private=False, resolve=resolve)
    assert result.reason.startswith("inner.example is 127.0.0.1 (private)")
    assert old_site.asked == ["/a.jpg"]


def test_the_name_is_looked_up_once_for_a_connection(fetch, old_site, pages):
    """A second look-up could give another address than the one that was checked."""
    port = old_site.server.server_port
    old_site.put("/a.jpg", pages.good())
    resolve = names({"old.example": ["127.0.0.1"]})
    assert fetch(f"http://old.example:{port}/a.jpg", resolve=resolve).status == "downloaded"
    assert resolve.asked == ["old.example"]
    assert old_site.headers[0]["Host"] == f"old.example:{port}"


def test_a_page_in_place_of_a_picture_is_no_picture(fetch, part, old_site, pages):
    old_site.put("/a.jpg", pages.good(b"<!doctype html><h1>Sorry", "image/jpeg"))
    result = fetch("/a.jpg")
    assert (result.status, result.reason) == ("failed", "a web page came in its place")
    assert part("/a.jpg").size() == 0


def test_a_variant_comes_in_place_of_an_original_that_is_gone(fetch, part, old_site, pages):
    old_site.put("/a-300x200.jpg", pages.good())
    old_site.put("/a-600x400.jpg", pages.good(pages.JPEG * 2))
    result = fetch("/a.jpg", variants=["/a-300x200.jpg", "/a-1024x768.jpg", "/a-600x400.jpg"])
    assert result.status == "downloaded"
    assert result.reason == f"404: it is not there any more; {old_site.url}/a-600x400.jpg came in its place"
    assert old_site.asked == ["/a.jpg", "/a-1024x768.jpg", "/a-600x400.jpg"]
    assert part("/a.jpg").head(10**6) == pages.JPEG * 2


def test_variants_are_not_asked_for_when_the_server_has_trouble(fetch, old_site, pages):
    old_site.put("/a.jpg", pages.status(503))
    assert fetch("/a.jpg", variants=["/a-300x200.jpg"]).status == "failed"
    assert set(old_site.asked) == {"/a.jpg"}


def test_a_file_that_says_it_is_too_large_is_not_read(fetch, part, old_site, pages):
    old_site.put("/a.jpg", lambda request: pages.send(request, 200, b"", "image/jpeg", Content_Length=10**15))
    assert "larger than 1,000 bytes: use a higher --max-size" in fetch("/a.jpg", most=1000).reason
    assert part("/a.jpg").size() == 0


def test_a_file_that_does_not_say_so_is_broken_off(fetch, part, old_site, pages):
    def endless(request):
        pages.send(request, 200, b"", "image/jpeg", Content_Length=None, Transfer_Encoding="chunked")
        for _ in range(1000):
            request.wfile.write(b"1000\r\n" + b"\xff" * 0x1000 + b"\r\n")

    old_site.put("/a.jpg", endless)
    assert "larger than 100,000 bytes" in fetch("/a.jpg", most=100_000).reason
    assert part("/a.jpg").size() == 0


def test_a_chunked_file(fetch, part, old_site, pages):
    def chunked(request):
        pages.send(request, 200, b"", "image/jpeg", Content_Length=None, Transfer_Encoding="chunked")
        for at in range(0, len(pages.JPEG), 100):
            piece = pages.JPEG[at : at + 100]
            request.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        request.wfile.write(b"0\r\n\r\n")

    old_site.put("/a.jpg", chunked)
    assert fetch("/a.jpg").status == "downloaded"
    assert part("/a.jpg").head(10**6) == pages.JPEG


def test_what_the_server_compressed_is_unpacked(fetch, part, old_site, pages):
    old_site.put("/a.svg", pages.good(gzip.compress(b"<svg>" + b" " * 10**6), "image/svg+xml", Content_Encoding="gzip", ETag='"z"'))
    assert fetch("/a.svg").bytes == 10**6 + 5
    assert part("/a.svg").headers(old_site.url + "/a.svg") == {}


def test_a_bomb_is_broken_off(fetch, part, old_site, pages):
    old_site.put("/a.svg", pages.good(gzip.compress(b"<svg>" + b" " * 10**7), "image/svg+xml", Content_Encoding="gzip"))
    assert "larger than" in fetch("/a.svg", most=10**6).reason
    assert part("/a.svg").size() == 0


@pytest.mark.parametrize(("body", "encoding"), [(b"no gzip", "gzip"), (gzip.compress(b"x" * 99, mtime=0)[:-9], "gzip"), (b"x", "br")])
def test_what_cannot_be_unpacked_fails(fetch, old_site, pages, body, encoding):
    old_site.put("/a.svg", pages.good(body, "image/svg+xml", Content_Encoding=encoding))
    assert fetch("/a.svg").status == "failed"


def test_a_silent_server_is_given_up(fetch, old_site, pages):
    old_site.put("/a.jpg", lambda request: setattr(request, "close_connection", True))
    assert "127.0.0.1 does not answer" in fetch("/a.jpg").reason
    assert len(old_site.asked) == 3


def test_a_server_that_takes_too_long_is_given_up(fetch, old_site, pages):
    import threading

    held = threading.Event()
    old_site.put("/a.jpg", lambda request: held.wait(20))
    try:
        assert "it takes too long" in fetch("/a.jpg", tries=1, timeout=0.2).reason
    finally:
        held.set()


def test_a_body_that_crawls_is_broken_off(fetch, old_site, pages, still_time):
    still_time.clock = itertools.count(0, 100).__next__
    old_site.put("/a.jpg", pages.cut(pages.JPEG * 100))
    assert "too slowly" in fetch("/a.jpg", tries=1).reason


def test_a_dead_host_is_not_asked_for_ever(fetch):
    unknown = names({})
    resolve = lambda host, port, **more: unknown.asked.append(host) or (_ for _ in ()).throw(socket.gaierror(-2, "unknown name"))  # noqa: E731
    reasons = [fetch(f"http://dead.example/{number}.jpg", resolve=resolve).reason for number in range(12)]
    assert reasons[0] == "dead.example is not found: unknown name"
    assert reasons[-1] == "dead.example did not answer for other files either"
    assert len(unknown.asked) == 8 * 3


def test_the_connection_is_kept(tmp_path, old_site, pages, still_time):
    peers = []
    for name in ("/a.jpg", "/c.jpg"):
        old_site.put(name, lambda request: peers.append(request.client_address) or pages.send(request, 200, pages.JPEG, "image/jpeg"))
    old_site.put("/b.jpg", lambda request: peers.append(request.client_address) or pages.send(request, 404, b"no"))
    hosts = Hosts(0, still_time.clock, still_time.sleep)
    client = Client(Network("t", 5.0, True), hosts, still_time.clock)
    fetcher = Fetcher(str(tmp_path), client, hosts, DownloadLimits(), still_time.sleep, lambda: 0.0)
    for name in ("/a.jpg", "/b.jpg", "/c.jpg"):
        fetcher(Wanted(name, "s", old_site.url + name, name))
    assert len(peers) == 3 and len(set(peers)) == 1


@pytest.mark.parametrize("url", ["http://[/a.jpg", "", "mailto:a@b", "http://old.example:99999/a.jpg", "http://a..b/x.jpg", "http://" + "a" * 70 + "/x"])
def test_no_address_is_too_odd(fetch, url):
    import wpmigrate.runner.media.download_fetch as module

    hosts = Hosts(0, lambda: 0.0, lambda seconds: None)
    client = Client(Network("t", resolve=names({})), hosts, lambda: 0.0)
    fetcher = module.Fetcher("/nowhere", client, hosts, DownloadLimits(1), lambda seconds: None, lambda: 0.0)
    result = fetcher(Wanted("a", "s", url)).result
    assert result.status == "failed" and result.reason


@pytest.mark.parametrize("fatal", [True, False])
def test_a_full_disk_stops_and_another_error_does_not(fetch, old_site, pages, monkeypatch, fatal):
    import errno

    def write(*given):
        raise OSError(errno.ENOSPC if fatal else errno.ENAMETOOLONG, "disk")

    old_site.put("/a.jpg", pages.good())
    monkeypatch.setattr(Part, "write", write)
    if fatal:
        with pytest.raises(OSError):
            fetch("/a.jpg")
    else:
        assert fetch("/a.jpg").reason == "it cannot be written: disk"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["cut", "cut without a name", "cut early", "500", "416", "wrong part", "rest"]), max_size=7))
def test_whatever_a_server_does_the_bytes_are_right(fetch, part, old_site, pages, doings):
    def rest_cut(request):
        start = int(request.headers.get("Range", "bytes=0-")[6:-1]) if "If-Range" in request.headers else 0
        place = f"bytes {start}-{len(pages.JPEG) - 1}/{len(pages.JPEG)}"
        left = pages.JPEG[start:]
        status = 206 if start else 200
        range_field = {"Content_Range": place} if start else {}
        pages.send(request, status, left[:50], "image/jpeg", Content_Length=len(left), ETag='"one"', **range_field)
        request.close_connection = True

    answers = {
        "cut": pages.cut(ETag='"one"'),
        "cut without a name": pages.cut(after=700),
        "cut early": pages.cut(after=0, ETag='"one"'),
        "500": pages.status(500),
        "416": pages.status(416),
        "wrong part": lambda request: pages.send(request, 206, b"wrong", Content_Range="bytes 9-13/99", ETag='"one"'),
        "rest": rest_cut,
    }
    old_site.put("/p.jpg", *(answers[doing] for doing in doings), pages.ranged())
    assert fetch("/p.jpg", tries=9).status == "downloaded"
    assert part("/p.jpg").head(10**6) == pages.JPEG
    part("/p.jpg").drop()
