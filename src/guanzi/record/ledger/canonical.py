"""Canonical JSON (RFC 8785): one content, one sequence of bytes, in whatever language it is written.

Different from :func:`guanzi.base.core.canonical_json`, which hashes Python data: here numbers are written as ECMAScript
writes them and keys are ordered by UTF-16, so that an auditor can repeat a hash with any conforming library.

References:
    RFC 8785: JSON Canonicalization Scheme. 2020.
"""

from __future__ import annotations

import json
import math
from typing import Any

_MOST_EXACT = 2**53
_LOW, _HIGH = -6, 21
"""Decimal exponents between which ECMAScript writes a number without an exponent."""


def canonical_bytes(value: Any) -> bytes:
    """The canonical form of plain data.

    Raises:
        ValueError: A number is NaN, infinite, or a whole number that a double does not hold; or text holds half of a
            surrogate pair.
        TypeError: Something is no JSON, or a key is no text.

    >>> canonical_bytes({"b": 1.0, "a": [1e21, 0.000001, "合肥"]}).decode()
    '{"a":[1e+21,0.000001,"合肥"],"b":1}'
    """
    return "".join(_parts(value)).encode("utf-8")


def _parts(value: Any) -> list[str]:
    match value:
        case None:
            return ["null"]
        case bool():
            return ["true" if value else "false"]
        case str():
            return [json.dumps(value, ensure_ascii=False)]
        case int() | float():
            return [_number(value)]
        case list() | tuple():
            inner = [part for n, item in enumerate(value) for part in ([","] if n else []) + _parts(item)]
            return ["[", *inner, "]"]
        case dict():
            if not all(isinstance(key, str) for key in value):
                raise TypeError("canonical JSON needs text keys")
            keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
            pairs = ([json.dumps(key, ensure_ascii=False), ":", *_parts(value[key])] for key in keys)
            inner = [part for n, pair in enumerate(pairs) for part in ([","] if n else []) + pair]
            return ["{", *inner, "}"]
    raise TypeError(f"{type(value).__name__} is no JSON")


def _number(value: float) -> str:
    """A number as ECMAScript writes it: the shortest digits that give the same double."""
    if isinstance(value, int) and abs(value) > _MOST_EXACT:
        raise ValueError(f"{value} is not held exactly by a double")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("JSON has neither NaN nor infinity")
    if number == 0.0:
        return "0"
    digits, point = _digits(number)
    sign = "-" if number < 0 else ""
    if _LOW < point <= _HIGH:
        if point <= 0:
            return f"{sign}0.{'0' * -point}{digits}"
        if len(digits) <= point:
            return f"{sign}{digits}{'0' * (point - len(digits))}"
        return f"{sign}{digits[:point]}.{digits[point:]}"
    power = point - 1
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{'+' if power >= 0 else '-'}{abs(power)}"


def _digits(number: float) -> tuple[str, int]:
    """The shortest significant digits, and how many of them stand before the decimal point."""
    text, _, power = repr(abs(number)).partition("e")
    whole, _, fraction = text.partition(".")
    point = len(whole) + int(power or 0)
    digits = whole + fraction
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return stripped.rstrip("0"), point
