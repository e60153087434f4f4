"""Amounts, shares, days, spans and counts within a sentence of a contract, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.intake.reading import days_in_text

type Kind = str
"""``money``, ``share``, ``day``, ``months``, ``days`` or ``count``."""

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CURRENCY = {
    "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "¥": "CNY", "￥": "CNY", "yuan": "CNY", "renminbi": "CNY", "元": "",
    "us$": "USD", "usd": "USD", "$": "USD", "us dollars": "USD", "dollars": "USD", "美元": "USD", "hk$": "HKD",
    "hkd": "HKD", "港元": "HKD", "港币": "HKD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR",
    "£": "GBP", "gbp": "GBP", "英镑": "GBP",
}  # fmt: skip
_SCALE = {
    "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6, "thousand": 1e3, "亿": 1e8, "万": 1e4, "千万": 1e7,
    "百万": 1e6, "千": 1e3, "": 1.0,
}  # fmt: skip
_SCALES = "billion|bn|million|mn|thousand|千万|百万|亿|万|千"
_BEFORE = r"rmb|cny|人民币|us\$|usd|hk\$|hkd|€|eur|£|gbp|\$|¥|￥"
_AFTER = r"yuan|renminbi|us dollars|dollars|euros?|美元|港元|港币|欧元|英镑|元"
_MONEY = re.compile(
    rf"(?<![\w.])(?P<before>{_BEFORE})\s?(?P<a>{_NUMBER})\s?(?P<as>{_SCALES}|m\b)?(?:\s?(?P<atail>{_AFTER}))?"
    rf"|(?P<b>{_NUMBER})\s?(?P<bs>{_SCALES})?\s?(?P<after>{_AFTER})(?!\w*/)"
)
_SHARE = re.compile(rf"(?P<n>{_NUMBER})\s?(?:%|per ?cent)|百分之(?P<han>[一二三四五六七八九十]+)")
_WORDS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    "twenty": 20,
    "thirty": 30,
    "thirty-six": 36,
    "forty": 40,
    "forty-eight": 48,
    "sixty": 60,
    "ninety": 90,
    "twenty-four": 24,
}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_SPAN = re.compile(
    rf"(?:(?P<n>\d+)|(?P<word>{'|'.join(sorted((*_WORDS, *_ORDINALS), key=len, reverse=True))})|(?P<han>[一二三四五六七八九十两]+))"  # noqa: E501
    r"\s?(?:\(\s?(?P<again>\d+)\s?\)\s?)?[- ]?(?:consecutive |successive |calendar |fiscal |full )?个?"
    r"(?P<unit>business days?|working days?|calendar days?|days?|months?|years?|anniversary|工作日|自然日|周年|个?月|年(?![度\d])|日(?!期))"  # noqa: E501
)
_COUNT = re.compile(
    rf"(?P<n>{_NUMBER})\s?(?P<s>万|千)?\s?(?:(?:new|full-time|permanent|net|additional|local)\s){{0,3}}"
    r"(?P<unit>vehicles|cars|units|wafers|aircraft|jobs|employees|people|辆|台|套|片|架|人|名|个(?:就业)?岗位|个(?!月|工作日|自然日|交易日|年))"
)
_HAN = {character: n for n, character in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
PEOPLE = frozenset({"jobs", "employees", "people", "人", "名", "个岗位", "个就业岗位", "个"})
"""Units of people."""


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as a sentence states it.

    Attributes:
        kind: ``money``, ``share``, ``day``, ``months``, ``days`` or ``count``.
        value: Of money in its currency; of a share as a ratio.
        start: Where it begins in the sentence.
        end: Where it ends.
        unit: The currency (empty for a plain 元), or the unit of a count.
    """

    kind: Kind
    value: float | date
    start: int
    end: int
    unit: str = ""


def figures_in(text: str) -> tuple[StatedFigure, ...]:
    """The figures of a sentence in its order.

    >>> [(one.kind, one.value) for one in figures_in("pay RMB3.5 billion within sixty (60) months, 8.5% per annum")]
    [('money', 3500000000.0), ('months', 60), ('share', 0.085)]
    """
    plain = text.lower()
    taken: list[StatedFigure] = []
    for find in (_days, _money, _shares, _counts, _spans):
        for one in find(plain):
            if not any(one.start < other.end and one.end > other.start for other in taken):
                taken.append(one)
    ordered = sorted(taken, key=lambda one: one.start)
    return tuple(one for n, one in enumerate(ordered) if n == 0 or not _repeats(ordered[n - 1], one, plain))


_MADE = re.compile(r"dated|\bmade\b|entered into|executed|effective|签署|签订|订立|签约")


def day_of_contract(texts: Iterable[str]) -> date | None:
    """The day on which a contract says that it was made: of its first sentence that says so.

    >>> str(day_of_contract(["This Agreement is dated as of January 15, 2024 and is made among A and B."]))
    '2024-01-15'
    """
    for text in texts:
        plain = text.lower()
        for one in _days(plain):
            around = plain[max(0, one.start - 60) : one.end + 12]
            if isinstance(one.value, date) and _MADE.search(around):
                return one.value
    return None


def _repeats(before: StatedFigure, one: StatedFigure, text: str) -> bool:
    """Whether a figure says the one before it again, in brackets."""
    same = (before.kind, before.value) == (one.kind, one.value)
    return same and re.fullmatch(r"[\s(（]*", text[before.end : one.start]) is not None


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _exact(value: float) -> float:
    return float(f"{value:.12g}")


def _days(text: str) -> Iterator[StatedFigure]:
    for start, end, day in days_in_text(text):
        yield StatedFigure("day", day, start, end)


def _money(text: str) -> Iterator[StatedFigure]:
    for found in _MONEY.finditer(text):
        number, scale = found["a"] or found["b"], (found["as"] or found["bs"] or "").strip()
        unit = _CURRENCY[found["before"]] if found["before"] else _CURRENCY.get(found["after"], "")
        yield StatedFigure("money", _exact(_number(number) * _SCALE[scale]), *found.span(), unit)


def _shares(text: str) -> Iterator[StatedFigure]:
    for found in _SHARE.finditer(text):
        n = _number(found["n"]) if found["n"] else float(_han(found["han"]))
        yield StatedFigure("share", _exact(n / 100), *found.span())


def _counts(text: str) -> Iterator[StatedFigure]:
    for found in _COUNT.finditer(text):
        yield StatedFigure("count", _number(found["n"]) * _SCALE[found["s"] or ""], *found.span(), found["unit"])


def _spans(text: str) -> Iterator[StatedFigure]:
    for found in _SPAN.finditer(text):
        if found["word"] and found.start() and text[found.start() - 1].isalpha():
            continue
        n = (
            int(found["again"] or found["n"] or 0)
            or _WORDS.get(found["word"] or "")
            or _ORDINALS.get(found["word"] or "")
        )
        n = n or _han(found["han"] or "")
        unit = found["unit"]
        if not n or (found["word"] in _ORDINALS and "anniversary" not in unit):
            continue
        if "day" in unit or unit in ("工作日", "自然日", "日"):
            yield StatedFigure("days", n, *found.span(), unit)
        else:
            months = n if "month" in unit or "月" in unit else 12 * n
            yield StatedFigure("months", months, *found.span(), unit)


def _han(text: str) -> int:
    """A Chinese number below a hundred."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN.get(text, 0)
    return 10 * (_HAN.get(tens, 1) if tens else 1) + (_HAN.get(ones, 0) if ones else 0)
