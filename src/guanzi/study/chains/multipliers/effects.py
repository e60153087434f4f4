"""What a plant brings in a year, gross and net: plain data for the budget and the cluster account of an appraisal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.inputoutput import Span
from guanzi.study.chains.multipliers.study import Study


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of a plant.

    Attributes:
        measure: ``output``, ``value_added``, ``wages``, ``taxes``, ``employment`` or ``imports``.
        gross: What the plant and its chain bring, in the money of the table, or persons, a year.
        net: What remains where part would have come without the deal and part is taken from others here; None where
            either is unknown. Never added to the gross figure.
        parents: What the figure was made of.
    """

    measure: str
    gross: Span
    net: Span | None
    parents: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for accounts that may not know this package."""
        net = None if self.net is None else [self.net.low, self.net.high]
        return {
            "measure": self.measure,
            "gross": [self.gross.low, self.gross.high],
            "net": net,
            "parents": list(self.parents),
        }


def effects(
    found: Study,
    output: Span,
    anyway: Span | None = None,
    displaced: Span | None = None,
    households: bool = False,
) -> tuple[Effect, ...]:
    """Effects of a plant that makes so much a year for final demand outside.

    Args:
        found: Its multipliers; those of the bill count where there is one.
        output: Of the plant a year, in the money of the table.
        anyway: Part that would be there without the deal, 0 to 1; None: unknown.
        displaced: Part that is taken from other firms of the region, 0 to 1; None: unknown.
        households: Count what wages buy, too.

    Raises:
        InvalidInput: The output is negative, or a part is none.
    """
    _check(output, anyway, displaced)
    made = []
    for answer in found.answers:
        if answer.households != households:
            continue
        per_unit = answer.bill or answer.sector
        gross = Span(output.low * per_unit.low, output.high * per_unit.high)
        net = None
        if anyway is not None and displaced is not None:
            least = (1.0 - anyway.high) * (1.0 - displaced.high)
            most = (1.0 - anyway.low) * (1.0 - displaced.low)
            net = Span(gross.low * least, gross.high * most)
        by = "bill" if answer.bill is not None else "sector"
        kind = "type-2" if households else "type-1"
        parents: tuple[str, ...] = (f"multiplier.{answer.measure}.{kind}.{by}", "plant.output")
        if net is not None:
            parents += ("plant.anyway", "plant.displaced")
        made.append(Effect(answer.measure, gross, net, parents))
    return tuple(made)


def _check(output: Span, anyway: Span | None, displaced: Span | None) -> None:
    problems = []
    if not 0.0 <= output.low <= output.high:
        fix = Message.of("multipliers.output.mend")
        cause = Message.of("multipliers.output", low=output.low, high=output.high)
        problems.append(Problem(cause, Place("--output"), fix))
    for name, part in (("--anyway", anyway), ("--displaced", displaced)):
        if part is not None and not 0.0 <= part.low <= part.high <= 1.0:
            fix = Message.of("multipliers.part.mend")
            problems.append(Problem(Message.of("multipliers.part", low=part.low, high=part.high), Place(name), fix))
    if problems:
        raise InvalidInput(problems)
