"""What is unvalidated: the claims the case stands on that no fact supports yet, and what a team must still find."""

from __future__ import annotations

from datetime import timedelta

from guanzi.base.core import Finding, Kind, Period, Severity
from guanzi.record.evidence import (
    Reading,
    View,
    annual,
    asked_of,
    calendar,
    label_of,
    lacking,
    latest,
    months_of,
    parts_beyond,
    there,
    words,
)
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import ASSUMPTIONS, LOYALTY

#: Growth of revenue a year above which a plan needs its own evidence: doubling.
STRETCH = 1.0
SERIES_MODELS = frozenset({"scale-up-manufacturer"})
"""Company models that rest on what is sold already; the others carry the way to the first product themselves."""

OF_SERVICE = ("gap_service_promise", "free_service_liability")
"""What is said of services promised for nothing, where there are users to serve."""

#: Facts that a team must still find, the code of the gap, and its work-stream.
_OPEN: tuple[tuple[str, str, str], ...] = (
    ("patents", "gap_patents", "technology"),
    ("referral_rate", "gap_referral", "users"),
    ("jobs_local", "gap_local_jobs", "fiscal"),
    ("tax_local", "gap_local_tax", "fiscal"),
)


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *_series_product(check, view),
        *_model(check, view),
        *_plan(check, view),
        *_promise(check, view),
        *_brand(check, view),
        *_response(check, view),
        *_uncounted(check, deal),
        *_parts(check.within("finance"), view),
        *(
            check.within(stream).gap(name.replace("_", "-"), Severity.MEDIUM, code)
            for name, code, stream in _OPEN
            if asked_of(view, name) and not view.named(name) and not (deal is not None and name in deal.uncounted)
        ),
    )


def _uncounted(check: Check, deal: DealFacts | None) -> list[Finding]:
    """The deal pays for jobs, and from where they are counted is not known: the first thing to ask for.

    Who works in the region is one question, with a deal and without one.
    """
    if deal is None or not deal.uncounted:
        return []
    named = tuple(label_of(name) or name for name in deal.uncounted)
    name, variant = ("jobs-local", "uncounted") if "jobs_local" in deal.uncounted else ("uncounted", "")
    return [check.within("fiscal").gap(name, Severity.HIGH, "gap_local_jobs", variant=variant, names=named)]


def _parts(check: Check, view: View) -> list[Finding]:
    """Figures of which a part is more than its whole: one of the two is wrong, or a third is missing."""
    found = parts_beyond(view)
    if not found:
        return []
    facts, told = (fact for one in found for fact in one.facts), tuple(one.as_message(view.currency) for one in found)
    return [check.gap("parts", Severity.MEDIUM, "gap_parts", facts=tuple(facts), told=told)]


def _series_product(check: Check, view: View) -> list[Finding]:
    if view.model not in SERIES_MODELS:
        return []
    year = annual(view, "deliveries")
    months = None if year is None else Reading(year.amount, year.period, year.facts)
    held = latest(view, "cumulative_deliveries") or months or latest(view, "deliveries")
    models = there(view, "series_models")
    if held is None:
        return [_series_unknown(check.within("operations"), view)]
    if held.value <= 0:
        return [
            check.within("operations").finding(
                "no-series", Kind.RISK, Severity.CRITICAL, "no_series_product", held.facts
            )
        ]
    return [
        check.within("operations").finding(
            "series",
            Kind.ASSET,
            Severity.MEDIUM,
            "series_product",
            held.facts + (models[1] if models else ()),
            variant="models" if models else "alone",
            delivered=held.value,
            period=str(held.period),
            text=models[0] if models else "",
        )
    ]


def _series_unknown(check: Check, view: View) -> Finding:
    """How many of a product were delivered was not held as a figure; that something is sold, or words of it, may be."""
    sales, told = annual(view, "revenue"), there(view, "series_models") or words(view, "product_text")
    sells = sales if sales is not None and sales.amount > 0 else None
    profit = annual(view, "net_loss")
    earns = sells is not None and profit is not None and profit.amount < 0
    return check.gap(
        "series-unknown",
        Severity.LOW if earns else Severity.HIGH,
        "gap_series",
        facts=(sells.facts if sells else ()) + (told[1] if told else ()),
        variant=("sells_told" if told else "sells") if sells else "told" if told else "",
        revenue=sells.amount if sells else None,
        period=str(sells.period) if sells else None,
        text=told[0] if told else "",
    )


def _model(check: Check, view: View) -> list[Finding]:
    """Whether any year in the facts shows the business earning money: a profit, or cash from operations."""
    losses, flows = _periods(view, "net_loss"), _periods(view, "operating_cash_flow")
    if any(loss.value < 0 for loss in losses) or any(flow.value > 0 for flow in flows):
        return []
    years = {reading.period for reading in (*losses, *flows)}
    if not years:
        return [check.gap("results-unknown", Severity.HIGH, "gap_model")]
    facts = tuple(fact for reading in (*losses, *flows) for fact in reading.facts)
    return [
        check.finding(
            "model",
            Kind.RISK,
            Severity.HIGH,
            "unvalidated_model",
            facts,
            variant=_held_variant(len(years), losses=bool(losses), flows=bool(flows)),
            n=len(years),
            start=str(min(years)),
            end=str(max(years)),
        )
    ]


def _held_variant(years: int, *, losses: bool, flows: bool) -> str:
    """Which sentence fits: of one period or several, and of which of result and cash anything was held."""
    only = "" if losses and flows else "loss" if losses else "flow"
    return "_".join(part for part in ("one" if years == 1 else "", only) if part)


def _periods(view: View, flow: str) -> tuple[Reading, ...]:
    """A flow in every year that is known, and in the newest months where these are not a year of the calendar."""
    years, last = calendar(view, flow), annual(view, flow)
    if last is None or any(year.period == last.period for year in years):
        return years
    return (*years, Reading(last.amount, last.period, last.facts))


def _plan(check: Check, view: View) -> list[Finding]:
    """The growth that the company's own plan asks for, from the last year held to the last year planned."""
    plan, now = latest(view, "plan_revenue", kind="year"), annual(view, "revenue")
    if plan is None or now is None or not now.value > 0:
        return []
    years = months_of(Period(plan.period.end, now.period.end + timedelta(days=1))) / 12
    if years < 1:
        return []
    growth = (plan.value / now.value) ** (1 / years) - 1
    return [
        check.finding(
            "plan",
            Kind.RISK,
            Severity.HIGH if growth > STRETCH else Severity.MEDIUM,
            "plan_stretch",
            plan.facts + now.facts,
            plan=plan.value,
            period=str(plan.period),
            now=now.value,
            now_period=str(now.period),
            times=plan.value / now.value,
            growth=growth,
        )
    ]


def _promise(check: Check, view: View) -> list[Finding]:
    promise = words(view, "free_service_promise")
    if promise is None:
        sells = view.model in SERIES_MODELS and asked_of(view, "free_service_promise")
        return [check.within("users").gap("service-promise", Severity.LOW, "gap_service_promise")] if sells else []
    found = [
        check.within("users").finding(
            "free-service",
            Kind.RISK,
            Severity.MEDIUM,
            "free_service_liability",
            promise[1],
            text=promise[0],
        )
    ]
    if not view.named("service_cost"):
        found.append(check.within("operations").gap("service-cost", Severity.MEDIUM, "gap_swap_costs"))
    return found


def _brand(check: Check, view: View) -> list[Finding]:
    """Brand and loyalty of users, with a word on how thin the evidence is."""
    total, trust = latest(view, "cumulative_deliveries"), latest(view, "founder_shares_in_trust")
    if total is not None and total.value <= 0:
        total = None  # nobody has bought: no brand
    if trust is not None and trust.value <= 0:
        trust = None
    if total is None and trust is None:
        return []
    facts = (total.facts if total else ()) + (trust.facts if trust else ())
    variant = "both" if total and trust else "delivered" if total else "trust"
    return [
        check.within("users").finding(
            "brand",
            Kind.ASSET,
            Severity.MEDIUM if total and trust else Severity.LOW,
            "brand_loyalty",
            facts,
            literature=LOYALTY,
            variant=variant,
            total=total.value if total else None,
            at=str(total.period) if total else None,
            shares=trust.value * 1e6 if trust else None,
        )
    ]


def _response(check: Check, view: View) -> list[Finding]:
    response, none = there(view, "user_response"), lacking(view, "user_response")
    if none is not None:
        return [
            check.within("users").finding(
                "no-response", Kind.RISK, Severity.LOW, "no_user_response", none[1], text=none[0]
            )
        ]
    if response is None:
        return []
    return [
        check.within("users").finding(
            "response",
            Kind.ASSET,
            Severity.LOW,
            "user_response",
            response[1],
            literature=LOYALTY,
            text=response[0],
        )
    ]


UNVALIDATED = Check(
    id="unvalidated",
    stream="model",
    needs=(
        Need("deliveries"),
        Need("cumulative_deliveries"),
        Need("series_models"),
        Need("plan_revenue"),
        Need("free_service_promise"),
        Need("founder_shares_in_trust"),
        Need("user_response"),
        Need("patents"),
        Need("referral_rate"),
        Need("service_cost"),
        Need("jobs_local"),
        Need("tax_local"),
    ),
    literature=ASSUMPTIONS,
    conclude=_conclude,
    core=True,
)
