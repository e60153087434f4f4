"""What a case brings to a question about another city: its gates, the size of its deal, and comparable bets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.advice.appraisal.advice_data import Row
from guanzi.advice.appraisal.compose import compose
from guanzi.advice.appraisal.document import Figure
from guanzi.advice.appraisal.mechanism import PREFIX, supports
from guanzi.advice.appraisal.prepare import prepare
from guanzi.advice.appraisal.section import AppraisalContext
from guanzi.record.evidence import Case
from guanzi.record.playbooks import FigureTest, FindingTest, Playbook, leaves

TERMS = "gap_terms"
"""Gap of a finding that is read from the terms of a deal."""


@dataclass(frozen=True, slots=True)
class CompanySide:
    """The company of a case, whatever the city.

    Attributes:
        gates: Gates of the table that look at the company: not at the budget of the case's own city, nor at the terms.
        form: Rows of the table on how the public money goes in: form, partners, stake, size.
        amount: Public money of the deal in every form, in millions of the currency; None when it is not known.
        outside: Success rate of comparable bets with its interval; never the own company or city.
    """

    gates: tuple[Row, ...]
    form: tuple[Row, ...]
    amount: float | None
    currency: str
    industry: str
    outside: Figure


def company_side(case: Case, playbook: Playbook, as_of: date | None = None) -> CompanySide:
    """Read a case for another city; nothing is simulated.

    Raises:
        InvalidInput: The term sheet has errors, or the playbook is not meant for the company model of the case.
    """
    prepared = prepare(case, as_of, playbook)
    appraisal = compose(AppraisalContext(prepared))
    of_company = {row.id for row in playbook.table if all(_of_company(test) for test in leaves(row.test))}
    gates = tuple(row for row in appraisal.rows if row.stage == "gate" and row.id in of_company)
    of_form = {row.id for row in playbook.table if all(_of_form(test) for test in leaves(row.test))}
    form = tuple(row for row in appraisal.rows if row.id in of_form)
    held = () if prepared.sheet is None else supports(prepared.sheet)
    amounts = [support.amount.mid for support in held]
    known = [amount for amount in amounts if amount is not None]
    amount = sum(known) if held and len(known) == len(amounts) else None
    view = prepared.view
    return CompanySide(gates, form, amount, view.currency, view.industry, appraisal.figures["outside.success"])


def _of_company(test: FigureTest | FindingTest) -> bool:
    if isinstance(test, FigureTest):
        return test.figure.startswith("trend.")  # of the company's facts alone
    return TERMS not in test.unknown_if


def _of_form(test: FigureTest | FindingTest) -> bool:
    return isinstance(test, FigureTest) and (test.figure.startswith(PREFIX) or test.figure == "public.amount")
