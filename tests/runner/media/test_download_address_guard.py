"""Only public addresses, only http and https."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.runner.media.address_guard import Target, address_problem, parse_target


@pytest.mark.parametrize(
    "address",
    """0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254 168.63.129.16 172.16.0.1
    172.31.255.255 192.0.0.192 192.168.1.1 198.18.0.1 203.0.113.7 224.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1
    ::ffff:a9fe:a9fe 64:ff9b::10.0.0.1 2002:7f00:1:: 2002:c0a8:101::1 fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1
    ff02::1 2001:db8::1 2001:0:1::1 ::127.0.0.1 64:ff9b:1::1 5f00::1 100::1""".split(),
)
def test_what_is_not_public_is_refused(address):
    assert address_problem(address)


@pytest.mark.parametrize(
    "address",
    """1.1.1.1 93.184.216.34 172.15.255.255 172.32.0.1 100.128.0.1 192.169.0.1 223.255.255.255 2606:4700::1111
    2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1""".split(),
)
def test_what_is_public_is_let_through(address):
    assert address_problem(address) == ""


@given(st.ip_addresses())
def test_nothing_passes_that_python_calls_private(address):
    """Addresses that stand for another one are judged by that, which Python's versions do differently."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address_problem(str(address)) == "":
        assert inner or not address.is_private
        assert not (address.is_loopback or address.is_link_local or address.is_multicast)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_like_itself(address):
    problem = address_problem(str(address))
    assert address_problem(f"::ffff:{address}") == problem
    assert address_problem(str(ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80)))) == problem


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://old.example/a.jpg", Target("http", "old.example", 80, "/a.jpg")),
        (" HTTPS://Old.Example:8443/a b.jpg?x=1#top\n", Target("https", "old.example", 8443, "/a%20b.jpg?x=1")),
        ("http://bücher.example/Ä.jpg", Target("http", "xn--bcher-kva.example", 80, "/%C3%84.jpg")),
        ("http://old.example/100%.jpg", Target("http", "old.example", 80, "/100%25.jpg")),
        ("http://old.example/%C3%A4.jpg", Target("http", "old.example", 80, "/%C3%A4.jpg")),
        ("http://[2606:4700::1]/a", Target("http", "2606:4700::1", 80, "/a")),
        ("http://old.example?a=b", Target("http", "old.example", 80, "/?a=b")),
    ],
)
def test_an_address_is_taken_apart(url, target):
    assert parse_target(url) == target


@pytest.mark.parametrize(
    "url",
    """file:///etc/passwd ftp://old.example/a gopher://old.example/ javascript:alert(1) data:image/png;base64,x //old.example/a
    /a.jpg http:///a.jpg http:// http://me:secret@old.example/a http://old.example:port/a http://[::1/a""".split(),
)
def test_what_is_not_fetched(url):
    with pytest.raises(ValueError):
        parse_target(url)


@given(st.text())
def test_any_text_is_taken_apart_or_refused(text):
    try:
        target = parse_target("http://" + text)
    except ValueError:
        return
    assert target.path.isascii() and target.host.isascii()
    assert not set(target.path + target.host) & set(" \r\n\t\0")
