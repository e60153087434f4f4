"""Many deals together on the screen: the whole in each account, concentration, limits and notes."""

from __future__ import annotations

from math import isnan

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import Portfolio, PortfolioAccount
from guanzi.base.core import Parameter, render, wrap
from guanzi.cli.show import WIDTH, show_json, show_warnings
from guanzi.cli.speech import say
from guanzi.desk import portfolio

TABLE = 120


def run_portfolio(request: portfolio.Request, lang: str, *, as_json: bool) -> None:
    """Simulate deals on the same paths and print what the whole amounts to."""
    result = portfolio.hold_together(request)
    show_warnings(result.warnings, lang)
    if as_json:
        show_json(portfolio.data(result))
    else:
        print_portfolio(result.found, lang)


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


def _whole(one: PortfolioAccount, currency: str, lang: str) -> None:
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


def _parts(one: PortfolioAccount, found: Portfolio, lang: str) -> None:
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
