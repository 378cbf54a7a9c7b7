"""Every error that wpmigrate raises on purpose, and the exit code that each means.

::

    WpmigrateError                 1
    ├── UsageError                 2   the command line or the configuration is wrong
    │   └── ConfigError            2   a configuration file does not say what it must
    ├── InputError                 2   the input cannot be read at all
    └── EntryError                 1   one entry cannot be converted; the others go on
        ├── ExtractError           1   the source of the entry cannot be read
        ├── NormalizeError         1   its body cannot be made into a tree
        ├── WriteError             1   its tree cannot be written
        └── ProofError             1   what was written does not say what the source says

An :class:`EntryError` never stops a run: the runner turns it into a ``failed`` line of the report.
"""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "EntryError",
    "ExtractError",
    "InputError",
    "NormalizeError",
    "ProofError",
    "UsageError",
    "WpmigrateError",
    "WriteError",
]


class WpmigrateError(Exception):
    """The root of the tree; its text says what happened, where, and what to do next."""

    exit_code = 1


class UsageError(WpmigrateError):
    """The command line asks for something that cannot be done."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration file is not readable, or a key in it is unknown or of the wrong type."""


class InputError(WpmigrateError):
    """The input does not exist, or none of it can be read."""

    exit_code = 2


class EntryError(WpmigrateError):
    """One entry cannot be converted. The run goes on and reports it as failed."""


class ExtractError(EntryError):
    """The source of one entry cannot be read."""


class NormalizeError(EntryError):
    """The body of one entry cannot be made into a tree."""


class WriteError(EntryError):
    """The tree of one entry cannot be written."""


class ProofError(EntryError):
    """What was written does not say what the source says."""
