"""JSON that has one meaning: what two readers could read in two ways is refused."""

from __future__ import annotations

import json
from typing import Any


def parse_strict(content: bytes) -> Any:
    """Plain data from JSON in UTF-8.

    Raises:
        ValueError: It is none; a key stands twice; a number is NaN or infinite; it is nested beyond measure.

    >>> parse_strict(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: the key 'a' stands twice
    """
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested beyond measure") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")
