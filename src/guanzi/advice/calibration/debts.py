"""Quoted debt of a company: price or yield of a bond, and the terms without which a price says too little.

The facts of one bond have one subject: the company itself, or one whose name begins with ``bond``, such as
``bond-2024``. A price is a share of the face, without interest that has accrued; an interval is bid and ask. Of prices
and yields the latest counts. Due is the day on which holders can first ask for the face: that of the last payment, or
an earlier one on which they may give the bond back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.advice.calibration.amounts import latest
from guanzi.base.core import DAYS_OF_YEAR, InvalidInput, Message, Period, Problem
from guanzi.record.evidence import Resolution, View

BOND = "bond"
"""Beginning of the subjects that are bonds of the company."""
QUOTES = ("bond_price", "bond_yield")
TERMS = ("bond_coupon", "bond_due")
"""Facts without which a price is not asked of the paths."""
QUOTE_DAYS = 92
"""Days after which the price of a day is no longer one that paths must meet."""
SHARES = ("share_price", "ads_price")
MOST_PRICE = 10.0
"""No price is ten times the face; 27 stands for 27 % of it."""


@dataclass(frozen=True, slots=True)
class QuotedDebt:
    """A bond, or convertible notes, with what was paid for it.

    Attributes:
        name: Subject of its facts.
        bid: Price as a share of the face; the lower end.
        ask: The upper end; the same where one price was held.
        quoted: Day of the price.
        coupon: Interest of a year as a share of the face.
        due: Day on which holders can first ask for the face.
        conversion: Price at which a share is had for the face, over the price of a share on the day; None: it does not
            convert, or no price of a share is held.
        facts: Ids of the facts.
    """

    name: str
    bid: float
    ask: float
    quoted: Period
    coupon: float
    due: date
    conversion: float | None
    facts: tuple[str, ...]

    @property
    def price(self) -> float:
        """The middle of bid and ask."""
        return (self.bid + self.ask) / 2.0

    def quoted_within(self, day: date) -> bool:
        """Whether the price still says something about a day."""
        return (day - self.quoted.end).days <= QUOTE_DAYS

    def years(self, day: date) -> float:
        """Years from a day until it is due."""
        return (self.due - day).days / DAYS_OF_YEAR


@dataclass(frozen=True, slots=True)
class LacksTerms:
    """A price of debt whose terms are not held.

    Attributes:
        name: Subject of its facts.
        lacks: Names of the facts that are missing.
        facts: Ids of those that are there.
    """

    name: str
    lacks: tuple[str, ...]
    facts: tuple[str, ...]


def quoted_debts(view: View) -> tuple[QuotedDebt | LacksTerms, ...]:
    """The debt of the company for which a price or a yield is held, by subject.

    Raises:
        InvalidInput: A day is not written as one, or a price is no share of the face; all such facts at once.
    """
    subjects = sorted({f.subject for f in view.facts if f.name in QUOTES and _own(f.subject)})
    problems = [p for subject in subjects for p in _problems(view, subject)]
    if problems:
        raise InvalidInput(problems)
    return tuple(found for subject in subjects if (found := _debt(view, subject)) is not None)


def price_at(rate: float, coupon: float, years: float) -> float:
    """Price of a bond, as a share of its face, that yields a rate to the day on which it is due.

    >>> round(price_at(0.05, 0.05, 4.0), 3), round(price_at(0.30, 0.045, 4.0), 3)
    (1.003, 0.458)
    """
    steps = max(1, round(4 * years))
    interest = sum((1.0 + rate) ** -min((n + 1) / 4.0, years) for n in range(steps))
    return float(coupon / 4.0 * interest + (1.0 + rate) ** -years)


def _own(subject: str) -> bool:
    return subject == "company" or subject.startswith(BOND)


def _debt(view: View, subject: str) -> QuotedDebt | LacksTerms | None:
    held = [r for name in QUOTES if (r := view.resolve(name, subject)) is not None]
    quote = max(held, key=lambda r: r.period.end, default=None)
    if quote is None:
        return None
    coupon, due, put = (view.resolve(name, subject) for name in (*TERMS, "bond_put"))
    if coupon is None or due is None:
        lacks = tuple(n for n, r in zip(TERMS, (coupon, due), strict=True) if r is None)
        return LacksTerms(subject, lacks, (quote.fact.id,))
    days = [_day(r) for r in (due, put) if r is not None]
    ends = min(d for d in days if d is not None and (d > view.as_of or d == days[0])) if days[0] else None
    if ends is None or ends <= view.as_of:
        return None
    facts = [r.fact.id for r in (quote, coupon, due, put) if r is not None]
    strike, share = latest(view, "bond_conversion", subject=subject), latest(view, *SHARES)
    conversion = strike.value / share.value if strike is not None and share is not None and share.value > 0 else None
    if conversion is not None and strike is not None and share is not None:
        facts += [*strike.facts, *share.facts]
    low, high = quote.interval
    if quote.fact.name == "bond_yield":
        years = (ends - quote.period.end).days / DAYS_OF_YEAR
        low, high = price_at(high, coupon.value, years), price_at(low, coupon.value, years)
    return QuotedDebt(subject, low, high, quote.period, coupon.value, ends, conversion, tuple(dict.fromkeys(facts)))


def _day(found: Resolution) -> date | None:
    try:
        return date.fromisoformat(found.text)
    except ValueError:
        return None


def _problems(view: View, subject: str) -> Iterator[Problem]:
    for name in ("bond_due", "bond_put"):
        found = view.resolve(name, subject)
        if found is not None and _day(found) is None:
            cause = Message.of("appraisal.debt.no_day", name=name, value=found.text)
            yield Problem(cause, found.fact.place, Message.of("appraisal.debt.no_day.mend"), excerpt=found.text)
    price = view.resolve("bond_price", subject)
    if price is not None and not 0.0 < price.interval[0] <= price.interval[1] < MOST_PRICE:
        cause = Message.of("appraisal.debt.no_share", value=price.interval[1])
        yield Problem(cause, price.fact.place, Message.of("appraisal.debt.no_share.mend"))
