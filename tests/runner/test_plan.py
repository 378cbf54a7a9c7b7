"""A plan is made without a disk."""

from __future__ import annotations

import pytest

from wpmigrate.errors import InputError
from wpmigrate.options import RunOptions
from wpmigrate.runner.batch import open_batch
from wpmigrate.runner.plan import Found, Packed, make_plan
from wpmigrate.runner.records import Refused


def test_sources_of_all_inputs_stand_in_one_order():
    plan = make_plan([Found("one", ["b.html", "a/c.html"]), Found("two", ["b.html"])], "out", RunOptions())
    assert [(job.root, job.path, job.stem) for job in plan.jobs] == [
        ("one", "a/c.html", "a/c"),
        ("one", "b.html", "b"),
        ("two", "b.html", "b-html"),
    ]


def test_nothing_to_do_is_an_error_that_says_what_was_looked_for():
    with pytest.raises(InputError, match=r"here.*\.html"):
        make_plan([Found("here", ignored={".jpg": 3})], "out", RunOptions())


def test_refused_things_count_as_entries():
    found = Found("r", ["a.html"], refused=[Refused("b.html", "skipped", "why")])
    plan = make_plan([found], "out", RunOptions())
    with open_batch(plan) as batch:
        assert batch.total == 2


def test_a_page_called_report_leaves_the_report_its_name():
    plan = make_plan([Found("r", ["report.html"])], "out", RunOptions())
    assert plan.jobs[0].stem != "report"


def test_a_page_called_site_gives_way_where_there_is_a_site():
    exports = [Packed("e.xml", "plain")]
    pages = ["redirects.html", "site.html"]
    assert [job.stem for job in make_plan([Found("r", pages)], "out", RunOptions()).jobs] == [
        "redirects",
        "site",
    ]
    plan = make_plan([Found("r", pages, exports)], "out", RunOptions())
    assert [job.stem for job in plan.jobs] == ["redirects-html", "site-html"]


def test_ignored_files_are_summed_over_the_inputs():
    found = [Found("r", ["a.html"], ignored={".png": 1}), Found("s", ignored={".png": 2, ".css": 1})]
    assert make_plan(found, "out", RunOptions()).ignored == {".css": 1, ".png": 3}
