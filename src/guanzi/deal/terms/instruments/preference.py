"""Preferred shares: liquidation preference, participation, seniority, and protection against dilution."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import quantity, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.instruments.kind import Context
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, CONDITION, mapping
from guanzi.deal.terms.values import amount, read_condition, read_or_unseen, read_value

PROTECTIONS = ("none", "weighted", "full")
MAX_SENIORITY = 20

FORM = mapping(
    {
        "multiple": {**AMOUNT, "description": "Of what was paid, before ordinary shares; without it, not seen."},
        "participating": {"type": "boolean"},
        "cap": {**AMOUNT, "description": "Most that participating shares get, as a multiple of what was paid."},
        "seniority": {"type": "integer", "minimum": 1, "maximum": MAX_SENIORITY},
        "sale": CONDITION,
    }
)


@dataclass(frozen=True, slots=True)
class Preference:
    """What preferred shares get before ordinary ones.

    Attributes:
        multiple: Of what was paid, first of all.
        participating: Beyond that they share with the ordinary shares; otherwise they convert where that pays more.
        cap: Most that participating shares get without converting, as a multiple of what was paid; None: no cap.
        seniority: 1 is paid first; classes of one rank share in proportion.
        sale: What counts as a liquidation although nobody failed, e.g. ``control_changed``.
    """

    multiple: Value
    place: Place
    participating: bool = False
    cap: Value | None = None
    seniority: int = 1
    sale: Condition | None = None


def read_preference(cursor: Cursor, context: Context) -> Preference | None:
    """The preference of a class; a multiple that is not stated was not seen."""
    if cursor.value is None:
        return None
    cursor.fits(FORM)
    if not isinstance(cursor.value, dict):
        return None
    multiple = read_or_unseen(cursor.at("multiple"), amount, cursor.place)
    cap = read_value(cursor.at("cap"), amount)
    participating = cursor.at("participating").flag()
    if cap is not None and not participating:
        cursor.at("cap").report(Message.of("terms.sheet.cap_without_part"), Message.of("terms.mend.participating"))
    if isinstance(cap, float) and isinstance(multiple, float) and cap < multiple:
        cause = Message.of("terms.sheet.cap_below_multiple", cap=cap, multiple=multiple)
        cursor.at("cap").report(cause, Message.of("terms.mend.cap_above_multiple"))
    return Preference(
        multiple,
        cursor.place,
        participating,
        cap,
        _seniority(cursor.at("seniority")),
        read_condition(cursor.at("sale"), context.scope),
    )


def _seniority(cursor: Cursor) -> int:
    number = cursor.number()
    if number is not None and not (number.is_integer() and 1 <= number <= MAX_SENIORITY):
        cause = Message.of("terms.sheet.bad_seniority", text=str(cursor.value))
        cursor.report(cause, Message.of("terms.mend.seniority", most=MAX_SENIORITY))
        return 1
    return 1 if number is None else int(number)


def explain_preference(say: Phrases, id: str, preference: Preference, source: str) -> Clause:
    """The preference in words."""
    multiple = value_in_words(preference.multiple, "multiple", _times)
    if not preference.participating:
        beyond = Message.of("terms.explain.converts")
    elif preference.cap is None:
        beyond = Message.of("terms.explain.participates")
    else:
        beyond = Message.of("terms.explain.participates_to", cap=value_in_words(preference.cap, "multiple", _times))
    sale: str | Message = ""
    if preference.sale is not None:
        sale = Message.of("terms.explain.counts_as_sale", condition=say.when(preference.sale))
    message = Message.of(
        "terms.explain.preference", multiple=multiple, beyond=beyond, seniority=preference.seniority, sale=sale
    )
    state = state_of(preference.multiple, preference.cap)
    return Clause(f"{id}.preference", "stake", message, state, preference.place, source)


def _times(value: float) -> Message:
    return quantity(value)
