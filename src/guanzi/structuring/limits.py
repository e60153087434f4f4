"""Limits that a deal must keep: a measure and the most, or the least, that it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guanzi.core import InvalidInput, Message, Place, Problem, nearest, parse_number, parse_ratio
from guanzi.structuring.measures import BY_ID, Measure

SHORT = {
    "value": "public.npv",
    "cvar": "public.cvar",
    "worst_year": "budget.worst_year_cvar",
    "budget": "fund.paid",
    "survival": "company.survival",
    "holders": "holders.npv",
}
"""Short names of measures."""
OPTION = Place("--limit")
_LIMIT = re.compile(r"\s*(?P<name>[\w.]+)\s*(?P<op><=|>=)\s*(?P<value>.+?)\s*")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a measure may be.

    Attributes:
        measure: Of what.
        most: Whether the bound is the most it may be; otherwise the least.
        bound: In the unit of the sheet, or as a ratio.
        origin: ``user``; ``draft`` for the participation constraint and the value of the draft.
    """

    measure: Measure
    most: bool
    bound: float
    origin: str = "user"

    @property
    def text(self) -> str:
        """As it is asked for."""
        return f"{self.measure.id}{'<=' if self.most else '>='}{self.bound:.10g}"

    def slack(self, value: float) -> float:
        """How far a value is on the right side; negative where the limit is broken."""
        return self.bound - value if self.most else value - self.bound


def parse_limits(texts: Sequence[str]) -> tuple[Limit, ...]:
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
            problems += [Problem(p.cause, OPTION, p.mend, excerpt=text) for p in error.problems]
    if problems:
        raise InvalidInput(problems)
    return tuple(limits)


def _limit(text: str) -> Limit:
    match = _LIMIT.fullmatch(text)
    if match is None:
        raise InvalidInput(
            Problem(Message.of("structuring.limit.shape", text=text), OPTION, Message.of("structuring.limit.mend"))
        )
    name = SHORT.get(match["name"], match["name"])
    if name not in BY_ID:
        close = nearest(name, (*BY_ID, *SHORT))
        names = (*SHORT, *BY_ID)
        mend = (
            Message.of("structuring.free.nearest", address=close)
            if close
            else Message.of("structuring.limit.names", names=names)
        )
        raise InvalidInput(Problem(Message.of("structuring.limit.no_such", name=name), OPTION, mend))
    measure = BY_ID[name]
    bound = parse_ratio(match["value"]) if measure.unit == "ratio" else parse_number(match["value"])
    return Limit(measure, match["op"] == "<=", bound)
