"""Write the documents that are made from the source. ``--check`` writes nothing and exits 1 when one is stale.

Run from anywhere: ``python tools/make_docs.py``. A new document is a row in DOCUMENTS.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import msgspec

from wpmigrate.cli.reference import cli_reference
from wpmigrate.model import SCHEMA_VERSION, Entry, entry, nodes, notices
from wpmigrate.runner.index import menus
from wpmigrate.runner.media import download_records
from wpmigrate.runner.media import records as media_records
from wpmigrate.runner.site_files import records as site_records

sys.path.insert(0, str(Path(__file__).resolve().parent))
from fidelity import fidelity
from targets_doc import targets_reference

PROJECT = Path(__file__).resolve().parent.parent

RECORD_MODULES = (entry, nodes, notices)
"""Where the records of the JSON are defined."""

UNIONS = {"Inline": nodes.Inline, "Block": nodes.Block}
"""Unions that the schema names once, in place of a list of all their members wherever they occur."""

VERSION_RULE = "The version of this format; raised when a reader of the JSON or YAML would have to change."

_ROLE = re.compile(r":\w+:`([^`]*)`")


def entry_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of the JSON files."""
    schema = msgspec.json.schema(Entry)
    definitions = schema["$defs"]
    for name, record in _records().items():
        if name in definitions:
            _complete(definitions[name], record, _field_docs()[name])
    _name_unions(definitions)
    definitions["Entry"]["properties"]["schema_version"] = {
        "description": VERSION_RULE,
        "const": SCHEMA_VERSION,
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "entry.schema.json",
        "title": "An entry as wpmigrate writes it",
    }
    return json.dumps({**head, **schema}, indent=2, ensure_ascii=False) + "\n"


def media_report_schema() -> str:
    """Return the JSON Schema of ``media-report.json``."""
    title = "What became of each file, as wpmigrate media download writes it"
    return _small_schema(download_records.MediaReport, (download_records,), "media-report.schema.json", title)


def site_schema() -> str:
    """Return the JSON Schema of ``site.json``."""
    title = "A whole site as wpmigrate writes it"
    text = _small_schema(site_records.SiteRecord, (site_records, menus), "site.schema.json", title)
    schema = json.loads(text)
    version = schema["$defs"]["SiteRecord"]["properties"]["schema_version"]
    version |= {"description": VERSION_RULE, "const": site_records.SITE_SCHEMA_VERSION}
    del version["type"]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def media_schema() -> str:
    """Return the JSON Schema of ``media.json``."""
    title = "The files of a site as wpmigrate lists them"
    schema = json.loads(_small_schema(media_records.MediaManifest, (media_records,), "media.schema.json", title))
    version = schema["$defs"]["MediaManifest"]["properties"]["schema_version"]
    version |= {"description": VERSION_RULE, "const": media_records.MEDIA_SCHEMA_VERSION}
    del version["type"]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _small_schema(record: type[msgspec.Struct], modules: Sequence[ModuleType], name: str, title: str) -> str:
    """Return the JSON Schema of ``record``, all of whose parts are defined in ``modules``."""
    schema = msgspec.json.schema(record)
    for module in modules:
        for defined, docs in _module_docs(module).items():
            if defined in schema["$defs"]:
                _complete(schema["$defs"][defined], getattr(module, defined), docs)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, "title": title}
    return json.dumps({**head, **schema}, indent=2, ensure_ascii=False) + "\n"


DOCUMENTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("docs/schema/entry.schema.json", entry_schema),
    ("docs/schema/media.schema.json", media_schema),
    ("docs/schema/media-report.schema.json", media_report_schema),
    ("docs/schema/site.schema.json", site_schema),
    ("docs/cli.md", cli_reference),
    ("docs/fidelity.md", fidelity),
    ("docs/targets/reference.md", targets_reference),
)
"""Each generated file, relative to the project, and what makes its text."""


def _records() -> dict[str, type[msgspec.Struct]]:
    """Return every record class by name."""
    found = [value for module in RECORD_MODULES for value in vars(module).values() if inspect.isclass(value)]
    return {record.__name__: record for record in found if issubclass(record, msgspec.Struct)}


def _complete(definition: dict[str, Any], record: type[msgspec.Struct], docs: dict[str, str]) -> None:
    """Add to a definition what msgspec does not say: descriptions, and which keys are there.

    A record writes all of its fields but those that are unset; a node leaves out those that have their default.
    """
    properties = definition["properties"]
    for name, text in docs.items():
        if name in properties:
            properties[name] = {"description": text, **properties[name]}
    definition["description"] = _plain(definition["description"])
    if not record.__struct_config__.omit_defaults:
        unset = {field.name for field in msgspec.structs.fields(record) if field.default is msgspec.UNSET}
        definition["required"] = [name for name in properties if name not in unset]
    definition["additionalProperties"] = False


def _field_docs() -> dict[str, dict[str, str]]:
    """Return the docstrings under the fields, by class and field. Those of Fields serve for Entry too."""
    docs: dict[str, dict[str, str]] = {}
    for module in RECORD_MODULES:
        docs |= _module_docs(module)
    docs["Entry"] = {**docs["Entry"], **docs["Fields"]}
    return docs


def _module_docs(module: ModuleType) -> dict[str, dict[str, str]]:
    body = ast.parse(inspect.getsource(module)).body
    return {node.name: _class_docs(node) for node in body if isinstance(node, ast.ClassDef)}


def _class_docs(node: ast.ClassDef) -> dict[str, str]:
    docs = {}
    for field, after in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr):
            docs[ast.unparse(field.target)] = _plain(ast.literal_eval(after.value))
    return docs


def _plain(text: str) -> str:
    """Return a docstring as one line without Sphinx's markup."""
    return " ".join(_ROLE.sub(r"\1", text).replace("``", "`").split())


def _name_unions(definitions: dict[str, Any]) -> None:
    """Define each of UNIONS once and refer to it. msgspec's ``discriminator`` is OpenAPI's; JSON Schema has none."""
    members = {name: {record.__name__ for record in get_args(union)} for name, union in UNIONS.items()}
    for definition in [*definitions.values()]:
        for schema in definition["properties"].values():
            items = schema.get("items", {})
            items.pop("discriminator", None)
            references = {choice.get("$ref", "").rpartition("/")[2] for choice in items.get("anyOf", ())}
            for name, union in members.items():
                if references == union:
                    definitions[name] = items
                    schema["items"] = {"$ref": f"#/$defs/{name}"}


def main(arguments: list[str]) -> int:
    """Write or check every document; return the exit code."""
    stale = []
    for name, make in DOCUMENTS:
        path, text = PROJECT / name, make()
        if path.exists() and path.read_bytes() == text.encode():
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    verb = "stale, run `make docs`" if "--check" in arguments else "written"
    for name in stale:
        print(f"{name}: {verb}", file=sys.stderr)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
