"""What a rule can measure on a term sheet: a closed vocabulary, so that a rule is data and never code.

A clause that is absent is absent only where the whole deal was seen: while a sheet lists clauses that were not seen,
"there is no guarantee" is not known, and the rule that asks for it cannot be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guanzi.base.core import Message, Place
from guanzi.deal.compliance import conditions_in_sheet as read
from guanzi.deal.compliance import money_in_sheet as money
from guanzi.deal.compliance.found import FoundValue, either, flowing, present
from guanzi.deal.terms import (
    MONEY,
    STOCK,
    Call,
    Flow,
    Nature,
    RevenueShare,
    Term,
    TermSheet,
    Type,
    Warrant,
    public_flows,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One word of the vocabulary.

    Attributes:
        name: As written in rules.
        type: Number or truth.
        unit: ``money``, ``ratio``, ``jobs`` …; empty for truths.
        measure: From a sheet to what is found there.
    """

    name: str
    type: Type
    unit: str
    measure: Callable[[TermSheet], FoundValue]

    @property
    def meaning(self) -> Message:
        """What it measures, in words."""
        return Message.of(f"compliance.quantity.{self.name}")

    @property
    def term(self) -> Term:
        """As a word of the condition language."""
        return Term(self.name, self.type, self.unit, STOCK)


def _truth(name: str, measure: Callable[[TermSheet], FoundValue]) -> Quantity:
    return Quantity(name, Type.TRUTH, "", measure)


def _number(name: str, unit: str, measure: Callable[[TermSheet], FoundValue]) -> Quantity:
    return Quantity(name, Type.NUMBER, unit, measure)


def _flows(*natures: Nature, which: Callable[[Flow], bool] = lambda flow: True) -> Callable[[TermSheet], FoundValue]:
    """Whether the public side pays or gives something by one of these natures."""
    return lambda sheet: flowing(sheet, filter(which, public_flows(sheet, *natures)))


def _kind(word: str) -> Callable[[TermSheet], FoundValue]:
    """Whether the public side pays for an instrument that sheets name by this word."""
    return _flows(which=lambda flow: flow.word == word)


def _put(sheet: TermSheet) -> FoundValue:
    return present(sheet, sheet.public_puts)


def _call(sheet: TermSheet) -> FoundValue:
    return present(sheet, sheet.of(Call))


def _upside(sheet: TermSheet) -> FoundValue:
    shares = [share for share in sheet.of(RevenueShare) if share.investor in sheet.public]
    return present(sheet, [*shares, *(w for w in sheet.of(Warrant) if w.holder in sheet.public)])


INSTRUMENTS: Mapping[str, Callable[[TermSheet], FoundValue]] = MappingProxyType(
    {
        "equity": _flows("invested", which=lambda flow: flow.shares),
        "loan": _flows("lent"),
        "grant": _flows("given"),
        "rebate": _flows("forgone"),
        "land": _flows("discounted", which=lambda flow: flow.amount != 0.0),
        "guarantee": _flows("contingent", which=lambda flow: flow.failed),
        "purchase": _kind("purchase"),
        "park": _kind("park"),
        "put": _put,
        "call": _call,
    }
)
"""Kinds of instruments by which ``applies`` can select deals."""


def _any(names: Iterable[str]) -> Callable[[TermSheet], FoundValue]:
    kinds = tuple(names)
    return lambda sheet: either([INSTRUMENTS[name](sheet) for name in kinds])


GIVEN = ("grant", "rebate", "land")
SELECTIVE = (*GIVEN, "loan", "guarantee")

QUANTITIES: Mapping[str, Quantity] = MappingProxyType(
    {
        quantity.name: quantity
        for quantity in (
            *(_truth(f"has_{name}", measure) for name, measure in INSTRUMENTS.items()),
            _truth("has_support", _any(GIVEN)),
            _truth("has_selective_support", _any(SELECTIVE)),
            _truth("has_exit", _any(("put", "call"))),
            _truth("has_upside", _upside),
            _truth("several_givers", money.several_givers),
            _number("public_total", MONEY, money.public_total),
            _number("equity_total", MONEY, money.equity_total),
            _number("loan_total", MONEY, money.loan_total),
            _number("grant_total", MONEY, money.grant_total),
            _number("rebate_total", MONEY, money.rebate_total),
            _number("land_total", MONEY, money.land_total),
            _number("guarantee_total", MONEY, money.guarantee_total),
            _number("support_total", MONEY, money.support_total),
            _number("aid_total", MONEY, money.aid_total),
            _number("public_share", "ratio", money.public_share),
            _number("first_payment_share", "ratio", money.first_payment_share),
            _number("clawback_cover", "ratio", money.clawback_cover),
            _number("land_price", "money per m2", money.land_price),
            _number("land_discount", "ratio", money.land_discount),
            _number("jobs_required", "jobs", read.jobs_required),
            _truth("job_goal", read.job_goal),
            _truth("unconditional_instalment", read.unconditional_instalment),
            _truth("support_without_clawback", read.support_without_clawback),
            _truth("local_content_condition", read.local_content_condition),
            _truth("export_condition", read.export_condition),
            _truth("seat_condition", read.seat_condition),
            _truth("stay_covenant", read.stay_covenant),
            _truth("public_buyback", read.public_buyback),
            _truth("fixed_return", read.fixed_return),
            _truth("dated_put", read.dated_put),
            _truth("issuer_only_put", read.issuer_only_put),
            _truth("tier_without_proof", read.tier_without_proof),
            _truth("covenant_without_remedy", read.covenant_without_remedy),
        )
    }
)
"""All quantities by name, in the order in which documentation lists them."""


@dataclass(frozen=True, slots=True)
class MeasuredSheet:
    """What was found on one sheet: values by name, and where they were read."""

    values: Mapping[str, FoundValue]

    def places(self, names: Iterable[str]) -> tuple[tuple[str, Place], ...]:
        """Clauses and places behind some names, in the order of the text."""
        found = {clause for name in names if name in self.values for clause in self.values[name].clauses}
        return tuple(sorted(found, key=lambda clause: (clause[1], clause[0])))


def measure(sheet: TermSheet) -> MeasuredSheet:
    """Everything that rules can measure on a term sheet."""
    return MeasuredSheet({name: quantity.measure(sheet) for name, quantity in QUANTITIES.items()})
