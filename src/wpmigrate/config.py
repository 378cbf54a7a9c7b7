"""The configuration file: TOML with ``[convert]``, ``[routes.types]``, ``[routes.statuses]``, ``[paths]``, ``[shortcodes.NAME]``.

Pure.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec.structs import replace

from wpmigrate.errors import ConfigError, UsageError
from wpmigrate.options import (
    FORMATS,
    BodyChoice,
    DraftChoice,
    LegacyAnchors,
    NormalizeOptions,
    Route,
    RouteOptions,
    RunOptions,
    ShortcodeRule,
)
from wpmigrate.targets import TARGETS
from wpmigrate.targets.derive import target_named

__all__ = ["CONVERT_KEYS", "Config", "build_options", "parse_config", "parse_formats"]

_BASE = RunOptions()
_Whole = Annotated[int, msgspec.Meta(ge=0)]
_Seconds = Annotated[float, msgspec.Meta(gt=0, le=86400)]
_LEAST_MEGABYTES = 128
"""With less, a worker does not even start."""
_Megabytes = Annotated[int, msgspec.Meta(ge=0, le=1 << 30)]
_Folder = Annotated[str, msgspec.Meta(pattern=r"^[^/.\\][^/\\]*(/[^/.\\][^/\\]*)*$")]

CONVERT_KEYS: dict[str, tuple[Any, str]] = {
    "to": (list[str], "which formats are written: markdown, json, yaml"),
    "jobs": (_Whole, "worker processes; 0: as fits"),
    "scheduler": (str, "the scheduler of a Dask cluster that does the work"),
    "body": (BodyChoice, "the dialect of all bodies; auto: recognise each page"),
    "legacy_anchors": (LegacyAnchors, "keep: write the old ids as <a id> too"),
    "strict": (bool, "whether dropped content fails the run"),
    "report": (str, "where the report goes"),
    "encoding": (str, "force an encoding; empty: recognise it"),
    "drafts": (DraftChoice, "separate: drafts, pending and scheduled entries go into the drafts folder"),
    "drafts_folder": (_Folder, "where drafts go, inside the output folder"),
    "emails": (bool, "whether e-mail addresses and commenters' IP addresses are kept"),
    "archives": (bool, "whether the terms and authors of a site get pages that list their entries"),
    "uploads": (list[str], "copies of wp-content/uploads: folders, .zip or .tar files"),
    "target": (str, "the site builder whose conventions the output follows"),
    "scaffold": (bool, "whether the smallest site that builds is written too"),
    "entry_seconds": (_Seconds, "how long one page may take before it is given up"),
    "entry_megabytes": (_Megabytes, "how much memory a worker process may take; 0: no limit"),
}
"""The keys of ``[convert]``: type and meaning."""

_SECTIONS: dict[str, tuple[Any, str]] = {
    "convert": (dict[str, Any], "the options of the command line"),
    "routes": (dict[str, Any], "what is written where: the tables types and statuses"),
    "paths": (dict[str, str], "post type = output path pattern"),
    "shortcodes": (dict[str, Any], "what becomes of shortcodes: a table for each name"),
    "targets": (
        dict[str, dict[str, Any]],
        "targets of your own: a table for each name, with the `base` that it changes",
    ),
}
_ROUTES: dict[str, tuple[Any, str]] = {
    "types": (dict[str, Any], "post type = write, draft or skip"),
    "statuses": (dict[str, Any], "status = write, draft or skip"),
}
_RULE: dict[str, tuple[Any, str]] = {
    field.name: (field.type, "see its docstring") for field in msgspec.structs.fields(ShortcodeRule)
}
_NEEDED = {"link": "url", "image": "url", "drop": "reason"}
"""Action of a shortcode -> the key without which it would do nothing that anybody wants."""

_WORDS = {
    "array": "a list",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "str": "text",
}
"""msgspec's names of types -> TOML's."""


class Config(msgspec.Struct, frozen=True):
    """What a configuration file says."""

    convert: dict[str, Any] = {}
    """The keys of ``[convert]`` that it has."""
    types: dict[str, Route] = {}
    """``[routes.types]``."""
    statuses: dict[str, Route] = {}
    """``[routes.statuses]``."""
    shortcodes: dict[str, ShortcodeRule] = {}
    """``[shortcodes.NAME]``."""
    paths: dict[str, str] = {}
    """``[paths]``."""
    targets: dict[str, dict[str, Any]] = {}
    """``[targets.NAME]``, each with a ``base``."""


APART = ("draft", "pending", "future")
"""Statuses that ``drafts = "separate"`` writes into the drafts folder. What is private, protected or in the trash is not meant
for other eyes at all: only a row of ``[routes.statuses]`` writes it."""


def parse_config(text: str, name: str) -> Config:
    """Return what the configuration ``text`` of the file ``name`` says.

    Raises ConfigError when it is not TOML, or names the key that is unknown (with the nearest known one) or of a wrong type.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} is not TOML: {error}") from error
    _check(tables, _SECTIONS, name, "")
    routes = tables.get("routes", {})
    _check(routes, _ROUTES, name, "routes.")
    convert = tables.get("convert", {})
    _check(convert, CONVERT_KEYS, name, "convert.")
    _encoding(name, convert.get("encoding", ""))
    _memory(name, convert.get("entry_megabytes", 0))
    shortcodes = {
        key: _shortcode(rule, name, f"shortcodes.{key}") for key, rule in tables.get("shortcodes", {}).items()
    }
    types, statuses = _routes(routes, "types", name), _routes(routes, "statuses", name)
    targets = tables.get("targets", {})
    for key, table in targets.items():
        _target(key, table, name)
    return Config(convert, types, statuses, shortcodes, tables.get("paths", {}), targets)


def build_options(config: Config, given: Mapping[str, Any], base: RunOptions = _BASE) -> RunOptions:
    """Return the options of a run: what is ``given`` on the command line, else ``config``, else those of ``base``.

    ``given`` has the keys of :data:`CONVERT_KEYS`, ``dry_run``, ``force`` and ``paths``; None means not given.
    Raises UsageError for an unknown format or target.
    """
    said = config.convert | {key: value for key, value in given.items() if value is not None}
    targets = base.targets | config.targets
    if said.get("target", "commonmark") not in (names := [*TARGETS, *targets]):
        raise UsageError(f"unknown target {said['target']}{_nearest(said['target'], names)}")
    simple = _some(
        said, "jobs", "scheduler", "strict", "dry_run", "force", "report", "entry_seconds", "entry_megabytes"
    )
    return replace(
        base,
        to=parse_formats(said.get("to", base.to)),
        extract=replace(base.extract, **_some(said, "encoding", "emails")),
        normalize=_normalize(config, said, base.normalize),
        routes=_route_options(config, said, base.routes),
        paths=base.paths | config.paths | said.get("paths", {}),
        targets=targets,
        uploads=tuple(said.get("uploads", base.uploads)),
        **simple,
        **_some(said, "archives", "target", "scaffold"),
    )


def _normalize(config: Config, said: Mapping[str, Any], base: NormalizeOptions) -> NormalizeOptions:
    shortcodes = config.shortcodes or base.shortcodes
    return replace(base, shortcodes=shortcodes, **_some(said, "body", "legacy_anchors"))


def _route_options(config: Config, said: Mapping[str, Any], base: RouteOptions) -> RouteOptions:
    apart: dict[str, Route] = dict.fromkeys(APART, "draft") if said.get("drafts") == "separate" else {}
    return replace(
        base,
        types=config.types or base.types,
        statuses=(apart | config.statuses) or base.statuses,
        **_some(said, "drafts_folder"),
    )


def parse_formats(names: Iterable[str]) -> tuple[str, ...]:
    """Return ``names`` as formats in the order of writing. Raises UsageError for an unknown one, or none."""
    wanted = {name.strip() for name in names if name.strip()}
    for name in sorted(wanted):
        if name not in FORMATS:
            raise UsageError(f"unknown format {name}{_nearest(name, FORMATS)}")
    if not wanted:
        raise UsageError(f"no format named: choose from {', '.join(FORMATS)}")
    return tuple(form for form in FORMATS if form in wanted)


def _target(key: str, table: dict[str, Any], name: str) -> None:
    """Raise ConfigError unless ``table`` makes a target."""
    base = table.get("base", "commonmark")
    if key in TARGETS:
        raise ConfigError(f"{name}: targets.{key}: wpmigrate has a target of that name; take another")
    if base not in TARGETS:
        raise ConfigError(f"{name}: targets.{key}.base: unknown target {base}{_nearest(str(base), TARGETS)}")
    try:
        target_named(key, {key: table})
    except ConfigError as error:
        raise ConfigError(f"{name}: {error}") from error


def _some(said: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: said[key] for key in keys if key in said}


def _check(table: Mapping[str, Any], known: Mapping[str, tuple[Any, str]], name: str, where: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{name}: unknown key {where}{key}{_nearest(key, known)}")
        _convert(value, known[key][0], name, f"{where}{key}")


def _routes(routes: Mapping[str, Any], table: str, name: str) -> dict[str, Route]:
    rows = routes.get(table, {})
    return {key: _convert(route, Route, name, f"routes.{table}.{key}") for key, route in rows.items()}


def _shortcode(rule: Any, name: str, where: str) -> ShortcodeRule:
    _check(_convert(rule, dict[str, Any], name, where), _RULE, name, f"{where}.")
    made: ShortcodeRule = _convert(rule, ShortcodeRule, name, where)
    needed = _NEEDED.get(made.action, "")
    if needed and not getattr(made, needed):
        raise ConfigError(f"{name}: {where}: the action {made.action} needs a {needed}")
    return made


def _convert(value: Any, kind: Any, name: str, where: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}: {where}: {_problem(value, kind, str(error))}") from error


def _problem(value: Any, kind: Any, said: str) -> str:
    """Return what is wrong with ``value`` in words for a person who writes TOML, from what msgspec ``said``."""
    if get_origin(kind) is Literal:
        return f"must be one of {', '.join(get_args(kind))}, not {value!r}"
    if kind is _Folder:
        return f"must be a folder name below the output, such as _drafts, not {value!r}"
    wanted, _, got = said.partition(" - at ")[0].removeprefix("Expected ").partition(", got ")
    words = f"must be {wanted}, not {got}" if got else f"must be {wanted}, not {value!r}"
    return re.sub(r"`(\w+)`", lambda found: _WORDS.get(found[1], found[1]), words)


def _encoding(name: str, encoding: str) -> None:
    """Raise ConfigError unless ``encoding`` is one of texts, which can also say what they cannot read."""
    try:
        b"a\xff".decode(encoding or "utf-8", "replace")
    except (LookupError, ValueError):
        hint = "try utf-8, windows-1252 or utf-16"
        raise ConfigError(f"{name}: convert.encoding: no encoding is called {encoding!r}; {hint}") from None


def _memory(name: str, megabytes: int) -> None:
    """Raise ConfigError for a limit with which a worker cannot live."""
    if 0 < megabytes < _LEAST_MEGABYTES:
        raise ConfigError(
            f"{name}: convert.entry_megabytes: must be at least {_LEAST_MEGABYTES}, or 0 for no limit, not {megabytes}"
        )


def _nearest(word: str, known: Iterable[str]) -> str:
    """Return the hint after an unknown word: the nearest known one, or all of them."""
    names = list(known)
    near = difflib.get_close_matches(word, names, 1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(names)}"
