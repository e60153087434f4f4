"""The closed vocabulary of conditions: what may be observed of a company, and the functions over it.

Whoever reads a term sheet must know exactly what a word measures; so a word that is not here is refused, and its
nearest neighbour is offered. The company model provides these values step by step, the term sheet only names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guanzi.base.core import Message
from guanzi.deal.terms.conditions import Type

MONEY = "money"
"""Unit of observables in money; in a sheet they are counted in its own currency and unit."""

UNITS = "units"
"""Unit of observables that count the product, whatever the company makes."""
PRODUCTS = ("vehicles", "aircraft")
"""Products that sentences call by their name; others are units."""

FLOW = "flow"
STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Term:
    """One observable.

    Attributes:
        name: The word as written in conditions.
        type: Number or truth.
        unit: ``units``, ``ratio``, ``money`` …; empty for truths.
        kind: ``flow`` (counted per step, can be summed over a window) or ``stock`` (a state at the end of the step).
    """

    name: str
    type: Type
    unit: str
    kind: str

    @property
    def meaning(self) -> Message:
        """The word in a sentence: a noun phrase for a number, a statement for a truth."""
        return self.meaning_for("")

    def meaning_for(self, product: str) -> Message:
        """The word in a sentence on a company that delivers a product, as facts count it; empty: not known which."""
        named = product in PRODUCTS and self.unit == UNITS
        return Message.of(f"terms.observable.{self.name}.{product}" if named else f"terms.observable.{self.name}")


def _number(name: str, unit: str, kind: str) -> Term:
    return Term(name, Type.NUMBER, unit, kind)


def _truth(name: str) -> Term:
    return Term(name, Type.TRUTH, "", STOCK)


OBSERVABLES: Mapping[str, Term] = MappingProxyType(
    {
        term.name: term
        for term in (
            _number("units", UNITS, FLOW),
            _number("revenue", MONEY, FLOW),
            _number("gross_margin", "ratio", STOCK),
            _number("ebitda", MONEY, FLOW),
            _number("cash", MONEY, STOCK),
            _number("debt", MONEY, STOCK),
            _number("equity_value", MONEY, STOCK),
            _number("headcount", "people", STOCK),
            _number("jobs_local", "jobs", STOCK),
            _number("tax_local", MONEY, FLOW),
            _number("capacity_local", f"{UNITS}/year", STOCK),
            _number("supplier_share_local", "ratio", STOCK),
            _number("founder_share", "ratio", STOCK),
            _truth("hq_local"),
            _truth("rnd_local"),
            _truth("plant_local"),
            _truth("listing_filed"),
            _truth("listed"),
            _truth("control_changed"),
            _truth("rescued"),
            _truth("taken_over"),
            _truth("restructured"),
            _truth("certified"),
            _truth("solvent"),
        )
    }
)
"""All observables by name, in the order in which documentation lists them."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the condition language.

    Attributes:
        name: The word as written.
        usage: How a call is written, for error messages and documentation.
        yields: Number or truth.
    """

    name: str
    usage: str
    yields: Type

    @property
    def meaning(self) -> Message:
        """What the function says, in words."""
        return Message.of(f"terms.function.{self.name}")


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            Function("total", "total(x, last='12 months')", Type.NUMBER),
            Function("year_total", "year_total(x)", Type.NUMBER),
            Function("cumulative", "cumulative(x, since='signing')", Type.NUMBER),
            Function("held", "held(condition, years=2)", Type.TRUTH),
            Function("consecutive", "consecutive(condition, years=2)", Type.TRUTH),
            Function("event", "event('name')", Type.TRUTH),
            Function("tier", "tier('name')", Type.TRUTH),
            Function("months_since", "months_since('tranche or event')", Type.NUMBER),
            Function("before", "before('2025-12-31')", Type.TRUTH),
            Function("after", "after('2025-12-31')", Type.TRUTH),
        )
    }
)
"""All functions by name."""


def money_unit(currency: str, unit: float) -> str:
    """How amounts of a sheet are labelled.

    >>> money_unit("CNY", 1e6)
    'CNY m'
    """
    suffix = {1.0: "", 1e3: " k", 1e6: " m", 1e9: " bn"}.get(float(unit))
    return f"{currency}{suffix}" if suffix is not None else f"{currency} x {unit:g}"
