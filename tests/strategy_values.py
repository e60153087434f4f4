"""Random amounts, percentages and days as people write them in term sheets."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

SIGNED = date(2020, 4, 29)


@cache
def percents(low: int, high: int) -> st.SearchStrategy[str]:
    """Percentages as people write them, with one decimal."""
    return st.integers(low * 10, high * 10).map(lambda n: f"{n / 10:g}%")


def _bracketed(values: st.SearchStrategy[Any], key: Any) -> st.SearchStrategy[dict[str, Any]]:
    ends = st.tuples(values, values).map(lambda pair: sorted(pair, key=key))
    return ends.map(lambda pair: {"unknown": {"low": pair[0], "high": pair[1], "note": "judgement"}})


@cache
def amounts(low: int, high: int) -> st.SearchStrategy[Any]:
    """Amounts, some of them known by a bracket only."""
    numbers = st.integers(low, high)
    return st.one_of(numbers, numbers, numbers, _bracketed(numbers, float))


@cache
def rates(low: int, high: int) -> st.SearchStrategy[Any]:
    """Percentages, some of them known by a bracket only."""
    numbers = percents(low, high)
    return st.one_of(numbers, numbers, _bracketed(numbers, lambda text: float(text[:-1])))


@cache
def days(earliest: int, latest: int) -> st.SearchStrategy[date]:
    """Days so many days after the signing."""
    return st.integers(earliest, latest).map(lambda n: SIGNED + timedelta(days=n))
