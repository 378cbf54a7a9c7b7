"""Asking a server for a file: only public addresses are connected to, redirects are followed with each hop checked.

The name is looked up once, its addresses are checked, and the connection goes to a checked address and nowhere else: a second
look-up, which might give another answer (DNS rebinding), does not take place. Proxies of the environment are not used: they would
do the look-up.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import urljoin

import msgspec

from wpmigrate.runner.media.address_guard import Target, address_problem, parse_target
from wpmigrate.runner.media.download_hosts import Hosts
from wpmigrate.runner.media.download_rules import REDIRECTS

__all__ = ["Answer", "Client", "Network", "Trouble"]

_HOPS = 5
"""Redirects followed for one file."""

_BLOCK = 1 << 16
_WORTH_READING = 1 << 18
_CONNECT_SECONDS = 10.0
_SLOWEST = 500.0
"""Bytes a second, over the whole of a body: one that comes slower (after a first minute) is broken off."""
_PATIENCE = 60.0


class Network(msgspec.Struct, frozen=True):
    """How the network is used."""

    user_agent: str
    """Who asks."""
    timeout: float = 30.0
    """Seconds without a byte until a server counts as silent."""
    allow_private: bool = False
    """Whether addresses that are not public may be connected to."""
    resolve: Callable[..., list[Any]] = socket.getaddrinfo
    """Looks a name up; as ``socket.getaddrinfo``."""


class Trouble(Exception):
    """Why there is no file; the text is for people."""

    def __init__(
        self,
        reason: str,
        *,
        again: bool = False,
        host: str = "",
        silent: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        """Whether another try may help."""
        self.host = host
        """The host that it is about; empty when it is about none."""
        self.silent = silent
        """Whether that host gave no answer at all."""
        self.wait = wait
        """Seconds that the host asks to wait; None when it says nothing."""


class _Connection(http.client.HTTPConnection):
    """A connection whose socket is made elsewhere."""

    def __init__(self, target: Target, sock: socket.socket) -> None:
        super().__init__(target.host, target.port)
        self.default_port = 443 if target.scheme == "https" else 80
        self.sock = sock
        self.auto_open = 0  # never connect by name, unchecked


class Answer:
    """A server's answer, its body still to come."""

    def __init__(self, url: str, response: http.client.HTTPResponse, clock: Callable[[], float]) -> None:
        self.url = url
        """Where it came from, after all redirects."""
        self.status = response.status
        """The HTTP status."""
        self.headers = cast(Mapping[str, str], response.headers)
        """The header fields; names in any case."""
        self.length = response.length
        """Bytes of the body as the server says; None when it does not."""
        self._response = response
        self._clock = clock

    def blocks(self) -> Iterator[bytes]:
        """Yield the body as it comes. Raises Trouble when it breaks off or crawls."""
        begun, count = self._clock(), 0
        while self.length is None or count < self.length:
            block = self._read(_BLOCK if self.length is None else min(_BLOCK, self.length - count))
            if not block:
                break
            count += len(block)
            yield block
            if self._clock() - begun > _PATIENCE + count / _SLOWEST:
                raise Trouble("the server sends too slowly", again=True)
        if self.length is not None and count < self.length:
            raise Trouble(f"the answer ends after {count:,} of {self.length:,} bytes", again=True)
        self._response.close()

    def drop(self) -> None:
        """Read what is left when that is little, so that the connection can be used again. Never raises."""
        with contextlib.suppress(Trouble):
            count = 0
            for block in self.blocks():
                count += len(block)
                if count > _WORTH_READING:
                    return

    def _read(self, size: int) -> bytes:
        try:
            return self._response.read1(size)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Trouble(f"the answer breaks off: {_text(error)}", again=True) from error


class Client:
    """Asks servers, one request after another; the last connection is used again where the server allows. For one thread."""

    def __init__(self, network: Network, hosts: Hosts, clock: Callable[[], float]) -> None:
        """``hosts`` says when each may be asked, and learns which answers."""
        self._network = network
        self._hosts = hosts
        self._clock = clock
        self._tls = ssl.create_default_context()
        self._origin: tuple[str, str, int] | None = None
        self._connection: _Connection | None = None

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to GET ``url``, after at most five redirects. Raises Trouble."""
        for _ in range(_HOPS + 1):
            target = _checked(url)
            if self._hosts.is_dead(target.host):
                raise Trouble(f"{target.host} did not answer for other files either", host=target.host)
            self._hosts.wait(target.host)
            response = self._ask(target, headers)
            self._hosts.answered(target.host)
            place = response.headers.get("Location")
            if response.status not in REDIRECTS or not place:
                return Answer(url, response, self._clock)
            self.close()  # the body of a redirect is not worth reading
            url = _joined(url, place)
        raise Trouble(f"more than {_HOPS} redirects, the last one to {url}")

    def close(self) -> None:
        """Close the connection; the next request makes a new one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(self, target: Target, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        origin = (target.scheme, target.host, target.port)
        if self._connection is not None and (origin != self._origin or self._connection.sock is None):
            self.close()
        if self._connection is not None:
            try:
                return self._send(self._connection, target, headers)
            except (OSError, http.client.HTTPException):  # a server may close what it kept open at any time
                self.close()
        self._connection = _Connection(target, self._connect(target))
        self._origin = origin
        try:
            return self._send(self._connection, target, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Trouble(
                f"{target.host} does not answer: {_text(error)}", again=True, silent=True
            ) from error

    def _send(
        self, connection: _Connection, target: Target, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        fields = {"User-Agent": self._network.user_agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        connection.request("GET", target.path, headers={**fields, **headers})
        return connection.getresponse()

    def _connect(self, target: Target) -> socket.socket:
        """Return a connection to a checked address of ``target``. Raises Trouble."""
        trouble = Trouble(f"{target.host} has no address", host=target.host, silent=True)
        for family, kind, protocol, _, address in self._addresses(target):
            problem = "" if self._network.allow_private else address_problem(address[0])
            if problem:
                trouble = Trouble(
                    f"{target.host} is {address[0]} ({problem}): use --allow-private if it is yours"
                )
                continue
            try:
                return self._open(family, kind, protocol, address, target)
            except ssl.SSLCertVerificationError as error:
                raise Trouble(f"{target.host} has no valid certificate: {error.verify_message}") from error
            except OSError as error:
                trouble = Trouble(
                    f"{target.host} does not answer: {_text(error)}",
                    again=True,
                    host=target.host,
                    silent=True,
                )
        raise trouble

    def _addresses(self, target: Target) -> list[Any]:
        try:
            return self._network.resolve(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Trouble(
                f"{target.host} is not found: {_text(error)}", again=True, host=target.host, silent=True
            ) from error

    def _open(
        self, family: int, kind: int, protocol: int, address: tuple[Any, ...], target: Target
    ) -> socket.socket:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(min(_CONNECT_SECONDS, self._network.timeout))
            sock.connect(address)
            sock.settimeout(self._network.timeout)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return (
                self._tls.wrap_socket(sock, server_hostname=target.host) if target.scheme == "https" else sock
            )
        except BaseException:
            sock.close()
            raise


def _checked(url: str) -> Target:
    try:
        return parse_target(url)
    except ValueError as error:
        raise Trouble(f"{url}: {error}") from error


def _joined(url: str, place: str) -> str:
    """Return where a redirect leads. Raises Trouble. Location bytes that are no ASCII are UTF-8 by custom."""
    try:
        place = place.encode("latin-1").decode("utf-8", "replace")
        return urljoin(url, place)
    except ValueError as error:
        raise Trouble(f"a redirect leads to no address: {place}") from error


def _text(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it takes too long"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
