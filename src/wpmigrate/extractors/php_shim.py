"""Temporary: replaced by wpmigrate.wordpress.php."""

from typing import Any


def looks_serialized(text: str) -> bool:
    """Stub."""
    return False


def unserialize(text: str) -> Any:
    """Stub."""
    raise ValueError
