"""No password, no commenter's e-mail or IP address in any file; what is left out is counted."""

from __future__ import annotations

import json

import msgspec
import pytest


def with_text(files, form: str, old: str, new: str):
    """Return ``files`` with ``old`` replaced in the one of the format ``form``."""
    found = next(file for file in files if file.format == form)
    text = found.data.decode()
    assert old in text
    return [msgspec.structs.replace(file, data=text.replace(old, new, 1).encode()) if file is found else file for file in files]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("markdown", "title: ", "mail: bo.hidden@mail.example\ntitle: "),
        ("json", '"name": "Bo"', '"name": "Bo", "email": "bo.hidden@mail.example"'),
        ("comments-json", '"name": "Waiting"', '"name": "wait.hidden@mail.example"'),
        ("comments-yaml", "name: Waiting", "name: 203.0.113.80"),
    ],
)
def test_an_address_in_any_file_is_a_finding(sample, form, old, new):
    source = sample.sources[0]
    found = sample.findings(source, with_text(sample.files(source), form, old, new))
    assert "privacy" in {finding.what for finding in found}


def test_an_address_that_the_body_says_is_no_secret(sample):
    source = sample.sources[0]
    raw = source.raw.replace(b"Mine grew", b"Mine (bo.hidden@mail.example) grew")
    said = msgspec.structs.replace(source, raw=raw)
    assert "privacy" not in {finding.what for finding in sample.findings(said, sample.files(source))}


@pytest.mark.parametrize("place", ["title", "excerpt"])
def test_a_password_is_a_finding(sample, place):
    source = sample.sources[2]
    files = sample.files(source, ("json",))
    record = json.loads(files[0].data)
    record[place] += " Sesame42!"
    changed = msgspec.structs.replace(files[0], data=json.dumps(record, ensure_ascii=False).encode() + b"\n")
    assert any("password" in finding.message for finding in sample.findings(source, [changed]))


@pytest.mark.parametrize("word", ["spam", "mail", "IP"])
def test_each_omission_must_be_counted(sample, word):
    source = sample.sources[0]
    files = sample.files(source, ("json",))
    record = json.loads(files[0].data)
    assert any(word in notice["what"] for notice in record["notices"])
    for notice in record["notices"]:
        if word in notice["what"]:
            notice["count"] -= 1
    changed = msgspec.structs.replace(files[0], data=msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")
    assert any(finding.what == "notice" for finding in sample.findings(source, [changed]))
