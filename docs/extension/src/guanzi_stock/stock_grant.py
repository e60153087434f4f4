"""An instrument: a public party pays the company a sum on a day, for a stock of parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.program.instrument import Bench, InstrumentLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks_nothing
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, DATE, TEXT, form_of
from guanzi.deal.terms.values import amount, read_value

FORM = form_of("stock_grant", {"from": TEXT, "amount": AMOUNT, "due": DATE}, ("from", "amount", "due"))


@dataclass(frozen=True, slots=True)
class StockGrant:
    """A sum for a stock of parts, in the unit of the sheet."""

    id: str
    payer: str
    amount: Value
    due: date
    place: Place
    source: str = ""


def read_stock_grant(id: str, cursor: Cursor, context: Context) -> StockGrant | None:
    """One grant; None after what is wrong was reported."""
    fits = cursor.fits(FORM)
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    value, due = read_value(cursor.at("amount"), amount), cursor.at("due").day()
    if not fits or payer is None or value is None or due is None:
        return None
    return StockGrant(id, payer, value, due, cursor.place, cursor.at("source").text())


def _explain(say: Phrases, item: StockGrant) -> Iterator[Clause]:
    due = say.day(item.due, undated=False)
    names = {"payer": say.name(item.payer), "issuer": say.issuer, "due": due}
    message = Message.of("terms.explain.stock_grant", amount=say.amount(item.amount), **names)
    yield Clause(f"incentive.{item.id}", "incentives", message, state_of(item.amount), item.place, item.source)


def _gaps(gaps: Gaps, item: StockGrant) -> Iterator[Gap]:
    yield from gaps.item(f"incentive.{item.id}", item.id, item.amount, "amount", gaps.money, item.source)


def _flows(item: StockGrant, sheet: Head) -> Iterator[Flow]:
    clause = f"incentive.{item.id}"
    ends = (item.payer, sheet.issuer)
    yield Flow(item.id, item.id, clause, "stock_grant", *ends, item.amount, item.due, "given", item.place)


KIND = InstrumentKind(
    *(StockGrant, ("stock_grant",), "incentives", read_stock_grant, FORM),
    *(_explain, _gaps, asks_nothing, _flows),
    first_day="due",
)


class StockGrantLowering(InstrumentLowering):
    """The sum is paid in the step of its day, to a company that is solvent."""

    LOWERS = StockGrant

    def __init__(self, item: StockGrant, bench: Bench) -> None:
        super().__init__(bench)
        self.item, self.step = item, max(self.grid.step_of(item.due), 0)

    def begin(self, values: ValueLowering) -> None:
        """Step 0: the amount."""
        values.slot(f"{self.item.id}.amount", self.item.amount)

    def pay(self, t: int) -> None:
        """Pay it."""
        if t == self.step:
            with self.e.clause(self.item.id):
                sum_paid = self.e("MSK", self.company.solvent, f"{self.item.id}.amount")
                self.e.do("XFER", f"acct.{self.item.payer}", self.company.cash, sum_paid)
                self.e.do("ACC", f"spent.{self.item.payer}", sum_paid)
