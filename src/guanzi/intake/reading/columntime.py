"""The period of a figure by the head of its column and the title of its table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guanzi.base.core import Period
from guanzi.intake.reading.heads import ends_month
from guanzi.intake.reading.lexicon import closed, fold
from guanzi.intake.reading.periods import TimeRef

_FISCAL = re.compile(r"(?:fy|fiscal(?: year)?|financial year)[ ']*(?P<year>\d{2}(?:\d\d)?)(?!\d)")

_TWO_YEARS = re.compile(r"(?<![\d/])(?:19|20)\d\d/\d\d(?![\d/])")


def is_bare(time_words: TimeRef) -> bool:
    """Whether a head says a year alone."""
    return time_words.months is None and time_words.end is None and not time_words.start


def is_bare_year(time_words: TimeRef) -> bool:
    """Whether a head and its title say a year and neither when it ends nor a part of it."""
    return is_bare(time_words) and time_words.year is not None


def is_phrase(time_words: TimeRef | None) -> bool:
    """Whether a head says how long a period lasts and when it ends, or a day, beside its year."""
    return time_words is not None and time_words.end is not None


def ends_a_week(time_words: TimeRef | None, title: TimeRef) -> bool:
    """Whether a period ends on a day that ends no month: those of its table are counted in weeks.

    >>> ends_a_week(TimeRef(2024, (9, 28), 12), TimeRef()), ends_a_week(TimeRef(2024, (9, 30), 12), TimeRef())
    (True, False)
    """
    if time_words is None or time_words.end is None or time_words.year is None:
        return False
    return bool(time_words.over(title).months) and not ends_month(time_words)


def period_of_table(kind: str, vague: str, title: TimeRef) -> Period | None:
    """The period that "end", "beginning", "current" or "prior" of a table means."""
    if kind == "stock":
        end = title.stock()
        if end is None:
            return None
        if vague in ("end", "current"):
            return end
        return Period.parse(f"{end.end.year - 1}-12-31") if vague in ("begin", "prior") else None
    flow = title.flow()
    if vague.endswith("to_date"):
        last = flow.end if flow is not None else title.day if ends_month(title) else None
        flow = Period.until(last, last.month) if last is not None else None
    if flow is None or vague not in ("month", "to_date", "prior_to_date", "current", "prior"):
        return None
    if vague == "month":
        return flow if flow.months == 1 else None
    if vague in ("current", "to_date"):
        return flow
    return Period.until(flow.end.replace(year=flow.end.year - 1, day=1), flow.months)


def missing_time(kind: str, head: TimeRef | None, title: TimeRef) -> str:
    """What the whole document may tell of a period that a head says but for its year; see ``FoundFact.lacks``.

    >>> [missing_time(kind, TimeRef(None, (6, 30), 3, 4), TimeRef()) for kind in ("flow", "stock")]
    ['04+03', '06-30']
    """
    if head is None or head.over(title).year is not None:
        return ""
    if kind == "flow" and head.start and head.months:
        return f"{head.start:02}+{head.months:02}"
    return f"{head.end[0]:02}-{head.end[1]:02}" if kind == "stock" and head.end else ""


def fiscal_shift(heads: Sequence[str], title: TimeRef) -> int | None:
    """By how many years fiscal years of heads end after the year that names them; None where nobody can say.

    A year that ends with December ends in the year that names it. Of another one, the title has to say when the last
    year of its columns ended; of one that two years name, on which day of a year.

    >>> fiscal_shift(["FY2023", "FY2022"], TimeRef(2024, (3, 31), 12)), fiscal_shift(["FY24"], TimeRef(2024, (3, 31)))
    (1, 0)
    >>> fiscal_shift(["FY2024"], TimeRef(None, (3, 31), 12)), fiscal_shift(["2024"], TimeRef(None, (3, 31), 12))
    (None, 0)
    """
    if title.end is None and any(_TWO_YEARS.search(text) for text in heads):
        return None
    years = [int(found["year"]) % 100 for text in heads if (found := _FISCAL.search(closed(fold(text))))]
    if not years or title.end in (None, (12, 31)):
        return 0
    shift = (title.year or 0) % 100 - max(years)
    return shift if title.year is not None and shift in (0, 1) else None
