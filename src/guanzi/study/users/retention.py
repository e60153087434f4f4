"""How long users stay: the estimator of Kaplan and Meier, by cohort, and whether two groups differ.

A user who is still there has stayed at least so long: such a time is censored, not an end. The estimator and its
interval are those of SciPy (Greenwood's variance on the log-log scale), and so is the log-rank test.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from guanzi.base.core import DAYS_OF_YEAR, InvalidInput, Message, Problem
from guanzi.intake.inputs import Records

MONTH = DAYS_OF_YEAR / 12
SHOWN_MONTHS = (3, 6, 12, 24, 36)
FEWEST = 10
"""Users below which a cohort is not shown by itself."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long one user stayed, in months; ``over`` when the end was seen."""

    cohort: str
    months: float
    over: bool
    referred: bool | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Share of users still there after some months, with its 95 % interval; ``at_risk`` were observed so long."""

    months: int
    share: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """Users who joined in one year, or all: number, ends seen, and the shares that stayed."""

    name: str
    users: int
    left: int
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """Retention of a list of users.

    Attributes:
        everybody: All users.
        cohorts: By year of joining; those of fewer than ten users are left out.
        referred, others: Users who came by recommendation, and the others; None where the list does not say.
        referred_differ: p-value of the log-rank test between the two; None where it cannot be made.
        cohorts_differ: p-value between the first and the last cohort shown.
    """

    everybody: Cohort
    cohorts: tuple[Cohort, ...]
    referred: Cohort | None
    others: Cohort | None
    referred_differ: float | None
    cohorts_differ: float | None


def stays_of(records: Records, day: date) -> tuple[Stay, ...]:
    """The stays of a list of users as seen on a day; who joined later is not there yet.

    Raises:
        InvalidInput: A day cannot be read, or somebody left before joining.
    """
    problems: list[Problem] = []
    found: list[Stay] = []
    for row in records.rows:
        joined, left = records.day(row, "joined", problems), records.day(row, "left", problems)
        if joined is None or joined > day:
            continue
        if left is not None and left < joined:
            cause = Message.of("diligence.users.left_before", joined=joined.isoformat(), left=left.isoformat())
            problems.append(records.problem(row, "left", cause))
            continue
        over = left is not None and left <= day
        end = left if over and left is not None else day
        found.append(Stay(str(joined.year), (end - joined).days / MONTH, over, records.flag(row, "referred")))
    if not problems and not found:
        problems.append(Problem(Message.of("diligence.users.nobody", day=day.isoformat()), records.place))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def retention(stays: Sequence[Stay]) -> Retention:
    """How long users stay, together and by group."""
    years = sorted({s.cohort for s in stays})
    groups = {year: [s for s in stays if s.cohort == year] for year in years}
    large = [year for year in years if len(groups[year]) >= FEWEST]
    referred, others = ([s for s in stays if s.referred is value] for value in (True, False))
    both = len(referred) >= FEWEST and len(others) >= FEWEST
    return Retention(
        everybody=_cohort("all", stays),
        cohorts=tuple(_cohort(year, groups[year]) for year in large),
        referred=_cohort("referred", referred) if both else None,
        others=_cohort("others", others) if both else None,
        referred_differ=_differ(referred, others) if both else None,
        cohorts_differ=_differ(groups[large[0]], groups[large[-1]]) if len(large) > 1 else None,
    )


def _cohort(name: str, stays: Sequence[Stay]) -> Cohort:
    from scipy.stats import ecdf

    survival = ecdf(_censored(stays)).sf
    ends = sum(s.over for s in stays)
    with warnings.catch_warnings(action="ignore"):  # undefined where nobody or everybody has left: see _known
        bounds = survival.confidence_interval(method="log-log") if ends else None
    kept = []
    for months in SHOWN_MONTHS:
        at_risk = sum(s.months >= months for s in stays)
        if at_risk == 0:
            break
        at = np.array([float(months)])
        share = float(survival.evaluate(at)[0])
        ends_of = () if bounds is None else (bounds.low, bounds.high)
        low, high = [float(b.evaluate(at)[0]) for b in ends_of] or (share, share)
        kept.append(Kept(months, share, _known(low, share), _known(high, share), at_risk))
    return Cohort(name, len(stays), ends, tuple(kept))


def _known(bound: float, share: float) -> float:
    """Where nobody, or everybody, has left, the interval of the library is not defined: the share itself stands."""
    return share if math.isnan(bound) else bound


def _differ(first: Sequence[Stay], second: Sequence[Stay]) -> float | None:
    from scipy.stats import logrank

    if not any(s.over for s in (*first, *second)):
        return None
    p = float(logrank(_censored(first), _censored(second)).pvalue)
    return None if math.isnan(p) else p


def _censored(stays: Sequence[Stay]) -> Any:
    from scipy.stats import CensoredData

    ended = [s.months for s in stays if s.over]
    return CensoredData(uncensored=ended, right=[s.months for s in stays if not s.over])
