"""An old site on loopback, and a network in which no second passes."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


class Site:
    """A server whose pages are functions of the request; it remembers what it was asked."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.headers = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16

            def do_GET(self):
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                page = site.pages.get(self.path, lambda request: send(request, 404, b"<html>not here"))
                page(self)

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda request, client: None  # clients that hang up are what is tested
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def put(self, path, *answers):
        """Give ``answers`` for ``path``, one a request; the last one for ever."""
        queue = [*answers]
        self.pages[path] = lambda request: (queue.pop(0) if len(queue) > 1 else queue[0])(request)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def send(request, status=200, body=b"", kind="text/html", **fields):
    """Answer a request; ``fields`` are header fields, with ``_`` for ``-``."""
    request.send_response(status)
    for name, value in ({"Content_Type": kind, "Content_Length": len(body)} | fields).items():
        if value is not None:
            request.send_header(name.replace("_", "-"), str(value))
    request.end_headers()
    request.wfile.write(body)


def good(body=JPEG, kind="image/jpeg", **fields):
    """A page that gives a file."""
    return lambda request: send(request, 200, body, kind, **fields)


def status(number, body=b"<html>sorry", **fields):
    """A page that gives a status."""
    return lambda request: send(request, number, body, **fields)


def cut(body=JPEG, after=100, kind="image/jpeg", **fields):
    """A page that promises all of ``body`` and closes the connection earlier."""

    def page(request):
        send(request, 200, body[:after], kind, Content_Length=len(body), **fields)
        request.close_connection = True

    return page


def ranged(body=JPEG, kind="image/jpeg", etag='"one"'):
    """A page that gives the rest when it is asked for the rest of the same bytes."""

    def page(request):
        wanted = request.headers.get("Range", "")
        if wanted and request.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            place = f"bytes {start}-{len(body) - 1}/{len(body)}"
            send(request, 206, body[start:], kind, ETag=etag, Content_Range=place)
        else:
            send(request, 200, body, kind, ETag=etag)

    return page


@pytest.fixture
def old_site():
    """A site on loopback."""
    site = Site()
    yield site
    site.close()


@pytest.fixture
def pages():
    """What pages of a site are made of."""

    class Pages:
        JPEG = JPEG

    for function in (send, good, status, cut, ranged):
        setattr(Pages, function.__name__, staticmethod(function))
    return Pages


class Time:
    """A clock that only sleep moves."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def still_time():
    """A clock and a sleep for tests."""
    return Time()
