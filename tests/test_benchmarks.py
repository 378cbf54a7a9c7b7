"""The benchmarks measure what the program does now: every stage runs. No time is asked for."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[1]
PAGE = b"---\ntitle: A\nstatus: publish\n---\n<h2 id='1'>Tea</h2>\n<p>One <strong>cup</strong>.</p>"


def test_every_stage_runs(monkeypatch):
    monkeypatch.syspath_prepend(str(PROJECT))
    from benchmarks import pipeline

    pages, statuses, raised = pipeline.prepare({"a.html": PAGE})
    assert (len(pages), dict(statuses), raised) == (1, {"written": 1}, {})
    for stage in pipeline.stages(pages).values():
        stage()
    assert pipeline.convert(pages[0].source) == "## Tea\n\nOne **cup**.\n"
