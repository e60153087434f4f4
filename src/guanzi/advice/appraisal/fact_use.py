"""Which of the entered facts the forecast and the checks use, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from guanzi.advice.appraisal.deal import budget_of
from guanzi.advice.appraisal.exposure import trends
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.calibration import QuotedDebt, calibrate_company, price_of_deal, quoted_debts
from guanzi.base.core import Finding, InvalidInput, Message, nearest
from guanzi.engine.company import MODELS
from guanzi.record.evidence import UNITS_BY_NAME, Fact, View, converted_to
from guanzi.record.playbooks import plan_for
from guanzi.study.diligence import answers
from guanzi.study.fiscal import known_debt_limit, subjects_of_debt

type UsedFor = Literal["forecast", "check", "nothing"]

ANSWERS = "compliance"
"""Subject of facts that answer questions of compliance packs."""
KNOWN_SUBJECTS = frozenset({"company", "region", "market", "fx", ANSWERS})


@dataclass(frozen=True, slots=True)
class FactPurpose:
    """What a fact is used for: the forecast, else a check, account, question or trend, else nothing, and why not."""

    of: UsedFor
    because: Message | None = None


def uses(prepared: Prepared, findings: Iterable[Finding], figures: Iterable[str]) -> Mapping[str, FactPurpose]:
    """Id of every fact of the view to its use.

    Args:
        prepared: View and company model; where no deal is simulated, the company alone is calibrated.
        findings: What the checks concluded.
        figures: Ids of facts behind figures.
    """
    view = prepared.view
    told = converted_to(view, view.currency)
    debts = quoted_debts(view)
    priced = [debt for debt in debts if isinstance(debt, QuotedDebt)]
    bonds = {id: Message.of("appraisal.use.debt_lacks") for debt in debts for id in debt.facts}
    bonds |= {id: Message.of("appraisal.use.debt_old") for debt in priced for id in debt.facts}
    forecast = _of_forecast(prepared) | {id for debt in priced if debt.quoted_within(view.as_of) for id in debt.facts}
    checked = {id for finding in findings for id in finding.facts} | set(figures)
    checked |= {id for subject in subjects_of_debt(view) for id in known_debt_limit(view, subject).facts}
    checked |= {*_of_budgets(prepared), *(one.fact for seen in trends(told.view).values() for one in seen)}
    asked = {id for answer in answers(plan_for(view.model), view) for id in (*answer.facts, *answer.words)}
    checked |= asked
    for used in (forecast, checked):
        used |= {rate for id in tuple(used) for rate in told.rates.get(id, ())}
    found: dict[str, FactPurpose] = {}
    for fact in view.facts:
        if fact.id in forecast:
            found[fact.id] = FactPurpose("forecast")
        elif fact.id in checked or fact.subject == ANSWERS:
            found[fact.id] = FactPurpose("check")
        else:
            found[fact.id] = FactPurpose("nothing", bonds.get(fact.id) or _why_not(view, fact, forecast | checked))
    return found


def _of_budgets(prepared: Prepared) -> Iterator[str]:
    """Facts on a year's revenue of the budgets against which the public parties are held."""
    view, sheet = prepared.view, prepared.sheet
    if sheet is None:
        return
    for party in sheet.public:
        held = view.resolve("budget_revenue", budget_of(sheet, view, party))
        yield from () if held is None else (fact.id for fact in (held.fact, *held.others))


def _of_forecast(prepared: Prepared) -> set[str]:
    view, model = prepared.view, prepared.model
    if model is None and prepared.ended is None and view.model in MODELS:
        try:
            model = calibrate_company(view, view.decision_date)
        except InvalidInput:
            return set()
    return set() if model is None else {id for p in model.parameters.values() for id in p.origin.parents}


def _why_not(view: View, fact: Fact, used: set[str]) -> Message:
    resolution = view.resolution_of(fact)
    later = [f for f in view.named(fact.name, fact.subject) if f.period > fact.period]
    if any(other.supersedes == fact.id for other in view.facts):
        return Message.of("appraisal.use.corrected")
    if resolution is not None and resolution.fact.id != fact.id:
        return Message.of("appraisal.use.other")
    if price_of_deal(view, fact):
        return Message.of("appraisal.use.own_price")
    if fact.name not in UNITS_BY_NAME:
        near = nearest(fact.name, UNITS_BY_NAME)
        return Message.of("appraisal.use.unknown_name" if near is None else "appraisal.use.misspelt", name=near)
    if fact.subject not in KNOWN_SUBJECTS and not any(view.fact(id).subject == fact.subject for id in _own(view, used)):
        return Message.of("appraisal.use.other_subject", subject=fact.subject)
    if later and any(other.id in used for other in later):
        return Message.of("appraisal.use.older")
    return Message.of("appraisal.use.words" if isinstance(fact.value, str) else "appraisal.use.not_asked")


def _own(view: View, used: set[str]) -> set[str]:
    return used & {fact.id for fact in view.facts}
