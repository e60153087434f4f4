"""A company whose future is written down step by step, to see exactly what each instrument does with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guanzi.base.core import Place
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.program import CompanySlots, DealLowering, Emitter, ExitPolicy
from guanzi.deal.terms import OBSERVABLES, TermSheet, Type, parse_sheet
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path

AT = Place("known.yaml", 1, 1)
HEAD = """\
deal: known
currency: CNY
unit: 1e6
known_on: 2024-01-01
signed: 2024-01-15
horizon: {years} years
step: {step}
parties:
  company: {{role: issuer, name: Example Motors}}
  city: {{role: public, name: Riverton}}
  province: {{role: public, name: the province}}
  founder: {{role: holder, name: the founder, limits: {{total: 300}}}}
"""


def text(body: str, *, years: int = 5, step: str = "quarter") -> str:
    """A term sheet: parties, and the instruments that a test is about."""
    return HEAD.format(years=years, step=step) + body


def sheet(body: str, *, years: int = 5, step: str = "quarter") -> TermSheet:
    """The same, read."""
    words = text(body, years=years, step=step)
    return parse_sheet(parse_yaml(TextFile("known.yaml", words, tuple(words.split("\n")))))


@dataclass
class Known:
    """What happened to every slot and every account, by step.

    Attributes:
        outputs: Slot to its values at the end of each step.
        payments: (step, clause, payer, payee, amount) of each movement of money.
    """

    outputs: Mapping[str, Sequence[float]]
    payments: Sequence[tuple[int, str, str, str, float]] = field(default_factory=tuple)

    def paid(self, clause: str) -> list[tuple[int, str, str, float]]:
        """Movements of money on behalf of a clause: step, payer, payee, amount."""
        return [(t, payer, payee, x) for t, c, payer, payee, x in self.payments if c == clause]


def run(
    terms: TermSheet,
    future: Mapping[int, Mapping[str, float]] | None = None,
    watch: Sequence[str] = (),
    *,
    start: Mapping[str, float] | None = None,
    lockup: float = 12.0,
) -> Known:
    """Let a deal meet a company whose state is known.

    Args:
        terms: The deal.
        future: Step to what becomes true in it and stays so: ``mark``, ``dilution``, ``debt``, ``reserve``, ``ahead``,
            ``sale`` (what its assets would fetch), any observable; ``earns`` (cash of this step only), ``fails``.
        watch: Slots whose values are wanted.
        start: The same, before the first step; by default 1,000 of cash and a mark of 1,000.
        lockup: Months after a listing before anything is sold.
    """
    e = Emitter()
    for account in ("acct.company", "acct.world", "acct.market"):
        e.account(account)
    for name in ("mark", "dilution", "debt", "reserve", "borrowable", "estate", "ahead", "sale"):
        e.number(name)
    e.truth("solvent", True)
    for name, term in OBSERVABLES.items():
        (e.number if term.type is Type.NUMBER else e.truth)(f"o.{name}")
    slots = CompanySlots(
        {name: f"o.{name}" for name in OBSERVABLES}, {}, "acct.company", "acct.world", "acct.market",
        "mark", "solvent", "dilution", "debt", "reserve", "borrowable", "estate", "ahead",
    )  # fmt: skip
    first = {"mark": 1000.0, "dilution": 1.0, "earns": 1000.0, "solvent": 1.0} | dict(start or {})
    deal: DealLowering | None = None
    for t in range(terms.horizon * 12 // terms.step):
        changes = (first if t == 0 else {}) | dict((future or {}).get(t, {}))
        for name, value in changes.items():
            if name == "earns":
                e.do("XFER", "acct.world", "acct.company", e("SET", k=value))
            elif name != "fails":
                slot = f"o.{name}" if name in OBSERVABLES else name
                truth = name in OBSERVABLES and OBSERVABLES[name].type is Type.TRUTH
                e.do("SETT" if truth else "SET", slot, k=float(value))
        if deal is None:
            deal = DealLowering(terms, e, slots, ExitPolicy(lockup, 0.0, 0.0))
            deal.begin()
        deal.events(t)
        deal.tiers_and_covenants(t)
        deal.rights(t)
        deal.payments(t)
        e.do("ADD", "estate", "sale", e("MAXK", "acct.company", k=0.0))
        deal.recoveries(t)
        failed = e("SETT", k=float("fails" in changes))
        e.do("XFER", "acct.world", "acct.company", e("MSK", failed, "sale"))
        deal.failure(failed)
        e.do("DROP", "solvent", failed)
        for slot in watch:
            held = slot in e.program.truths
            shown = e("MSK", slot, e("SET", k=1.0)) if held else slot
            e.output(f"{slot}@{t}", shown)
        e.end_step()
    e.end_step()
    result = run_path(assemble(e.program), 1, 0, trace=True)
    names = iter(result.outputs.values())
    values: dict[str, list[float]] = {slot: [] for slot in watch}
    for _ in range(terms.horizon * 12 // terms.step):
        for slot in watch:
            values[slot].append(next(names))
    moved = tuple((x.step, x.clause, x.subject, x.object, x.amount) for x in result.trace if x.what == "pays")
    return Known(values, moved)
