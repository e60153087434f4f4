"""The period that the name of a fact carries: whole words only, so that ``gross_margin`` holds no March."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from guanzi.base.core import Period

_MONTHS = {word.lower(): n for names in (month_name, month_abbr) for n, word in enumerate(names) if word} | {"sept": 9}
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_SHORT = r"(?P<y>(?:19|20)?\d{2})"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """What a name says of time.

    Attributes:
        stem: The name without it.
        period: The period; None when the name has none, or one that only a day can place.
        fiscal: It is of the company's own year (``fq2_2023``), whose place in the calendar the name does not say.
        months: Length of a period that is only known to end on the day that the notes give.
        ends: Month of the calendar in which it must end; 0 where it can be any.
        since: First day of a period that runs to the day that the notes give.
        text: How the name says it.
    """

    stem: str
    period: Period | None = None
    fiscal: bool = False
    months: int = 0
    ends: int = 0
    since: date | None = None
    text: str = ""

    @property
    def open(self) -> bool:
        """Whether only a day can say where it lies."""
        return self.period is None and (self.months > 0 or self.since is not None)

    def placed(self, day: date | None) -> Period | None:
        """The period, where it is open by the day on which it ends; None where that day cannot be its end."""
        if self.period is not None or day is None or (day + timedelta(days=1)).day != 1:
            return self.period
        if self.since is not None:
            return Period(day, self.since) if self.since < day < self.since.replace(year=self.since.year + 1) else None
        return Period.until(day, self.months) if self.months and self.ends in (0, day.month) else None


def period_in(name: str) -> NamedPeriod:
    """The period in a name of words joined by ``_``.

    >>> found = period_in("net_loss_q2_2018")
    >>> found.stem, str(found.period)
    ('net_loss', '2018Q2')
    >>> [str(period_in(n).period) for n in ("cash_end_2023", "loss_2021_23", "h1_2011_loss", "revenue_9m_2017")]
    ['2023-12-31', '2021/2023', '2011H1', '2017-01/2017-09']
    >>> period_in("gross_margin").text, period_in("revenue_fq2_2023").months
    ('', 3)
    """
    for pattern, read in _FORMS:
        for found in pattern.finditer(name):
            made = read(found)
            if made is None:
                continue
            start, period = found.start(), made.period
            edge = _EDGE.search(name[:start])
            if edge is not None and period is not None:
                start = edge.start()
                period = Period.of("day", period.start if edge["begin"] else period.end)
            stem = re.sub("_+", "_", f"{name[:start]}_{name[found.end() :]}").strip("_")
            return replace(made, stem=stem or name, period=period, text=name[start : found.end()].strip("_"))
    return NamedPeriod(name)


_EDGE = re.compile(
    r"(?:^|_)(?:at_)?(?:the_)?(?:(?:year_|period_)?end(?:_of)?|yearend|ye|(?P<begin>(?:start|begin(?:ning)?)_of))_?$"
)
"""What makes of a period the day on which it ends or begins."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=_)){pattern}(?=_|$)")


def _year(found: re.Match[str]) -> int:
    text = found["y"]
    return int(text) if len(text) == 4 else 2000 + int(text)


def _of(period: Period) -> NamedPeriod:
    return NamedPeriod("", period)


def _part(found: re.Match[str]) -> NamedPeriod | None:
    """A quarter, a half, or the first months of a year."""
    number, letter, year = int(found["n"]), found["kind"], _year(found)
    if letter == "m":
        return _of(Period.until(date(year, number, 1), number)) if 1 <= number <= 12 else None
    return _of(Period.parse(f"{year}{letter.upper()}{number}")) if number <= (4 if letter == "q" else 2) else None


def _half(found: re.Match[str]) -> NamedPeriod:
    return _of(Period.parse(f"{_year(found)}H{1 if found['n'] == 'first' else 2}"))


def _fiscal(found: re.Match[str]) -> NamedPeriod:
    return NamedPeriod("", fiscal=True, months={"q": 3, "h": 6, "y": 12}[found["kind"]])


def _fiscal_year(found: re.Match[str]) -> NamedPeriod:
    return NamedPeriod("", fiscal=True, months=12)


def _month_range(found: re.Match[str]) -> NamedPeriod:
    year, first, last = _year(found), _MONTHS[found["a"]], _MONTHS[found["b"]]
    before = int(found["y0"]) if found["y0"] else year if first <= last else year - 1
    length = 12 * (year - before) + last - first + 1
    return _of(Period.until(date(year, last, 1), max(length, 1)))


def _month(found: re.Match[str]) -> NamedPeriod:
    return _of(Period.parse(f"{_year(found)}-{_MONTHS[found['a']]:02d}"))


def _day(found: re.Match[str]) -> NamedPeriod | None:
    try:
        return _of(Period.of("day", date(_year(found), int(found["m"]), int(found["d"]))))
    except ValueError:
        return None


def _years(found: re.Match[str]) -> NamedPeriod | None:
    first, last = int(found["y"]), found["z"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return _of(Period.parse(f"{first}/{end}")) if first < end <= first + 60 else None


def _whole(found: re.Match[str]) -> NamedPeriod:
    return _of(Period.parse(int(found["y"])))


def _so_far(found: re.Match[str]) -> NamedPeriod:
    return NamedPeriod("", since=date(_year(found), 1, 1))


def _lasting(found: re.Match[str]) -> NamedPeriod:
    return NamedPeriod("", months=int(found["n"]))


def _twelve(found: re.Match[str]) -> NamedPeriod:
    return NamedPeriod("", months=12)


def _yearless(found: re.Match[str]) -> NamedPeriod | None:
    length = 3 if found["kind"] == "q" else 6
    ends = length * int(found["n"])
    return NamedPeriod("", months=length, ends=ends) if ends <= 12 else None


_FORMS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], NamedPeriod | None]]] = (
    (_form(rf"(?P<kind>[qh])(?P<n>[1-4])_?fy_?{_SHORT}"), _fiscal),
    (_form(rf"fy_?{_SHORT}_?(?P<kind>[qh])(?P<n>[1-4])"), _fiscal),
    (_form(rf"f(?:iscal_?)?(?P<kind>[qhy])(?:uarter|alf|ear)?_?[1-4]?_?(?:fy_?)?{_SHORT}"), _fiscal),
    (_form(rf"fiscal_{_YEAR}"), _fiscal_year),
    (_form(rf"(?P<kind>[qh])(?P<n>[1-4])_?{_YEAR}"), _part),
    (_form(rf"{_YEAR}_?(?P<kind>[qh])(?P<n>[1-4])"), _part),
    (_form(rf"(?P<n>[1-4])(?P<kind>[qh])_?{_SHORT}"), _part),
    (_form(rf"(?P<n>first|second)_half(?:_of)?_{_YEAR}"), _half),
    (_form(rf"(?:first_)?(?P<n>\d{{1,2}})_?(?P<kind>m)(?:onths?)?_?(?:of_)?{_YEAR}"), _part),
    (_form(rf"{_YEAR}_(?:first_)?(?P<n>\d{{1,2}})_?(?P<kind>m)(?:onths?)?"), _part),
    (_form(rf"{_YEAR}_(?P<m>0[1-9]|1[0-2])_(?P<d>[0-3]\d)"), _day),
    (_form(rf"(?P<a>{_MONTH})_?(?P<y0>(?:19|20)\d{{2}})?_(?:to_)?(?P<b>{_MONTH})_?{_YEAR}"), _month_range),
    (_form(rf"{_YEAR}_(?P<y0>)(?P<a>{_MONTH})_(?:to_)?(?P<b>{_MONTH})"), _month_range),
    (_form(rf"(?P<a>{_MONTH})_?{_YEAR}"), _month),
    (_form(rf"{_YEAR}_?(?P<a>{_MONTH})"), _month),
    (_form(rf"ytd_?{_YEAR}"), _so_far),
    (_form(rf"{_YEAR}_(?:to_)?(?P<z>(?:19|20)\d{{2}}|\d{{2}})"), _years),
    (_form(r"ltm|ttm"), _twelve),
    (_form(rf"{_YEAR}"), _whole),
    (_form(r"(?<!first_)(?P<n>[1-9]|[1-5]\d)_?(?:m|months)"), _lasting),
    (_form(r"(?P<kind>[qh])(?P<n>[1-4])"), _yearless),
)
