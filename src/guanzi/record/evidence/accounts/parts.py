"""Flows of which a part is more than its whole: two figures that cannot both be true, or ask for a third."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message, money_form
from guanzi.record.evidence.accounts.flows import stated
from guanzi.record.evidence.accounts.reporting import FLOWS
from guanzi.record.evidence.held import Reading
from guanzi.record.evidence.view import View
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME, label_of

ROUNDED = 0.01
"""Share of a part by which its whole may be less: sources round each figure by itself; judgement."""
BOTH_WAYS = {"net_loss": "loss", "operating_loss": "loss", "gross_profit": "flow", "free_cash_flow": "flow",
             "operating_cash_flow": "flow"}  # fmt: skip
"""Flows that can be below zero in the other months, by how that is told; all others cannot."""


@dataclass(frozen=True, slots=True)
class PartBeyond:
    """A part of a time in which the company had more of a flow than in the whole of it.

    Attributes:
        flow: The flow, e.g. ``net_loss``.
        part, whole: The two readings; money in millions of the currency of the case.
    """

    flow: str
    part: Reading
    whole: Reading

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that state the two."""
        return tuple(dict.fromkeys((*self.part.facts, *self.whole.facts)))

    def as_message(self, currency: str) -> Message:
        """Both figures, and what the other months would have to be."""
        money = money_form(UNITS_BY_NAME[self.flow][0]) is not None
        values = Message.of_money(
            currency,
            f"evidence.parts.{'money' if money else 'number'}",
            name=label_of(self.flow) or self.flow,
            part=self.part.value,
            months=str(self.part.period),
            whole=self.whole.value,
            period=str(self.whole.period),
        )
        way = BOTH_WAYS.get(self.flow, "never")
        rest = self.part.value - self.whole.value
        return Message.of_money(currency, f"evidence.parts.{way}", both=values, rest=rest)


def parts_beyond(view: View) -> tuple[PartBeyond, ...]:
    """Each part of a flow of the company that is more than a time that holds it."""
    return view.once(_beyond)


def _beyond(view: View) -> tuple[PartBeyond, ...]:
    found: list[PartBeyond] = []
    for flow in sorted(FLOWS):
        readings = stated(view, flow)
        found += (
            PartBeyond(flow, part, whole)
            for whole in readings
            for part in readings
            if part.period != whole.period
            and whole.period.contains(part.period)
            and 0 < whole.value < (1 - ROUNDED) * part.value
        )
    return tuple(found)
