"""What of a deal is watched step by step and path by path, in the world with its money.

Distributions over time say what may come; whoever follows a deal after signing needs the paths themselves: which of
them agree with what was reported, and what they pay from here on.
"""

from __future__ import annotations

from guanzi.deal.program import CompanySlots, DealLowering, Emitter
from guanzi.deal.terms import SUPPORT, payments
from guanzi.engine.company import CompanyModel

COMPANY = ("units", "revenue", "gross_margin", "capacity_local", "headcount", "jobs_local")
"""Observables of the company that can be watched, as far as its model provides them."""
OF_DEAL = ("cash", "value", "solvent", "stake", "flow", "given", "let_off")
"""What can be watched beside them: liquid funds; value of all shares; 1 while the company has not failed; what the
public side's shares are worth; what comes back to the public side in a step less what it pays into instruments; what
it gives less what is clawed back; what of that is no money, such as tax that is let off, claw-backs left out."""


class Watch:
    """Keeps quantities of each step as outputs of the program."""

    def __init__(self, e: Emitter, deal: DealLowering, slots: CompanySlots, names: tuple[str, ...]) -> None:
        self.e, self.deal, self.slots, self.names = e, deal, slots, names
        self.public = deal.sheet.public
        self.let_off = dict.fromkeys(one.instrument for one in payments(deal.sheet, *SUPPORT) if not one.cash)
        for t in range(deal.grid.count):
            for name in names:
                e.number(f"watch.{name}@{t}")
        for name in ("flow", "given", "let_off"):
            if name in names:
                e.number(f"watched.{name}")

    def after(self, t: int) -> None:
        """End of a step."""
        e = self.e
        for name in self.names:
            out = f"watch.{name}@{t}"
            if name == "cash":
                e.do("COPY", out, self.slots.cash)
            elif name == "value":
                e.do("COPY", out, self.slots.mark)
            elif name == "solvent":
                e.do("MSK", out, self.slots.solvent, e("SET", k=1.0))
            elif name == "stake":
                mark = self.slots.mark
                worth = e.sum(e("SET", k=0.0), *(self.deal.stake_value(p, mark) for p in self.public))
                e.do("MSK", out, self.slots.solvent, worth)
            elif name == "flow":
                self._change(out, name, self._total("returned", "paid"))
            elif name == "given":
                self._change(out, name, self._total("spent", "clawed"))
            elif name == "let_off":
                self._change(out, name, e.sum(e("SET", k=0.0), *(f"{id}.given" for id in self.let_off)))
            else:
                e.do("COPY", out, self.slots.observables[name])

    def _total(self, plus: str, minus: str) -> str:
        """The sum of one account of all public parties less another."""
        e = self.e
        return e.sum(e("SET", k=0.0), *(e("SUB", f"{plus}.{p}", f"{minus}.{p}") for p in self.public))

    def _change(self, out: str, kept: str, total: str) -> None:
        """How much a sum grew in this step."""
        self.e.do("SUB", out, total, f"watched.{kept}")
        self.e.do("COPY", f"watched.{kept}", total)

    def epilogue(self) -> None:
        """After the last step."""
        for t in range(self.deal.grid.count):
            for name in self.names:
                self.e.output(f"watch.{name}@{t}", f"watch.{name}@{t}")


def watchable(model: CompanyModel) -> tuple[str, ...]:
    """What can be watched of a deal with this company."""
    return (*(name for name in COMPANY if name in model.provides()), *OF_DEAL)
