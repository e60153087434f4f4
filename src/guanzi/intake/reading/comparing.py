"""Figures that a sentence lays beside one that it states: of other times, or one after the other for times or names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from guanzi.base.core import Period
from guanzi.intake.reading.lexicon import item_of, one_of, words
from guanzi.intake.reading.periods import TimeRef
from guanzi.intake.reading.scaling import scaled

type Time = tuple[int, int, TimeRef]

_TIME = "\x00"
_AND = r"\s*(?:,?\s*\band\b|,|、|和|及|与|以及)\s*"
_ENDS = r"(?=\s*(?:$|[,;.。)、\x00]|和|及|与|\b(?:and|in|for|as|at|during|respectively)\b))"
_JOINED = re.compile(r"[\s,、]*(?:and|和|及|与)?\s*")
_THROUGH = re.compile(r"\s*(?:至|到|-|to|through)\s*")
_LEADS = re.compile(r".*(?:公司|集团|发行人|我们|实现|\bthe|\bour|\bits|[;,:()\x00]|的|'s)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A further figure: its value, without a sign that its name gives it; where it stands; and of when it is."""

    value: float
    start: int
    end: int
    period: Period | None = None
    name: str = ""
    year: int | None = None


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    money = one_of(re.escape(c) for c in words().currencies)
    scales, counts = one_of(re.escape(s) for s in words().scales), one_of(re.escape(c) for c in words().counts)
    glued = "|".join(s for s in words().scales if s.isascii() and s.isalpha() and len(s) > 3)
    amount = (
        rf"(?P<minus>-|负|negative |minus |\((?=[\d.]+\) ?%))?(?P<before>{money})?\s*\(?"
        r"(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
        rf"(?!\d|[.,]\d)\)?(?:\s*(?P<scale>{scales}|{glued}))?(?!\s*(?:{glued}))(?:\s*(?P<after>{money}|元))?(?:\s*(?P<count>{counts}))?"
        r"(?P<percent>\s*%)?"
    )
    about = r"(?:the |about |approximately |an? |约|of )*"
    against = r"(?:compared (?:with|to)|against|versus|vs\.?|(?:up |down )?from)"
    frames = (
        rf"[^();\d]{{0,40}}?\([^()\d:\x00]{{0,24}}(?P<time>\x00+)[^()\d:\x00]{{0,12}}[:,]\s*{about}{amount}\)",
        rf"(?:[^();\d]|\d+(?:\.\d+)?%){{0,60}}?{against}\s*{about}{amount}[^();\d\x00]{{0,44}}?(?P<time>\x00+)",
        rf"[^();\d]{{0,20}}?(?:较|比|而)[^();\d\x00]{{0,4}}(?P<time>\x00+)(?:的|末的|度的|为|则为)?{about}{amount}",
        rf"\s*[,;]\s*(?P<time>\x00+)(?:则?为|是|为约){about}{amount}",
        rf"(?:\s*(?:in|for|as of|as at|at|during) [^();\d,\x00]{{0,16}}\x00+)?\s*(?:,|and|,? and)\s*"
        rf"{amount}\s*(?:in|for|as of|as at|at) [^();\d,\x00]{{0,24}}(?P<time>\x00+)",
    )
    return re.compile(amount), tuple(re.compile(frame) for frame in frames)


def _masked(text: str, times: Sequence[Time]) -> str:
    for start, end, _ in times:
        text = text[:start] + _TIME * (end - start) + text[end:]
    return text


def _value(found: re.Match[str], unit: str) -> float | None:
    """What a figure means in the unit of the one beside which it stands; None where it has another."""
    number = float(found["figure"].replace(",", ""))
    number = -number if found["minus"] else number
    currency = found["before"] or found["after"]
    if unit == "ratio" or found["percent"]:
        return scaled(number, 0.01) if unit == "ratio" and found["percent"] else None
    scale = words().scales.get(found["scale"] or "", 1.0)
    if unit in words().currencies.values():
        return scaled(number, scale) if currency and words().currencies.get(currency, "CNY") == unit else None
    counted, factor = words().counts.get(found["count"] or "", (unit, 1.0))
    return scaled(number, scale * factor) if not currency and counted in (unit, "count", "units") else None


def laid_beside(text: str, end: int, unit: str, period: Period, times: Sequence[Time]) -> Iterator[ListedFigure]:
    """The figures of other times to which one that ends at a place of a text is compared."""
    masked = _masked(text, times)
    ends = {e: time_words for _, e, time_words in times}
    frames = _patterns()[1]
    first = True
    while True:
        tried = (frame.match(masked, end) for frame in (frames if first else frames[4:]))
        found = next((one for one in tried if one is not None), None)
        if found is None:
            return
        value, time_words = _value(found, unit), ends.get(found.end("time"))
        other = _like(time_words, period) if time_words is not None else None
        if value is None or other is None or other == period:
            return
        yield ListedFigure(value, found.start("figure"), max(found.end("figure"), found.end("scale")), other)
        end, first = found.end(), False


_FROM = r"(?:(?<![a-z])from|由|从)(?P<early>\x00*)的?\s*(?:about |approximately |约)*"
_UNTIL = (
    r"\s*(?:in|for|as of|as at|at)?[^();\d,\x00]{0,16}(?P<time>\x00*)"
    r"(?:[^();\x00]{0,24}?(?:增长|增加|上升|下降|减少|提升|降低)[^,;\x00]{0,16}?)?\s*(?:to|至|到)\s*(?:\x00+的?)?"
    r"\s*(?:about |approximately |约)*[^\s\d\x00]{0,8}\s*$"
)


def begun_with(text: str, start: int, unit: str, period: Period, times: Sequence[Time]) -> Iterator[ListedFigure]:
    """The figure of another time from which one that begins at a place of a text has come.

    Args:
        text: The sentence.
        start: Where the figure begins.
        unit: Its unit.
        period: Its period.
        times: What the sentence says of time.
    """
    masked = _masked(text, times)[:start]
    found = _from_to().search(masked)
    if found is None:
        return
    times_at = {span: time_words for first, last, time_words in times for span in (first, -last)}
    time_words = times_at.get(found.start("early")) if found["early"] else times_at.get(-found.end("time"))
    other = _like(time_words, period) if time_words is not None else None
    value = _value(found, unit)
    if value is not None and other is not None and other != period:
        yield ListedFigure(value, found.start("figure"), max(found.end("figure"), found.end("scale")), other)


@cache
def _from_to() -> re.Pattern[str]:
    return re.compile(_FROM + _patterns()[0].pattern + _UNTIL)


_RELATIVE = re.compile(
    r"(?:上年|去年|上一年度?)同[期月]|a year (?:earlier|ago|before)"
    r"|the (?:same|corresponding|comparable) (?:period|quarter|half|months?)(?: (?:of|in))?(?: the)?"
    r" (?:last|prior|previous|preceding|a) (?:financial |fiscal )?year(?: (?:ago|earlier))?"
    r"|the prior[- ]year (?:period|quarter|half)"
)


def with_relative(text: str, times: Sequence[Time]) -> list[Time]:
    """What a sentence says of time, with words like "the same period last year" as a year before what they follow.

    >>> said = [(0, 9, TimeRef(2024, None, 6, 1))]
    >>> [str(one.flow()) for _, _, one in with_relative("2024年上半年收入3元，上年同期2元", said)]
    ['2024H1', '2023H1']
    """
    found = list(times)
    for one in _RELATIVE.finditer(text):
        last = next((t for _, end, t in reversed(times) if end <= one.start() and t.year), None)
        if last is not None and last.year is not None:
            found.append((*one.span(), replace(last, year=last.year - 1)))
    return sorted(found, key=lambda time: time[0])


@cache
def _year_before() -> re.Pattern[str]:
    return re.compile(
        r"[^();\d]{0,40}?\((?:the )?(?:prior|previous|preceding|last) (?:financial )?year:?\s*" + _patterns()[0].pattern
    )


def bracketed(text: str, end: int, unit: str, times: Sequence[Time]) -> ListedFigure | None:
    """The figure of a year, a period or the year before that stands in brackets after one that ends at a place."""
    if (before := _year_before().match(text, end)) is not None and (value := _value(before, unit)) is not None:
        return ListedFigure(value, before.start("figure"), max(before.end("figure"), before.end("scale")), year=-1)
    found = _patterns()[1][0].match(_masked(text, times), end)
    time_words = {e: time_words for _, e, time_words in times}.get(found.end("time")) if found is not None else None
    value = _value(found, unit) if found is not None else None
    if found is None or value is None or time_words is None:
        return None
    last = max(found.end("figure"), found.end("scale"))
    if time_words != TimeRef(time_words.year):
        return ListedFigure(value, found.start("figure"), last, time_words.flow() or time_words.stock())
    return ListedFigure(value, found.start("figure"), last, year=time_words.year)


def _like(time_words: TimeRef, period: Period) -> Period | None:
    """What a time says, a bare year as the period beside which it stands."""
    if time_words.year is not None and time_words.end is None and not time_words.months and not time_words.start:
        last = period.end
        day = date(time_words.year, last.month, min(last.day, monthrange(time_words.year, last.month)[1]))
        return Period.until(day, period.months) if period.months else Period.of("day", day)
    if period.months:
        flow = time_words.flow()
        return flow if flow is not None and flow.months == period.months else None
    return time_words.stock()


def listed(text: str, at: int, first: ListedFigure, unit: str, times: Sequence[Time]) -> list[ListedFigure]:
    """A figure and those that follow it in a list, in the order of the text; alone where there is no list.

    Args:
        text: The sentence.
        at: Where the first figure ends, with its unit.
        first: The first figure.
        unit: Its unit.
        times: What the sentence says of time.
    """
    masked, found = _masked(text, times), [first]
    following = re.compile(_AND + _patterns()[0].pattern + _ENDS)
    while (one := following.match(masked, at)) is not None:
        value = _value(one, unit)
        if value is None:
            break
        found.append(ListedFigure(value, one.start("figure"), max(one.end("figure"), one.end("scale"))))
        at = one.end()
    return found


def distinct_labels(
    text: str, run: list[ListedFigure], begin: int, times: Sequence[Time], period_of: Callable[[TimeRef], Period | None]
) -> list[ListedFigure]:
    """A list of figures with the times or the names that stand in a list of the same length; empty where none does.

    Args:
        text: The sentence.
        run: The figures.
        begin: Where the name of the first of them ends.
        times: What the sentence says of time.
        period_of: The period that a time means for them.
    """
    for group in _groups(text, times):
        if group[-1][1] <= run[0].start or group[0][0] >= run[-1].end:
            periods = _periods(text, group, len(run), period_of)
            if periods is not None:
                return [replace(one, period=period) for one, period in zip(run, periods, strict=True)]
    parts = re.split(_AND, _masked(text, times)[:begin])[-len(run) :]
    names = [_LEADS.sub("", parts[0]), *parts[1:]]
    if len(parts) == len(run) and all(item_of(name) for name in names):
        return [replace(one, name=name) for one, name in zip(run, names, strict=True)]
    return []


def _groups(text: str, times: Sequence[Time]) -> Iterator[list[Time]]:
    """Times that stand in a list or lead from one to the other."""
    group: list[Time] = list(times[:1])
    for before, time in pairwise(times):
        between = text[before[1] : time[0]]
        if not (_JOINED.fullmatch(between) or _THROUGH.fullmatch(between)):
            yield group
            group = []
        group.append(time)
    if group:
        yield group


def _periods(
    text: str, group: list[Time], count: int, period_of: Callable[[TimeRef], Period | None]
) -> list[Period] | None:
    first = period_of(group[0][2])
    if first is None:
        return None
    others = [_like(time_words, first) for _, _, time_words in group[1:]]
    if any(other is None for other in others):
        return None
    periods = [first, *(other for other in others if other is not None)]
    if len(group) == 2 and _THROUGH.fullmatch(text[group[0][1] : group[1][0]]):
        years = range(first.end.year, periods[1].end.year + 1)
        found = [_like(TimeRef(year), first) for year in years]
        periods = [period for period in found if period is not None]
    return periods if len(periods) == count > 1 else None


def amounts_in(text: str, unit: str, times: Sequence[Time]) -> Iterator[ListedFigure]:
    """The figures of a text that say an amount in a unit, apart from what it says of time.

    Args:
        text: A sentence.
        unit: A currency, ``ratio`` or what is counted.
        times: What the sentence says of time.
    """
    for found in _patterns()[0].finditer(_masked(text, times)):
        value = _value(found, unit)
        if value is not None:
            yield ListedFigure(value, found.start(), found.end())
