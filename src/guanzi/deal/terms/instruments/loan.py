"""Loans: bullet or amortising, secured, unsecured or subordinated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import percent, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.instruments.ranking import (
    LENGTHS,
    RANKS,
    answered,
    debt_form,
    drawn_in_words,
    read_debt,
    released,
    years_in_all,
)
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import PERCENT, names

REPAYMENTS = ("bullet", "amortising")

FORM = debt_form(
    "loan",
    "borrower",
    {
        "repayment": {"enum": list(REPAYMENTS)},
        **LENGTHS,
        "rank": {"enum": list(RANKS)},
        "security": {**PERCENT, "description": "Pledged part of the issuer's assets."},
        "obligors": {**names(), "description": "Who else answers for it; what each can pay is its limit."},
    },
)


@dataclass(frozen=True, slots=True)
class Loan:
    """Money lent to the issuer by a public party.

    Attributes:
        amount: In the sheet's unit; drawn in the first step at or after ``drawn`` at which the condition holds.
        rate: Interest a year, paid every step.
        repayment: ``bullet`` (all at the end) or ``amortising`` (level payments).
        years: From drawing to the last payment.
        rank: ``secured``, ``unsecured`` or ``subordinated``: when the issuer fails, secured loans are paid from their
            part of the assets, unsecured ones beside the other creditors, subordinated ones after them.
        security: Part of the issuer's assets that is pledged, as a ratio.
        obligors: Parties beside the issuer that make good what the lender loses in failure, as far as they can.
        already: Day before the signing on which it was drawn.
    """

    id: str
    lender: str
    borrower: str
    amount: Value
    drawn: date
    rate: Value
    years: float
    place: Place
    repayment: str = "bullet"
    rank: str = "unsecured"
    security: Value = 0.0
    condition: Condition | None = None
    expires: date | None = None
    source: str = ""
    obligors: tuple[str, ...] = ()
    already: date | None = None


def read_loan(id: str, cursor: Cursor, context: Context) -> Loan | None:
    """Money that a public party lends to the issuer."""
    fits = cursor.fits(FORM)
    debt = read_debt(id, cursor, context, "borrower")
    repayment = cursor.at("repayment").choice(REPAYMENTS, "bullet")
    if not fits or debt is None:
        return None
    return Loan(
        id,
        debt.lender,
        debt.debtor,
        debt.amount,
        debt.drawn,
        debt.rate,
        debt.years,
        cursor.place,
        repayment,
        debt.rank,
        debt.security,
        debt.condition,
        debt.expires,
        cursor.at("source").text(),
        debt.obligors,
        debt.already,
    )


def _explain(say: Phrases, loan: Loan) -> Iterator[Clause]:
    """A loan: terms, rank, and what is recovered in failure."""
    unseen = say.sheet.unseen(loan.id, "years") or say.sheet.unseen(loan.id, "repayment")
    message = Message.of(
        "terms.explain.loan",
        lender=say.name(loan.lender),
        borrower=say.name(loan.borrower),
        amount=say.amount(loan.amount),
        rate=value_in_words(loan.rate, "rate", percent),
        drawn=drawn_in_words(loan.drawn, loan.already),
        condition=released(say, loan),
        expiry=say.expiry(loan.expires),
        term=Message.of(
            f"terms.explain.loan_term{'_unseen' if unseen else ''}",
            years=say.years(years_in_all(loan)),
            repayment=Message.of(f"terms.explain.{loan.repayment}_{say.sheet.step}"),
        ),
        rank=say.rank(loan.id, loan.rank, loan.security, loan.obligors),
    )
    state = state_of(loan.amount, loan.rate, loan.security)
    yield Clause(loan.id, "loans", message, state, loan.place, loan.source)


def _gaps(gaps: Gaps, loan: Loan) -> Iterator[Gap]:
    yield from gaps.item(loan.id, loan.id, loan.amount, "amount", gaps.money, loan.source)
    yield from gaps.item(loan.id, loan.id, loan.rate, "interest", gaps.percent, loan.source)
    yield from gaps.item(loan.id, loan.id, loan.security, "security", gaps.percent, loan.source)


def _flows(loan: Loan, sheet: Head) -> Iterator[Flow]:
    drawn = Flow(
        loan.id, loan.id, loan.id, "loan", loan.lender, loan.borrower, loan.amount, loan.drawn, "lent", loan.place,
        loan.condition, loan.expires, source=loan.source, already=loan.already,
    )  # fmt: skip
    yield drawn
    yield from answered(drawn, loan.obligors, loan.rate, sheet)


KIND = InstrumentKind(
    Loan,
    ("loan",),
    "instruments",
    read_loan,
    FORM,
    _explain,
    _gaps,
    asks("payment", first="drawn"),
    _flows,
    first_day="drawn",
    clocked=True,
)
