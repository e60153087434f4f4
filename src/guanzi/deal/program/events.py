"""Lowering of events and of the public side's promises: each happens on its day with a probability, or later."""

from __future__ import annotations

from guanzi.deal.program.company import CompanySlots
from guanzi.deal.program.representation import Emitter
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Event, Grid, Promise, TermSheet

FIRST_STREAM = 128
"""Streams from here to 1023 belong to events and promises, one each; its numbers are steps."""


class EventsLowering:
    """All events and promises of a sheet. Slots: truths ``event.<id>`` and ``done.<id>``, number ``step.<id>``."""

    def __init__(self, sheet: TermSheet, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.items: tuple[Event | Promise, ...] = (*sheet.events, *sheet.promises)
        self.e, self.company, self.grid = emitter, company, grid
        for item in self.items:
            emitter.truth(f"done.{item.id}")
            emitter.truth(f"event.{item.id}")
            emitter.number(f"step.{item.id}")
            emitter.number(f"event.{item.id}.luck")
            if isinstance(item, Promise) and item.broken != 0.0:
                emitter.truth(f"event.{item.id}.broken")

    def begin(self, values: ValueLowering) -> None:
        """Step 0: probabilities and costs become slots."""
        for item in self.items:
            values.slot(f"event.{item.id}.probability", item.probability)
            if isinstance(item, Promise):
                values.slot(f"event.{item.id}.cost", item.cost)
                if item.penalty != 0.0:
                    values.slot(f"event.{item.id}.penalty", item.penalty)
                if item.broken != 0.0:
                    broken = values.slot(f"event.{item.id}.broken_chance", item.broken)
                    self.e.do("GT", f"event.{item.id}.broken", broken, values.uniform())

    def happen(self, t: int) -> None:
        """In the step of its day, and in each later step, an event that has not happened happens or does not."""
        e = self.e
        for i, item in enumerate(self.items):
            if t < max(self.grid.step_of(item.due), 0):
                continue
            with e.clause(f"events.{item.id}"):
                e.draw("UNIFORM", f"event.{item.id}.luck", FIRST_STREAM + i, t)
                happens = e("GT", f"event.{item.id}.probability", f"event.{item.id}.luck")
                if isinstance(item, Promise) and item.broken != 0.0:
                    happens = e("ANDN", happens, f"event.{item.id}.broken")
                new = e("AND", happens, e("ANDN", self.company.solvent, f"done.{item.id}"))
                e.do("STAMP", f"step.{item.id}", new, k=float(t))
                e.do("LATCH", f"done.{item.id}", new)
                e.do("LATCH", f"event.{item.id}", new)
                if isinstance(item, Promise):
                    amount = e("MSK", new, f"event.{item.id}.cost")
                    e.do("XFER", f"acct.{item.party}", self.company.world, amount)
                    e.do("ACC", f"spent.{item.party}", amount)
                    self._delayed(item)

    def _delayed(self, item: Promise) -> None:
        """A promise that is late costs its party the penalty of the step."""
        if item.penalty == 0.0:
            return
        e = self.e
        late = e("ANDN", self.company.solvent, f"event.{item.id}")
        amount = e("MSK", late, e("MULK", f"event.{item.id}.penalty", k=self.grid.months / 12.0))
        e.do("XFER", f"acct.{item.party}", self.company.cash, amount)
        e.do("ACC", f"spent.{item.party}", amount)

    def kept(self, covenant: str, t: int) -> tuple[str, ...]:
        """Truths that must hold for a covenant to be tested: promises that suspend it and are due have been kept."""
        return tuple(
            f"event.{x.id}"
            for x in self.items
            if isinstance(x, Promise) and covenant in x.suspends and t >= max(self.grid.step_of(x.due), 0)
        )
