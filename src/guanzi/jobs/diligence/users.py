"""Users: how long they stay, and how sound their orders are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import GuanziError
from guanzi.intake.inputs import Records, read_records
from guanzi.jobs.diligence.declared import UsersRequest
from guanzi.jobs.diligence.measures import FactRow, fact_rows
from guanzi.study import users

Request = UsersRequest


@dataclass(frozen=True, slots=True)
class Result:
    """Of a list of users how long they stay, of a list of orders how sound they are; and the figures as facts."""

    found: users.Retention | users.Orders
    facts: list[FactRow]


def judge_users(request: Request) -> Result:
    """Say what a list of users or of orders says.

    Raises:
        InvalidInput: The file is neither.
    """
    records = _read(request.file)
    if records.kind == "users":
        stays = users.retention(users.stays_of(records, request.on))
        return Result(stays, _stay_facts(stays))
    orders = users.orders_of(records, request.on)
    quality = users.order_quality(orders, rewards_known="reward" in records.columns)
    return Result(quality, _order_facts(quality))


def data(result: Result) -> dict[str, Any]:
    """The figures as plain data, and as facts."""
    found = result.found
    plain = _stay_data(found) if isinstance(found, users.Retention) else _order_data(found)
    return {**plain, "facts": fact_rows(result.facts)}


def _read(file: Path) -> Records:
    """The list as one of users, or else as one of orders; the refusal of the second names what orders need."""
    try:
        return read_records(file, "users")
    except GuanziError:
        return read_records(file, "orders")


def _stay_facts(found: users.Retention) -> list[FactRow]:
    year = next((k for k in found.everybody.kept if k.months == 12), None)
    return [("retention_12m", year.share, "ratio")] if year is not None else []


def _order_facts(found: users.Orders) -> list[FactRow]:
    named = {
        "orders_arms_length_share": found.arms_length,
        "orders_paid_share": found.paid,
        "orders_repeat_share": found.repeated,
        "repeat_purchase_share": found.buyers_again,
        "referral_rate": found.referred,
    }
    return [(name, share.value, "ratio") for name, share in named.items() if share is not None]


def _stay_data(found: users.Retention) -> dict[str, Any]:
    return {
        "everybody": _cohort(found.everybody),
        "cohorts": [_cohort(c) for c in found.cohorts],
        "referred": found.referred and _cohort(found.referred),
        "others": found.others and _cohort(found.others),
        "referred_differ_p": found.referred_differ,
        "cohorts_differ_p": found.cohorts_differ,
    }


def _cohort(cohort: users.Cohort) -> dict[str, Any]:
    kept = [
        {"months": k.months, "share": k.share, "interval": [k.low, k.high], "at_risk": k.at_risk} for k in cohort.kept
    ]
    return {"name": cohort.name, "users": cohort.users, "left": cohort.left, "kept": kept}


def _order_data(found: users.Orders) -> dict[str, Any]:
    names = ("arms_length", "paid", "sound", "repeated", "buyers_again", "referred", "corrected")
    shares = {name: share for name in names if (share := getattr(found, name)) is not None}
    plain = {n: {"k": s.k, "n": s.n, "value": s.value, "interval": list(s.interval)} for n, s in shares.items()}
    return {"orders": found.orders, "users": found.users, "reward_share": found.reward_share, **plain}
