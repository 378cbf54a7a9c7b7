"""The last conversion once more, with its own inputs and options: after a download, so that the outputs refer to the new files."""

from __future__ import annotations

import os

import msgspec

from wpmigrate.errors import InputError
from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.fetch import local_places
from wpmigrate.runner.files import exists
from wpmigrate.runner.records import Observer, Totals
from wpmigrate.runner.state import State, recorded_inputs, recorded_options

__all__ = ["reconvert"]


def reconvert(output: str, observer: Observer) -> Totals:
    """Run the conversion that made the folder ``output`` again and return its totals.

    Copies of uploads that are gone are left out: what was taken from them is there. Raises InputError that says what to do when the
    inputs are not known or not where they were.
    """
    state = State(output)
    try:
        options, (inputs, report) = recorded_options(state), recorded_inputs(state)
    finally:
        state.close()
    if options is None or not inputs:
        raise InputError(
            f"{output} does not say what it was made of: run wpmigrate convert INPUT... {output} again"
        )
    gone = [path for path in inputs if not exists(path)]
    if gone:
        raise InputError(
            f"{gone[0]} is not there any more: run wpmigrate convert again with its new place, INPUT... {output}"
        )
    with local_places(inputs, output) as places:
        return run(plan_run(places.inputs, places.output, _now(options, report), inputs), observer)


def _now(options: RunOptions, report: str) -> RunOptions:
    copies = tuple(path for path in options.uploads if os.path.exists(path))
    return msgspec.structs.replace(options, uploads=copies, report=report)
