"""What clauses are made of: values that may be unknown, conditions, parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guanzi.base.core import Place
from guanzi.deal.terms.conditions import Expression


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is known to exist but was not seen.

    Attributes:
        low, high: Bracket within which the simulation draws (uniform); None when no bracket is stated.
        note: Why it is unknown, and where the bracket comes from.
        assumed: The one value the simulation uses instead of drawing from the bracket, e.g. an equal part of a known
            total whose split was not seen; shown as an assumption.
    """

    place: Place
    low: float | None = None
    high: float | None = None
    note: str = ""
    assumed: float | None = None


type Value = float | Unknown


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as text and as a typed tree."""

    text: str
    tree: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class DealParty:
    """A party to the deal; role is ``issuer``, ``public`` or ``holder``. Limits are in the sheet's unit.

    Attributes:
        budget: Subject of the facts on the budget that its money burdens, such as ``region``; empty: not stated.
        level: Whose tax it gets: ``nation``, ``state`` (Land, province) or ``local``; empty: not stated.
    """

    id: str
    role: str
    name: str
    place: Place
    limits: Mapping[str, float] = field(default_factory=dict)
    budget: str = ""
    level: str = ""
