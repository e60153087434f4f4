"""One year's budget and several candidates: which set to sign, what it displaces, and what waiting a year is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanzi.advice.appraisal import Instalment, commitments
from guanzi.advice.structuring import MOST, BudgetCandidate, BudgetStudy, Holding, study_budget
from guanzi.base.core import InvalidInput, Message, Place, Problem, add_months
from guanzi.jobs.structuring.declared import BudgetRequest
from guanzi.jobs.structuring.held import held_deals
from guanzi.record.evidence import View, track_of
from guanzi.render import Document
from guanzi.study.technology import judge_window, window_verdict

Request = BudgetRequest
_YEAR = 12
"""Months from its signing in which what falls due is money of the year."""


@dataclass(frozen=True, slots=True)
class Result:
    """The sets that a budget pays for, what of the term sheets no model computes, and the cases as they were known."""

    found: BudgetStudy
    warnings: tuple[Problem, ...]
    views: tuple[View, ...]


def choose_within(request: Request) -> Result:
    """Find the set of greatest expected public value that the budget of a year pays for.

    Raises:
        InvalidInput: A deal has no case, a case no rate of exchange, the amount of a payment of the year is not known,
            a candidate stands twice, or there are too many.
    """
    run = request.run
    _countable(request.deals)
    held = held_deals(request.deals, request.currency, request.as_of, request.playbook)
    candidates = _candidates(held.holdings)
    notes = tuple(_notes(candidates, held.views))
    with run.working("paths", run.paths * len(candidates)) as advance:
        found = study_budget(
            candidates,
            held.currency,
            request.budget,
            paths=run.paths,
            seed=run.seed,
            threads=run.threads,
            progress=advance,
        )
    return Result(replace(found, notes=notes), held.warnings, held.views)


def document_of(result: Result) -> Document:
    """The choice as a document."""
    from guanzi.jobs.structuring.documents.budget import budget_document  # loads late: pages need a large library

    return budget_document(result.found)


def data(result: Result) -> dict[str, Any]:
    """The choice as plain data."""
    return result.found.data()


def _countable(deals: Sequence[str]) -> None:
    twice = [deal for n, deal in enumerate(deals) if deal in deals[:n]]
    if twice:
        cause, fix = Message.of("desk.budget.twice", deal=twice[0]), Message.of("desk.budget.twice.mend")
        raise InvalidInput(Problem(cause, Place("CASES"), fix))
    if len(deals) > MOST:
        cause, fix = Message.of("desk.budget.many", n=len(deals), most=MOST), Message.of("desk.budget.many.mend")
        raise InvalidInput(Problem(cause, Place("CASES"), fix))


def _candidates(holdings: Sequence[Holding]) -> tuple[BudgetCandidate, ...]:
    """What each deal asks of the year, and of later budgets."""
    found: list[BudgetCandidate] = []
    problems: list[Problem] = []
    for holding in holdings:
        sheet = holding.setting.sheet
        end = add_months(sheet.signed, _YEAR)
        planned = [one for one in commitments(sheet) if one.cash and not one.out]
        cost = _most(one for one in planned if one.due < end)
        after = _most(one for one in planned if one.due >= end)
        if cost is None:
            cause = Message.of("desk.budget.unknown", deal=holding.label)
            problems.append(Problem(cause, sheet.place, Message.of("desk.budget.unknown.mend")))
            continue
        rate = holding.rate
        found.append(BudgetCandidate(holding, cost * rate, None if after is None else after * rate))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _most(planned: Iterator[Instalment]) -> float | None:
    """The most that payments come to, in millions; None: an amount is not known."""
    amounts = [one.amount.high for one in planned]
    return None if None in amounts else sum(x for x in amounts if x is not None)


def _notes(candidates: Sequence[BudgetCandidate], views: Sequence[View]) -> Iterator[Message]:
    """What of each candidate bears on waiting and is not in the figures, and what the common paths do not say."""
    for one, view in zip(candidates, views, strict=True):
        holding = one.holding
        sheet = holding.setting.sheet
        end = add_months(sheet.signed, _YEAR)
        waiting = {tier for paid in commitments(sheet) if paid.due < end for tier in paid.tiers}
        due = [tier.name or tier.id for tier in sheet.tiers if tier.id in waiting]
        if due:
            yield Message.of("structuring.budget.note.proofs", deal=holding.label, names=tuple(due))
        if (track := track_of(view.industry)) is not None:
            verdict = window_verdict(judge_window(track, view.as_of))
            yield Message.of("structuring.budget.note.window", deal=holding.label, told=(verdict,))
    days = sorted(one.holding.setting.sheet.signed for one in candidates)
    if days[0] != days[-1]:
        told = {"first": days[0].isoformat(), "last": days[-1].isoformat()}
        yield Message.of("structuring.portfolio.note.signed", **told)
