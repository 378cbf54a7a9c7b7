"""``verify --built`` over whole sites, built by a builder of ten lines: what is missing, what leaks, what is broken."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from wpmigrate.cli import main
from wpmigrate.runner.built_links import Around
from wpmigrate.runner.built_run import BuiltSite
from wpmigrate.runner.index.menus import Menu, MenuItem
from wpmigrate.targets import TARGETS
from wpmigrate.verifier.output import split_page
from wpmigrate.verifier.rendering import render_as

GARDEN = Path(__file__).parents[1] / "fixtures" / "wxr" / "garden.xml"
SECRET = "Nobody may read these words before the board has met and said that it agrees."
LETTER = "Dear owner, my telephone is broken again, and so is the window of the shed behind it."
PAGES = {
    "bees.html": '---\ntitle: "Bees & wax"\nid: 5\n---\n<p>Bees <a href="/?p=6">hum</a>.</p><h2 id="a">Wax</h2><p><a href="#a">up</a></p>\n',
    "hum.html": "---\ntitle: Hum\nid: 6\n---\n<p>They hum.</p>\n",
    "plan.html": f"---\ntitle: The plan\nstatus: draft\n---\n<p>{SECRET}</p>\n",
}
TARGET = TARGETS["hugo"]


def build(project: Path, title: str = "title") -> Path:
    """Build what wpmigrate wrote for Hugo, as Hugo does; drafts lie outside of its folder."""
    for file in (project / "content").rglob("*.md"):
        head, body, _ = split_page(file.read_text("utf-8"))
        address = re.search(r'^url: "?(.*?)"?$', head, re.M)[1]
        name = re.search(rf'^{title}: "?(.*?)"?$', head, re.M)[1]
        page = project / "public" / address.strip("/") / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        text = render_as(body, TARGET.dialect, footnotes=True)
        text = re.sub(r"<h2>(.*?)</h2>", lambda found: f'<h2 id="{found[1].lower()}">{found[1]}</h2>', text)
        page.write_text(f'<title>{html.escape(name)}</title><main id="content">{text}</main>', "utf-8")
    return project / "public"


@pytest.fixture
def wp(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main(args)
        streams = capsys.readouterr()
        return ended.value.code, streams.out, streams.err

    return run


@pytest.fixture
def site(wp, tmp_path):
    """A built site of three pages, one of which is a draft."""
    (tmp_path / "in").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "in" / name).write_text(text, "utf-8")
    (tmp_path / "c.toml").write_text('[convert]\ntarget = "hugo"\n')
    assert wp("convert", "--config", "c.toml", "in", "out")[0] == 0
    return build(tmp_path / "out")


def test_a_built_site_is_proven(wp, site):
    code, out, _ = wp("verify", "in", "out", "--built")
    assert (code, out) == (0, "2 proven, 1 skipped, 0 failed: nothing was lost\n")
    assert wp("verify", "in", "out", "--built", str(site))[0] == 0


def test_an_export_is_proven(wp, tmp_path):
    (tmp_path / "c.toml").write_text('[convert]\ntarget = "hugo"\n')
    assert wp("convert", "--config", "c.toml", str(GARDEN), "out")[0] == 0
    build(tmp_path / "out")
    code, out, _ = wp("verify", str(GARDEN), "out", "--built")
    assert (code, out) == (0, "4 proven, 10 skipped, 0 failed: nothing was lost\n")


def test_a_page_that_was_not_built(wp, site):
    (site / "hum" / "index.html").unlink()
    code, out, _ = wp("verify", "in", "out", "--built")
    assert code == 1
    assert "out/public/hum/index.html: page: public/hum/index.html was not built" in out
    assert "link: /hum/ is not in the built site" in out and "0 proven, 1 skipped, 2 failed" in out


def test_a_word_that_the_builder_bent(wp, site):
    page = site / "bees" / "index.html"
    page.write_text(page.read_text("utf-8").replace("up", "“up”"), "utf-8")
    code, out, _ = wp("verify", "in", "out", "--built", "--format", "json")
    finding = next(entry for entry in json.loads(out)["entries"] if entry["findings"])["findings"][0]
    assert (code, finding["what"], finding["file"], finding["source_line"]) == (
        1,
        "word",
        "public/bees/index.html",
        5,
    )


@pytest.mark.parametrize("form", ["text", "junit", "github"])
def test_every_format_says_it(wp, site, form):
    (site / "hum" / "index.html").write_text("")
    code, out, _ = wp("verify", "in", "out", "--built", "--format", form)
    assert code == 1 and "main#content" in out and "hum/index.html" in out


def test_a_link_to_a_page_that_is_not_there(wp, site):
    page = site / "hum"
    page.rename(site / "buzz")
    _, out, _ = wp("verify", "in", "out", "--built")
    assert "out/public/bees/index.html: link: /hum" in out and "is not in the built site" in out


def leak(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, "utf-8")


def test_a_draft_at_its_address(wp, site):
    leak(site, "plan/index.html", "short")
    code, out, _ = wp("verify", "in", "out", "--built")
    assert (
        code == 1 and "public/plan/index.html shows plan.html, which must not be public (status draft" in out
    )


def test_a_draft_somewhere_else(wp, site):
    leak(
        site,
        "list/3.html",
        f"<p>A list</p><p>Bees hum. <b>Nobody</b>{SECRET.removeprefix('Nobody')} The end.</p>",
    )
    code, out, _ = wp("verify", "in", "out", "--built")
    assert code == 1 and "public/list/3.html shows plan.html" in out


@pytest.mark.parametrize("routed", ["", '[routes.types]\nfeedback = "skip"\n'])
def test_a_message_to_the_owner_is_no_page(wp, site, tmp_path, routed):
    (tmp_path / "in" / "letter.html").write_text(f"---\ntitle: A letter\ntype: feedback\n---\n<p>{LETTER}</p>\n")
    (tmp_path / "c.toml").write_text(f'[convert]\ntarget = "hugo"\n{routed}')
    assert wp("convert", "--config", "c.toml", "in", "out")[0] == 0
    assert wp("verify", "in", "out", "--built")[0] == 0
    page = site / "letter" / "index.html"
    page.parent.mkdir()
    page.write_text(f'<main id="content"><p>{LETTER}</p></main>', "utf-8")
    code, out, _ = wp("verify", "in", "out", "--built")
    assert code == 1
    assert "public/letter/index.html shows letter.html, which must not be public" in out


def test_no_false_alarms_of_leaks(wp, site, tmp_path):
    leak(site, "plan/index.html", '<meta http-equiv="Refresh" content="0; url=/hum/">')
    leak(site, "index.html", "<p>Nobody may read these words. Bees hum.</p>")
    assert wp("verify", "in", "out", "--built")[0] == 0
    (tmp_path / "in" / "hum.html").write_text(f"---\ntitle: Hum\nid: 6\n---\n<p>{SECRET}</p>\n", "utf-8")
    page = site / "hum" / "index.html"
    page.write_text(page.read_text("utf-8").replace("They hum.", SECRET), "utf-8")
    leak(site, "index.html", f"<p>{SECRET}</p>")
    assert wp("verify", "in", "out", "--built")[0] == 0


def test_links_round_the_entries(wp, site):
    for page in site.rglob("*.html"):
        page.write_text(
            page.read_text("utf-8") + '<nav><a href="/gone/">G</a><a href="/hum/#x">H</a></nav>', "utf-8"
        )
    leak(
        site, "index.html", '<a href="hum/">H</a><a href="https://a.example/x">A</a><a href="lost.pdf">L</a>'
    )
    code, out, _ = wp("verify", "in", "out", "--built")
    assert code == 1 and "2 proven, 1 skipped, 2 failed" in out
    assert "/gone/, a link of public/bees/index.html, is not in the built site" in out
    assert "lost.pdf, a link of public/index.html, is not" in out


def test_what_people_typed_into_a_menu_may_lead_nowhere():
    typed = MenuItem("Call", "/call-us", kind="custom")
    menu = Menu("main", "Main", [MenuItem("About", "/about/", kind="post_type", children=[typed])])
    index = SimpleNamespace(sites=lambda: [SimpleNamespace(number=1)], menus=lambda site: [menu])
    around = Around(index)
    told = [*around.told("a.html", ("/call-us", "/about/")), *around.told("b.html", ("/about/",))]
    assert [record.source.path for record in told] == ["a.html"] and "/about/" in told[0].reason
    around.close()


def test_another_theme(wp, site):
    for page in site.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace('main id="content"', 'article class="post"'), "utf-8")
    assert wp("verify", "in", "out", "--built")[0] == 1
    assert wp("verify", "in", "out", "--built", "--main", "article.post")[0] == 0
    code, _, err = wp("verify", "in", "out", "--built", "--main", "a b")
    assert code == 2 and "names no element" in err


def test_wrong_usage(wp, site):
    assert wp("verify", "in", "out", "--main", "article")[0] == 2
    assert wp("verify", "in", "out", "--target", "hugo")[0] == 2
    assert wp("verify", "in", "out", "--built", "--scheduler", "tcp://nowhere:1")[0] == 2
    code, _, err = wp("verify", "in", "out", "--built", "nowhere")
    assert code == 2 and "build the site first" in err
    code, _, err = wp("verify", "in", "out", "--built", "--target", "commonmark")
    assert code == 2 and "is no site builder's" in err
    assert wp("verify", "in", "out", "--built", "--target", "hugoo")[0] == 2


def test_worker_processes_say_the_same(wp, site):
    for number in range(12):
        (site.parents[1] / "in" / f"p{number}.html").write_text(
            f"---\ntitle: P{number}\n---\n<p>{number}</p>\n"
        )
    code, out, _ = wp("verify", "in", "out", "--built", "--jobs", "2")
    assert code == 1 and "2 proven, 1 skipped, 12 failed" in out


def test_addresses_and_files(tmp_path):
    built = BuiltSite(str(tmp_path), "{address}index.html")
    for name in ("a/index.html", "b.html", "c d/index.html", "e%20f/index.html", "g.png"):
        leak(tmp_path, name, "x")
    assert built.file("/a/") == "a/index.html"
    assert built.file("/b/") == "b.html"
    assert built.file("/c%20d/") == "c d/index.html"
    assert built.file("/e%20f/") == "e%20f/index.html"
    assert built.file("/none/") == "none/index.html"
    assert [built.has(path) for path in ("/a/", "/a", "/b", "/g.png", "/", "/g", "/c d/", "/\0")] == [
        True, True, True, True, False, False, True, False
    ]  # fmt: skip
    assert [*built.pages()] == ["b.html", "a/index.html", "c d/index.html", "e%20f/index.html"]
