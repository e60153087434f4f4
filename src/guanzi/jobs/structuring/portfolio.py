"""Many deals together: the distribution of the whole, where its tail comes from, concentration and limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.advice.structuring import GROUPS, Portfolio
from guanzi.advice.structuring import portfolio as hold
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.inputs import load_portfolio
from guanzi.jobs.structuring.declared import PortfolioRequest
from guanzi.jobs.structuring.held import held_deals
from guanzi.record.evidence import View
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
    held = held_deals(deals, currency, request.as_of, request.playbook)
    with run.simulating(run.paths * len(held.holdings)) as running:
        found = hold(held.holdings, held.currency, limits=bounds, paths=run.paths, seed=run.seed, running=running)
    return Result(found, held.warnings, held.views)


def document_of(result: Result) -> Document:
    """The whole as a document."""
    from guanzi.jobs.structuring.documents.portfolio import portfolio_document  # loads late: pages need a large library

    return portfolio_document(result.found, result.views)


def data(result: Result) -> dict[str, Any]:
    """The whole as plain data."""
    return result.found.data()


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
