"""What a case answers to the questions of the register: as its analyst stated it, else as its facts show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guanzi.base.core import Finding, Message, Severity
from guanzi.record.evidence import View, annual, flag, latest, there
from guanzi.study.bets import QUESTIONS, sales_to_plan

STATED: Mapping[str, str] = {
    "in_business": "sold_before",
    "made_before": "made_before",
    "offtake": "offtake_contracted",
    "finance": "first_phase_financed",
}
"""Question to the fact by which an analyst answers it; the ratio of sales to plan follows from its own two facts."""
SERIES = "scale-up-manufacturer"
"""Kind of company whose trade is told by what it delivers: its revenue may be of another trade."""
TENTH = 0.1
"""Part of the planned yearly output from which a product counts as made before, as the protocol says."""
type Found = tuple[str | float | None, tuple[str, ...], str]
NOTHING: Found = (None, (), "unknown")


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """An answer of a case.

    Attributes:
        question: Which one.
        answer: ``yes``, ``partly``, ``no``, a number, or None where it is unknown.
        facts: Ids of the facts that it rests on.
        because: Why it is so.
    """

    question: str
    answer: str | float | None
    facts: tuple[str, ...]
    because: Message


def case_says(view: View, findings: Iterable[Finding]) -> tuple[CaseAnswer, ...]:
    """The answers in the order of the questions; nothing is answered that neither an analyst nor a fact says."""
    shown: Mapping[str, Found] = {
        "in_business": _in_business(view),
        "made_before": _made_before(view),
        "offtake": NOTHING,
        "finance": _finance(findings),
        "sales_to_plan": _sales_to_plan(view),
    }
    found = []
    for question in QUESTIONS:
        own = flag(view, STATED[question]) if question in STATED else None
        answer, facts, how = ("yes" if own[0] else "no", own[1], "stated") if own is not None else shown[question]
        id = how if how in ("stated", "unknown") else f"{question}.{how}"
        found.append(CaseAnswer(question, answer, facts, Message.of(f"appraisal.odds.because.{id}")))
    return tuple(found)


def _delivered(view: View) -> tuple[float, tuple[str, ...]] | None:
    """What was delivered in twelve months, else in all, with the facts."""
    year = annual(view, "deliveries")
    if year is not None:
        return year.value, year.facts
    total = latest(view, "cumulative_deliveries")
    return None if total is None else (total.value, total.facts)


def _in_business(view: View) -> Found:
    """A company sells goods of the kind, or whoever runs it does; of a parent that is not told nothing is known."""
    owner = flag(view, "buyer_industry_record")
    sold = _delivered(view)
    if sold is None and view.model != SERIES:
        sales = annual(view, "revenue")
        sold = None if sales is None else (sales.value, sales.facts)
    if sold is not None and sold[0] > 0:
        return "yes", sold[1], "sold"
    if owner is not None and owner[0]:
        return "yes", owner[1], "owner"
    return NOTHING if sold is None else ("no", (*sold[1], *(() if owner is None else owner[1])), "unsold")


def _made_before(view: View) -> Found:
    """What another company builds for it was made in no works of its own."""
    made, plan = _delivered(view), view.resolve("plan_capacity") or view.resolve("plan_capacity_first_phase")
    builder = there(view, "contract_manufacturer")
    if builder is not None:
        return "no", builder[1], "elsewhere"
    if made is None:
        return NOTHING
    if made[0] <= 0:
        return "no", made[1], "none"
    unit = view.fact(made[1][0]).unit
    if plan is None or plan.fact.unit != f"{unit}/year" or not plan.value > 0:
        return NOTHING
    enough = made[0] >= TENTH * plan.value
    return "yes" if enough else "no", (*made[1], plan.fact.id), "tenth" if enough else "less"


def _finance(findings: Iterable[Finding]) -> Found:
    """Whether the money for the plan is there, as the check of plan against money found it."""
    for finding in findings:
        if finding.code == "plan_funded":
            return "yes", finding.facts, "funded"
        if finding.code == "plan_unfunded":
            short = finding.severity is Severity.HIGH
            return "no" if short else "partly", finding.facts, "short" if short else "part"
    return NOTHING


def _sales_to_plan(view: View) -> Found:
    sales, plan = annual(view, "revenue"), latest(view, "plan_investment") or latest(view, "plan_plant_investment")
    ratio = sales_to_plan(None if sales is None else sales.value, None if plan is None else plan.value)
    if ratio is None or sales is None or plan is None or plan.value < 0:
        return NOTHING
    return max(ratio, 0.0), (*sales.facts, *plan.facts), "ratio"
