"""Install one builder into ``.sites/NAME``: ``python tests/sites/install.py hugo``. What stands there already is kept.

Each step's output goes to ``.sites/NAME/install.log``. A step that fails is an :class:`InstallError` that says which and
what to do by hand.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from builders import BUILDERS, SITES, Builder

__all__ = ["InstallError", "environment", "fill", "install", "installed"]

STEP_SECONDS = 600
"""How long one step may take."""
DONE = "installed.txt"
"""The file that says what a folder holds; without it, or with other versions in it, the folder is made again."""


class InstallError(Exception):
    """A builder could not be installed; the text says why and what to do."""


def install(name: str) -> Path:
    """Install the builder ``name`` and what it needs, unless it is there, and return its folder."""
    builder, home = BUILDERS[name], SITES / name
    for other in builder.needs:
        install(other)
    if installed(name):
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for command in _steps(name, home):
        _step(command, home)
    _step(fill(builder.probe, name), home)
    (home / DONE).write_text(_contents(builder), encoding="utf-8")
    return home


def installed(name: str) -> bool:
    """Whether the builder ``name`` is there, in the pinned version, and starts."""
    builder, done = BUILDERS[name], SITES / name / DONE
    return done.is_file() and done.read_text(encoding="utf-8") == _contents(builder) and _works(name)


def _works(name: str) -> bool:
    builder = BUILDERS[name]
    try:
        run = subprocess.run(fill(builder.probe, name), capture_output=True, env=environment(name), timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def fill(command: tuple[str, ...], name: str) -> list[str]:
    """Return a command of the builder ``name`` with its folders filled in."""
    places = {"home": str(SITES / name), "node": str(SITES / "node")}
    return [part.format(**places) for part in command]


def environment(name: str) -> dict[str, str]:
    """Return the variables that the builder ``name`` runs with: Node on the path, UTF-8 (Jekyll needs to be told)."""
    path = os.pathsep.join([str(SITES / "node/venv/bin"), os.environ.get("PATH", "")])
    return {**os.environ, "LANG": "C.UTF-8", "PATH": path, **BUILDERS[name].environment}


def _contents(builder: Builder) -> str:
    return "\n".join([*builder.apt, *builder.pip, *builder.npm, ""])


def _steps(name: str, home: Path) -> list[list[str]]:
    builder = BUILDERS[name]
    steps: list[list[str]] = []
    if builder.apt and not _works(name):
        steps += _apt(builder.apt)
    if builder.pip:
        pip = [str(home / "venv/bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        steps += [[sys.executable, "-m", "venv", str(home / "venv")], [*pip, *builder.pip]]
    if builder.npm:
        # A package.json of its own first: else npm installs into the nearest folder above that has one.
        (home / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        npm = [str(SITES / "node/venv/bin/npm"), "install", "--no-audit", "--no-fund", "--save-exact"]
        steps.append([*npm, *builder.npm])
    return steps


def _apt(packages: tuple[str, ...]) -> list[list[str]]:
    by_hand = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise InstallError(f"there is no apt-get here: install {' and '.join(packages)} by hand, then try again")
    if os.geteuid() != 0:
        raise InstallError(f"apt-get needs root: run `{by_hand}` as root, then try again")
    get = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    return [[*get, "update"], [*get, "install", "-y", "--no-install-recommends", *packages]]


def _step(command: list[str], home: Path) -> None:
    log, shown = home / "install.log", " ".join(command)
    variables = {**environment(home.name), "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as out:
        out.write(f"$ {shown}\n".encode())
        out.flush()
        try:
            run = subprocess.run(
                command, cwd=home, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=STEP_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise InstallError(f"`{shown}` took more than {STEP_SECONDS} s") from error
        except OSError as error:
            raise InstallError(f"`{shown}`: {error}") from error
    if run.returncode:
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
        raise InstallError(f"`{shown}` ended with {run.returncode}:\n{last}")


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except InstallError as error:
        sys.exit(f"COULD NOT INSTALL {sys.argv[1]}: {error}")
