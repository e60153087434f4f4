"""What a fund of signed deals is made of: its deals, planned payments, calls of cash, shares and sums, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.advice.following.fund_tail import FundTail
from guanzi.advice.following.learnt import Signed
from guanzi.base.core import Message, Period
from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import View
from guanzi.study.monitoring import Examined, Realised


@dataclass(frozen=True, slots=True, eq=False)
class FundDeal:
    """A signed deal of a fund.

    Attributes:
        view, sheet: What was known of it on the day; its newest term sheet.
        examined: Conditions of the sheet as they stand.
        signed, why: The forecast of its signing; None where it cannot be simulated, and why not.
        rate: Units of the currency of the fund for one of the sheet's.
        fact: Id of the fact that says so; empty where both are the same.
    """

    view: View
    sheet: TermSheet
    examined: Examined
    signed: Signed | None
    why: tuple[Message, ...] = ()
    rate: float = 1.0
    fact: str = ""


@dataclass(frozen=True, slots=True)
class NewTier:
    """A step of binding that a deal adds: planned money that waits for it, and whether it is in force (None: unknown).

    Attributes:
        ahead: Planned money that is due before any that waits for this tier.
    """

    id: str
    name: str
    waits: float
    ahead: float
    now: bool | None


@dataclass(frozen=True, slots=True)
class PlannedPayment:
    """A payment in cash by the term sheet, in millions of the fund's currency.

    Attributes:
        due, called: Its day, as planned; what the sheet calls it.
        amount: None: nobody has seen it.
        tied: It waits for a new step of binding; None: nobody has seen what it waits for.
        agreed: The deal sets its day, or it was paid; otherwise the day is assumed.
    """

    id: str
    due: date
    amount: float | None
    tied: bool | None
    called: str
    agreed: bool


_SUMMED = ("planned", "least", "most", "before", "bound", "awaits", "untold", "open", "guessed", "forgone")


@dataclass(frozen=True, slots=True)
class FundRow:
    """A deal in the fund; amounts in millions of the fund's currency.

    Attributes:
        planned: All payments in cash by the term sheet, as far as amounts are known; of brackets the middle.
        least, most: The same by the ends of the brackets.
        unknown: Planned payments whose amount nobody has seen, by id.
        before: Planned money that waits for no new step of binding.
        awaits: Of it, what waits for something else, such as an event or a figure of the company.
        bound, untold: Planned money that waits for one; that of which nobody has seen what it waits for.
        due, open: Planned money whose day has come; of it, what nothing says was paid and may still be called.
        guessed: Of it, the most that can stand on days which no deal sets.
        forgone: Revenue that is let off over all years, as far as amounts are known; it is in no other sum.
        paid, returned: By facts, or before the signing as the sheet states; None: not known.
        sale: What selling the stake brings today, loans and notes left out; None: share or value are not known.
        tiers, binding: New steps of binding; the sheet binds who signed it: it is no framework.
        drawn: Names of what was paid before the signing, as the sheet states.
        expected_calls: Still to be paid after the day, by simulation; None: not simulated.
        expected_back, expected_stake: To come back within the forecast; worth of what is still held at its end.
        learnt: The forecast was weighed by what was reported since; False: it is that of signing.
        why, facts: Why the deal is not simulated; facts behind ``paid`` and ``returned``.
        payments: What is planned, one by one.
        realised: What came back of what was paid, as ratios; None: one of them is not known.
        valued: Day of the price by which the stake is valued; None: nothing is held, or no price is known.
    """

    id: str
    title: str
    company: str
    industry: str
    region: str
    planned: float
    least: float
    most: float
    unknown: tuple[str, ...]
    before: float
    awaits: float
    bound: float
    untold: float
    due: float
    open: float
    guessed: float
    forgone: float
    paid: float | None
    returned: float | None
    sale: float | None
    tiers: tuple[NewTier, ...]
    binding: bool
    drawn: tuple[str, ...]
    expected_calls: float | None
    expected_back: float | None
    expected_stake: float | None
    learnt: bool
    why: tuple[Message, ...]
    facts: tuple[str, ...]
    payments: tuple[PlannedPayment, ...]
    realised: Realised | None
    valued: date | None


@dataclass(frozen=True, slots=True)
class CityReturns:
    """What came back of the money of the deals of one city of which that is known.

    Attributes:
        region: Id of the city.
        deals: How many deals it counts.
    """

    region: str
    deals: int
    realised: Realised


@dataclass(frozen=True, slots=True)
class QuarterCall:
    """Money that is called in a quarter, in millions.

    Attributes:
        planned: By the term sheets.
        paid: By facts or the sheet; None: no payment of the quarter is known.
        mean, low, high: After the day, of the deals that are simulated: the mean, and the sums of their own 5 and 95 %
            ends; None: the quarter is past, or no deal is simulated.
        unknown: Planned payments of the quarter whose amount nobody has seen; they are in none of the sums.
    """

    period: Period
    planned: float
    paid: float | None
    mean: float | None
    low: float | None
    high: float | None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class FundShares:
    """Shares of planned money by company, industry or region, greatest first; None: no amount is known."""

    by: str
    shares: tuple[tuple[str, float], ...]
    herfindahl: float | None
    effective: float | None


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund on a day; amounts in millions of its currency.

    Attributes:
        realised: What came back of what was paid, over the deals of which both are known; None: of none.
        cities: The same by city, in the order of their ids.
    """

    currency: str
    rows: tuple[FundRow, ...]
    calls: tuple[QuarterCall, ...]
    shares: tuple[FundShares, ...]
    tail: FundTail | None
    outside: float
    notes: tuple[Message, ...]
    realised: Realised | None
    cities: tuple[CityReturns, ...]

    @property
    def sums(self) -> dict[str, float]:
        """Over all deals: planned money with its ends, of it what waits for nothing or is untold, open and let off."""
        return {name: sum(getattr(row, name) for row in self.rows) for name in _SUMMED}

    @property
    def simulated(self) -> tuple[str, ...]:
        """Deals that are simulated."""
        return tuple(row.id for row in self.rows if row.expected_calls is not None)
