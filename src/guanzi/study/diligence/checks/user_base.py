"""Users: do they stay, do they come back, who sent them at what price, and are the orders real.

Thresholds, judgements of the project: half of the users still there after a year, half of the orders paid, nine tenths
of them at arm's length. A reward of a twentieth of the price or more buys the recommendation.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import strength
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import INTENTIONS, REFERRALS, RETENTION
from guanzi.study.diligence.objects import has_users, sells

HALF, MOST = 0.5, 0.9
BOUGHT = 0.05
REPEAT = 0.2
LOSS = 0.1


def _stay(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *strength(check, view, "retention_12m", "year", ("users_leave", "users_stay"), HALF),
        *strength(check, view, "repeat_purchase_share", "repeat", ("few_come_back", "users_come_back"), REPEAT),
    )


def _referred(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    rate, reward = latest(view, "referral_rate"), latest(view, "referral_reward")
    if rate is None:
        return ()
    if not rate.value > 0:
        return (check.finding("nobody", Kind.RISK, Severity.LOW, "no_referrals", rate.facts, at=str(rate.period)),)
    free = latest(view, "referral_rate_unrewarded")
    found = [] if free is None else [_without_reward(check, rate, free)]
    if reward is None:
        return (
            *found,
            check.gap("reward-unknown", Severity.MEDIUM, "gap_referral_reward", facts=rate.facts, rate=rate.value),
        )
    price = latest(view, "unit_price") or latest(view, "list_price")
    if price is None or not price.value > 0:
        return (
            *found,
            check.gap("price-unknown", Severity.MEDIUM, "gap_referral_price", facts=reward.facts, reward=reward.value),
        )
    return (*found, _paid(check, rate, reward, price))


def _paid(check: Check, rate: Reading, reward: Reading, price: Reading) -> Finding:
    share = reward.value / price.value
    bought = share >= BOUGHT
    return check.finding(
        "reward",
        Kind.RISK if bought else Kind.ASSET,
        Severity.MEDIUM,
        "referrals_bought" if bought else "referrals_cheap",
        rate.facts + reward.facts + price.facts,
        variant="bought" if bought else "cheap",
        rate=rate.value,
        share=share,
        cost=rate.value * share,
    )


def _without_reward(check: Check, rate: Reading, free: Reading) -> Finding:
    lost = rate.value - free.value
    fragile = lost > LOSS or not free.value > 0
    return check.finding(
        "unrewarded",
        Kind.RISK if fragile else Kind.ASSET,
        Severity.MEDIUM,
        "referrals_bought" if fragile else "referrals_genuine",
        rate.facts + free.facts,
        variant="fragile" if fragile else "genuine",
        rate=rate.value,
        free=free.value,
    )


def _orders(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *strength(
            check, view, "orders_arms_length_share", "arms-length", ("orders_related", "orders_arms_length"), MOST
        ),
        *strength(check, view, "orders_paid_share", "paid", ("orders_not_paid", "orders_paid"), HALF),
        *strength(check, view, "orders_repeat_share", "repeat", ("orders_first_time", "orders_repeated"), REPEAT),
    )


USER_RETENTION = Check(
    id="user-retention",
    stream="users",
    needs=(Need("retention_12m"), Need("repeat_purchase_share")),
    literature=RETENTION,
    conclude=_stay,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)

REFERRAL_PRICE = Check(
    id="referral-price",
    stream="users",
    needs=(Need("referral_rate"), Need("referral_reward"), Need("referral_rate_unrewarded")),
    literature=REFERRALS,
    conclude=_referred,
    severity_if_missing=Severity.MEDIUM,
    asks=has_users,
)

ORDER_QUALITY = Check(
    id="order-quality",
    stream="users",
    needs=(Need("orders_arms_length_share"), Need("orders_paid_share"), Need("orders_repeat_share")),
    literature=INTENTIONS,
    conclude=_orders,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)
