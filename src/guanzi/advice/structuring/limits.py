"""Limits that a deal must keep: a measure and the most, or the least, that it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from guanzi.advice.structuring.measures import BY_ID, Measure
from guanzi.base.core import InvalidInput, Message, Place, Problem, meant, parse_number, parse_ratio

SHORT = {
    "value": "public.npv",
    "cvar": "public.cvar",
    "worst_year": "budget.worst_year_cvar",
    "budget": "fund.paid",
    "survival": "company.survival",
    "survival_5y": "company.survival_5y",
    "holders": "holders.npv",
}
"""Short names of measures."""
OPTION = Place("--limit")
_LIMIT = re.compile(r"\s*(?P<name>[\w.]+)\s*(?P<op><=|>=)\s*(?P<value>.+?)\s*")


@dataclass(frozen=True, slots=True)
class MeasureLimit:
    """What a measure may be.

    Attributes:
        measure: Of what.
        most: Whether the bound is the most it may be; otherwise the least.
        bound: In the unit of the sheet, or as a ratio.
        origin: ``user``; ``draft`` for the participation constraint and the value of the draft.
        relaxed: By how much the bound was moved to see what the limit costs.
    """

    measure: Measure
    most: bool
    bound: float
    origin: str = "user"
    relaxed: float = 0.0

    @property
    def text(self) -> str:
        """As it is asked for."""
        return f"{self.measure.id}{'<=' if self.most else '>='}{self.bound:.10g}"

    @property
    def option(self) -> str:
        """As a person types it after ``--limit``: by its short name, and no tighter than it is by rounding.

        >>> MeasureLimit(BY_ID["company.survival_5y"], False, 0.81249).option
        'survival_5y>=81.2%'
        """
        name = next((short for short, id in SHORT.items() if id == self.measure.id), self.measure.id)
        is_ratio = self.measure.unit == "ratio"
        bound = Decimal(repr(self.bound * 100 if is_ratio else self.bound))
        fine = Decimal(1).scaleb(-1 if is_ratio else min(bound.adjusted() - 3, 0))
        rounded = bound.quantize(fine, ROUND_CEILING if self.most else ROUND_FLOOR)
        return f"{name}{'<=' if self.most else '>='}{rounded:f}{'%' if is_ratio else ''}"

    def slack(self, value: float) -> float:
        """How far a value is on the right side; negative where the limit is broken."""
        return self.bound - value if self.most else value - self.bound

    def eased(self, step: float) -> MeasureLimit:
        """The limit relaxed by a step."""
        return replace(self, bound=self.bound + (step if self.most else -step), relaxed=self.relaxed + step)


def parse_limits(texts: Sequence[str]) -> tuple[MeasureLimit, ...]:
    """Limits as the user writes them, e.g. ``cvar<=5000`` or ``company.survival>=12%``.

    Raises:
        InvalidInput: Something is no limit, or no measure.
    """
    problems: list[Problem] = []
    limits = []
    for text in texts:
        try:
            limits.append(_limit(text))
        except InvalidInput as error:
            problems += [Problem(p.cause, OPTION, p.fix, excerpt=text) for p in error.problems]
    problems = problems or list(_contradictions(limits))
    if problems:
        raise InvalidInput(problems)
    return tuple(limits)


def _contradictions(limits: Sequence[MeasureLimit]) -> Iterator[Problem]:
    """A measure that would have to be more than it may be, or whose bound is stated twice."""
    for n, limit in enumerate(limits):
        for other in limits[:n]:
            if other.measure is limit.measure and other.most == limit.most:
                cause, fix = "structuring.limit.twice", Message.of("structuring.limit.twice.mend")
            elif other.measure is limit.measure and limit.slack(other.bound) < 0.0:
                cause, fix = "structuring.limit.contradict", Message.of("structuring.limit.contradict.mend")
            else:
                continue
            yield Problem(Message.of(cause, a=other.text, b=limit.text), OPTION, fix)


def _limit(text: str) -> MeasureLimit:
    match = _LIMIT.fullmatch(text)
    if match is None:
        raise InvalidInput(
            Problem(Message.of("structuring.limit.shape", text=text), OPTION, Message.of("structuring.limit.mend"))
        )
    name = SHORT.get(match["name"], match["name"])
    if name not in BY_ID:
        names = (*SHORT, *BY_ID)
        fix = meant(name, names, Message.of("structuring.limit.names", names=names))
        raise InvalidInput(Problem(Message.of("structuring.limit.no_such", name=name), OPTION, fix))
    measure = BY_ID[name]
    bound = parse_ratio(match["value"]) if measure.unit == "ratio" else parse_number(match["value"])
    if measure.unit == "ratio" and not 0.0 <= bound <= 1.0:
        cause = Message.of("structuring.limit.no_ratio", name=name)
        raise InvalidInput(Problem(cause, OPTION, Message.of("structuring.limit.percent")))
    return MeasureLimit(measure, match["op"] == "<=", bound)
