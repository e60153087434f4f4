"""Words that speak of a time after the decision, or of what came of it."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Iterator
from datetime import date

from guanzi.base.core import InvalidInput, Period

_MONTHS = [name.lower() for name in month_abbr]
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ((?:19|20)\d{2})\b", re.IGNORECASE)
_PART = re.compile(r"\b([QH])([1-4])[ /-]?((?:19|20)\d{2})\b|\b((?:19|20)\d{2})[ /-]?([QH])([1-4])\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)")
_YEAR = re.compile(r"(?<![\d.,-])((?:19|20)\d{2})(?![\d,]|\.\d|-\d)")
_LATER = re.compile(
    r"(?<!no )(?<!not )(?<!days )(?<!weeks )(?<!months )(?<!month )(?<!years )(?<!year )\blater\b(?! than| of)"
    r"|\b(afterwards|actual|turned out|in the end|eventually|hindsight)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(drawn|undrawn|repaid|refused|rejected|restructur(?:ed|ing)|collapsed?|bankrupt\w*|insolven\w*|was|were|had|became"
    r"|received|missed|failed|cancelled|canceled|lapsed|terminated|deferred|denied|registered|did not|never)\b",
    re.IGNORECASE,
)
_AGREED = r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bif )(?<!\bwhen )(?<!\buntil )(?<!\bunless )(?<!\bbeing )"
_OUTCOME = re.compile(
    rf"{_AGREED}\b(drawn|repaid|refused|restructured|collapsed|lapsed)\b"
    r"|\b(?:went|declared|was|were) (?:bankrupt|insolvent)\b",
    re.IGNORECASE,
)
"""What came of a contract. "Is repaid" and "until repaid" are what it says itself."""


def looks_back(text: str, decided: date) -> bool:
    """Whether words speak of a time after the decision, or of what came of it.

    >>> decided = date(2009, 8, 31)
    >>> looks_back("actual: under 250,000 sold", decided), looks_back("rounded", decided)
    (True, False)
    >>> looks_back("bought in Sept 2009", decided), looks_back("no later than June", decided)
    (True, False)
    """
    return _LATER.search(text) is not None or names_later(text, decided)


def names_later(text: str, decided: date) -> bool:
    """Whether words name a time after the decision."""
    return any(start > decided for start in _times(text))


def reveals_outcome(text: str, decided: date) -> bool:
    """Whether a part of a contract's words tells what came of it; a deadline alone does not, however late it is.

    >>> decided = date(2018, 10, 31)
    >>> reveals_outcome("annual tax of 2.23bn CNY from end of 2023", decided)
    False
    >>> reveals_outcome("in Feb 2021 the first claim was placed behind", decided)
    True
    >>> reveals_outcome("129 drawn of 249", decided), reveals_outcome("the grant is repaid below 600 jobs", decided)
    (True, False)
    """
    if _OUTCOME.search(text) or _LATER.search(text):
        return True
    return names_later(text, decided) and _HAPPENED.search(text) is not None


def _times(text: str) -> Iterator[date]:
    for found in _DAY.finditer(text):
        try:
            yield Period.parse(found[0]).start
        except InvalidInput:
            continue
    for found in _MONTH.finditer(text):
        yield date(int(found[2]), _MONTHS.index(found[1].lower()), 1)
    for found in _PART.finditer(text):
        letter, number, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[6], found[4])
        if letter.upper() == "Q" or int(number) <= 2:
            yield Period.parse(f"{year}{letter.upper()}{number}").start
    for found in _YEAR.finditer(text):
        yield date(int(found[1]), 1, 1)
