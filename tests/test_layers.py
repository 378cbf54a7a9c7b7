"""The layers import one way only, and only the runner and the command line have effects.

The rules are the table of docs/architecture.md, read over the syntax tree of every module. The checker itself is
tested with made-up modules that trespass.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "wpmigrate"
SOURCE = Path(__file__).parents[1] / "src" / PACKAGE

RECORDS = {"errors", "options", "model"}

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "options": set(),
    "model": {"errors", "options"},
    "targets": RECORDS,
    "wordpress": RECORDS,
    "extractors": RECORDS | {"wordpress"},
    "normalizer": RECORDS | {"wordpress"},
    "writers": RECORDS | {"targets"},
    "verifier": RECORDS | {"targets", "wordpress"},
    "config": RECORDS | {"targets"},
    "runner": RECORDS
    | {"", "config", "targets", "wordpress", "extractors", "normalizer", "writers", "verifier"},
    "cli": RECORDS | {"", "config", "targets", "runner"},
    "__main__": {"cli"},
    "": RECORDS | {"config", "targets", "runner", "extractors", "normalizer", "writers", "verifier"},
}
"""By layer (``""`` is the package itself): what else of ours it may import. Siblings are in nobody's row."""

PURE = {"errors", "options", "model", "targets", "wordpress", "extractors", "normalizer", "writers", "verifier"}

EFFECTS: dict[str, str] = {
    "asyncio": "the runner decides what runs when",
    "builtins": "a way round this table",
    "concurrent": "the runner owns the workers",
    "ctypes": "reaches into the process",
    "fcntl": "files are the runner's",
    "glob": "folders are walked by the runner",
    "http": "nothing here uses the network",
    "importlib": "hides an import from this test",
    "io.open": "files are the runner's",
    "locale": "output would depend on the machine",
    "logging": "what a person should know is a Notice or a Finding",
    "multiprocessing": "the runner owns the workers",
    "os": "files and processes are the runner's (posixpath is pure)",
    "pathlib": "a path that can be opened; paths are text here (posixpath is pure)",
    "platform": "output would depend on the machine",
    "random": "output would not be deterministic",
    "secrets": "output would not be deterministic",
    "shutil": "files are the runner's",
    "signal": "the runner owns the process",
    "socket": "nothing here uses the network",
    "subprocess": "nothing here starts a process",
    "sys": "streams and the interpreter are the runner's",
    "tempfile": "files are the runner's",
    "threading": "the runner owns the workers",
    "time": "the clock comes in as an argument",
    "urllib.request": "nothing here uses the network",
    "uuid": "output would not be deterministic",
}
"""Modules that no pure layer imports (but for types), and why."""

EFFECT_CALLS: dict[str, str] = {
    "__import__": "hides an import from this test",
    "breakpoint": "stops the process",
    "exec": "hides code from this test",
    "eval": "hides code from this test",
    "input": "talks to a person",
    "open": "files are the runner's",
    "print": "talks to a person",
    "datetime.now": "the clock comes in as an argument",
    "datetime.today": "the clock comes in as an argument",
    "datetime.utcnow": "the clock comes in as an argument",
    "date.today": "the clock comes in as an argument",
}
"""Calls that no pure layer makes, and why."""

CONVERTER = {"extractors", "normalizer", "writers"}

PARSERS: dict[str, tuple[set[str], str]] = {
    "selectolax": ({"verifier", "wordpress"}, "the converter's HTML parser"),
    "pyromark": ({"verifier", "wordpress"}, "the converter's Markdown parser"),
    "turbohtml": (CONVERTER | {"wordpress"}, "the proof's HTML parser"),
    "cmarkgfm": (CONVERTER | {"wordpress"}, "the proof's Markdown engine"),
    "yaml12": (CONVERTER | {"wordpress"}, "the proof's YAML reader"),
}
"""Who must not import a parser: converter and proof share none, so that they cannot share a mistake."""


def trespasses(module: str, source: str, is_package: bool = False) -> list[str]:
    """Return what ``source``, the text of the dotted ``module``, does that its layer must not do."""
    layer = _layer(module)
    tree = ast.parse(source)
    found = []
    for line, name, typing_only in _imports(tree, module, is_package):
        reason = _import_trespass(layer, name, typing_only)
        if reason:
            found.append(f"{module}:{line} imports {name}: {reason}")
    if layer in PURE:
        found += [f"{module}:{line} calls {name}: {EFFECT_CALLS[name]}" for line, name in _effect_calls(tree)]
    return found


def _layer(name: str) -> str:
    """``wpmigrate.writers.json`` is of the layer ``writers``; ``wpmigrate`` itself of ``""``."""
    return name.split(".")[1] if "." in name else ""


def _import_trespass(layer: str, name: str, typing_only: bool) -> str:
    """Return why ``layer`` must not import ``name``; empty when it may."""
    top = name.split(".")[0]
    if top == PACKAGE:
        other = _layer(name) if _layer(name) in MAY_IMPORT else ""  # a name of the package itself
        return "" if other == layer or other in MAY_IMPORT[layer] else f"{layer} must not know {other or top}"
    if top in PARSERS and layer in PARSERS[top][0]:
        return PARSERS[top][1]
    if layer not in PURE or typing_only:
        return ""
    return next((why for effect, why in EFFECTS.items() if f"{name}.".startswith(f"{effect}.")), "")


def _imports(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, dotted name, whether only for types) for every import, wherever it stands."""
    typing_only = {id(node) for block in _typing_blocks(tree) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, id(node) in typing_only
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module, is_package)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}", id(node) in typing_only


def _typing_blocks(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from node.body


def _absolute(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    """Return the dotted name that ``from … import`` starts from, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    keep = len(parts) - node.level + is_package
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])


def _effect_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ".".join(ast.unparse(node.func).split(".")[-2:])
            if name in EFFECT_CALLS:
                yield node.lineno, name


def _modules() -> list[tuple[str, Path]]:
    """Return (dotted name, file) of every module of ours."""
    modules = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "scaffolds" in path.parts:  # files of other projects, with places to fill in
            continue
        parts = [PACKAGE, *path.relative_to(SOURCE).with_suffix("").parts]
        modules.append((".".join(part for part in parts if part != "__init__"), path))
    return modules


@pytest.mark.parametrize(("module", "path"), _modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_module_keeps_to_its_layer(module, path):
    assert _layer(module) in MAY_IMPORT, f"{module}: no row in MAY_IMPORT says what this layer may import"
    found = trespasses(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")
    assert not found, "\n".join(found)


def test_siblings_are_in_nobodys_row():
    siblings = {"extractors", "normalizer", "writers", "verifier"}
    assert not any(MAY_IMPORT[layer] & siblings for layer in siblings)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("wpmigrate.writers.json", "from wpmigrate.normalizer import normalize"),
        ("wpmigrate.writers.json", "import wpmigrate.normalizer.anchors"),
        ("wpmigrate.writers.json", "from wpmigrate import normalizer"),
        ("wpmigrate.writers.json", "from wpmigrate import convert"),
        ("wpmigrate.writers.json", "from ..normalizer import anchors"),
        ("wpmigrate.writers.json", "from .. import normalizer"),
        ("wpmigrate.writers.json", "def late():\n    from wpmigrate.runner import run"),
        ("wpmigrate.verifier", "from wpmigrate.writers.escape import escape"),
        ("wpmigrate.model.nodes", "from wpmigrate.wordpress import autop"),
        ("wpmigrate.wordpress.autop", "from wpmigrate.extractors import extract"),
        ("wpmigrate.runner.job", "from wpmigrate.cli import main"),
        ("wpmigrate.normalizer", "import os.path"),
        ("wpmigrate.normalizer", "from os import environ"),
        ("wpmigrate.normalizer", "import time as clock"),
        ("wpmigrate.normalizer", "from io import open"),
        ("wpmigrate.normalizer", "from urllib.request import urlopen"),
        ("wpmigrate.extractors", "def read(path):\n    return open(path)"),
        ("wpmigrate.extractors", "import datetime\nnow = datetime.datetime.now()"),
        ("wpmigrate.extractors", "from datetime import date\ntoday = date.today()"),
        ("wpmigrate.verifier", "print('found')"),
        ("wpmigrate.verifier.source", "from selectolax.lexbor import LexborHTMLParser"),
        ("wpmigrate.normalizer.parse", "import turbohtml"),
        ("wpmigrate.wordpress.autop", "import cmarkgfm"),
    ],
)
def test_a_trespass_is_found(module, source):
    assert trespasses(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("wpmigrate.writers.json", "from wpmigrate.model import Entry\nfrom . import yaml\nimport msgspec"),
        ("wpmigrate.verifier", "from wpmigrate.wordpress import autop\nimport turbohtml"),
        ("wpmigrate.extractors.dates", "from datetime import datetime\ndatetime.fromisoformat('2012-04-19')"),
        ("wpmigrate.writers.page", "import posixpath\nfrom io import StringIO\nfrom urllib.parse import quote"),
        ("wpmigrate.model", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pathlib import Path"),
        ("wpmigrate.runner.files", "import os\nimport tempfile\nprint(open('x'))"),
        ("wpmigrate.cli.convert", "from wpmigrate import __version__\nfrom wpmigrate.runner import run"),
    ],
)
def test_what_is_allowed_is_let_through(module, source):
    assert not trespasses(module, source)


def test_a_package_resolves_its_dots():
    assert trespasses("wpmigrate.writers", "from ..normalizer import x", is_package=True)
    assert not trespasses("wpmigrate.writers", "from .json import x", is_package=True)
