"""What a step asks of every instrument, and what it may use: the bench on which instruments are lowered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from guanzi.deal.program.company import CompanySlots, ExitPolicy
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.preference import Preferred
from guanzi.deal.program.representation import Emitter
from guanzi.deal.program.table import CapTable
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Condition, Grid, TermSheet


@dataclass(frozen=True, slots=True)
class Bench:
    """What instruments share.

    Attributes:
        e: Emitter.
        company: Slots of the issuer in the world with the deal.
        grid: Steps.
        sheet: The whole sheet, for parties and what others refer to.
        table: Who holds which part of the issuer.
        pockets: Obligors beside the issuer; each has one pocket, whatever it is asked for.
    """

    e: Emitter
    company: CompanySlots
    grid: Grid
    sheet: TermSheet
    table: CapTable
    pockets: dict[str, float] = field(default_factory=dict)

    def condition(self, name: str, condition: Condition | None) -> ConditionLowering | None:
        """A condition to be evaluated once in each step; None where there is none."""
        if condition is None:
            return None
        return ConditionLowering(name, condition.tree, self.e, self.company, self.grid)

    @property
    def issuer(self) -> str:
        """Id of the company."""
        return next(p.id for p in self.sheet.parties if p.role == "issuer")

    def account(self, party: str) -> str:
        """The account of a party."""
        return self.company.cash if party == self.issuer else f"acct.{party}"

    def free_cash(self) -> str:
        """What the issuer can pay without touching its reserve."""
        return self.e("MAXK", self.e("SUB", self.company.cash, self.company.reserve), k=0.0)

    def pocket(self, party: str) -> str:
        """What an obligor beside the issuer can still pay: its stated limit, whatever it is asked for."""
        if party not in self.pockets:
            limit = next(p.limits.get("total", 0.0) for p in self.sheet.parties if p.id == party)
            self.pockets[party] = limit
            self.e.number(f"capacity.{party}")
        return f"capacity.{party}"


@dataclass(frozen=True, slots=True)
class FailureClaim:
    """What an instrument claims when the company fails.

    Attributes:
        id: The instrument.
        party: Whose claim it is.
        amount: Slot of the amount.
        rank: ``secured``, ``unsecured`` or ``subordinated``.
        security: Slot of the pledged part of the assets; empty where nothing is pledged.
        obligors: Parties beside the issuer that make good what is missing, as far as they can.
        given: It is for something that was given, not invested: what is recovered counts as clawed back.
    """

    id: str
    party: str
    amount: str
    rank: str = "unsecured"
    security: str = ""
    obligors: tuple[str, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Promised:
    """A payment of a public party that waits for a condition, at the end of a path.

    Attributes:
        clause: Id of the clause.
        paid: Slot of what was paid under it.
        whole: Slot of what would be paid under it if its condition held on every day of payment.
    """

    clause: str
    paid: str
    whole: str


type Made = Sequence[InstrumentLowering]
"""What has been lowered before."""


class InstrumentLowering:
    """One instrument. The phases of a step call these; most instruments answer only some of them.

    ``paid.<party>`` and ``returned.<party>`` are what a party put into instruments and got out of them;
    ``spent.<party>`` and ``clawed.<party>`` what it gave and what came back of that.
    """

    sources: ClassVar[tuple[str, ...]] = ()
    """Ways in which money comes back through it, beside those that every deal has: names of ``from.<source>``."""

    LOWERS: ClassVar[type[Any]]
    """Dataclass of the instrument."""

    @classmethod
    def of(cls, item: Any, bench: Bench, made: Made) -> InstrumentLowering | None:
        """The lowering of one; None where there is nothing to lower.

        Args:
            item: The instrument.
            bench: What instruments share.
            made: What has been lowered before: others may refer to it.
        """
        return cls(item, bench)  # type: ignore[call-arg]  # each says what it is of

    def __init__(self, bench: Bench) -> None:
        self.bench, self.e, self.company, self.grid = bench, bench.e, bench.company, bench.grid

    def begin(self, values: ValueLowering) -> None:
        """Step 0: values become slots."""

    def conditions(self, t: int) -> None:
        """Evaluate conditions, before any payment of the step."""

    def accrue(self, t: int) -> None:
        """Begin of the rights of a step: claims grow, notes convert."""

    def serve(self, t: int) -> None:
        """Pay what an earlier right left open."""

    def exercise(self, t: int) -> None:
        """Rights, from the step after signing on: calls stand before puts."""

    def exit(self, t: int, policy: ExitPolicy) -> None:
        """Sell after a listing."""

    def pay(self, t: int) -> None:
        """Payments of the step."""

    def settle(self, t: int) -> None:
        """End of the payments of a step."""

    def claims(self) -> tuple[FailureClaim, ...]:
        """What would be claimed if the company failed now."""
        return ()

    def stakes(self) -> tuple[tuple[str, str], ...]:
        """Ordinary shares: party, and slot of its present part of the issuer."""
        return ()

    def taken(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Slots of the parts of the issuer that these parties got through it, though they may have sold them."""
        return ()

    def owners(self) -> tuple[str, ...]:
        """Parties that may hold shares through it."""
        return ()

    def preferred(self) -> Preferred | None:
        """Preferred shares, as they stand in this step."""
        return None

    def expose(self, t: int, ratio: str) -> None:
        """What would be called if the company failed now; ``ratio``: what unsecured creditors recover."""

    def exposure(self) -> tuple[tuple[str, str], ...]:
        """What would be called if the company failed now: of whom, and slot."""
        return ()

    def value_back(self) -> tuple[tuple[str, str], ...]:
        """What would come back of what was given if the company failed now: to whom, and slot."""
        return ()

    def owned(self) -> tuple[tuple[str, str], ...]:
        """What the payer owns of what it spent, whatever becomes of the company: whose it is, and slot of its worth."""
        return ()

    def promised(self) -> tuple[Promised, ...]:
        """Payments of public parties that wait for a condition, asked after the last step."""
        return ()

    def failure(self, failed: str) -> None:
        """The company fails where the truth holds: whatever the instrument was ends."""

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """Slots of what a party holds through it, at a mark of the issuer's equity."""
        return ()

    @property
    def first(self) -> str:
        """Truth: money has moved under it; empty where that binds nobody."""
        return ""

    def _drawn(self, clause: str, payer: str, condition: Condition | None, id: str) -> tuple[Promised, ...]:
        """One payment that waits for a condition; ``done.<id>`` says whether it was made."""
        if condition is None or payer not in self.bench.sheet.public:
            return ()
        whole = self.e("SET", k=1.0)
        return (Promised(clause, self.e("MSK", f"done.{id}", whole), whole),)

    def _invest(self, party: str, amount: str) -> None:
        """The party pays the issuer and expects a return."""
        self.e.do("XFER", self.bench.account(party), self.company.cash, amount)
        self.e.do("ACC", f"paid.{party}", amount)

    def _return(self, payer: str, party: str, amount: str, source: str) -> None:
        """An account pays a party a return; ``source`` is how it came about."""
        self.e.do("XFER", payer, f"acct.{party}", amount)
        self.e.do("ACC", f"returned.{party}", amount)
        self.e.do("ACC", f"from.{source}", amount)
