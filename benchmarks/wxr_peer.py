"""wordpress-export-to-markdown (npm), in a folder of its own: what a person would otherwise convert an export with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

__all__ = ["PACKAGE", "Peer", "install_peer"]

PACKAGE = "wordpress-export-to-markdown"
_DELAY = re.compile(r"(markdown_file_write_delay\s*=\s*)\d+")
_OPTIONS = {
    "wizard": "false",
    "year-folders": "false",
    "month-folders": "false",
    "post-folders": "false",
    "prefix-date": "false",
    "save-attached-images": "false",
    "save-scraped-images": "false",
    "include-other-types": "true",
}
"""Every question of its wizard, answered: Markdown only, no image is fetched, all types of entries as we have them."""


class Peer:
    """The installed package."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._package = folder / "node_modules" / PACKAGE
        self.version: str = json.loads((self._package / "package.json").read_text())["version"]

    def command(self, export: str, output: str) -> list[str]:
        """Return the command that converts ``export`` into the folder ``output`` and asks nothing."""
        given = {**_OPTIONS, "input": export, "output": output}
        return ["node", str(self._package / "index.js"), *(f"--{name}={value}" for name, value in given.items())]

    def without_pause(self) -> Peer | None:
        """Return a copy that writes without the pause between two files that it is delivered with; None when it has none.

        The pause is for slow file systems. It says nothing about the speed of the program, so both are measured.
        """
        text = self._settings().read_text() if self._settings().exists() else ""
        if not _DELAY.search(text):
            return None
        folder = self._folder.with_name(f"{self._folder.name}-without-pause")
        shutil.copytree(self._folder, folder, symlinks=True)
        bare = Peer(folder)
        bare._settings().write_text(_DELAY.sub(r"\g<1>0", text))
        return bare

    def _settings(self) -> Path:
        return self._package / "src" / "settings.js"


def install_peer(folder: Path) -> Peer | None:
    """Install the package below ``folder``; None where there is no Node.js, or where npm fails (it says why)."""
    if not (shutil.which("npm") and shutil.which("node")):
        print(f"no npm here: {PACKAGE} is not measured")
        return None
    folder.mkdir(parents=True)
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
    if subprocess.run(command, check=False).returncode:
        print(f"npm could not install {PACKAGE}: it is not measured")
        return None
    return Peer(folder)
