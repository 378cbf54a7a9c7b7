"""Promises of the project as a whole: its files, its documents and its packaging agree."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import wpmigrate
from wpmigrate import errors
from wpmigrate.config import CONVERT_KEYS
from wpmigrate.model.notices import Finding, Notice, NoticeKind
from wpmigrate.options import Route, RunOptions, ShortcodeAction
from wpmigrate.runner.records import Record, Status, Totals

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "wpmigrate"
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")

# Written in pieces, so that this file passes its own test.
MACHINE_PATH = re.compile(r"(?:file://|(?<![\w.\-/]))/(?:wo" r"rk|ho" r"me|ro" r"ot|Us" r"ers)/")
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("py" + "pi", "org"),
        ("python" + "hosted", "org"),
        ("registry", "npm" + "js", "org"),
        ("ruby" + "gems", "org"),
        ("crates", "io"),
        ("proxy", "go" + "lang", "org"),
    )
]


def committed_files() -> list[Path]:
    """Return every file that git follows and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def leaks(text: str) -> list[str]:
    """Return the machine paths and registry host names in ``text``."""
    return MACHINE_PATH.findall(text) + [host for host in REGISTRY_HOSTS if host in text]


def test_no_committed_file_tells_of_a_machine():
    found = {}
    for path in committed_files():
        hits = leaks(path.read_bytes().decode("utf-8", "replace"))
        if hits:
            found[str(path.relative_to(ROOT))] = hits
    assert not found


@pytest.mark.parametrize("start", ["", "see ", '"', "file://", "PATH=", "("])
def test_a_machine_path_is_found(start):
    assert leaks(f"{start}/{'ho' 'me'}/someone/file")


def test_a_path_of_a_site_is_no_machine_path():
    assert not leaks(f"http://example.org/{'ho' 'me'}/ and our{'/wo' 'rk/'}")


@pytest.mark.parametrize("path", [path for path in sorted(SOURCE.rglob("*.py")) if "scaffolds" not in path.parts], ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path}: no docstring"


def test_every_exit_code_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}
    raised = {getattr(errors, name).exit_code for name in errors.__all__}
    assert raised | {0} <= documented


def test_the_error_tree_draws_every_class_with_its_code():
    for name in errors.__all__:
        code = getattr(errors, name).exit_code
        assert re.search(rf"\b{name} +{code}\b", errors.__doc__ or ""), f"{name} {code}"


@pytest.mark.parametrize("key", sorted(CONVERT_KEYS))
def test_every_configuration_key_is_documented(key):
    assert f"| `{key}` |" in CONFIGURATION


@pytest.mark.parametrize("choice", [*get_args(Route), *get_args(ShortcodeAction)])
def test_every_route_and_shortcode_action_is_documented(choice):
    assert f"| `{choice}` |" in CONFIGURATION


@pytest.mark.parametrize("default", ["entry_seconds", "entry_megabytes", "jobs", "target"])
def test_a_documented_default_is_the_default(default):
    assert re.search(rf"^\| `{default}` \|.*\| `{getattr(RunOptions(), default)}` \|$", CONFIGURATION, re.MULTILINE)


@pytest.mark.parametrize(
    "name", sorted({name for kind in (Record, Notice, Finding, Totals) for name in kind.__struct_fields__})
)
def test_every_field_of_the_report_is_documented(name):
    assert re.search(rf"[`\"]{name}[`\".]", (ROOT / "docs" / "report.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("choice", [*get_args(Status), *get_args(NoticeKind)])
def test_every_status_and_kind_is_documented(choice):
    assert f"| `{choice}` |" in (ROOT / "docs" / "report.md").read_text(encoding="utf-8")


def test_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert project["version"] == wpmigrate.__version__
    assert f"## [{wpmigrate.__version__}]" in changelog


def test_types_are_shipped():
    package_data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "py.typed" in package_data["tool"]["setuptools"]["package-data"]["wpmigrate"]
    assert (SOURCE / "py.typed").is_file()


def test_the_sample_page_is_the_one_in_input():
    name = "international-partnerships.html"
    assert (ROOT / "tests" / "fixtures" / name).read_bytes() == (ROOT / "input" / name).read_bytes()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/report.md", "docs/configuration.md"])
def test_links_between_our_documents_lead_somewhere(name):
    path = ROOT / name
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", prose)
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("target", ["convert", "test", "check", "bench", "docs"])
def test_the_makefile_has_the_target(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
