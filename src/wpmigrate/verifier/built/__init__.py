"""The proof on the built site: the source against the HTML that a site builder made of the files."""

from __future__ import annotations

from wpmigrate.verifier.built.check import BuiltProof, local_path
from wpmigrate.verifier.built.main_element import Selector, parse_selector, read_built
from wpmigrate.verifier.built.prints import prints_in, prints_of
from wpmigrate.verifier.built.rules import RULES

__all__ = ["RULES", "BuiltProof", "Selector", "local_path", "parse_selector", "prints_in", "prints_of", "read_built"]
