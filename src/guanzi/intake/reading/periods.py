"""Days and periods as documents say them, in heads of columns and within sentences."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Period

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_NAME = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_YEAR = r"(?:19|20)\d\d"
_UNTIL = r"(?:-|to|until|through)"
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "三": 3, "六": 6, "九": 9, "十二": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
             "一": 1, "二": 2, "三": 3, "四": 4}  # fmt: skip
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○o0", 0)


@dataclass(frozen=True, slots=True)
class TimeRef:
    """What a text says of time, as far as it goes.

    Attributes:
        year: A year.
        end: A day of a year, as month and day.
        months: How many months a period lasts; 0 for a day.
        start: First month of a period that begins within the year; 0 where it is not said.
    """

    year: int | None = None
    end: tuple[int, int] | None = None
    months: int | None = None
    start: int = 0

    @property
    def day(self) -> date | None:
        """The day, where it is whole and there is such a day."""
        if self.year is None or self.end is None:
            return None
        month, day = self.end
        return date(self.year, month, day) if 1 <= day <= monthrange(self.year, month)[1] else None

    def over(self, other: TimeRef) -> TimeRef:
        """This, and what another text says where this one says nothing."""
        end = other.end if self.end is None and self.start == 0 else self.end
        start = self.start or (other.start if self.end is None else 0)
        months = other.months if self.months is None else self.months
        return TimeRef(self.year if self.year is not None else other.year, end, months, start)

    def flow(self) -> Period | None:
        """The period of something that flows; None where it is not said whole."""
        if self.year is None or self.months == 0:
            return None
        if self.start and self.months:
            last = self.start + self.months - 1
            return Period.until(date(self.year, last, 1), self.months) if last <= 12 else None
        if self.end is not None:
            day = self.day
            if day is None or not self.months or day.day != monthrange(day.year, day.month)[1]:
                return None
            return Period.until(day, self.months)
        if self.months in (None, 12):
            return Period.parse(self.year)
        return None

    def stock(self) -> Period | None:
        """The day of a balance: the day that is said, or the last one of the period."""
        if self.year is None:
            return None
        if self.end is not None:
            return Period.of("day", self.day) if self.day is not None else None
        flow = self.flow()
        return Period.of("day", flow.end) if flow is not None else None


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _ORDINALS[text]


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _COUNTS[text]


def _valid(year: str | None, month: int, day: int, months: int | None = None) -> TimeRef | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return TimeRef(int(year) if year else None, (month, day), months)


def _quarter(year: str, quarter: int) -> TimeRef:
    return TimeRef(int(year), None, 3, 3 * quarter - 2)


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


type _Reader = Callable[[re.Match[str]], TimeRef | None]

#: Patterns of folded text, the more telling first; each gives what it says.
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        # from the first day of a month to the last one of another
        (rf"(?P<y>{_YEAR})年(?P<m>\d\d?)月0?1日(?:至|到|-)(?:(?P<y2>{_YEAR})年)?(?P<m2>\d\d?)月(?P<d2>\d\d?)日"
         rf"|(?<!\d)0?1(?:st)?\s*(?P<ma>{_NAME})\s*(?P<ya>{_YEAR})?\s*{_UNTIL}\s*(?P<db>\d\d?)(?:st|th)?\s*(?P<mb>{_NAME})"
         rf"\s*,?\s*(?P<yb>{_YEAR})|(?P<mc>{_NAME})\s*0?1(?:st)?\s*,?\s*(?P<yc>{_YEAR})?\s*{_UNTIL}\s*(?P<md>{_NAME})\s*"
         rf"(?P<dd>\d\d?)(?:st|th)?\s*,?\s*(?P<yd>{_YEAR})",
         lambda m: _from_to(m)),
        (rf"(?P<a>{_NAME})\s*{_UNTIL}\s*(?P<b>{_NAME})\s*,?\s*(?P<y>{_YEAR})",
         lambda m: _span(m["y"], _month(m["a"]), _month(m["b"]))),
        # spans that begin with the year
        (rf"(?P<y>{_YEAR})年(?P<a>\d\d?)月?-(?P<b>\d\d?)月(?:份)?",
         lambda m: _span(m["y"], int(m["a"]), int(m["b"]))),
        (rf"(?P<y>{_YEAR})[.-](?P<a>0?1)-(?P<b>0?[3-9]|1[0-2])月", lambda m: _span(m["y"], int(m["a"]), int(m["b"]))),
        (rf"(?P<y>{_YEAR})年?(?:度)?前三季度(?:\(1-9月\))?", lambda m: TimeRef(int(m["y"]), None, 9, 1)),
        (rf"(?P<y>{_YEAR})年?(?:度)?(?:第)?(?P<q>[一二三四1-4])季度?(?:\(\d+-\d+月份?\))?",
         lambda m: _quarter(m["y"], _number(m["q"]))),
        (rf"(?P<y>{_YEAR})年?(?P<h>上|下)半年(?:度)?|(?P<y2>{_YEAR})年?(?:度)?半年度?|(?P<y3>{_YEAR})年中期",
         lambda m: TimeRef(int(m["y"] or m["y2"] or m["y3"]), None, 6, 7 if m["h"] == "下" else 1)),
        # days
        (rf"(?P<y>{_YEAR})年(?P<m>\d\d?)月(?P<d>\d\d?)[日号目曰]", lambda m: _valid(m["y"], int(m["m"]), int(m["d"]))),
        (rf"(?<![\d/])(?P<y>{_YEAR})/(?P<z>1[3-9]|[2-9]\d)(?![\d/.-])",
         lambda m: TimeRef(int(m["y"]) + 1, None, 12) if (int(m["y"]) + 1) % 100 == int(m["z"]) else None),
        (rf"(?P<y>{_YEAR})(?P<s>[-/.])\s?(?P<m>\d\d?)(?P=s)\s?(?P<d>\d\d?)(?!\d)",
         lambda m: _valid(m["y"], int(m["m"]), int(m["d"]))),
        (rf"(?<![\d.])(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>{_YEAR})(?!\d)",
         lambda m: _valid(m["y"], int(m["m"]), int(m["d"]))),
        (rf"(?<![\d,./-])(?P<d>\d\d?)-(?P<m>{_NAME})-(?P<y>\d\d)(?!\d)"
         r"|(?<![\d,./-])(?P<da>1[3-9]|2\d|3[01])(?P<s>[./])(?P<ma>0?[1-9]|1[0-2])(?P=s)(?P<ya>\d\d)(?![\d.,/%])",
         lambda m: _valid(_full(m["y"] or m["ya"]), _month(m["m"]) if m["m"] else int(m["ma"]),
                          int(m["d"] or m["da"]))),
        (rf"(?<![\da-z-])(?P<m>{_NAME})(?:-|\s?')(?P<y>\d\d)(?![\d'-])",
         lambda m: _month_end(_full(m["y"]), _month(m["m"]))),
        (rf"(?<!\d)(?P<m>\d\d?)/(?P<d>1[3-9]|[2-9]\d)/(?P<y>{_YEAR})",
         lambda m: _valid(m["y"], int(m["m"]), int(m["d"]))),
        (rf"(?<!\d)(?P<d>1[3-9]|[2-9]\d)/(?P<m>\d\d?)/(?P<y>{_YEAR})",
         lambda m: _valid(m["y"], int(m["m"]), int(m["d"]))),
        (rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th)? ?day ?of ?(?P<m>{_NAME}),? ?(?P<y>{_YEAR})",
         lambda m: _valid(m["y"], _month(m["m"]), int(m["d"]))),
        (r"(?P<y>[〇○零o0一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十上]{1,2})月(?P<d>[一二三四五六七八九十上]{1,3})日",
         lambda m: _han_day(m["y"], m["m"], m["d"])),
        (r"(?P<y>[二一][〇○零o0九][〇○零o0一二三四五六七八九]{2})年(?:(?P<m>[一二三四五六七八九十]{1,2})月(?:份)?(?P<e>末|底)?"
         r"|(?P<whole>度|全年)|(?P<end>末|底))?", lambda m: _han_time(m)),
        (rf"(?P<m>{_NAME})\s*(?P<d>\d\d?)(?:st|nd|rd|th)?\s*,?\s*(?:of\s+)?(?P<y>{_YEAR})",
         lambda m: _valid(m["y"], _month(m["m"]), int(m["d"]))),
        (rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th)?(?:-|\s*(?:of\s+)?)(?P<m>{_NAME})(?:-|\s*,?\s*)(?P<y>{_YEAR})",
         lambda m: _valid(m["y"], _month(m["m"]), int(m["d"]))),
        (rf"(?P<y>{_YEAR})年(?P<m>\d\d?)月(?:份)?(?P<e>末|底)?",
         lambda m: _in_month(m["y"], int(m["m"]), at_end=bool(m["e"]))),
        (rf"(?P<y>{_YEAR})年(?:末|底)?[/及或](?:全?年度?|度|末|年末)", lambda m: TimeRef(int(m["y"]), (12, 31), 12)),
        (rf"(?P<y>{_YEAR})年(?:年)?(?P<e>末|底)", lambda m: TimeRef(int(m["y"]), (12, 31), 0)),
        (rf"(?P<m>{_NAME})\s*(?P<y>{_YEAR})(?!\d|,\d)", lambda m: _in_month(m["y"], _month(m["m"]), at_end=False)),
        # quarters and halves
        (rf"(?P<q>first|second|third|fourth|[1-4](?:st|nd|rd|th)) ?(?:fiscal ?)?quarter(?: ?of)?(?: ?fiscal(?: year)?)?(?: the year)?,? ?(?P<y>{_YEAR})",  # noqa: E501
         lambda m: _quarter(m["y"], _number(m["q"]))),
        (rf"(?<![a-z\d])q(?P<q>[1-4])[ /'-]*(?:fy)?(?P<y>{_YEAR}|\d\d(?!\d))",
         lambda m: _quarter(_full(m["y"]), int(m["q"]))),
        (rf"(?<![\d])(?P<q>[1-4])q[ /'-]*(?P<y>{_YEAR}|\d\d(?!\d))", lambda m: _quarter(_full(m["y"]), int(m["q"]))),
        (rf"(?P<y>{_YEAR})(?:年| ?[/-])? ?q(?P<q>[1-4])(?!\d)", lambda m: _quarter(m["y"], int(m["q"]))),
        (rf"(?<![a-z\d.,])(?P<n>[369]|12)m(?:[ /'-]*(?:fy)?(?P<y>{_YEAR})(?!\d)|[ ']?(?P<z>[12]\d)(?![\d.,]))",
         lambda m: TimeRef(int(_full(m["y"] or m["z"])), None, int(m["n"]), 1)),
        (rf"(?<![a-z\d])h(?P<h>[12])[ /'-]*(?P<y>{_YEAR})|(?P<y2>{_YEAR})[ /-]?h(?P<h2>[12])(?!\d)|(?<!\d)(?P<h3>[12])h[ /'-]*(?P<y3>{_YEAR})",  # noqa: E501
         lambda m: TimeRef(int(m["y"] or m["y2"] or m["y3"]), None, 6, 6 * int(m["h"] or m["h2"] or m["h3"]) - 5)),
        (r"(?<![a-z\d])(?:(?P<h>[12])h[ '-]?|h(?P<h2>[12])[ /'-]+)(?P<y>\d\d)(?![\d.,%])",
         lambda m: TimeRef(int(_full(m["y"])), None, 6, 6 * int(m["h"] or m["h2"]) - 5)),
        (rf"(?P<h>first|second) half(?: ?of)?(?: ?the year)?(?: fiscal(?: year)?)?,? ?(?P<y>{_YEAR})",
         lambda m: TimeRef(int(m["y"]), None, 6, 1 if m["h"] == "first" else 7)),
        (rf"first (?P<n>three|nine) (?P<w>quarters|months)(?: of)?(?: the year)?,? (?P<y>{_YEAR})",
         lambda m: TimeRef(int(m["y"]), None, 9 if m["n"] == "three" and m["w"] == "quarters" else _COUNTS[m["n"]], 1)),
        # how long, and until which day
        (r"(?P<n>three|six|nine|twelve|3|6|9|12)[ -]?months?(?: ?period)?s?(?: ?ended| ?ending| to)?",
         lambda m: TimeRef(months=_count(m["n"]))),
        (r"(?:止|截至)?(?P<n>三|六|九|十二|3|6|9|12)个月(?:期间)?", lambda m: TimeRef(months=_count(m["n"]))),
        (r"(?P<n>52|53|39|26|13)[ -]?weeks?(?: ?period)?(?: ?ended| ?ending| to(?![a-z]))",
         lambda m: TimeRef(months={"13": 3, "26": 6, "39": 9}.get(m["n"], 12))),
        (r"(?:fiscal |financial |calendar )?years?[ -]?(?:ended|ends|ending|to(?![a-z]))|full[ -]year|止年度"
         r"|annual period",
         lambda m: TimeRef(months=12)),
        (r"half[ -]years?(?: ?ended| ?ending)?", lambda m: TimeRef(months=6)),
        (r"quarters?(?: ?ended| ?ending)|(?:第)?(?P<q>[一二三四])季度(?:\(\d+-\d+月份?\))?",
         lambda m: TimeRef(months=3, start=3 * _number(m["q"]) - 2) if m["q"] else TimeRef(months=3)),
        (rf"(?P<m>{_NAME})\s*(?P<d>\d\d?)(?:st|nd|rd|th)?(?![\d,]*\d)",
         lambda m: _valid(None, _month(m["m"]), int(m["d"]))),
        (rf"(?<![\d,])(?P<d>\d\d?)(?:st|nd|rd|th)?\s*(?P<m>{_NAME})(?![a-z])",
         lambda m: _valid(None, _month(m["m"]), int(m["d"]))),
        (rf"(?<![a-z])(?P<a>{_NAME})\s*{_UNTIL}\s*(?P<b>{_NAME})(?![a-z])",
         lambda m: _months(_month(m["a"]), _month(m["b"]))),
        (r"(?<![\d年.-])(?P<a>1)-(?P<b>[2-9]|1[0-2])月(?:份)?",
         lambda m: TimeRef(months=int(m["b"]), start=1)),
        (r"(?<!\d)(?P<m>\d\d?)月(?P<d>\d\d?)日", lambda m: _valid(None, int(m["m"]), int(m["d"]))),
        (r"(?<![\d年.-])(?P<m>[1-9]|1[0-2])月份?(?!\d{1,2}(?!\d)|[底末初前])",
         lambda m: TimeRef(months=1, start=int(m["m"]))),
        (r"as ?(?:at|of)(?![a-z])|截至|止|截止", lambda m: TimeRef()),
        (rf"(?:fy|fiscal(?: year)?|financial year)\s*'?(?P<y>{_YEAR}|\d\d(?!\d))(?:a(?![a-z]))?",
         lambda m: TimeRef(int(_full(m["y"])), None, 12)),
        (rf"(?P<y>{_YEAR})年(?P<whole>度|全年)?", lambda m: TimeRef(int(m["y"]), None, 12 if m["whole"] else None)),
        (rf"(?<![\d,.])(?P<y>{_YEAR})(?:fy|a)?(?!\d|[.,]\d)", lambda m: TimeRef(int(m["y"]))),
    )
)  # fmt: skip


def _span(year: str, first: int, last: int) -> TimeRef | None:
    return TimeRef(int(year), None, last - first + 1, first) if 1 <= first <= last <= 12 else None


def _month_end(year: str, month: int) -> TimeRef:
    """A month that heads of models name for the end of it; how long a period lasts it does not say."""
    return TimeRef(int(year), (month, monthrange(int(year), month)[1]))


def _months(first: int, last: int) -> TimeRef | None:
    return TimeRef(months=last - first + 1, start=first) if first <= last else None


def _from_to(found: re.Match[str]) -> TimeRef | None:
    """A period of whole months, from its first day to its last one; None where it is no such period."""
    named = found.groupdict()
    for begun, year, month, day in (("m", "y2", "m2", "d2"), ("ma", "yb", "mb", "db"), ("mc", "yd", "md", "dd")):
        if not named[begun]:
            continue
        last_year = int(named[year] or named["y"])
        first, last = ((int(text) if text.isdecimal() else _month(text)) for text in (named[begun], named[month]))
        first_year = int(named["y" + begun[1:]] or last_year)
        months = 12 * (last_year - first_year) + last - first + 1
        is_whole = 1 <= last <= 12 and 1 <= first <= 12 and int(named[day]) == monthrange(last_year, last)[1]
        return TimeRef(last_year, (last, int(named[day])), months) if is_whole and months > 0 else None
    return None


def _in_month(year: str, month: int, *, at_end: bool) -> TimeRef | None:
    if not 1 <= month <= 12:
        return None
    if at_end:
        return TimeRef(int(year), (month, monthrange(int(year), month)[1]), 0)
    return TimeRef(int(year), None, 1, month)


def _han_day(year: str, month: str, day: str) -> TimeRef | None:
    return _valid("".join(str(_HAN[c]) for c in year), _han_number(month), _han_number(day))


def _han_time(found: re.Match[str]) -> TimeRef | None:
    """A year in Chinese numbers, or a month or the end of it."""
    year = "".join(str(_HAN[c]) for c in found["y"])
    if found["m"]:
        return _in_month(year, _han_number(found["m"]), at_end=bool(found["e"]))
    if found["end"]:
        return TimeRef(int(year), (12, 31), 0)
    return TimeRef(int(year), None, 12 if found["whole"] else None)


def _han_number(text: str) -> int:
    tens, ten, ones = text.replace("上", "十").rpartition("十")  # as recognition of pictures confuses them
    if not ten:
        return _HAN.get(ones, 0)
    return 10 * (_HAN.get(tens, 1) if tens else 1) + (_HAN.get(ones, 0) if ones else 0)


def times_in(text: str) -> Iterator[tuple[int, int, TimeRef]]:
    """What a folded text says of time: where each saying begins and ends, and what it says, in no order."""
    taken = [False] * len(text)
    for pattern, reader in _FORMS:
        for found in pattern.finditer(text):
            start, end = found.span()
            if start == end or any(taken[start:end]):
                continue
            time_words = reader(found)
            if time_words is not None:
                taken[start:end] = [True] * (end - start)
                yield start, end, time_words


def read_head(text: str) -> tuple[TimeRef | None, str]:
    """What a folded head says of time taken together, and what is left of the head.

    Nothing is said together where two sayings differ.

    >>> str(read_head("three months ended september 30, 2019")[0].flow()), str(read_head("2019年前三季度")[0].flow())
    ('2019Q3', '2019-01/2019-09')
    >>> str(read_head("year ended december 31, 2019")[0].flow()), read_head("2019 vs 2018")[0]
    ('2019', None)
    """
    together = TimeRef()
    left = list(text)
    clash = False
    for start, end, time_words in times_in(text):
        left[start:end] = " " * (end - start)
        clash |= any(
            ours is not None and theirs is not None and ours != theirs
            for ours, theirs in (
                (together.year, time_words.year),
                (together.end, time_words.end),
                (together.months or None, time_words.months or None),  # a day may stand beside the period that it ends
            )
        )
        together = TimeRef(
            together.year or time_words.year,
            together.end or time_words.end,
            together.months or time_words.months if together.months is not None else time_words.months,
            together.start or time_words.start,
        )
    return (None if clash else together), "".join(left)


def read_title(text: str) -> tuple[TimeRef, bool]:
    """What a folded title says of time, as far as all its sayings agree; and whether it names several lengths.

    >>> read_title("for the years ended december 31, 2018 and 2019")
    (TimeRef(year=None, end=(12, 31), months=12, start=0), False)
    """
    sayings = [time_words for _, _, time_words in times_in(text)]
    years, ends, months, starts = (
        {value for time_words in sayings if (value := getattr(time_words, name)) is not None}
        for name in ("year", "end", "months", "start")
    )
    lengths = {length for length in months if length}
    begun = {start for start in starts if start}

    def only[T](values: set[T]) -> T | None:
        return next(iter(values)) if len(values) == 1 else None

    time_words = TimeRef(only(years), only(ends), only(months), only(begun) or 0)
    return time_words, len(lengths) > 1 or bool(re.search(r"(?:three|3) and (?:six|nine|6|9) months", text))


_JOIN = re.compile(r"[\s,(]*(?:the |of |of the )?\)?")


def joined_times(text: str) -> list[tuple[int, int, TimeRef]]:
    """What a folded text says of time in its order; sayings that stand together are one.

    >>> [(start, str(said.flow())) for start, _, said in joined_times("in the nine months ended september 30, 2019")]
    [(7, '2019-01/2019-09')]
    """
    joined: list[tuple[int, int, TimeRef]] = []
    for start, end, time_words in sorted(times_in(text), key=lambda time: time[0]):
        if joined and _JOIN.fullmatch(text[joined[-1][1] : start]):
            first, _, before = joined[-1]
            pairs = (
                (before.year, time_words.year),
                (before.end, time_words.end),
                (before.months or None, time_words.months or None),
            )
            if all(one is None or other is None or one == other for one, other in pairs):
                joined[-1] = (first, end, _merged(before, time_words))
                continue
        joined.append((start, end, time_words))
    return [time for time in joined if time[2] != TimeRef()]


def _merged(one: TimeRef, other: TimeRef) -> TimeRef:
    months = one.months or other.months if one.months is not None else other.months
    return TimeRef(one.year or other.year, one.end or other.end, months, one.start or other.start)


def days_in_text(text: str) -> Iterator[tuple[int, int, date]]:
    """The days that a folded text names: where each begins and ends, and the day.

    >>> [(start, str(day)) for start, _, day in days_in_text("on or before june 30, 2020")]
    [(13, '2020-06-30')]
    """
    for start, end, said in joined_times(text):
        if said.day is not None and not said.months:
            yield start, end, said.day
