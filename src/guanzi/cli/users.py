"""Users: how long they stay, and how sound their orders are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import GuanziError, dump_json, wrap
from guanzi.cli.speech import say
from guanzi.cli.technology import print_facts
from guanzi.intake.inputs import Records, read_records
from guanzi.study import users

WIDTH = 100


def show_users(file: Path, day: date, facts: bool, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, what a list of users or of orders says.

    Args:
        file: CSV of users with the days on which they joined and left, or of orders.
        day: Last day that the list covers.
        facts: Print the figures as facts of a case.
        lang: Language.
        as_json: Print JSON alone.
    """
    records = _read(file)
    if records.kind == "users":
        found = users.retention(users.stays_of(records, day))
        data, held = _stay_data(found), _stay_facts(found)
    else:
        orders = users.orders_of(records, day)
        quality = users.order_quality(orders, rewards_known="reward" in records.columns)
        data, held = _order_data(quality), _order_facts(quality)
    if as_json:
        print(dump_json({**data, "facts": [{"name": n, "value": v, "unit": u} for n, v, u in held]}), end="")
    elif facts:
        print_facts(held, day, file.name)
    elif records.kind == "users":
        _show_stays(found, lang)
    else:
        _show_orders(quality, lang)


def _read(file: Path) -> Records:
    """The list as one of users, or else as one of orders; the refusal of the second names what orders need."""
    try:
        return read_records(file, "users")
    except GuanziError:
        return read_records(file, "orders")


def _show_stays(found: users.Retention, lang: str) -> None:
    table = Table(box=None, pad_edge=False)
    for head in ("cohort", "users", "left", "months", "kept", "low", "high", "at_risk"):
        table.add_column(say(f"cli.users.{head}", lang), justify="left" if head == "cohort" else "right")
    groups = [found.everybody, *found.cohorts, *(c for c in (found.referred, found.others) if c is not None)]
    for cohort in groups:
        name = cohort.name if cohort.name.isdigit() else say(f"cli.users.{cohort.name}", lang)
        for index, kept in enumerate(cohort.kept):
            left = [name, str(cohort.users), str(cohort.left)] if index == 0 else ["", "", ""]
            shares = [say("cli.users.percent", lang, value=v) for v in (kept.share, kept.low, kept.high)]
            table.add_row(*left, str(kept.months), *shares, str(kept.at_risk))
    Console().print(table)
    if found.referred_differ is not None:
        _tell("cli.users.referred_differ", lang, p=found.referred_differ)
    if found.cohorts_differ is not None:
        first, last = found.cohorts[0].name, found.cohorts[-1].name
        _tell("cli.users.cohorts_differ", lang, first=first, last=last, p=found.cohorts_differ)


def _show_orders(found: users.Orders, lang: str) -> None:
    _tell("cli.users.orders", lang, orders=found.orders, users=found.users)
    table = Table(box=None, pad_edge=False)
    for head in ("share", "value", "low", "high", "count"):
        table.add_column(say(f"cli.users.{head}", lang), justify="left" if head == "share" else "right")
    for name in ("arms_length", "paid", "sound", "repeated", "buyers_again", "referred", "corrected"):
        share = getattr(found, name)
        if share is None:
            table.add_row(say(f"cli.users.share.{name}", lang), say("cli.users.unknown", lang), "", "", "")
            continue
        values = [say("cli.users.percent", lang, value=v) for v in (share.value, *share.interval)]
        count = say("cli.users.count_of", lang, k=share.k, n=share.n)
        table.add_row(say(f"cli.users.share.{name}", lang), *values, count)
    Console().print(table)
    if found.referred is not None and found.corrected is not None:
        shares = {"low": found.corrected.value, "high": found.referred.value}
        _tell("cli.users.corrected", lang, **shares)
    if found.reward_share is not None:
        _tell("cli.users.reward_share", lang, share=found.reward_share)


def _stay_facts(found: users.Retention) -> list[tuple[str, float, str]]:
    year = next((k for k in found.everybody.kept if k.months == 12), None)
    return [("retention_12m", year.share, "ratio")] if year is not None else []


def _order_facts(found: users.Orders) -> list[tuple[str, float, str]]:
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


def _tell(id: str, lang: str, **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))
