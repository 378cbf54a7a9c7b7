"""The addresses that WordPress answers, in one spelling each."""

from __future__ import annotations

from collections.abc import Container

__all__ = ["address_key", "original_key", "upload_key"]


def address_key(url: str, hosts: Container[str], base_url: str) -> str:
    """Return the canonical key of ``url`` within the site, or an empty text when it is not of the site."""
    raise NotImplementedError


def upload_key(url: str, hosts: Container[str] | None = None) -> str:
    """Return the path of an uploaded file below ``wp-content/uploads/``; empty when ``url`` is no upload.

    With ``hosts``, only uploads of these hosts (or without a host) count.
    """
    raise NotImplementedError


def original_key(key: str) -> str:
    """Return the key of the original file of a variant: without ``-300x200``, ``-scaled``, ``-rotated``, ``-e123…``."""
    raise NotImplementedError
