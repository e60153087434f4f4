"""Users on the screen: how long they stay, and how sound their orders are."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from guanzi.console import say
from guanzi.jobs.diligence import measures
from guanzi.jobs.diligence import users as service
from guanzi.jobs.shared.show import print_message
from guanzi.study import users


def show_users(result: service.Result, lang: str, request: service.Request) -> None:
    """Print what a list of users or of orders says; with ``facts`` as facts of a case."""
    if request.facts:
        print(measures.facts_text(result.facts, request.on, request.file.name))
    elif isinstance(result.found, users.Retention):
        _show_stays(result.found, lang)
    else:
        _show_orders(result.found, lang)


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
        print_message("cli.users.referred_differ", lang, p=found.referred_differ)
    if found.cohorts_differ is not None:
        first, last = found.cohorts[0].name, found.cohorts[-1].name
        print_message("cli.users.cohorts_differ", lang, first=first, last=last, p=found.cohorts_differ)


def _show_orders(found: users.Orders, lang: str) -> None:
    print_message("cli.users.orders", lang, orders=found.orders, users=found.users)
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
        print_message("cli.users.corrected", lang, **shares)
    if found.reward_share is not None:
        print_message("cli.users.reward_share", lang, share=found.reward_share)
