"""Whole runs for a site builder: paths, addresses, data, the scaffold."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from wpmigrate.errors import UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.site_files.scaffold import has_scaffold, scaffold_files
from wpmigrate.runner.verify_run import verify_run
from wpmigrate.targets import TARGETS
from wpmigrate.targets.paths import output_path

GARDEN = Path(__file__).parents[1] / "fixtures/wxr/garden.xml"
BUILDERS = sorted(set(TARGETS) - {"commonmark"})


def convert(output: Path, **options: object) -> list[str]:
    """Convert the garden and return the files of the output folder, sorted."""
    totals = run(plan_run([str(GARDEN)], str(output), RunOptions(jobs=1, **options)), Mock())  # type: ignore[arg-type]
    assert (totals.written, totals.failed, totals.problems) == (4, 0, 0)
    return sorted(str(path.relative_to(output)) for path in output.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", BUILDERS)
def test_files_lie_where_the_builder_looks_and_are_proven(name, tmp_path):
    files = convert(tmp_path / "out", target=name, scaffold=True)
    target = TARGETS[name]
    post = "_posts/2020-03-01-digging-the-beds" if name == "jekyll" else "post/digging-the-beds"
    for stem in (post, "page/about/team", "category/tools/spades"):
        assert output_path(target, stem, "markdown") in files
    assert f"records/{post}.json" in files
    assert any(path.startswith(f"{target.place.data}/comments/") for path in files)
    assert not [path for path in files if path.startswith("comments/")]
    assert {f"{target.place.data}/site.json", f"{target.place.data}/site.yaml"} & {*files}
    assert (f"{target.place.static}/_redirects").lstrip("/") in files
    plan = plan_run([str(GARDEN)], str(tmp_path / "out"), RunOptions(jobs=1, target=name))
    assert {record.status for record in verify_run(plan, Mock())} == {"written", "skipped"}


def test_links_lead_to_the_new_addresses(tmp_path):
    convert(tmp_path / "out", target="jekyll")
    text = (tmp_path / "out/_posts/2020-03-01-digging-the-beds.md").read_text()
    assert "permalink: /2020/03/01/digging-the-beds/" in text
    assert "[about us](/page/about/)" in text
    redirects = json.loads((tmp_path / "out/redirects.json").read_text())
    assert {row["new"] for row in redirects if row["old"] == "/?p=10"} == {"/2020/03/01/digging-the-beds/"}


def test_a_second_run_for_another_builder_moves_everything(tmp_path):
    convert(tmp_path / "out", target="jekyll")
    files = convert(tmp_path / "out", target="hugo")
    assert "content/post/digging-the-beds.md" in files
    assert not [path for path in files if path.startswith(("_posts/", "_data/"))]


def test_the_scaffold_is_the_users_from_then_on(tmp_path):
    output = tmp_path / "out"
    files = convert(output, target="hugo", scaffold=True)
    (path,) = [path for path in files if path.endswith("hugo.toml")]
    assert "@" not in (output / path).read_text().replace("@media", "")
    (output / path).write_text("mine")
    assert path in convert(output, target="hugo", scaffold=True)
    assert (output / path).read_text() == "mine"
    assert path in convert(output, target="hugo")
    rows = json.loads((output / "report.json").read_text())
    assert rows["totals"]["problems"] == 0


def test_every_builder_has_a_scaffold_with_a_readme():
    for name in BUILDERS:
        options = RunOptions(target=name)
        assert has_scaffold(options)
        assert "README.md" in {path for path, _ in scaffold_files(None, options)}


def test_commonmark_has_no_scaffold(tmp_path):
    with pytest.raises(UsageError, match="--target"):
        convert(tmp_path / "out", scaffold=True)


def test_a_target_of_the_users_has_its_base_s_scaffold():
    own = {"mine": {"base": "hugo", "place": {"media": "assets"}}}
    mine = dict(scaffold_files(None, RunOptions(target="mine", targets=own)))
    assert mine == dict(scaffold_files(None, RunOptions(target="hugo")))
