"""Many deals together: the distribution of the whole, where its tail comes from, concentration and limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.advice.structuring import GROUPS, Holding, Portfolio
from guanzi.advice.structuring import portfolio as hold
from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem
from guanzi.intake.inputs import load_portfolio
from guanzi.jobs.shared.versions import Version, find_version, setting_of, warnings_of
from guanzi.jobs.structuring.declared import PortfolioRequest
from guanzi.record.evidence import View, held_rate
from guanzi.record.playbooks import load_playbook
from guanzi.render import Document

Request = PortfolioRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The whole, what of the term sheets no model computes, and the cases as they were known."""

    found: Portfolio
    warnings: tuple[Problem, ...]
    views: tuple[View, ...]


def hold_together(request: Request) -> Result:
    """Simulate deals on the same paths.

    Raises:
        InvalidInput: A deal has no case, a case no rate of exchange, or a limit is none.
    """
    deals, currency, run = request.deals, request.currency, request.run
    bounds: dict[str, float] = {}
    if len(deals) == 1 and Path(deals[0]).suffix in (".yaml", ".yml"):
        file = load_portfolio(Path(deals[0]), deals[0])
        deals, bounds, currency = tuple(file.deals), file.limits.given(), currency or file.currency
    bounds |= dict(_limit(text) for text in request.limits)
    method = load_playbook(request.playbook)
    versions = [find_version(text) for text in deals]
    views = [_view(version, request.as_of) for version in versions]
    home = currency or versions[0].sheet.currency
    holdings: list[Holding] = []
    warnings: list[Problem] = []
    for version, view in zip(versions, views, strict=True):
        rate, fact = _rate(version, view, home)
        held = [h.label for h in holdings]
        label = version.label if version.label not in held else f"{version.label} ({len(holdings)})"
        setting = setting_of(version, view, method)
        warnings += warnings_of(version, view)
        holdings.append(Holding(label, view.company.id, view.industry, view.region.id, setting, rate, fact))
    with run.working("paths", run.paths * len(holdings)) as advance:
        found = hold(
            holdings, home, limits=bounds, paths=run.paths, seed=run.seed, threads=run.threads, progress=advance
        )
    return Result(found, tuple(warnings), tuple(views))


def document_of(result: Result) -> Document:
    """The whole as a document."""
    from guanzi.jobs.structuring.documents.portfolio import portfolio_document  # loads late: pages need a large library

    return portfolio_document(result.found, result.views)


def data(result: Result) -> dict[str, Any]:
    """The whole as plain data."""
    return result.found.data()


def _view(version: Version, as_of: date | None) -> View:
    if version.case is None:
        cause, fix = Message.of("desk.portfolio.no_case"), Message.of("desk.portfolio.no_case.mend")
        raise InvalidInput(Problem(cause, Place(version.label), fix))
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
    fix = Message.of("desk.portfolio.no_rate.mend", name=f"{own}_{home}".lower())
    raise InvalidInput(Problem(Message.of("desk.portfolio.no_rate", **named), version.sheet.place, fix))


def _limit(text: str) -> tuple[str, float]:
    by, _, value = text.partition("=")
    try:
        share = float(value.removesuffix("%")) / (100.0 if value.endswith("%") else 1.0)
    except ValueError:
        share = -1.0
    if by not in GROUPS or not 0.0 < share <= 1.0:
        fix = Message.of("desk.portfolio.limit.mend")
        raise InvalidInput(Problem(Message.of("desk.portfolio.limit", text=text), Place("--limit"), fix, excerpt=text))
    return by, share
