"""A cost model: its inputs with units, and the formulas from inputs to break-even, cost and margin of one unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from guanzi.base.core import Message

type Floats = npt.NDArray[np.float64]
type Sign = Literal[-1, 1]


@dataclass(frozen=True, slots=True)
class InputSpec:
    """An input of a model.

    Attributes:
        name: Its id.
        unit: ``money`` in it stands for the currency: ``money m``, ``money per kWh`` …
        adverse: 1 when more of it never lowers cost and break-even, -1 when more of it never raises them.
        low, high: Values that have a meaning.
        default: Of an input that may be left out; None: it must be given.
        fact: Name of the fact of a case that states it; empty: none does.
    """

    name: str
    unit: str
    adverse: Sign
    low: float = 0.0
    high: float = 1e12
    default: float | None = None
    fact: str = ""

    def unit_in(self, currency: str) -> str:
        """The unit with the currency put in."""
        return self.unit.replace("money", currency)


@dataclass(frozen=True, slots=True)
class Results:
    """What a model says, one value per draw.

    Attributes:
        break_even: Volume (or utilisation) from which on the year covers all costs; infinite: no volume does.
        unit_cost: Full cost of a unit at the expected volume.
        unit_margin: Price less this cost.
    """

    break_even: Floats
    unit_cost: Floats
    unit_margin: Floats


type Values = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class CostModel:
    """A lifecycle cost model.

    Attributes:
        id: E.g. ``swap-station``.
        inputs: Its inputs in the order in which a reader thinks of them.
        break_even_unit: Unit of the break-even.
        unit: Unit of cost and margin; ``money`` stands for the currency.
        compute: The formulas, over draws at once.
        limit: Input that bounds the break-even (what the plant can do at most), if there is one.
        most: The bound when no input names it.
        alternatives: Groups of inputs of which at least one must be given: each group is a tuple of sets.
        literature: Where the formulas come from.
    """

    id: str
    inputs: tuple[InputSpec, ...]
    break_even_unit: str
    unit: str
    compute: Callable[[Values], Results]
    limit: str = ""
    most: float = float("inf")
    alternatives: tuple[tuple[frozenset[str], ...], ...] = ()
    literature: str = ""

    @property
    def title(self) -> Message:
        """The model in words."""
        return Message.of(f"diligence.unitcost.{self.id}")

    def spec(self, name: str) -> InputSpec | None:
        """The input of a name; None when the model has none."""
        return next((spec for spec in self.inputs if spec.name == name), None)

    def label(self, name: str) -> Message:
        """An input in words."""
        return Message.of(f"diligence.unitcost.{self.id}.{name}")

    def missing(self, given: frozenset[str]) -> tuple[str, ...]:
        """Inputs that must be given and are not; of alternatives the first."""
        lacking = [s.name for s in self.inputs if s.default is None and s.name not in given]
        chosen = {name for group in self.alternatives for option in group for name in option}
        lacking = [name for name in lacking if name not in chosen]
        for group in self.alternatives:
            if not any(option <= given for option in group):
                lacking.extend(sorted(group[0] - given))
        return tuple(lacking)


def recovery(rate: Floats, years: Floats) -> Floats:
    """Capital recovery factor: the yearly charge that pays back one unit of money over a life, with interest.

    ``r / (1 - (1 + r)^-T)``, and ``1 / T`` without interest (Park, Contemporary Engineering Economics).

    >>> recovery(np.array([0.0, 0.05]), np.array([10.0, 10.0])).round(5).tolist()
    [0.1, 0.1295]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = -np.expm1(-years * np.log1p(rate))
        return np.asarray(np.where(rate > 0, rate / grown, 1.0 / years))
