"""The redirect map, in each of its shapes, read back by the rules of who reads it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.runner.index import RedirectRow
from wpmigrate.runner.site_files.redirects import REDIRECT_FILES, Redirect, redirect_rows

ROWS = (
    RedirectRow("/?cat=3", "/category/news", "archive"),
    RedirectRow("/?p=17", "/post/hello", "id"),
    RedirectRow("/2012/04/hello/", "/post/hello", "permalink"),
    RedirectRow('/a"b$c/', "/post/odd", "permalink"),
    RedirectRow("/caf%c3%a9/", "/post/café", "permalink"),
    RedirectRow("/dots.in.it/", "/post/dots", "permalink"),
    RedirectRow("/file.html", "/page/file", "permalink"),
    RedirectRow("/plus+one/", "/post/plus", "permalink"),
    RedirectRow("/with%20blank/", "/post/100%25-sure", "permalink"),
    RedirectRow("/x:y/*z/", "/post/stars", "permalink"),
)
ANSWERS = {
    "/?cat=3": "/category/news",
    "/?p=17": "/post/hello",
    "/2012/04/hello/": "/post/hello",
    "/2012/04/hello": "/post/hello",
    "/caf%C3%A9/": "/post/caf%C3%A9",
    "/caf%c3%a9/": "/post/caf%C3%A9",
    "/dots.in.it/": "/post/dots",
    "/file.html": "/page/file",
    "/plus+one/": "/post/plus",
    "/with%20blank/": "/post/100%25-sure",
}
"""What a server must answer."""
NO_ANSWER = ("/dotsXin.it/", "/?p=18", "/2012/04/hello/more", "/2012", "/")


def write(name: str, rows: tuple[RedirectRow, ...] = ROWS) -> str:
    return b"".join(REDIRECT_FILES[name](redirect_rows(rows))).decode()


def test_json_holds_every_redirect() -> None:
    rows = json.loads(write("redirects.json"))
    assert rows[1] == {"old": "/?p=17", "new": "/post/hello", "status": 301, "kind": "id"}
    assert len(rows) == len(ROWS)
    assert json.loads(write("redirects.json", ())) == []


def test_csv_says_the_same_as_json() -> None:
    rows = list(csv.DictReader(io.StringIO(write("redirects.csv"))))
    assert [(row["old"], row["new"], int(row["status"]), row["kind"]) for row in rows] == [
        tuple(row.values()) for row in json.loads(write("redirects.json"))
    ]


def test_netlify_has_no_placeholders() -> None:
    lines = [line for line in write("_redirects").splitlines() if not line.startswith("#")]
    assert "/ p=17 /post/hello 301" in lines
    assert "/x%3Ay/%2Az/ /post/stars 301" in lines
    assert all(len(line.split(" ")) in (3, 4) and ":" not in line and "*" not in line for line in lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [("/a/", "/a"), ("/caf%c3%a9/", "/café"), ("//a/", "/a"), ("no-slash", "/post/a")],
)
def test_what_leads_to_itself_is_left_out(old: str, new: str) -> None:
    assert list(redirect_rows([RedirectRow(old, new, "permalink")])) == []


def test_two_slashes_at_the_beginning_are_one() -> None:
    (redirect,) = redirect_rows([RedirectRow("//2012/hello/", "/post/hello", "permalink")])
    assert redirect.old == "/2012/hello/"


def test_nginx_gets_no_string_twice() -> None:
    rows = (RedirectRow("/A/", "/x", "permalink"), RedirectRow("/a/", "/y", "permalink"))
    assert re.findall(r'"(/a/?)"', write("redirects.nginx.conf", rows), re.IGNORECASE) == ["/A/", "/A"]


def apache_answer(rules: str, address: str) -> str | None:
    """Return where ``rules`` lead ``address``, by mod_rewrite's rules for a folder."""
    path, _, query = address.partition("?")
    decoded = unquote(path[1:], "latin-1")
    conditions: list[str] = []
    for line in rules.splitlines():
        if condition := re.fullmatch(r"RewriteCond %\{QUERY_STRING\} (\S+)", line):
            conditions.append(condition[1])
        elif rule := re.fullmatch(r'RewriteRule "(\S+)" "(\S+)" \[R=301,L,NE,QSD\]', line):
            if re.search(rule[1], decoded) and all(re.search(one, query) for one in conditions):
                return re.sub(r"\\(.)", r"\1", rule[2])
            conditions = []
    return None


def nginx_answer(rules: str, address: str) -> str | None:
    """Return where the map leads ``address``: equal strings, whatever their case."""
    rows = {old.lower(): new for old, new in re.findall(r'^ {4}"([^"]*)" "([^"]*)";$', rules, re.MULTILINE)}
    return rows.get(address.lower())


@pytest.mark.parametrize("address", [*ANSWERS, *NO_ANSWER])
def test_rules_answer_as_they_must(address: str) -> None:
    assert apache_answer(write("redirects.apache.conf"), address) == ANSWERS.get(address)
    assert nginx_answer(write("redirects.nginx.conf"), address) == ANSWERS.get(address)


@given(st.text(st.characters(codec="utf-8", exclude_characters="/?#"), min_size=1, max_size=12))
def test_any_path_is_found_again(name: str) -> None:
    row = RedirectRow(f"/{name}/", "/post/it", "permalink")
    for redirect in redirect_rows([row]):
        assert redirect.old.isascii()
        assert not set(redirect.old) & set(' "<>\\^`{|}\n')
        assert apache_answer(write("redirects.apache.conf", (row,)), redirect.old) == "/post/it"
        if not set(name) & set("$"):
            assert nginx_answer(write("redirects.nginx.conf", (row,)), redirect.old) == "/post/it"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            for _ in range(200):
                with socket.socket() as one:
                    if process.poll() is not None or one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            yield
        finally:
            process.terminate()
            process.wait()


def answers(port: int) -> dict[str, str]:
    """Return what the server on ``port`` answers to every address that it redirects."""
    found = {}
    for address in (*ANSWERS, *NO_ANSWER):
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", address)
        location = connection.getresponse().getheader("Location")
        if location:
            found[address] = re.sub(r"^http://[^/]*", "", location)
        connection.close()
    return found


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_itself(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "redirects.nginx.conf").write_text(write("redirects.nginx.conf"))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {tmp_path}/redirects.nginx.conf;\n"
        f"server {{ listen 127.0.0.1:{port}; root {tmp_path};\n"
        "if ($wpmigrate_new) { return 301 $wpmigrate_new; } } }\n"
    )
    with running(["nginx", "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)], port):
        assert answers(port) == ANSWERS


_MODULES = Path("/usr/lib/apache2/modules")


@pytest.mark.skipif(not shutil.which("apache2") or not _MODULES.is_dir(), reason="Apache is not installed")
def test_apache_itself() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:  # pytest's own may not be entered by Apache's user
        Path(folder).chmod(0o755)
        check_apache(Path(folder), port)


def check_apache(tmp_path: Path, port: int) -> None:
    (tmp_path / "www").mkdir(mode=0o755)
    names = ("mpm_event", "rewrite", "authz_core")
    modules = "\n".join(f"LoadModule {name}_module {_MODULES}/mod_{name}.so" for name in names)
    (tmp_path / "apache.conf").write_text(
        f"{modules}\nServerRoot {tmp_path}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {tmp_path}/pid\n"
        f"ErrorLog {tmp_path}/error.log\nUser www-data\nGroup www-data\nDocumentRoot {tmp_path}/www\n"
        f"<Directory {tmp_path}/www>\nOptions FollowSymLinks\n{write('redirects.apache.conf')}</Directory>\n"
    )
    with running(["apache2", "-DFOREGROUND", "-f", str(tmp_path / "apache.conf")], port):
        assert answers(port) == ANSWERS


def test_every_row_is_a_redirect_record() -> None:
    assert [row.old for row in redirect_rows(ROWS)][:2] == ["/?cat=3", "/?p=17"]
    assert all(isinstance(row, Redirect) for row in redirect_rows(ROWS))
