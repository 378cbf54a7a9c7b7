"""Shortcodes and Liquid, said in HTML for the proof."""

from __future__ import annotations

from wpmigrate.options import NormalizeOptions

__all__ = ["expand_shortcodes", "protect_code"]


def protect_code(text: str, options: NormalizeOptions) -> str:
    return text


def expand_shortcodes(text: str, options: NormalizeOptions) -> str:
    return text
