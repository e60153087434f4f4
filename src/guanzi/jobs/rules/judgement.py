"""What the law says of a deal, and the few questions whose answers would change that most."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guanzi.base.core import render
from guanzi.deal import compliance
from guanzi.jobs.rules.packselection import RulePackSelection
from guanzi.jobs.shared.deals import read_deal


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        deal: A term sheet by its file, or a case.
        as_of: Knowledge date; None: the decision date.
        selection: By what it is judged.
    """

    deal: str
    as_of: date | None = None
    selection: RulePackSelection = field(default_factory=RulePackSelection)


@dataclass(frozen=True, slots=True)
class Result:
    """The judgement.

    Attributes:
        deal: As it was named.
        selection: By what it was judged.
        judgement: The verdict of each rule.
        asked: Open questions, that which decides most first.
        country: Of the deal; empty where nobody says it.
        stale: The law may have changed: the packs were made before the day that counts.
    """

    deal: str
    selection: RulePackSelection
    judgement: compliance.Judgement
    asked: tuple[compliance.AskedQuestion, ...]
    country: str
    stale: bool


def judge_deal(request: Request) -> Result:
    """Judge a deal.

    Raises:
        InvalidInput: There is no such deal or pack, or an answer fits no question.
    """
    selection = request.selection
    sheet, view = read_deal(request.deal, request.as_of)
    today = selection.today or request.as_of or selection.made_on
    judgement, deal = selection.judge(sheet, view, today), selection.deal(sheet, view)
    asked = compliance.questions_to_ask(judgement, sheet, selection.packs, deal, selection.named)
    stale = max(judgement.signed, today) > selection.made_on
    return Result(request.deal, selection, judgement, tuple(asked), deal.country, stale)


def data(result: Result, lang: str) -> dict[str, Any]:
    """The judgement as plain data, with its sentences in a language."""
    judgement, packs = result.judgement, result.selection.packs
    return {
        "name": result.deal,
        "signed": judgement.signed.isoformat(),
        "today": judgement.today.isoformat() if judgement.today else None,
        "packs": list(judgement.packs),
        "made_on": {p.id: p.form.made_on.isoformat() for p in packs.packs if p.id in judgement.packs},
        "verdicts": [_verdict_data(verdict, lang) for verdict in judgement.verdicts],
        "notes": [_verdict_data(verdict, lang) for verdict in judgement.notes],
        "questions": [
            {
                "name": question.name,
                "text": render(compliance.question(question.name, packs.questions), lang),
                "rules": list(question.touches),
                "breaks": list(question.breaks),
                "clears": list(question.clears),
                "matters": question.matters,
            }
            for question in result.asked
        ],
        "idle": list(judgement.idle),
        "contradicted": list(judgement.contradicted),
    }


def _verdict_data(verdict: compliance.Verdict, lang: str) -> dict[str, Any]:
    return {
        "rule": verdict.rule.id,
        "pack": verdict.pack,
        "state": verdict.state.value,
        "time": verdict.time.value,
        "level": verdict.severity,
        "at_stake": verdict.at_stake,
        "text": render(compliance.finding(verdict), lang),
        "questions": list(verdict.questions),
        "clauses": [{"clause": clause, "file": place.file, "line": place.line} for clause, place in verdict.clauses],
    }
