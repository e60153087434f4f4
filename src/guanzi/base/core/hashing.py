"""Hashes of content: the same content gives the same bytes, wherever it came from."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core.messages import Message
from guanzi.base.core.periods import Period


def canonical_json(value: Any) -> str:
    """JSON with one spelling for one content: keys sorted, no spaces, no NaN or infinity, floats by shortest ``repr``.

    Dates, periods and messages are written in their plain forms.

    Raises:
        ValueError: A number is NaN or infinite.
        TypeError: A value has no plain form, or a key is not text.

    >>> canonical_json({"b": 1.5, "a": (1, None)})
    '{"a":[1,null],"b":1.5}'
    """
    _check_keys(value)
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain_form
    )


def sha256_of(value: Any) -> str:
    """SHA-256 (64 hexadecimal digits) of bytes as they are, or of the canonical JSON of anything else."""
    content = value if isinstance(value, bytes) else canonical_json(value).encode("utf-8")
    return hashlib.sha256(content).hexdigest()


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file, without holding all of it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_keys(value: Any) -> None:
    # json.dumps would turn 1 and "1" into the same key: two contents, one hash.
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"canonical JSON needs text keys, not {key!r}")
            _check_keys(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_keys(item)


def _plain_form(value: Any) -> Any:
    if isinstance(value, Message):
        return value.as_dict()
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical JSON form")
