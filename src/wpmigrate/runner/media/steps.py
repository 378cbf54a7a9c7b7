"""What a conversion does about files, step by step. Nothing heavy is imported for pages without an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmigrate.errors import UsageError
from wpmigrate.runner.leftovers import Swept
from wpmigrate.runner.plan import Plan
from wpmigrate.runner.records import SiteFile, Totals
from wpmigrate.runner.storage import is_url

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index

__all__ = ["check_copies", "clear_media", "take_media"]


def check_copies(plan: Plan) -> None:
    """Raise UsageError when there are copies of uploads that cannot be read, or that this run has no use for."""
    copies = plan.options.uploads
    if copies and not plan.has_exports:
        raise UsageError(
            "--uploads needs a WordPress export (WXR) among the inputs: pages alone do not tell the site's files"
        )
    if copies and is_url(plan.output):
        raise UsageError(
            "--uploads needs an OUTPUT folder on disk: convert there, then copy the folder to its address"
        )
    if copies:
        from wpmigrate.runner.media.uploads import check_uploads

        for path in copies:
            check_uploads(path)


def take_media(index: Index | None, plan: Plan, totals: Totals) -> list[SiteFile]:
    """Take the files that are used out of the copies that ``plan`` names, make the site answer for all that are there, and return what went wrong, for the report."""
    if index is None:
        return []
    from wpmigrate.runner.media.library import prepare_media

    options = plan.options
    problems = prepare_media(
        index, plan.output, options.uploads, force=options.force, dry_run=options.dry_run
    )
    totals.media = problems.counts
    return [SiteFile(place, "failed", message) for place, message in problems.all()]


def clear_media(index: Index, plan: Plan, damaged: bool) -> Swept:
    """Remove the files that nothing public uses any more, unless an export is ``damaged``. Raises OSError."""
    from wpmigrate.runner.media.library import sweep_media

    return Swept() if damaged else sweep_media(index, plan.output)
