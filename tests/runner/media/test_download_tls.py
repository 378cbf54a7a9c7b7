"""Over https: the certificate is that of the name, also when the connection goes to a checked address."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess

import pytest

from wpmigrate.runner.media.download_client import Client, Network, Trouble
from wpmigrate.runner.media.download_hosts import Hosts

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")


@pytest.fixture
def certificate(tmp_path):
    """A certificate for old.example, and its key."""
    names = [str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=old.example", "-addext", "subjectAltName=DNS:old.example", "-out", names[0], "-keyout", names[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return names


@pytest.fixture
def ask(old_site, pages, certificate, monkeypatch):
    """Ask for a picture of a host over https; ``trusted`` says whether its certificate is known."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    old_site.server.socket = context.wrap_socket(old_site.server.socket, server_side=True)
    old_site.put("/a.jpg", pages.good())
    port = old_site.server.server_port

    def get(host, trusted):
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        network = Network("t", 5.0, True, lambda *name, **more: found)
        client = Client(network, Hosts(0, lambda: 0.0, lambda seconds: None), lambda: 0.0)
        return b"".join(client.get(f"https://{host}:{port}/a.jpg", {}).blocks())

    return get


def test_a_known_certificate(ask, pages):
    assert ask("old.example", True) == pages.JPEG


@pytest.mark.parametrize(("host", "trusted"), [("old.example", False), ("other.example", True)])
def test_another_certificate(ask, host, trusted):
    with pytest.raises(Trouble, match=f"{host} has no valid certificate") as told:
        ask(host, trusted)
    assert not told.value.again
