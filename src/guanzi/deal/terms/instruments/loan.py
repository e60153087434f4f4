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
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, conditions_under
from guanzi.deal.terms.instruments.ranking import RANKS, check_expiry, read_obligors, read_security, read_years
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, CONDITION, DATE, PERCENT, TEXT, WORDS, mapping, names, span
from guanzi.deal.terms.values import amount, day_from_signing, rate, read_condition, read_value

REPAYMENTS = ("bullet", "amortising")

FORM = {
    **mapping(
        {
            "type": {"const": "loan"},
            "name": WORDS,
            "lender": TEXT,
            "borrower": TEXT,
            "amount": AMOUNT,
            "drawn": DATE,
            "if": CONDITION,
            "expires": DATE,
            "rate": PERCENT,
            "repayment": {"enum": list(REPAYMENTS)},
            "years": span(),
            "maturity": span(),
            "rank": {"enum": list(RANKS)},
            "security": {**PERCENT, "description": "Pledged part of the issuer's assets."},
            "obligors": {**names(), "description": "Who else answers for it; what each can pay is its limit."},
        },
        ("type", "lender", "borrower", "amount", "drawn", "rate"),
    ),
    "oneOf": [{"required": ["years"]}, {"required": ["maturity"]}],
}


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


def read_loan(id: str, cursor: Cursor, context: Context) -> Loan | None:
    """Money that a public party lends to the issuer."""
    fits = cursor.fits(FORM)
    lender = cursor.at("lender").reference(context.ids("public"), "public_party")
    borrower = cursor.at("borrower").reference(context.ids("issuer"), "issuer")
    value, interest = read_value(cursor.at("amount"), amount), read_value(cursor.at("rate"), rate)
    drawn = day_from_signing(cursor.at("drawn"), id, context.signed)
    expires = cursor.at("expires").day()
    check_expiry(cursor, id)
    obligors = read_obligors(cursor.at("obligors"), context, lender)
    condition = read_condition(cursor.at("if"), context.scope)
    repayment = cursor.at("repayment").choice(REPAYMENTS, "bullet")
    rank = cursor.at("rank").choice(RANKS, "unsecured")
    security, years = read_security(cursor, rank), read_years(cursor)
    if not fits or lender is None or borrower is None or value is None or interest is None:
        return None
    if drawn is None or years is None:
        return None
    source = cursor.at("source").text()
    return Loan(
        id,
        lender,
        borrower,
        value,
        drawn,
        interest,
        years,
        cursor.place,
        repayment,
        rank,
        security,
        condition,
        expires,
        source,
        obligors,
    )


def _explain(say: Phrases, loan: Loan) -> Iterator[Clause]:
    """A loan: terms, rank, and what is recovered in failure."""
    message = Message.of(
        "terms.explain.loan",
        lender=say.name(loan.lender),
        borrower=say.name(loan.borrower),
        amount=say.amount(loan.amount),
        rate=value_in_words(loan.rate, "rate", percent),
        drawn=loan.drawn.isoformat(),
        condition=say.only_once(loan.condition),
        expiry=say.expiry(loan.expires),
        years=say.years(loan.years),
        repayment=Message.of(f"terms.explain.{loan.repayment}_{say.sheet.step}"),
        rank=say.rank(loan.rank, loan.security, loan.obligors),
    )
    state = state_of(loan.amount, loan.rate, loan.security)
    yield Clause(loan.id, "loans", message, state, loan.place, loan.source)


def _gaps(gaps: Gaps, loan: Loan) -> Iterator[Gap]:
    yield from gaps.item(loan.id, loan.id, loan.amount, "amount", gaps.money, loan.source)
    yield from gaps.item(loan.id, loan.id, loan.rate, "interest", gaps.percent, loan.source)
    yield from gaps.item(loan.id, loan.id, loan.security, "security", gaps.percent, loan.source)


KIND = InstrumentKind(
    Loan,
    ("loan",),
    "instruments",
    "loans",
    read_loan,
    FORM,
    _explain,
    _gaps,
    conditions_under("condition"),
    first_day="drawn",
    clocked=True,
)
