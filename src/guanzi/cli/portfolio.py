"""Many deals together: the distribution of the whole, where its tail comes from, concentration and limits."""

from __future__ import annotations

from datetime import date
from math import isnan
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import GROUPS, Account, Holding, Portfolio, portfolio
from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, Progress, dump_json, render, wrap
from guanzi.cli.speech import say
from guanzi.cli.versions import Version, find_version, setting_of
from guanzi.intake.inputs import load_portfolio
from guanzi.record.evidence import View, held_rate
from guanzi.record.playbooks import load_playbook

WIDTH = 100
TABLE = 120


def run_portfolio(
    deals: list[str],
    limits: list[str],
    currency: str | None,
    as_of: date | None,
    playbook: str,
    paths: int,
    seed: int,
    threads: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Simulate deals on the same paths and print what the whole amounts to."""
    bounds: dict[str, float] = {}
    if len(deals) == 1 and Path(deals[0]).suffix in (".yaml", ".yml"):
        file = load_portfolio(Path(deals[0]), deals[0])
        deals, bounds, currency = list(file.deals), file.limits.given(), currency or file.currency
    bounds |= dict(_limit(text) for text in limits)
    method = load_playbook(playbook)
    versions = [find_version(text) for text in deals]
    views = [_view(version, as_of) for version in versions]
    home = currency or versions[0].sheet.currency
    holdings: list[Holding] = []
    for version, view in zip(versions, views, strict=True):
        rate, fact = _rate(version, view, home)
        label = (
            version.label if version.label not in [h.label for h in holdings] else f"{version.label} ({len(holdings)})"
        )
        setting = setting_of(version, view, method, lang)
        holdings.append(Holding(label, view.company.id, view.industry, view.region.id, setting, rate, fact))
    with Progress(Message.of("cli.progress.paths"), paths * len(holdings), lang=lang) as progress:
        found = portfolio(
            holdings, home, limits=bounds, paths=paths, seed=seed, threads=threads, progress=progress.advance
        )
    if as_json:
        print(dump_json(found.data()), end="")
    else:
        print_portfolio(found, lang)


def _view(version: Version, as_of: date | None) -> View:
    if version.case is None:
        cause, mend = Message.of("cli.portfolio.no_case"), Message.of("cli.portfolio.no_case.mend")
        raise InvalidInput(Problem(cause, Place(version.label), mend))
    return version.case.view(as_of or version.case.decision_date)


def _rate(version: Version, view: View, home: str) -> tuple[float, str]:
    """The rate that the case of the deal held on its day, with its fact; a fixed one is never assumed."""
    own = version.sheet.currency
    if own == home:
        return 1.0, ""
    held = held_rate(view, own, home)
    if held is not None:
        return held.value, held.facts[0]
    named: dict[str, Parameter] = {"deal": version.label, "own": own, "home": home, "day": view.as_of.isoformat()}
    mend = Message.of("cli.portfolio.no_rate.mend", name=f"{own}_{home}".lower())
    raise InvalidInput(Problem(Message.of("cli.portfolio.no_rate", **named), version.sheet.place, mend))


def _limit(text: str) -> tuple[str, float]:
    by, _, value = text.partition("=")
    try:
        share = float(value.removesuffix("%")) / (100.0 if value.endswith("%") else 1.0)
    except ValueError:
        share = -1.0
    if by not in GROUPS or not 0.0 < share <= 1.0:
        mend = Message.of("cli.portfolio.limit.mend")
        raise InvalidInput(Problem(Message.of("cli.portfolio.limit", text=text), Place("--limit"), mend, excerpt=text))
    return by, share


def print_portfolio(found: Portfolio, lang: str) -> None:
    """The whole in each account with its parts, then concentration, limits and notes."""
    print(say("cli.portfolio.title", lang, deals=len(found.money), paths=found.paths, seed=found.seed))
    for one in found.accounts:
        print()
        _whole(one, found.currency, lang)
        _parts(one, found, lang)
    print()
    print(say("cli.portfolio.concentration", lang))
    for group in found.concentration:
        shares = ", ".join(say("cli.portfolio.share", lang, name=n, share=x) for n, x in group.shares[:4])
        named: dict[str, Parameter] = {
            "by": say(f"cli.portfolio.by.{group.by}", lang),
            "index": group.herfindahl,
            "shares": shares,
        }
        _tell(say("cli.portfolio.group", lang, effective=group.effective, **named))
    for limit in found.exceeded:
        named = {"by": say(f"cli.portfolio.by.{limit.by}", lang), "name": limit.name}
        _tell(say("cli.portfolio.exceeded", lang, share=limit.share, limit=limit.limit, **named))
    if found.limits and not found.exceeded:
        _tell(say("cli.portfolio.kept", lang))
    for note in found.notes:
        print("\n".join(wrap(render(note, lang), WIDTH)))


def _tell(sentence: str) -> None:
    print("\n".join(wrap(sentence, WIDTH, indent="      ", first="  ")))


def _whole(one: Account, currency: str, lang: str) -> None:
    print(say(f"structuring.account.{one.id}", lang))
    money: dict[str, Parameter] = {
        "mean": one.mean.mean,
        "se": one.mean.se,
        "low": one.p5,
        "high": one.p95,
        "currency": currency,
    }
    _tell(say("cli.portfolio.value", lang, loss=one.loss, **money))
    _tell(say("cli.portfolio.tail", lang, tail=one.cvar.mean, se=one.cvar.se, currency=currency))
    saved: dict[str, Parameter] = {"alone": one.alone, "benefit": one.benefit, "currency": currency}
    _tell(say("cli.portfolio.benefit", lang, bets=one.bets, **saved))


def _parts(one: Account, found: Portfolio, lang: str) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("deal", "money", "mean", "alone", "contribution", "error", "share"):
        title = say(f"cli.portfolio.column.{name}", lang)
        table.add_column(title, justify="left" if name == "deal" else "right", no_wrap=True)
    for part in one.parts:
        amounts = (found.money[part.label], part.mean.mean, part.alone.mean, part.contribution.mean)
        cells = [say("cli.portfolio.amount", lang, value=x) for x in amounts]
        cells += [_number("amount", part.contribution.se, lang), _number("ratio", part.share, lang)]
        table.add_row("  " + part.label, *cells)
    Console(width=max(Console().width, TABLE)).print(table)


def _number(kind: str, x: float, lang: str) -> str:
    return "–" if isnan(x) else say(f"cli.portfolio.{kind}", lang, value=x)
