"""JSON from outside, only as deep as anything that the office asks: what reads it further calls itself a level."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 50
"""Levels, as of a file of YAML."""


def shallow_json(text: str | bytes) -> Any:
    """What a text of JSON holds.

    Raises:
        ValueError: It is no JSON, or deeper than :data:`DEEPEST`.
    """
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("deep") from error
    layer = [found]
    for _ in range(DEEPEST + 1):
        layer = [inner for one in layer for inner in _within(one)]
        if not layer:
            return found
    raise ValueError("deep")


def _within(one: Any) -> Any:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
