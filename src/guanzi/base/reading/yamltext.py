"""Plain data as YAML text that reads back as exactly the same data under the rules of this package."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from guanzi.base.reading.yaml import scalar_value

_PLAIN = re.compile(r"[^\W_][\w./%()+-]*(?: [\w./%()+-]+)*")
_WIDTH = 110


def yaml_text(data: Any) -> str:
    """Dictionaries with text keys, lists, text, numbers, booleans, dates and None as a YAML document.

    >>> print(yaml_text({"due": date(2020, 4, 29), "name": "no", "parts": [{"a": 1.0}]}), end="")
    due: 2020-04-29
    name: no
    parts:
      - {a: 1.0}
    >>> print(yaml_text({"rate": "8.5%", "unit": "1e6"}), end="")
    rate: 8.5%
    unit: "1e6"
    """
    return "\n".join(_block(data, 0)) + "\n"


def _block(data: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    flow = _flow(data)
    if not data or not isinstance(data, dict | list) or (depth > 1 and len(indent) + len(flow) <= _WIDTH):
        yield indent + flow
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{indent}{_scalar_key(key)}:", value, depth, len(indent) + len(_scalar_key(key)) + 2)
    else:
        for value in data:
            yield from _item(indent, value, depth)


def _entry(head: str, value: Any, depth: int, start: int) -> Iterator[str]:
    flow = _flow(value)
    plain_list = isinstance(value, list) and not any(isinstance(item, dict | list) for item in value)
    short = depth > 0 and start + len(flow) <= _WIDTH and (plain_list or isinstance(value, dict))
    if not value or not isinstance(value, dict | list) or short:
        yield f"{head} {flow}"
    else:
        yield head
        yield from _block(value, depth + 1)


def _item(indent: str, value: Any, depth: int) -> Iterator[str]:
    flow = _flow(value)
    if not value or not isinstance(value, dict | list) or len(indent) + 2 + len(flow) <= _WIDTH:
        yield f"{indent}- {flow}"
        return
    lines = list(_block(value, depth + 1))
    yield f"{indent}- {lines[0].lstrip(' ')}"
    yield from lines[1:]


def _flow(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_scalar_key(key)}: {_flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(_flow(value) for value in data) + "]"
    if isinstance(data, str):
        return data if _is_plain(data) and _stays_text(data) else _quoted(data)
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, float) and not math.isfinite(data):
        return ".nan" if math.isnan(data) else ".inf" if data > 0 else "-.inf"
    return data.isoformat() if isinstance(data, date) else repr(data)


def _scalar_key(key: str) -> str:
    return key if _is_plain(key) else _quoted(key)


def _is_plain(text: str) -> bool:
    return text.isascii() and _PLAIN.fullmatch(text) is not None


def _stays_text(text: str) -> bool:
    try:
        return bool(scalar_value(text) == text)
    except ValueError:
        return False


def _quoted(text: str) -> str:
    # JSON leaves some characters bare that YAML would take for line ends or refuse.
    return "".join(c if c.isprintable() or c == " " else _escaped(c) for c in json.dumps(text, ensure_ascii=False))


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
