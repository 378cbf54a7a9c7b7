"""PHP's ``serialize()`` format, which WordPress uses for what is no plain text in its metadata.

Source of the format: https://www.php.net/manual/en/function.serialize.php and the answers of PHP itself. Nothing is
ever executed or instantiated: an object is read as a mapping.

Exports break the format in one way: a string says its length in bytes, and what happened to the text afterwards (line ends
folded, an encoding repaired, an address replaced) changed that. Such a string is taken to end at the next place where one
can end. All else that is wrong is an error, so that a value is either understood or kept as the text that it is.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

__all__ = ["CLASS_KEY", "REFERENCE_KEY", "looks_serialized", "unserialize"]

CLASS_KEY = "__class__"
"""The key under which an object's class stands."""
REFERENCE_KEY = "__reference__"
"""The key of a mapping that stands for another array or object of the same value: the how manieth value it is."""

_MAX_DEPTH = 256
_LONG = 1000  # what a reference leads to is repeated in full up to here, lest many references swell
_NO_KEY: Final = object()
_CONTAINER: Final = object()

_START = re.compile(r'\s*(?:N;|b:[01];|[idrR]:[-+.\dIN]|[sE]:\d+:"|a:\d+:\{|[OC]:\d+:")')

# A string ends here if what follows can follow: the end, a closing brace, another value.
_FOLLOW = rb'(?=\}|N;|[bidrR]:[-+.\dIN]|[sOCE]:\d+:"|a:\d+:\{|\Z)'
_STRING_END = re.compile(rb'";' + _FOLLOW)
_NESTED_END = re.compile(rb'(?<=\})";' + _FOLLOW)
_NESTED_START = re.compile(rb"(?:a:\d+:|O:\d+:\"[^\"]*+\":\d+:)\{")

_TOKEN = re.compile(
    rb"""
      (?P<null>N;)
    | b:(?P<bool>[01]);
    | i:(?P<int>[-+]?\d{1,20});
    | d:(?P<float>-?INF|NAN|[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?);
    | s:(?P<string>\d{1,12}):"
    | a:(?P<array>\d{1,12}):\{
    | O:\d++:"(?P<class_name>[^"]*+)":(?P<object>\d{1,12}):\{
    | C:\d++:"(?P<custom_name>[^"]*+)":(?P<custom>\d{1,12}):\{
    | E:\d++:"(?P<enum>[^"]*+)";
    | [rR]:(?P<reference>\d{1,12});
    | (?P<close>\})
    """,
    re.VERBOSE,
)


def looks_serialized(text: str) -> bool:
    """Return whether ``text`` begins and ends as a serialized value does. Cheap; :func:`unserialize` may still fail."""
    return _START.match(text) is not None and text.rstrip()[-1] in ";}"


def unserialize(text: str) -> Any:
    """Return the value that ``text`` holds, as JSON has it.

    Arrays whose keys are 0, 1, 2 … become lists, others dicts with text keys (to PHP ``5`` and ``"5"`` are one key).
    Objects become dicts with their class under ``__class__``; private and protected names lose their mark. Infinity and
    NaN, which JSON does not have, and integers of more than 64 bits become the text that PHP writes. A reference to text or a number becomes that; one to an
    array or object becomes ``{"__reference__": n}``. Strings that hold a serialized value stay text.

    Raises :class:`ValueError` when the text is no such value, or is damaged in more than the lengths of strings.
    """
    return _Reader(text.strip().encode("utf-8", "surrogatepass")).read()


class _Frame:
    """An array or object that is being read."""

    __slots__ = ("count", "items", "key", "name")

    def __init__(self, count: int, name: str | None) -> None:
        self.count = count
        self.name = name
        self.key: Any = _NO_KEY
        self.items: list[tuple[Any, Any]] = []


class _Reader:
    """Reads one value from left to right, with a stack of its own."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.stack: list[_Frame] = []
        self.nested_ends = True  # whether there may be one from here on
        self.values: list[Any] = []  # what references count: every value but keys and references

    def read(self) -> Any:
        while True:
            token = _TOKEN.match(self.data, self.at)
            if token is None:
                raise self._error("no PHP value")
            self.at = token.end()
            kind = str(token.lastgroup)
            if kind in ("array", "object"):
                self._open(token, kind)
                continue
            value = self._close() if kind == "close" else self._scalar(kind, token)
            if not self.stack:
                break
            self._place(value)
        if self.at != len(self.data):
            raise self._error("more text after the PHP value")
        return value

    def _scalar(self, kind: str, token: re.Match[bytes]) -> Any:
        value = self._value(kind, token)
        if kind != "reference" and not self._wants_key():
            self.values.append(_CONTAINER if isinstance(value, dict) else value)
        return value

    def _value(self, kind: str, token: re.Match[bytes]) -> Any:
        match kind:
            case "null":
                return None
            case "bool":
                return token["bool"] == b"1"
            case "int":
                return _whole(int(token["int"]))
            case "float":
                return _number(_text(token["float"]))
            case "string":
                return self._string(int(token["string"]))
            case "enum":
                name, _, case = _text(token["enum"]).partition(":")
                return {CLASS_KEY: name, "case": case}
            case "custom":
                return {CLASS_KEY: _text(token["custom_name"]), "data": self._custom(int(token["custom"]))}
            case _:
                return self._reference(int(token["reference"]))

    def _string(self, length: int) -> str:
        """Read up to where the length says, if a string can end there, or else to the first place where one can."""
        start = self.at
        end = _STRING_END.match(self.data, start + length)
        if end is None and self.nested_ends and _NESTED_START.match(self.data, start):
            end = _NESTED_END.search(self.data, start)
            self.nested_ends = end is not None
        if end is None:
            end = _STRING_END.search(self.data, start)
        if end is None:
            raise self._error("a string without an end")
        self.at = end.end()
        return _text(self.data[start : end.start()])

    def _custom(self, length: int) -> str:
        """Read what a class of its own wrote; only its length says where it ends."""
        end = self.at + length
        if self.data[end : end + 1] != b"}":
            raise self._error("an object of a damaged length")
        content = self.data[self.at : end]
        self.at = end + 1
        return _text(content)

    def _reference(self, number: int) -> Any:
        if not 0 < number <= len(self.values):
            raise self._error("a reference to nothing")
        value = self.values[number - 1]
        if value is _CONTAINER or (isinstance(value, str) and len(value) > _LONG):
            return {REFERENCE_KEY: number}
        return value

    def _open(self, token: re.Match[bytes], kind: str) -> None:
        if self._wants_key():
            raise self._error("a key that is neither number nor text")
        if len(self.stack) >= _MAX_DEPTH:
            raise self._error(f"more than {_MAX_DEPTH} arrays in one another")
        self.values.append(_CONTAINER)
        name = _text(token["class_name"]) if kind == "object" else None
        self.stack.append(_Frame(int(token[kind]), name))

    def _close(self) -> Any:
        if not self.stack:
            raise self._error("a closing brace too many")
        frame = self.stack.pop()
        if len(frame.items) != frame.count or frame.key is not _NO_KEY:
            raise self._error(f"an array of {len(frame.items)} items that says {frame.count}")
        return _as_array(frame.items) if frame.name is None else _as_object(frame.name, frame.items)

    def _wants_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].key is _NO_KEY

    def _place(self, value: Any) -> None:
        frame = self.stack[-1]
        if frame.key is not _NO_KEY:
            frame.items.append((frame.key, value))
            frame.key = _NO_KEY
        elif isinstance(value, int | str) and not isinstance(value, bool):
            frame.key = value
        else:
            raise self._error("a key that is neither number nor text")

    def _error(self, what: str) -> ValueError:
        context = self.data[self.at : self.at + 40].decode("utf-8", "replace")
        return ValueError(f"{what} at byte {self.at}: {context!r}")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _whole(number: int) -> int | str:
    """Return ``number``, or as text one that PHP could not have: many readers of JSON and YAML would round it."""
    return number if -(2**63) <= number < 2**63 else str(number)


def _number(text: str) -> float | str:
    return text if text[-1] in "FN" or math.isinf(float(text)) else float(text)


def _as_array(items: list[tuple[Any, Any]]) -> Any:
    if all(key == place for place, (key, _) in enumerate(items)):
        return [value for _, value in items]
    return {str(key): value for key, value in items}


def _as_object(name: str, items: list[tuple[Any, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {CLASS_KEY: name}
    for key, value in items:
        owner, plain = _property(str(key))
        result[f"{owner}::{plain}" if plain in result else plain] = value
    return result


def _property(key: str) -> tuple[str, str]:
    """Return the class in the mark of a private or protected property, and the bare name.

    PHP writes ``\\0Class\\0name`` for private ones and ``\\0*\\0name`` for protected ones.
    """
    if key.startswith("\0") and "\0" in key[1:]:
        owner, _, plain = key[1:].partition("\0")
        return owner, plain
    return "", key
