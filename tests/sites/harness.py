"""Convert, build with the real builder, and prove the built site: :func:`run_site`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from builders import BUILDERS
from install import environment, fill, installed

from wpmigrate.targets import TARGETS

__all__ = ["CASES", "BuiltSite", "Case", "run_site"]

HERE = Path(__file__).resolve().parent
BUILD_SECONDS = 600
NOT_PUBLIC = b"UNPUBLISHED"
"""A word of every fixture that must not be built."""
SHOWN = 6000
"""How many characters of a failing program's output a failing test shows."""


@dataclass(frozen=True)
class Case:
    """A source that every builder has to build without a loss."""

    name: str
    """What the test is called by."""
    inputs: tuple[str, ...]
    """What is converted; relative to this folder, or to the corpus."""
    options: tuple[str, ...] = ()
    """Further options of ``convert``; ``@`` at the beginning of one stands for this folder."""
    corpus: bool = False
    """Whether the inputs are in the folder that WPMIGRATE_CORPUS names; without one the case is skipped."""


CASES = (
    Case("pages", ("hazards", "../fixtures/pages", "../../input")),
    Case("export", ("export/orchard.xml",), ("--drafts", "separate", "--uploads", "@/export/uploads")),
    Case("legacy", ("legacy",), corpus=True),
    Case("themes", ("wxr/WordPress+theme-test-data",), ("--drafts", "separate"), corpus=True),
)
"""What is built, each a site of its own: one whose build fails says so without the others."""


@dataclass(frozen=True)
class BuiltSite:
    """A site that was built."""

    builder: str
    """The builder's and the target's name."""
    inputs: tuple[Path, ...]
    """What was converted."""
    project: Path
    """The folder that ``convert`` wrote and the builder read."""
    said: str
    """What the builder printed."""

    @property
    def folder(self) -> Path:
        """The folder that the builder wrote."""
        return self.project / TARGETS[self.builder].built.folder

    def losses(self) -> str:
        """Return what ``wpmigrate verify --built`` finds, and files that show what is not public; empty when all is well."""
        code, said = _run([*_wpmigrate(), "verify", *map(str, self.inputs), str(self.project), "--built"], self.project.parent)
        shown = [f"{file}: shows what is not public\n" for file in sorted(self.folder.rglob("*")) if _leaks(file)]
        return (said if code else "") + "".join(shown)

    def page(self, address: str) -> str:
        """Return the built HTML of an address such as ``/about/``; none there is a ``FileNotFoundError``."""
        name = TARGETS[self.builder].built.page.format(address=unquote(address).lstrip("/"))
        return (self.folder / name).read_text(encoding="utf-8")


def run_site(builder: str, inputs: tuple[Path, ...], project: Path, options: tuple[str, ...] = ()) -> BuiltSite:
    """Convert ``inputs`` into the new folder ``project`` for ``builder`` and build it there.

    A step that fails is an ``AssertionError`` with what the program printed. What was lost is not asked here:
    see :meth:`BuiltSite.losses`.
    """
    assert installed(builder), f"{builder} is not installed: run `make test-site-{builder}`"
    convert = ["convert", *map(str, inputs), str(project), "--target", builder, "--scaffold", *options]
    _must(f"wpmigrate {' '.join(convert)}", [*_wpmigrate(), *convert], project.parent)
    for name in BUILDERS[builder].links:
        (project / name).symlink_to(fill(("{home}/" + name,), builder)[0])
    command = fill(BUILDERS[builder].build, builder)
    said = _must(f"{' '.join(command)} in {project}", command, project, environment(builder))
    return BuiltSite(builder, inputs, project, said)


def case_inputs(case: Case) -> tuple[Path, ...]:
    """Return where the inputs of ``case`` are; a corpus that lacks one is an error."""
    root = Path(os.environ["WPMIGRATE_CORPUS"]) if case.corpus else HERE
    paths = tuple((root / name).resolve() for name in case.inputs)
    missing = [str(path) for path in paths if not path.exists()]
    assert not missing, f"no such input: {', '.join(missing)}"
    return paths


def case_options(case: Case) -> tuple[str, ...]:
    """Return the options of ``case``, with the folder filled in."""
    return tuple(str(HERE) + option[1:] if option.startswith("@") else option for option in case.options)


def _leaks(file: Path) -> bool:
    return file.is_file() and NOT_PUBLIC in file.read_bytes()


def _wpmigrate() -> list[str]:
    return [sys.executable, "-c", "from wpmigrate.cli import main; main()"]


def _must(title: str, command: list[str], folder: Path, variables: dict[str, str] | None = None) -> str:
    code, said = _run(command, folder, variables)
    assert code == 0, f"{title}\nended with {code}:\n{said[-SHOWN:]}"
    return said


def _run(command: list[str], folder: Path, variables: dict[str, str] | None = None) -> tuple[int, str]:
    # A file, not a pipe: what a builder leaves running would keep a pipe open.
    with tempfile.TemporaryFile() as out:
        run = subprocess.run(
            command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=BUILD_SECONDS
        )
        out.seek(0)
        return run.returncode, out.read().decode("utf-8", "replace")
