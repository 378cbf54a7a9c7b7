"""``wpmigrate media`` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from wpmigrate.cli import main
from wpmigrate.runner.media.download_records import MediaReport

SCHEMA = Path(__file__).parents[3] / "docs" / "schema" / "media-report.schema.json"


@pytest.fixture
def wp(capsys):
    """Run a command; gives exit code, stdout, stderr."""

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main(args)
        streams = capsys.readouterr()
        return ended.value.code, streams.out, streams.err

    return run


@pytest.fixture
def out(tmp_path, old_site, pages):
    """An output folder whose media.json has a good file, a dead one, a taken one and an external one."""
    rows = [
        {"key": name, "site": "s", "url": f"{old_site.url}/{name}", "place": f"media/{name}", "used_by": ["post/a", "post/b"], "state": state}
        for name, state in (("a.jpg", "missing"), ("b.jpg", "missing"), ("c.jpg", "taken"), ("d.jpg", "external"))
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(row) for row in rows)
    (tmp_path / "media.json").write_text(f'{{"schema_version":1,"files":[\n{lines}\n],\n"totals":{{}}}}\n')
    old_site.put("/a.jpg", pages.good())
    return tmp_path


def test_what_a_person_reads(wp, out):
    code, said, told = wp("media", "download", "--allow-private", "--no-convert", str(out))
    assert code == 1
    assert said.startswith("1 downloaded (0.0 MB), 0 there already: 1 still missing; see ")
    assert "failed: media/b.jpg: 404: it is not there any more (used by post/a and 1 more)" in told


def test_all_is_there(wp, out, old_site, pages):
    old_site.put("/b.jpg", pages.good())
    code, said, _ = wp("media", "download", "--allow-private", "--no-convert", "-v", str(out))
    assert (code, said) == (0, "2 downloaded (0.0 MB), 0 there already: nothing is missing\n")


def test_loopback_is_refused_by_default(wp, out, old_site):
    code, _, told = wp("media", "download", "--no-convert", str(out))
    assert code == 1
    assert "use --allow-private" in told
    assert old_site.asked == []


def test_a_list_for_people(wp, out, old_site):
    code, said, _ = wp("media", "list", str(out))
    assert code == 0
    assert said.splitlines() == [
        f"missing: media/a.jpg: {old_site.url}/a.jpg (used by 2)",
        f"missing: media/b.jpg: {old_site.url}/b.jpg (used by 2)",
    ]


def test_a_list_for_programs(wp, out):
    _, said, _ = wp("media", "list", "--state", "all", "--format", "json", str(out))
    assert [json.loads(line)["key"] for line in said.splitlines()] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]


@pytest.mark.parametrize("command", ["download", "list"])
def test_without_a_list_it_says_what_to_do(wp, tmp_path, command):
    code, _, told = wp("media", command, str(tmp_path))
    assert code == 2
    assert "wpmigrate convert" in told


def test_the_report_is_what_its_schema_says(wp, out):
    wp("media", "download", "--allow-private", "--no-convert", str(out))
    report = (out / "media-report.json").read_bytes()
    schema = json.loads(SCHEMA.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(report))
    assert [row.status for row in msgspec.json.decode(report, type=MediaReport).files] == ["downloaded", "failed"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({"schema_version": 1, "files": [{}], "totals": {}})
