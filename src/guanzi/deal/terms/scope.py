"""What a condition may refer to, and what is known of its parts while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guanzi.deal.terms.conditions import Expression, Type
from guanzi.deal.terms.typing import Unit
from guanzi.deal.terms.vocabulary import FUNCTIONS, OBSERVABLES, Function, Term


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a term sheet defines.

    Attributes:
        events: Ids of declared events and promises.
        tiers, tranches, loans: Declared ids.
        money: Label of amounts, e.g. ``CNY m``.
        step: Months per step.
        words: What may be observed: in a term sheet the state of the company; rules of a pack have their own words.
        functions: What may be called.
    """

    events: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    tranches: tuple[str, ...] = ()
    loans: tuple[str, ...] = ()
    money: str = "CNY m"
    step: int = 3
    words: Mapping[str, Term] = field(default=OBSERVABLES, hash=False)
    functions: Mapping[str, Function] = field(default=FUNCTIONS, hash=False)

    @property
    def payments(self) -> tuple[str, ...]:
        """What money is paid out under: months can be counted from it."""
        return self.tranches + self.loans


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of a condition.

    Attributes:
        tree: None when the part has errors.
        type: None when errors leave it open.
        unit: None for literals, which take any unit, and for truths.
        percent: The part is a literal with a percent sign.
    """

    tree: Expression | None = None
    type: Type | None = None
    unit: Unit | None = None
    percent: bool = False
