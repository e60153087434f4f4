"""Funding window: can the company raise its next money from others than the city?

Thresholds: a share price or value that has fallen by half is a judgement of the project; raised within a year is the
period that IAS 1.26 looks ahead; liquid means below a fifth of the debts of one year are a rule of thumb of credit
analysis taken over as a judgement.
"""

from __future__ import annotations

from datetime import timedelta

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import FUNDS, NOTES, View, latest, liquid_at, prices, rounds, series
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LOOKING_AHEAD, MARKET_TIMING, MATURITY
from guanzi.study.diligence.objects import needs_backing

HALVED = -0.5
YEAR = timedelta(days=365)
FIFTH = 0.2


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    said = check.in_words(view, "funding_text", "said", Kind.GAP, Severity.MEDIUM, "gap_funding_said")
    return (*_price(check, view), *_raised(check, view), *_due(check, view), *said)


def _price(check: Check, view: View) -> list[Finding]:
    """What the market has paid, from the first to the last day held."""
    for held in (prices(view, "ads_price"), series(view, "market_value", kind="day")):
        if len(held) > 1 and held[0].value > 0:
            break
    else:
        return []
    first, last = held[0], held[-1]
    change = last.value / first.value - 1
    fell = change < 0
    return [
        check.finding(
            "price",
            Kind.RISK if fell else Kind.ASSET,
            Severity.HIGH if change <= HALVED else Severity.MEDIUM,
            "funding_window_narrow" if fell else "funding_window_open",
            first.facts + last.facts,
            variant="fell" if fell else "held",
            rate=abs(change),
            start=str(first.period),
            end=str(last.period),
        )
    ]


def _raised(check: Check, view: View) -> list[Finding]:
    held = rounds(view)
    if not held:
        return []
    raised = held[-1]
    fresh = raised.period.end >= view.as_of - YEAR
    if fresh and view.fact(raised.facts[0]).name == NOTES:
        return []  # money that bridges is told by the check of the runway
    if not raised.value > 0:
        return [
            check.finding(
                "raised",
                Kind.RISK,
                Severity.MEDIUM,
                "funding_window_narrow",
                raised.facts,
                variant="nothing",
                at=str(raised.period),
            )
        ]
    return [
        check.finding(
            "raised",
            Kind.ASSET if fresh else Kind.RISK,
            Severity.MEDIUM,
            "equity_raised" if fresh else "funding_window_narrow",
            raised.facts,
            variant="fresh" if fresh else "old",
            amount=raised.value,
            at=str(raised.period),
        )
    ]


def _due(check: Check, view: View) -> list[Finding]:
    """Debts of one year against the liquid means of the same day."""
    due = latest(view, "current_liabilities")
    if due is None or not due.value > 0:
        return []
    end = due.period.end
    liquid = liquid_at(view, end)
    if liquid is None:
        return []
    share = liquid.value / due.value
    short = share < 1
    return [
        check.finding(
            "due",
            Kind.RISK if short else Kind.ASSET,
            (Severity.HIGH if share < FIFTH else Severity.MEDIUM) if short else Severity.LOW,
            "debts_due" if short else "debts_covered",
            due.facts + liquid.facts,
            literature=MATURITY,
            variant="short" if short else "covered",
            due=due.value,
            liquid=liquid.value,
            share=share,
            at=str(due.period),
        )
    ]


FUNDING_WINDOW = Check(
    id="funding-window",
    stream="finance",
    needs=(
        Need("ads_price"),
        Need("market_value"),
        *(Need(name) for name in FUNDS),
        Need("anchor_investment"),
        Need("current_liabilities"),
        Need("funding_text"),
    ),
    literature=f"{MARKET_TIMING}; {LOOKING_AHEAD}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=needs_backing,
)
