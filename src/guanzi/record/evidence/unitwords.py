"""Units as people write them (``USD bn``, ``m EUR``, ``亿元``, ``万辆``), and the unit and factor that facts take."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from guanzi.base.core import CURRENCIES, Message, money_form
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME

_SCALES = {
    3: ("k", "t", "tsd", "tausend", "thousand", "thousands", "千"),
    4: ("万", "wan"),
    6: ("m", "mm", "mn", "mio", "million", "millions", "百万"),
    7: ("千万",),
    8: ("亿", "yi"),
    9: ("bn", "b", "mrd", "billion", "billions", "十亿"),
    10: ("百亿",),
    11: ("千亿",),
    12: ("tn", "trillion", "trillions", "万亿", "兆"),
}
#: Names of which each means one currency; a bare dollar does not.
_CURRENCIES = {
    "CNY": ("rmb", "yuan", "renminbi", "元", "人民币", "人民币元"),
    "USD": ("us$", "us dollar", "us dollars", "美元", "美金"),
    "EUR": ("€", "euro", "euros", "欧元"),
    "GBP": ("£", "pound sterling", "英镑"),
    "JPY": ("yen", "日元"),
    "HKD": ("hk$", "港元", "港币"),
    "KRW": ("₩", "won", "韩元"),
    "TWD": ("nt$", "新台币"),
    "INR": ("₹", "rupees", "印度卢比"),
    "CHF": ("swiss francs", "瑞士法郎", "瑞郎"),
    "CAD": ("c$", "加元"),
    "AUD": ("a$", "澳元"),
    "SGD": ("s$", "新加坡元", "新元"),
}
_THINGS = {
    "vehicles": ("辆",),
    "vehicles/year": ("辆/年",),
    "aircraft": ("架",),
    "units": ("件", "台"),
    "units/year": ("件/年", "台/年"),
    "people": ("人",),
    "jobs": ("个岗位", "岗位"),
    "count": ("个",),
    "wafers/month": ("片晶圆/月", "片/月"),
    "hectares": ("公顷",),
    "km": ("公里",),
    "kWh": ("千瓦时",),
    "GWh": ("吉瓦时",),
}
_MILLION = 6


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """A unit as a person wrote it: how many powers of ten of which unit of facts it is.

    Attributes:
        unit: The unit that a fact takes.
        power: One of the written unit is ten to this power of it.
    """

    unit: str
    power: int

    @property
    def factor(self) -> float:
        """By what a value is multiplied."""
        return float(Decimal(1).scaleb(self.power))

    def converted(self, value: float) -> float:
        """A value in the unit that a fact takes, exactly: the point moves in the decimal text.

        >>> WrittenUnit("USD m", 3).converted(13.7)
        13700.0
        """
        return float(Decimal(repr(value)).scaleb(self.power)) if math.isfinite(value) else value


def written_unit(text: str, name: str | None = None) -> WrittenUnit | None:
    """What a person means by a unit that no fact takes as it stands; None where that is not clear.

    Args:
        text: The unit as it was written.
        name: Name of the fact, which says whether its money is stated in millions.

    >>> written_unit("USD bn"), written_unit("亿元", "revenue"), written_unit("bn")
    (WrittenUnit(unit='USD m', power=3), WrittenUnit(unit='CNY m', power=2), None)
    >>> written_unit("k EUR", "unit_price"), written_unit("万辆")
    (WrittenUnit(unit='EUR', power=3), WrittenUnit(unit='vehicles', power=4))
    >>> written_unit("TEUR", "revenue"), written_unit("Tsd. €", "revenue").power
    (WrittenUnit(unit='EUR m', power=-3), -3)
    """
    folded = _folded(text)
    for scale, power in _scales().items():
        for rest in _without(folded, scale):
            base = _bases().get(rest)
            if base in CURRENCIES:
                millions = _in_millions(name, power)
                return WrittenUnit(f"{base} m" if millions else base, power - (_MILLION if millions else 0))
            if base is not None:
                return WrittenUnit(base, power)
    return None


def bare_scale(text: str) -> WrittenUnit | None:
    """A power of ten that does not say of what; nothing is assumed of a currency, least of all which dollar.

    >>> bare_scale("bn").power, bare_scale("$ m").power, bare_scale("USD bn")
    (3, 0, None)
    """
    bare = re.sub(r"[$¥]|\bdollars?\b", "", _folded(text)).strip()
    power = _scales().get(bare)
    return None if power is None or not text.strip() or written_unit(text) else WrittenUnit("m", power - _MILLION)


def no_currency(text: str, scale: WrittenUnit) -> tuple[Message, Message]:
    """Cause and fix of a power of ten without a currency."""
    cause = Message.of("evidence.unit.bare", text=text)
    return cause, Message.of("evidence.unit.bare.mend", text=text, factor=scale.factor)


def describe_unit(text: str, unit: WrittenUnit) -> Message:
    """What to write instead of a unit, and by what to multiply."""
    return Message.of("evidence.unit.written", text=text, unit=unit.unit, factor=unit.factor)


def _folded(text: str) -> str:
    folded = " ".join(text.split()).casefold()
    return folded.removeprefix("人民币") or folded


def _without(text: str, scale: str) -> tuple[str, ...]:
    """What is left of a unit when its scale is taken from the front or the end; Latin words stand apart."""
    if not scale:
        return (text,)
    found = []
    for pattern in (rf"{re.escape(scale)}(?P<rest>.+)", rf"(?P<rest>.+?){re.escape(scale)}\.?"):
        match = re.fullmatch(pattern, text)
        if match is not None:
            rest = match["rest"]
            apart = rest != rest.strip() or not (scale.isascii() and rest.strip().isascii() and rest.isalpha())
            glued = rest.upper() in CURRENCIES or not rest.isalpha()
            if apart or glued:
                found.append(rest.strip(" .").removeprefix("of ").strip())
    return tuple(found)


def _in_millions(name: str | None, power: int) -> bool:
    """Whether facts of a name state their money in millions; where they may do both, large amounts are."""
    forms = {form[1] for unit in UNITS_BY_NAME.get(name or "", ()) if (form := money_form(unit)) is not None}
    return power >= _MILLION if {"", " m"} <= forms else "" not in forms


@cache
def _scales() -> dict[str, int]:
    """Words for powers of ten, the longest first; none at all is one."""
    words = {word: power for power, own in _SCALES.items() for word in own}
    return {word: words[word] for word in sorted(words, key=len, reverse=True)} | {"": 0}


@cache
def _bases() -> dict[str, str]:
    """What can be counted in powers of ten: currencies and things, as people write them, to code or unit."""
    bases = {code.casefold(): code for code in CURRENCIES}
    bases |= {word: code for code, words in _CURRENCIES.items() for word in words}
    return bases | {word: unit for unit, words in _THINGS.items() for word in (unit, *words)}
