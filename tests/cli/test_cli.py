"""The command line as a person meets it: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import get_args

import click
import pytest

import wpmigrate
from wpmigrate.cli import EXIT_CODES, cli, main
from wpmigrate.cli.common import BODIES, LEGACY_ANCHORS, TARGET_NAMES
from wpmigrate.cli.formats import FORMATTERS
from wpmigrate.cli.reference import cli_reference
from wpmigrate.cli.verify import FORMATS as VERIFY_FORMATS
from wpmigrate.model import Finding, Notice, OutputFile
from wpmigrate.options import BodyChoice, LegacyAnchors, RunOptions
from wpmigrate.runner.job import EntryResult
from wpmigrate.runner.records import Record, SourceRef
from wpmigrate.targets import TARGETS

PAGE = "---\ntitle: {0}\nlayout: post\nstatus: publish\n---\n<p>Words of {0}.</p>\n"


@pytest.fixture
def wp(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main(args)
        streams = capsys.readouterr()
        return ended.value.code, streams.out, streams.err

    return run


@pytest.fixture
def pages(tmp_path):
    """An input folder of two pages."""
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.html").write_text(PAGE.format(name))
    return tmp_path / "in"


@pytest.fixture
def outcome(monkeypatch):
    """Put a converter in place whose result for every page is the record's fields."""

    def put(**fields):
        def convert(path, data, stem, options, site, **more):
            record = Record(**({"source": SourceRef(path), "status": "written"} | fields))
            files = (OutputFile(f"{stem}.md", "markdown", data),) if record.status == "written" else ()
            return EntryResult(record, files)

        monkeypatch.setattr("wpmigrate.runner.work.convert_entry", convert)

    return put


def test_convert_then_verify(wp, pages):
    code, out, err = wp("convert", "in", "out")
    assert (code, out) == (0, "2 written, 0 skipped, 0 failed: nothing was lost\n")
    assert "written" in err
    code, out, err = wp("verify", "in", "out")
    assert (code, out) == (0, "2 proven, 0 skipped, 0 failed: nothing was lost\n")


GARDEN = Path(__file__).parents[1] / "fixtures" / "wxr" / "garden.xml"


def test_an_export_is_converted_and_verified(wp, tmp_path):
    code, out, _ = wp("convert", str(GARDEN), "out")
    assert (code, out) == (0, "4 written, 10 skipped, 0 failed: nothing was lost\n")
    code, out, _ = wp("verify", str(GARDEN), "out")
    assert (code, out) == (0, "4 proven, 10 skipped, 0 failed: nothing was lost\n")
    (tmp_path / "out" / "plant" / "tulip.md").write_text("no words\n")
    code, out, _ = wp("verify", str(GARDEN), "out")
    assert code == 1
    assert "garden.xml (item 4)" in out


def test_the_options_for_exports(wp, tmp_path):
    words = "--drafts separate --emails --path-pattern post=blog/{slug} --path-pattern page=p/{path} --no-archives"
    code, out, _ = wp("convert", *words.split(), str(GARDEN), "out")
    assert (code, out) == (0, "7 written, 7 skipped, 0 failed: nothing was lost\n")
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.md")}
    assert {"blog/digging-the-beds.md", "p/about/team.md"} < names
    assert len([name for name in names if name.startswith("_drafts/")]) == 3
    assert "basil@herb.example" in (tmp_path / "out" / "blog" / "digging-the-beds.json").read_text()
    code, out, _ = wp("verify", str(GARDEN), "out")
    assert (code, out) == (0, "7 proven, 7 skipped, 0 failed: nothing was lost\n")


@pytest.mark.parametrize("pattern", ["post", "post=", "=x", "post={nothing}"])
def test_a_pattern_that_is_none_is_wrong_usage(wp, pattern):
    assert wp("convert", "--path-pattern", pattern, str(GARDEN), "out")[0] == 2


def test_a_pattern_is_looked_at_without_any_export_too(wp, pages):
    code, _, err = wp("convert", "--path-pattern", "post={nothing}", "in", "out")
    assert code == 2
    assert err.count("category, site, taxonomy\n") == 1


def test_what_a_name_holds_does_not_reach_the_terminal(wp, pages):
    (pages / "a\n\x1b[31m.html").write_text("---\ntitle: [\n---\nx\n")
    _, _, err = wp("convert", "-v", "in", "out")
    assert "written: a??[31m.html\n" in err
    assert "lost: a??[31m.html, line 3: not YAML" in err
    _, out, _ = wp("inspect", "in")
    assert "a??[31m.html" in out


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_hurts_nobody(wp, pages, monkeypatch, closed):
    monkeypatch.setattr(sys, closed, None)
    assert wp("convert", "in", "out")[0] == 0
    monkeypatch.setattr(sys, closed, None)
    assert wp("verify", "in", "out")[0] == 0


def test_a_state_that_must_not_be_read_is_named(wp, pages, monkeypatch):
    wp("convert", "in", "out")

    def refuse(path, mode):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("wpmigrate.runner.state_file.open", refuse, raising=False)
    code, _, err = wp("convert", "in", "out")
    assert code == 2
    assert ".wpmigrate.sqlite: Permission denied" in err


def test_a_damaged_export_fails(wp):
    code, out, err = wp("convert", str(GARDEN.parent / "cut-off.xml"), "out")
    assert code == 1
    assert "problem: cut-off.xml: item 3: the file ends inside this item" in err
    assert "wrong with the export" in out
    assert len({*err.splitlines()}) == len(err.splitlines())
    assert "see out/report.json" in out
    assert wp("verify", str(GARDEN.parent / "cut-off.xml"), "out")[0] == 1
    assert wp("inspect", str(GARDEN.parent / "cut-off.xml"))[0] == 1


def test_verify_takes_the_inputs_of_convert(wp, pages, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.html").write_text(PAGE.format("other"))
    assert wp("convert", "in", "more", "out")[0] == 0
    assert wp("verify", "in", "more", "out")[:2] == (0, "3 proven, 0 skipped, 0 failed: nothing was lost\n")
    assert wp("convert", "in/b.html", "one")[0] == 0
    (tmp_path / "one" / "b.md").unlink()
    assert "    source in/b.html\n" in wp("verify", "in/b.html", "one")[1]


@pytest.mark.parametrize("inputs", [("in", "in/"), ("in", "in/a.html"), ("in/a.html", "in", "./in")])
def test_an_input_in_an_input_is_refused(wp, pages, tmp_path, inputs):
    code, _, err = wp("convert", *inputs, "out")
    assert code == 2
    assert "given twice" in err or "lies in INPUT" in err
    assert not (tmp_path / "out").exists()


def test_verify_sees_a_missing_word(wp, pages, tmp_path):
    wp("convert", "in", "out")
    page = tmp_path / "out" / "a.md"
    page.write_text(page.read_text().replace("Words of", "Words"))
    code, out, _ = wp("verify", "in", "out")
    assert code == 1
    assert out.startswith("out/a.md:")
    assert "in/a.html" in out
    assert out.endswith("1 proven, 0 skipped, 1 failed: 1 lost\n")


def test_quiet_says_only_the_result(wp, pages):
    assert wp("convert", "-q", "in", "out") == (0, "2 written, 0 skipped, 0 failed: nothing was lost\n", "")


def test_verbose_says_a_line_for_every_page(wp, pages):
    _, _, err = wp("convert", "-v", "in", "out")
    assert "written: a.html\nwritten: b.html\n" in err
    _, _, err = wp("convert", "-v", "in", "out")
    assert "unchanged: a.html\n" in err


@pytest.mark.parametrize(
    ("fields", "arguments", "code", "words"),
    [
        (
            {"status": "failed", "reason": "why\nnot"},
            [],
            1,
            ["2 failed: not all was converted; see out/report.json"],
        ),
        ({"findings": (Finding("word", "a word"),)}, [], 1, ["2 lost or unreadable"]),
        ({"notices": (Notice("dropped", "x", 3),)}, [], 0, ["nothing was lost"]),
        ({"notices": (Notice("dropped", "x", 3),)}, ["--strict"], 1, ["6 dropped"]),
        ({"status": "skipped", "reason": "private"}, ["--strict"], 0, ["2 skipped", "nothing was lost"]),
        ({}, ["--dry-run"], 0, ["2 would be written"]),
    ],
    ids=["failed", "lost", "dropped", "strict", "skipped", "dry run"],
)
def test_exit_codes_and_the_closing_line(wp, pages, outcome, fields, arguments, code, words):
    outcome(**fields)
    found, out, _ = wp("convert", *arguments, "in", "out")
    assert found == code
    assert out.count("\n") == 1
    for word in words:
        assert word in out


def test_losses_come_first_on_one_line_each(wp, pages, outcome):
    outcome(status="failed", reason="why\nnot \x1b[31m")
    _, _, err = wp("convert", "in", "out")
    assert err.startswith("failed: a.html: why not ?[31m\nfailed: b.html: why not ?[31m\n")


def test_a_dry_run_leaves_no_folder(wp, pages, tmp_path):
    wp("convert", "--dry-run", "in", "out")
    assert not (tmp_path / "out").exists()


def test_the_report_goes_where_it_is_wanted(wp, pages, tmp_path):
    wp("convert", "--report", "r.json", "in", "out")
    assert json.loads((tmp_path / "r.json").read_text())["totals"]["written"] == 2
    assert not (tmp_path / "out" / "report.json").exists()


def test_formats(wp, pages, tmp_path):
    wp("convert", "--to", "json,markdown", "in", "out")
    assert not (tmp_path / "out" / "a.yaml").exists()
    assert wp("verify", "in", "out")[0] == 0
    assert wp("verify", "--to", "yaml", "in", "out")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["convert"], "Missing argument"),
        (["convert", "in"], "OUTPUT"),
        (["convert", "nowhere", "out"], "nowhere does not exist"),
        (["convert", "in", "in"], "also an INPUT"),
        (["convert", "--to", "pdf", "in", "out"], "unknown format pdf"),
        (["convert", "--body", "word", "in", "out"], "'word' is not one of"),
        (["convert", "--jobs", "-1", "in", "out"], "-1"),
        (["convert", "--config", "no.toml", "in", "out"], "no.toml"),
        (["verify", "in", "out"], "out is not a folder"),
        (["inspect", "nowhere"], "nowhere does not exist"),
        (["konvert"], "No such command"),
        (["convert", "in"], "INPUT OUTPUT, not only in"),
        (["verify", "out"], "INPUT OUTPUT, not only out"),
        (["convert", "in", ""], "OUTPUT is an empty text"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(wp, pages, arguments, word):
    code, out, err = wp(*arguments)
    assert (code, out) == (2, "")
    assert word in err


def test_a_wrong_configuration_is_2(wp, pages, tmp_path):
    (tmp_path / "c.toml").write_text("[convert]\nstrikt = true\n")
    code, _, err = wp("convert", "--config", "c.toml", "in", "out")
    assert code == 2
    assert "did you mean strict?" in err


def test_a_byte_order_mark_before_a_configuration_is_no_mistake(wp, pages, tmp_path):
    (tmp_path / "c.toml").write_text('\ufeff[convert]\nto = ["json"]\n', encoding="utf-8")
    assert wp("convert", "--config", "c.toml", "in", "out")[0] == 0


def test_who_has_no_export_is_told_where_to_get_one(wp, tmp_path):
    (tmp_path / "site.sql").write_text("-- MySQL dump 10.13\n")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "site.sql").write_text("-- MySQL dump 10.13\n")
    for path in ("site.sql", "old"):
        code, _, err = wp("convert", path, "out")
        assert (code, "Tools → Export" in err) == (2, True)
    assert ".sql (1)" in err


def test_a_configuration_counts(wp, pages, tmp_path):
    (tmp_path / "c.toml").write_text('[convert]\nto = ["json"]\n')
    wp("convert", "--config", "c.toml", "in", "out")
    assert not (tmp_path / "out" / "a.md").exists()


def test_an_interruption_is_130(wp, pages, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("wpmigrate.runner.batch.build_site", interrupt)
    code, _, err = wp("convert", "in", "out")
    assert code == 130
    assert "run the same command again" in err


def test_an_output_that_cannot_be_written_is_2(wp, pages, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device", "out/x")

    monkeypatch.setattr("wpmigrate.runner.convert_run.State.put", full)
    code, _, err = wp("convert", "in", "out")
    assert code == 2
    assert "No space left" in err


def test_verify_as_json(wp, pages):
    wp("convert", "in", "out")
    code, out, _ = wp("verify", "--format", "json", "in", "out")
    assert code == 0
    assert [entry["status"] for entry in json.loads(out)["entries"]] == ["written", "written"]


def test_inspect(wp, pages):
    code, out, _ = wp("inspect", "in")
    assert code == 0
    assert out.startswith("2 pages\n")
    assert "ELEMENTS" in out
    code, out, _ = wp("inspect", "--format", "json", "in")
    assert json.loads(out)["parts"]["elements"]["p"] == {"count": 2, "pages": 2, "example": "a.html"}


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", [[], ["convert"], ["verify"], ["inspect"]])
def test_help(wp, command, option):
    code, out, _ = wp(*command, option)
    assert code == 0
    assert "Exit codes" in out


def test_version(wp):
    assert wp("--version") == (0, f"wpmigrate {wpmigrate.__version__}\n", "")


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "wpmigrate", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"wpmigrate {wpmigrate.__version__}\n"


def test_every_exit_code_is_in_the_help(wp):
    _, out, _ = wp("--help")
    for code, meaning in EXIT_CODES.items():
        assert f"{code}" in out
        assert meaning in out


def test_the_light_copies_of_the_choices_are_current():
    assert get_args(BodyChoice) == BODIES
    assert get_args(LegacyAnchors) == LEGACY_ANCHORS
    assert tuple(FORMATTERS) == VERIFY_FORMATS


def test_help_loads_nothing_heavy():
    code = "import sys, wpmigrate.cli; print([m for m in ('msgspec', 'yaml', 'selectolax', 'turbohtml', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_public_name_is_there():
    assert wpmigrate.__all__ == sorted(wpmigrate.__all__)
    for name in wpmigrate.__all__:
        assert getattr(wpmigrate, name) is not None
    with pytest.raises(AttributeError):
        wpmigrate.nothing  # noqa: B018


def test_every_command_and_option_is_in_the_reference():
    reference = cli_reference()
    for name, command in every_command(cli, "wpmigrate"):
        assert f"## `{name}`" in reference
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(option in reference for option in parameter.opts)


def every_command(group, path):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


LOST = Record(
    SourceRef("d/a.html"),
    "failed",
    "lost <x> & \x00",
    findings=(Finding("word", "100% of,\nit: <b> & \x07", "d/a.md", 12, 3, context="the source"),),
)
SKIPPED = Record(SourceRef("s.html"), "skipped", "private")
BROKEN = Record(SourceRef("b.html"), "failed", "not readable")
PROVEN = Record(SourceRef("p.html"), "written")


def printed(form, *records):
    formatter = FORMATTERS[form]("in", "out")
    lines = [line for record in records for line in formatter.entry(record)]
    return "\n".join([*lines, *formatter.end({".jpg": 1})])


def test_findings_as_text():
    text = printed("text", PROVEN, LOST, SKIPPED, BROKEN)
    assert "out/d/a.md:12: word: 100% of, it: <b> & ?\n    source in/d/a.html:3: the source\n" in text
    assert "in/b.html: not readable\n" in text
    assert text.endswith("1 proven, 1 skipped, 2 failed: 1 lost")


@pytest.mark.parametrize("records", [(), (LOST, PROVEN)], ids=len)
def test_findings_as_json(records):
    report = json.loads(printed("json", *records))
    assert len(report["entries"]) == report["totals"]["entries"] == len(records)


@pytest.mark.parametrize("records", [(), (LOST, SKIPPED, BROKEN, PROVEN)], ids=len)
def test_findings_as_junit(records):
    suite = ET.fromstring(printed("junit", *records))
    assert len(suite) == len(records)
    if records:
        assert [len(case) for case in suite] == [1, 1, 1, 0]
        assert "out/d/a.md:12" in suite[0][0].text
        assert suite[1][0].tag == "skipped"


def test_findings_for_github():
    lines = printed("github", LOST, BROKEN).split("\n")
    assert (
        lines[0] == "::error file=out/d/a.md,line=12::word: 100%25 of,%0Ait: <b> & \x07 (source: the source)"
    )
    assert lines[1] == "::error file=in/b.html::not readable"


def test_the_documents_have_the_reference():
    page = Path(__file__).parents[2] / "docs" / "cli.md"
    if page.exists():
        assert page.read_text(encoding="utf-8") == cli_reference()


def test_the_command_line_names_every_target():
    assert {*TARGET_NAMES} == {*TARGETS}
    assert TARGET_NAMES[0] == RunOptions().target


def test_a_report_takes_no_page_s_place(wp, pages, tmp_path):
    code, _, err = wp("convert", "in", "out", "--report", "out/a.json")
    assert code == 2
    assert "out/a.json exists and is not a report" in err
    assert json.loads((tmp_path / "out" / "a.json").read_bytes())["title"] == "a"
