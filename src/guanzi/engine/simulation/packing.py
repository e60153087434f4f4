"""An assembled program as bytes, and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np

from guanzi.engine.machine import Assembled

_LENGTH = 8


def pack(program: Assembled) -> bytes:
    """An assembled program as bytes."""
    values = {field.name: getattr(program, field.name) for field in fields(Assembled)}
    arrays = {name: np.ascontiguousarray(x) for name, x in values.items() if isinstance(x, np.ndarray)}
    plain = {name: x for name, x in values.items() if name not in arrays}
    forms = [(name, x.dtype.str, x.shape) for name, x in arrays.items()]
    head = json.dumps({"arrays": forms, "plain": plain}).encode()
    return b"".join((len(head).to_bytes(_LENGTH, "little"), head, *(x.tobytes() for x in arrays.values())))


def unpack(content: bytes) -> Assembled:
    """The program that :func:`pack` made into bytes."""
    place = _LENGTH + int.from_bytes(content[:_LENGTH], "little")
    head = json.loads(content[_LENGTH:place])
    plain = head["plain"].items()
    values: dict[str, Any] = {name: tuple(x) if isinstance(x, list) else x for name, x in plain}
    for name, kind, shape in head["arrays"]:
        array = np.frombuffer(content, np.dtype(kind), int(np.prod(shape)), place)
        values[name] = array.reshape(shape)
        place += array.nbytes
    return Assembled(**values)
