"""Amounts in words: a number with its unit in the size that reads best, and the same in full precision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guanzi.base.core import Localised, Message, localised, render
from guanzi.render.scales import Scale, decimals, number, scale_for, whole_unit
from guanzi.render.typography import joint


@dataclass(frozen=True, slots=True)
class Measurement(Localised):
    """A value with its unit, and how sure it is.

    Attributes:
        value: None: there is no evidence.
        low, high: Ends of the 90 % interval, or of what is possible.
        bounds: The ends are limits within which nothing is more likely than else.
        sample: What must be known with it, e.g. the reference class of a proportion, or that sources disagree.
        entered: It is what a source states, and told as entered: a count of 1,688 is not 1,690.
        error: By how much 19 of 20 runs with other random numbers would differ from it at most; None: it has no such
            error, or it is not estimated.
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    bounds: bool = False
    sample: Message | None = None
    entered: bool = False
    error: float | None = None

    def localised(self, lang: str) -> str:
        """The quantity within a sentence."""
        return localise_quantity(self, lang)

    def plain(self) -> dict[str, Any]:
        """The quantity as plain data; what is not stated is left out."""
        held = {"value": self.value, "unit": self.unit, "low": self.low, "high": self.high}
        data = {name: value for name, value in held.items() if value is not None}
        data |= {"bounds": True} if self.bounds else {}
        data |= {} if self.error is None else {"error": self.error}
        return data | ({} if self.sample is None else {"sample": self.sample.as_dict()})


def localise_quantity(quantity: Measurement, lang: str = "en") -> str:
    r"""A quantity as a reader sees it: value, reference class and interval.

    >>> localise_quantity(Measurement(24.2, "CNY m", -6919.0, 15917.0))
    '24.2 m yuan; 90\xa0% between −6.9 and 15.9 bn yuan'
    """
    if quantity.entered and quantity.value is not None:
        low, high = quantity.low, quantity.high
        return exact(quantity.value if low is None or high is None else (low, high), quantity.unit, lang)
    sample = "" if quantity.sample is None or quantity.value is None else render(quantity.sample, lang)
    parts = (localise_middle(quantity, lang), localise_error(quantity, lang), sample, localise_interval(quantity, lang))
    return joint("clause", lang).join(part for part in parts if part)


def localise_middle(quantity: Measurement, lang: str = "en") -> str:
    """The value with its unit, without interval; "no evidence" for a gap; both ends where there is nothing between."""
    if quantity.value is None:
        return render(Message.of("reports.figure.none"), lang)
    if _is_apart(quantity, lang):
        return format_amount(quantity.value, quantity.unit, lang)
    scale, places = _form(quantity, lang)
    shown = {number((v or 0.0) / scale.divisor, places, scale.digits) for v in (quantity.low, quantity.high)}
    if quantity.bounds and len(shown) == 2:
        return render(Message.of("reports.figure.bounds", **_ends(quantity, lang)), lang)
    return scale.label(number(quantity.value / scale.divisor, places, scale.digits), lang)


def localise_interval(quantity: Measurement, lang: str = "en") -> str:
    """The 90 % interval in the unit of the value; empty where none is stated, or English rounds it to the value."""
    if quantity.value is None or quantity.low is None or quantity.high is None or quantity.bounds:
        return ""
    scale, places = _form(quantity, "en")
    shown = {number(v / scale.divisor, places, scale.digits) for v in (quantity.low, quantity.value, quantity.high)}
    if len(shown) == 1:
        return ""
    return render(Message.of("reports.figure.interval", **_ends(quantity, lang)), lang)


def localise_error(quantity: Measurement, lang: str = "en") -> str:
    """The sampling error to two digits, of shares in percentage points; empty where none is estimated, or it is none.

    >>> localise_error(Measurement(0.248, "ratio", error=0.0073))
    'sampling error ± 0.73 percentage points'
    """
    if quantity.value is None or not quantity.error:
        return ""
    unit = "ratio points" if quantity.unit == "ratio" else quantity.unit
    error = float(f"{quantity.error:.2g}")
    return render(Message.of("reports.figure.error", error=format_amount(error, unit, lang)), lang)


def _ends(quantity: Measurement, lang: str) -> dict[str, str]:
    """Both ends in their unit, which English says with the value, or, where that has another, with the upper end."""
    scale, places = _form(quantity, lang)
    low, high = (number(v / scale.divisor, places, scale.digits) for v in (quantity.low or 0.0, quantity.high or 0.0))
    if scale.each:
        low, high = scale.label(low, lang), scale.label(high, lang)
    elif lang != "en" or quantity.bounds or _is_apart(quantity, lang):
        high = scale.label(high, lang)
    return {"low": low, "high": high}


def _is_apart(quantity: Measurement, lang: str) -> bool:
    """Whether an amount is less than a tenth of the size in which its interval is told, and has a size of its own."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if not value or low is None or high is None or quantity.bounds:
        return False
    wide = scale_for(quantity.unit, (low, high), lang).divisor
    return scale_for(quantity.unit, (value,), lang).divisor < wide and abs(value) < wide / 10.0


def _form(quantity: Measurement, lang: str) -> tuple[Scale, int]:
    between = quantity.bounds and quantity.low != quantity.high
    middle = None if between or _is_apart(quantity, lang) else quantity.value
    values = [v for v in (middle, quantity.low, quantity.high) if v is not None]
    scale = scale_for(quantity.unit, values, lang)
    return scale, decimals([v / scale.divisor for v in values], scale)


def format_amount(value: float, unit: str, lang: str = "en") -> str:
    """An amount with its unit, in the size that reads best.

    >>> format_amount(7000.0, "CNY m")
    '7.0 bn yuan'
    """
    scale = scale_for(unit, (value,), lang)
    shown = value / scale.divisor
    return scale.label(number(shown, decimals([shown], scale), scale.digits), lang)


def exact(value: float | bool | str | tuple[float, ...], unit: str, lang: str = "en") -> str:
    """A value in full precision, for hover and for the table of evidence; ratios in percent."""
    if isinstance(value, bool):
        return render(Message.of("reports.flag.yes" if value else "reports.flag.no"), lang)
    if isinstance(value, str):
        return localised(value, lang)
    values = value if isinstance(value, tuple) else (value,)
    scale = scale_for(unit, values, lang)
    if lang == "en" and unit not in ("ratio", "ratio points") and not unit.endswith(" k"):  # millions stay millions
        scale = replace(scale, divisor=1.0, unit=whole_unit(unit, lang))
    texts = [_digits(v / scale.divisor) for v in values]
    text = texts[0]
    if len(texts) > 1:
        text = render(Message.of("reports.figure.range", low=texts[0], high=texts[1]), lang)
    return text if unit in {"", "flag", "text"} else scale.label(text, lang)


def _digits(value: float) -> str:
    value = round(value, 10) + 0.0  # + 0.0: no minus sign before a nought
    if abs(value) >= 1e15:
        return f"{value:,.0f}".replace("-", "−")
    text = f"{Decimal(f'{value:.15g}'):,f}"  # fifteen digits: what a float holds; more shows 0.32 as 0.3199999999
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")
