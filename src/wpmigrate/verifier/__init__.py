"""The proof: source bytes against output files, with another parser, engine and YAML reader than the converter's."""

from __future__ import annotations

from wpmigrate.verifier.body import check_markdown
from wpmigrate.verifier.verify import verify

__all__ = ["check_markdown", "verify"]
