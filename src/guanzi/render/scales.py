"""Units on axes and in sentences: what a number is divided by, and what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guanzi.base.core import CURRENCIES, MOST_TO_WHOLE, Message, half_up, render

_MONEY = {"CNY": "yuan", "USD": "dollars", "EUR": "euros", "GBP": "pounds"}
_CURRENCY = re.compile(r"([A-Z]{3})(?: (k|m|bn))?")
_PRICE = re.compile(r"([A-Z]{3}) per (kWh|W|[A-Z]{3})")
_PRICES = {"CNY per USD", "USD per W", *(f"{code} per kWh" for code in _MONEY)}
"""Prices and rates for which the catalogue has sentences of its own."""
_POWERS = {None: ("one", 1.0), "k": ("k", 1e3), "m": ("m", 1e6), "bn": ("bn", 1e9)}
_SIZES: Mapping[str, tuple[float, float]] = {"en": (1e9, 1e6), "zh": (1e8, 1e4)}
"""The greater and the lesser size of money in a language, ids ``bn`` and ``m``: billions and millions, 亿 and 万."""
LEAST_OF_MILLIONS = 100.0
"""What a millionth of a million shows is told by the unit below this: as millions it would be a nought."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How values of a unit are shown.

    Attributes:
        divisor: A value is divided by it before it is shown.
        unit: Message of the unit behind the number; its only parameter ``number``.
        axis: Message of the axis title.
        each: The unit stands behind every number of an interval, as the percent sign does.
        least, most: Decimals that are always shown, and that are never exceeded by values of 1 and more.
        digits: Digits that a number without decimals keeps.
        whole: What less than all is never rounded to; nought: there is no such number.
    """

    divisor: float
    unit: Message
    axis: Message
    each: bool = False
    least: int = 0
    most: int = 3
    whole: float = 0.0
    digits: int = 3

    def label(self, number: str, lang: str) -> str:
        """The number with its unit."""
        return render(Message.of(self.unit.id, **dict(self.unit.params), number=number), lang)

    def title(self, lang: str) -> str:
        """The title of an axis or a table in this unit."""
        return render(self.axis, lang)


def scale_for(unit: str, values: Iterable[float], lang: str = "en") -> Scale:
    """The scale on which values of a unit read best.

    Args:
        unit: A unit of the appraisal, e.g. ``CNY m``, ``ratio`` or ``vehicles``.
        values: All values that are shown together.
        lang: The language, which has its own sizes of money.
    """
    largest = max((abs(v) for v in values), default=0.0)
    money = _CURRENCY.fullmatch(unit)
    if money is not None:
        base = _POWERS[money[2]][1]
        return _money(money[1], largest * base, base, lang)
    if unit == "ratio":
        return Scale(
            0.01, Message.of("reports.unit.percent"), Message.of("reports.axis.percent"), each=True, most=1, whole=100.0
        )
    if unit == "ratio points":
        return Scale(0.01, Message.of("reports.unit.points"), Message.of("reports.axis.points"), most=1)
    slug, said = unit_slug(unit), _currency_names(unit, lang)
    size = 0.01 if unit == "million shares" and lang == "zh" else 1.0  # counted in 万
    return Scale(size, Message.of(f"reports.unit.{slug}", **said), Message.of(f"reports.axis.{slug}", **said))


def whole_unit(unit: str, lang: str = "en") -> Message:
    """The message of a unit as it stands, without a greater or lesser size; its parameter ``number`` is open."""
    return Message.of(f"reports.unit.{unit_slug(unit)}", **_currency_names(unit, lang))


def unit_slug(unit: str) -> str:
    """The part of the message ids that a unit has: ``CNY m`` is ``yuan_m``, ``vehicles/week`` ``vehicles_per_week``."""
    money = _CURRENCY.fullmatch(unit)
    if money is not None:
        return f"{_MONEY.get(money[1], 'money')}_{_POWERS[money[2]][0]}"
    price = _PRICE.fullmatch(unit)
    if price is not None and unit not in _PRICES:
        return f"money_per_{'money' if price[2] in CURRENCIES else price[2]}"
    ratios = {"ratio": "percent", "ratio points": "points"}
    return ratios.get(unit) or unit.replace(" ", "_").replace("/", "_per_")


def _currency_names(unit: str, lang: str) -> dict[str, str]:
    """The names of the currencies of a unit for which the catalogue has no sentences of its own."""
    price, money = _PRICE.fullmatch(unit), _CURRENCY.fullmatch(unit)
    if (price is None or unit in _PRICES) and (money is None or money[1] in _MONEY):
        return {}
    from babel.numbers import get_currency_name  # heavy, and needed only for rare currencies

    first, *second = unit.split(" per ")
    said = {"currency": get_currency_name(first[:3], count=2, locale=lang)}
    if second and second[0] in CURRENCIES:
        said["other"] = get_currency_name(second[0], count=1, locale=lang)
    return said


def _money(code: str, largest: float, base: float, lang: str) -> Scale:
    greater, lesser = _SIZES.get(lang, _SIZES["en"])
    if largest >= greater:
        size, divisor = "bn", greater
    elif largest >= lesser or (base >= 1e6 and largest >= LEAST_OF_MILLIONS):
        size, divisor = "m", lesser
    else:
        size, divisor = "one", 1.0
    slug, said = f"{_MONEY.get(code, 'money')}_{size}", _currency_names(code, lang)
    unit, axis = Message.of(f"reports.unit.{slug}", **said), Message.of(f"reports.axis.{slug}", **said)
    return Scale(divisor / base, unit, axis, least=1 if divisor == 1e9 else 0, digits=4 if greater == 1e8 else 3)


def decimals(values: Sequence[float], scale: Scale) -> int:
    """Decimals for numbers shown side by side: three digits for the largest, and at least two for the first.

    Decimals that are nought in all of them are left out.

    Args:
        values: The numbers, divided already.
        scale: Its limits are kept.
    """
    sizes = [abs(v) for v in values if v]
    if not sizes:
        return 0
    places = min(max(_digits(max(sizes), 3), _digits(sizes[0], 2)), 4 if max(sizes) < 1 else scale.most)
    while places > 0 and all(half_up(v, places) == half_up(v, places - 1) for v in values):
        places -= 1
    told = range(max(places, scale.least), MOST_TO_WHOLE + 1)
    if not scale.whole:
        return told[0]
    return next((p for p in told if not any(v < scale.whole <= half_up(v, p) for v in values)), told[0])


def _digits(size: float, significant: int) -> int:
    places = 0
    while places < 8 and half_up(size, places) < Decimal(1).scaleb(significant - 1 - places):
        places += 1
    return places


def number(value: float, places: int, digits: int = 3) -> str:
    """A number with thousands separators, a true minus sign, and so many significant digits when it has no decimals."""
    over = Decimal(str(value)).adjusted() + 1 - digits if places == 0 and value else 0
    return f"{half_up(value, -over if over > 0 else places):,.{places}f}".replace("-", "−")
