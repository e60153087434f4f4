"""Convertible notes: debt that becomes shares at the next round, at a cap or a discount."""

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
from guanzi.deal.terms.schema import AMOUNT, PERCENT, names
from guanzi.deal.terms.values import amount, fraction, read_value

AT_MATURITY = ("repay", "convert")

FORM = debt_form(
    "convertible_note",
    "issuer",
    {
        "basis": {"enum": ["simple", "compound"]},
        **LENGTHS,
        "cap": {**AMOUNT, "description": "Valuation before the round, at most, at which the note converts."},
        "discount": {**PERCENT, "description": "On the price of the round."},
        "qualified": {**AMOUNT, "description": "Smallest round that makes it convert."},
        "at_maturity": {"enum": list(AT_MATURITY)},
        "rank": {"enum": list(RANKS)},
        "security": PERCENT,
        "obligors": names(),
    },
)


@dataclass(frozen=True, slots=True)
class ConvertibleNote:
    """A loan that converts into shares of the issuer at the next round of outside money.

    Attributes:
        amount: In the sheet's unit; drawn in the first step at or after ``drawn`` at which the condition holds.
        rate: Interest a year; it is not paid but added to what converts.
        years: From drawing to maturity.
        basis: ``simple`` or ``compound`` interest.
        cap: Valuation of the company before the round above which the note still converts as if at it; None: no cap.
        discount: On the price of the round, as a ratio; the note converts at the lower of the two prices.
        qualified: Smallest round that makes it convert.
        at_maturity: ``repay``, or ``convert`` at the valuation of that step.
        rank, security, obligors: Until it converts, it stands in failure as a loan does.
        already: Day before the signing on which it was drawn.
    """

    id: str
    lender: str
    issuer: str
    amount: Value
    drawn: date
    rate: Value
    years: float
    place: Place
    basis: str = "simple"
    cap: Value | None = None
    discount: Value = 0.0
    qualified: Value = 0.0
    at_maturity: str = "repay"
    rank: str = "unsecured"
    security: Value = 0.0
    obligors: tuple[str, ...] = ()
    condition: Condition | None = None
    expires: date | None = None
    source: str = ""
    already: date | None = None


def read_convertible(id: str, cursor: Cursor, context: Context) -> ConvertibleNote | None:
    """A note with a cap, a discount, both or neither."""
    fits = cursor.fits(FORM)
    debt = read_debt(id, cursor, context, "issuer")
    basis = cursor.at("basis").choice(("simple", "compound"), "simple")
    cap, discount = read_value(cursor.at("cap"), amount), read_value(cursor.at("discount"), fraction)
    qualified = read_value(cursor.at("qualified"), amount)
    at_maturity = cursor.at("at_maturity").choice(AT_MATURITY, "repay")
    if cap == 0.0:
        cursor.at("cap").report(Message.of("terms.sheet.no_cap"), Message.of("terms.mend.no_cap"))
    if discount == 1.0:
        cursor.at("discount").report(Message.of("terms.sheet.whole_discount"), Message.of("terms.mend.discount"))
    if not fits or debt is None:
        return None
    return ConvertibleNote(
        id,
        debt.lender,
        debt.debtor,
        debt.amount,
        debt.drawn,
        debt.rate,
        debt.years,
        cursor.place,
        basis,
        cap,
        0.0 if discount is None else discount,
        0.0 if qualified is None else qualified,
        at_maturity,
        debt.rank,
        debt.security,
        debt.obligors,
        debt.condition,
        debt.expires,
        cursor.at("source").text(),
        debt.already,
    )


def _explain(say: Phrases, note: ConvertibleNote) -> Iterator[Clause]:
    capped = "" if note.cap is None else Message.of("terms.explain.note_cap", cap=say.amount(note.cap))
    discount: str | Message = ""
    if note.discount != 0.0:
        words = value_in_words(note.discount, "rate", percent)
        discount = Message.of("terms.explain.note_discount", discount=words)
    qualified: str | Message = ""
    if note.qualified != 0.0:
        qualified = Message.of("terms.explain.note_qualified", amount=say.amount(note.qualified))
    unseen = any(say.sheet.unseen(note.id, field) for field in ("conversion", "years", "at_maturity"))
    message = Message.of(
        "terms.explain.convertible_note",
        lender=say.name(note.lender),
        issuer=say.name(note.issuer),
        amount=say.amount(note.amount),
        rate=value_in_words(note.rate, "rate", percent),
        basis=Message.of(f"terms.explain.note_{note.basis}"),
        drawn=drawn_in_words(note.drawn, note.already),
        condition=released(say, note),
        expiry=say.expiry(note.expires),
        end=Message.of(
            f"terms.explain.note_end{'_unseen' if unseen else ''}",
            qualified=qualified,
            price=Message.of("terms.explain.note_price", cap=capped, discount=discount),
            years=say.years(years_in_all(note)),
            maturity=Message.of(f"terms.explain.note_{note.at_maturity}"),
        ),
        rank=say.rank(note.id, note.rank, note.security, note.obligors),
    )
    state = state_of(note.amount, note.rate, note.cap, note.discount, note.qualified, note.security)
    yield Clause(note.id, "loans", message, state, note.place, note.source)


def _gaps(gaps: Gaps, note: ConvertibleNote) -> Iterator[Gap]:
    yield from gaps.item(note.id, note.id, note.amount, "amount", gaps.money, note.source)
    yield from gaps.item(note.id, note.id, note.rate, "interest", gaps.percent, note.source)
    yield from gaps.item(note.id, note.id, note.cap, "cap", gaps.money, note.source)
    yield from gaps.item(note.id, note.id, note.discount, "note_discount", gaps.percent, note.source)
    yield from gaps.item(note.id, note.id, note.qualified, "qualified", gaps.money, note.source)
    yield from gaps.item(note.id, note.id, note.security, "security", gaps.percent, note.source)


def _flows(note: ConvertibleNote, sheet: Head) -> Iterator[Flow]:
    drawn = Flow(
        note.id, note.id, note.id, "convertible_note", note.lender, note.issuer, note.amount, note.drawn, "lent",
        note.place, note.condition, note.expires, shares=True, source=note.source, already=note.already,
    )  # fmt: skip
    yield drawn
    yield from answered(drawn, note.obligors, note.rate, sheet)


KIND = InstrumentKind(
    ConvertibleNote,
    ("convertible_note",),
    "instruments",
    read_convertible,
    FORM,
    _explain,
    _gaps,
    asks("payment", first="drawn"),
    _flows,
    first_day="drawn",
    clocked=True,
)
