"""Which addresses a download may go to: public ones, over http and https. Pure.

An export is somebody else's text, and so are the redirects of a server: neither may lead the download into the network of the
machine that it runs on (server-side request forgery). Networks: IANA's special-purpose address registries (RFC 6890, 8190).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import quote, urlsplit

import msgspec

__all__ = ["Target", "address_problem", "parse_target"]

_PORTS: Final = {"http": 80, "https": 443}

_REFUSED: Final = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this very machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "the network of a provider"),
        ("127.0.0.0/8", "this very machine"),
        ("168.63.129.16/32", "the metadata service of a cloud"),
        ("169.254.0.0/16", "the local link, where clouds keep their metadata services"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "only for documentation"),
        ("192.88.99.0/24", "a relay that is no more"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "only for measurements"),
        ("198.51.100.0/24", "only for documentation"),
        ("203.0.113.0/24", "only for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "this very machine"),
        ("::1/128", "this very machine"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "only for documentation"),
        ("3fff::/20", "only for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "multicast"),
    )
)
"""Networks that no public site is in, and what they are."""

_EMBEDDING: Final = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
"""IPv6 networks whose addresses stand for an IPv4 address, and how many bits follow that (mapped, NAT64, 6to4)."""

_GLOBAL: Final = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT: Final = "/%:@!$&'()*+,;=~?"


class Target(msgspec.Struct, frozen=True):
    """An address taken apart, as a request needs it."""

    scheme: str
    """``http`` or ``https``."""
    host: str
    """In ASCII (``xn--``), lower case; an IPv6 address without brackets."""
    port: int
    """The one that the address names, else the scheme's."""
    path: str
    """Path and query, percent-encoded."""


def parse_target(url: str) -> Target:
    """Return ``url`` taken apart; what is not ASCII in it is encoded, the fragment is gone.

    Raises ValueError, whose text says why, for another scheme than http and https, for user names and for what is no address.
    """
    url = url.strip(" \t\r\n\f")
    parts = urlsplit(url)  # ValueError for a bad IPv6 host
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise ValueError(f"only http and https are fetched, not {scheme or 'an address without a host'}")
    if "@" in parts.netloc:
        raise ValueError("addresses with a user name or password are not fetched")
    host = _ascii_host(parts.hostname or "")
    if not host or _UNSAFE.search(host):
        raise ValueError("the address has no host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = quote(_STRAY_PERCENT.sub("%25", path), safe=_KEPT)
    return Target(scheme, host, parts.port or _PORTS[scheme], path)


def address_problem(address: str) -> str:
    """Return what the numeric IP ``address`` is when no public site is there; empty for a public one. Raises ValueError."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        for network, shift in _EMBEDDING:
            if found in network:
                found = IPv4Address((int(found) >> shift) & 0xFFFFFFFF)
                break
    for refused, reason in _REFUSED:
        if found.version == refused.version and found in refused:
            return reason
    return "" if isinstance(found, IPv4Address) or found in _GLOBAL else "not a public address"


def _ascii_host(host: str) -> str:
    host = host.lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("the host is no domain name") from error
