"""The converter's own output raises no alarm, whichever formats are asked for, with a site or without."""

from __future__ import annotations

import pytest

from wpmigrate.model import Site


@pytest.mark.parametrize("to", [("markdown", "json", "yaml"), ("markdown",), ("json",), ("yaml",), ("markdown", "yaml")])
@pytest.mark.parametrize("item", range(4))
def test_no_alarm(sample, item, to):
    source = sample.sources[item]
    assert sample.findings(source, sample.files(source, to)) == ()


@pytest.mark.parametrize("item", range(4))
def test_no_alarm_without_a_site(sample, item):
    source = sample.sources[item]
    assert sample.findings(source, sample.files(source, site=Site()), Site()) == ()


@pytest.mark.parametrize("item", range(4))
def test_no_alarm_with_emails(sample_with_emails, item):
    source = sample_with_emails.sources[item]
    files = sample_with_emails.files(source)
    assert sample_with_emails.findings(source, files) == ()
    assert (b"bo.hidden@mail.example" in files[1].data) == (item == 0)
