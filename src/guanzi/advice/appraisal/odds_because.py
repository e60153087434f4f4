"""Why a question of the register is answered as it is, in words that the facts behind the answer fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guanzi.advice.appraisal.deal import Instalment, add
from guanzi.advice.odds import CaseAnswer
from guanzi.base.core import Message
from guanzi.record.evidence import View, annual, latest, spoken

RATIO = "sales_to_plan"
_MADE = ("deliveries", "cumulative_deliveries")
_SUBJECT: Mapping[str, tuple[str, ...]] = {
    "in_business": (*_MADE, "revenue"),
    "made_before": _MADE,
    "offtake": ("orders", "fleet_orders"),
    "finance": ("raised_to_date",),
}
"""Question to the names of facts whose subject it is."""
_PLANS = ("plan_investment", "plan_plant_investment")


def because(view: View, answer: CaseAnswer) -> tuple[Message, tuple[str, ...]]:
    """Why a question is answered so, with the facts that speak on it; of an open one what is on record beside it."""
    if answer.question == RATIO and answer.facts:
        return _ratio(view), answer.facts
    if answer.answer is not None:
        return answer.because, answer.facts
    said = dict(spoken(view, _SUBJECT.get(answer.question, ())))
    for name in _SUBJECT.get(answer.question, ()):
        held = annual(view, name)
        if held is not None and name == "revenue":
            sum = Message.of("appraisal.odds.because.revenue", sales=held.as_message(view.currency))
            said |= {held.facts[0]: sum}
    if not said:
        return answer.because, ()
    return Message.of("appraisal.odds.because.words", said=tuple(said.values())), tuple(said)


def _ratio(view: View) -> Message:
    """Sales and plan that are divided, with the months of the sales, and other figures for the same plan."""
    sales = annual(view, "revenue")
    name, plan = next((name, held) for name in _PLANS if (held := latest(view, name)) is not None)
    chosen = view.fact(plan.facts[0])
    others = {
        plan.value * float(fact.value) / float(chosen.value)
        for fact in view.facts
        if fact.name == name and fact.unit == chosen.unit and fact.period == chosen.period
        and isinstance(fact.value, int | float) and isinstance(chosen.value, int | float) and chosen.value
    } - {plan.value}  # fmt: skip
    told = {"sales": sales.as_message(view.currency)} if sales is not None else {}
    id, other = f"appraisal.odds.because.sales_to_plan.{'several' if others else 'of'}", max(others, default=0.0)
    return Message.of_money(view.currency, id, **told, plan=plan.value, **({"other": other} if others else {}))


def bound_money(planned: Sequence[Instalment], currency: str) -> tuple[str, Message]:
    """Whether public money waits for something, and why it is so: the question that moves no chance."""
    id = "appraisal.odds.because.milestones"
    whole = add(i.amount for i in planned).mid
    if not planned or not whole:
        return "unknown", Message.of(f"{id}.unseen")
    seen = [i for i in planned if i.out or not i.untold]
    bound = add(i.amount for i in seen if i.awaits or i.tiers).mid or 0.0
    free = (add(i.amount for i in seen).mid or 0.0) - bound
    if len(seen) == len(planned):
        how = "yes" if not free else "partly" if bound else "no"
        return how, Message.of(f"{id}.share", share=bound / whole)
    if not seen:
        return "unknown", Message.of(f"{id}.unseen")
    left = whole - bound - free
    told = Message.of_money(currency, f"{id}.part", whole=whole, bound=bound, free=free, unseen=left)
    return "partly" if bound and free else "unknown", told
