"""What a company owes the public side on loans and notes until their end, as debt alone."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import DAYS_OF_YEAR, Message, Parameter
from guanzi.deal.terms import ConvertibleNote, Loan, TermSheet, Unknown, least_and_most, payments

_FIELDS = ("amount", "rate", "years", "repayment", "basis")
"""What decides how much is owed."""


@dataclass(frozen=True, slots=True)
class PublicDebt:
    """A loan or note of the public side.

    Attributes:
        name: What the sheet calls it.
        most: Principal and interest to its end, in millions, at the upper ends of what was not seen; None: one of them
            has none.
        assumed: What of it the sheet assumes or brackets, in words.
        converts: It can become shares.
    """

    name: str
    most: float | None
    assumed: tuple[Message, ...]
    converts: bool


def public_debts(sheet: TermSheet) -> tuple[PublicDebt, ...]:
    """Each loan and note of a public lender, with the most that is owed on it, in millions of the sheet's currency."""
    lent = {one.instrument for one in payments(sheet, "lent")}
    every: tuple[Loan | ConvertibleNote, ...] = (*sheet.of(Loan), *sheet.of(ConvertibleNote))
    return tuple(_debt(sheet, one) for one in every if one.id in lent)


def most_of(debts: tuple[PublicDebt, ...]) -> float | None:
    """The most that is owed on all of some debts, in millions; None: of one it was not seen."""
    amounts = [debt.most for debt in debts if debt.most is not None]
    return sum(amounts) if len(amounts) == len(debts) else None


def sentence_parts(debts: tuple[PublicDebt, ...], currency: str, rate: float = 1.0) -> tuple[str, dict[str, Parameter]]:
    """How a sentence tells what is owed on debts: the ending of its id, and its parameters, at a rate of exchange."""
    told: dict[str, Parameter] = {"names": tuple(debt.name for debt in debts)}
    most = most_of(debts)
    if most is None:
        return "unseen", told | {"unseen": tuple(debt.name for debt in debts if debt.most is None)}
    told |= {"most": most * rate, "currency": currency}
    assumed = tuple(dict.fromkeys(field for debt in debts for field in debt.assumed))
    return ("assumed", told | {"fields": assumed}) if assumed else ("seen", told)


def _debt(sheet: TermSheet, one: Loan | ConvertibleNote) -> PublicDebt:
    amount, rate = (least_and_most(value)[1] for value in (one.amount, one.rate))
    most = None if amount is None or rate is None else amount * _grown(one, rate, sheet.step) * sheet.unit / 1e6
    bracketed = {name for name in ("amount", "rate") if isinstance(getattr(one, name), Unknown)}
    open_ = bracketed | set(sheet.assumed.get(one.id, ()))
    assumed = tuple(Message.of(f"terms.field.{field}") for field in _FIELDS if field in open_)
    return PublicDebt(sheet.called(one.id), most, assumed, isinstance(one, ConvertibleNote))


def _grown(debt: Loan | ConvertibleNote, rate: float, months: int) -> float:
    """Principal and interest to the end over the principal: as the clause has the interest paid or added."""
    years = debt.years + (0.0 if debt.already is None else (debt.drawn - debt.already).days / DAYS_OF_YEAR)
    if isinstance(debt, ConvertibleNote):
        return float((1.0 + rate) ** years) if debt.basis == "compound" else 1.0 + rate * years
    if debt.repayment == "bullet" or rate == 0.0:
        return 1.0 + rate * years
    step, count = rate * months / 12.0, years * 12.0 / months
    return float(count * step / (1.0 - (1.0 + step) ** -count))
