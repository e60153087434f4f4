"""Figures as they are written: how exact they are, and whether two of them can be one figure."""

from __future__ import annotations

#: Two figures closer than this are one: annual accounts are restated by less without anybody calling it a conflict.
CLOSE = 0.005


def last_place(figure: str) -> float:
    """The worth of the last digit that a figure gives; zeros at the end of a whole number may be rounding.

    >>> last_place("4950"), last_place("0.25"), last_place("7825")
    (10.0, 0.01, 1.0)
    """
    mantissa, _, exponent = figure.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    place = 10.0 ** -len(decimals) if decimals else 10.0 ** (len(whole) - len(whole.rstrip("0")))
    return place * 10.0 ** int(exponent or 0)


def digits_of(figure: str) -> int:
    """How many digits of a figure say something.

    >>> digits_of("0.54"), digits_of("7825"), digits_of("4950")
    (2, 4, 3)
    """
    mantissa = figure.lower().partition("e")[0].lstrip("+-")
    return len(mantissa.replace(".", "").lstrip("0")) if "." in mantissa else len(mantissa.strip("0"))
