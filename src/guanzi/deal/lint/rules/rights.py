"""Rules about rights against the company: a right is worth what its obligor can pay on the day it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, company, is_issuer, name, total, unseen
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.program import grid_of
from guanzi.deal.terms import Call, ConvertibleNote, Equity, Guarantee, Loan, Put, TermSheet, least_and_most

YEARS_TO_EXIT = 5
"""Years after which a put is priced. Judgement: the time after which stakes of this kind can usually be sold back."""
YEARS_LATE = 3
"""A put that cannot open within this time after the last payment opens late. Judgement: a company that burns cash
seldom raises money for more than three years ahead."""
ALL = 1.0 - 1e-9
LISTING = "listing"


@rule("GZ201", Level.ERROR)
def put_on_company_only(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put that only the company itself would have to pay."""
    for put in sheet.public_puts:
        if put.obligors and all(is_issuer(sheet, obligor) for obligor in put.obligors):
            yield found(put.id, put.place, "obligors", id=put.id, company=company(sheet))


@rule("GZ202", Level.WARNING)
def put_obligor_unknown(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put for which it was not seen who must pay."""
    for put in sheet.public_puts:
        if put.obligors is None:
            yield found(put.id, put.place, "obligors", id=put.id, company=company(sheet))


@rule("GZ203", Level.ERROR)
def put_below_cost(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put at which the holder gets back no more than it paid, years later."""
    for put in sheet.public_puts:
        if least_and_most(put.rate)[1] == 0.0:
            yield found(put.id, put.place, "price", id=put.id)


@rule("GZ204", Level.INFO, needs=("hurdle",))
def put_below_hurdle(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put that returns less a year than the fund asks for."""
    hurdle = context.hurdle or 0.0
    for put in sheet.public_puts:
        rate = least_and_most(put.rate)[1]
        simple = put.basis == "simple"
        earned = None if rate is None else (1.0 + rate * YEARS_TO_EXIT) ** (1 / YEARS_TO_EXIT) - 1 if simple else rate
        if earned is not None and 0.0 < earned < hurdle:
            yield found(put.id, put.place, "price", id=put.id, rate=earned, hurdle=hurdle, years=YEARS_TO_EXIT)


@rule("GZ205", Level.WARNING)
def obligor_without_means(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """An obligor whose stated means are less than the price of the put after five years."""
    limits = {party.id: party.limits.get("total") for party in sheet.parties}
    for put in sheet.public_puts:
        others = [o for o in put.obligors or () if not is_issuer(sheet, o)]
        means = total(limits.get(o) for o in others)
        price = _price_after(sheet, put, YEARS_TO_EXIT)
        if others and means is not None and price is not None and means < price:
            yield found(put.id, put.place, "obligors", id=put.id, names=tuple(name(sheet, o) for o in others),
                        means=amount(sheet, means), price=amount(sheet, round(price)), years=YEARS_TO_EXIT)  # fmt: skip


def _price_after(sheet: TermSheet, put: Put, years: int) -> float | None:
    """What a put costs so many years after everything was paid, at the least that is known; None: nothing is known."""
    equity = next(e for e in sheet.of(Equity) if e.id == put.on)
    amounts = [
        least_and_most(v)[0] for tranche in equity.tranches for h, v in tranche.amounts.items() if h in put.holders
    ]
    paid, rate = total(amounts), least_and_most(put.rate)[0]
    if paid is None or rate is None:
        return None
    return paid * (1.0 + rate * years if put.basis == "simple" else (1.0 + rate) ** years)


@rule("GZ206", Level.WARNING)
def obligor_means_unknown(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """An obligor beside the company of whom nobody says what it can pay."""
    limits = {party.id: party.limits for party in sheet.parties}
    for put in sheet.public_puts:
        unknown = [o for o in put.obligors or () if not is_issuer(sheet, o) and "total" not in limits[o]]
        if unknown:
            yield found(put.id, put.place, "obligors", id=put.id, names=tuple(name(sheet, o) for o in unknown))


@rule("GZ207", Level.WARNING)
def call_takes_upside(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A call on the whole stake: the public side bears the loss, and the gain is bought away at a fixed price."""
    for call in sheet.of(Call):
        equity = next(e for e in sheet.of(Equity) if e.id == call.on)
        public = [h for h in equity.holders if h in sheet.public]
        if call.portion >= ALL and (call.of is None or public == [call.of]):
            yield found(call.id, call.place, "portion", id=call.id, holder=name(sheet, call.holder))


@rule("GZ208", Level.WARNING)
def call_cheaper_than_put(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A call and a put on one stake that are open together, and the call is the cheaper one: they undo each other."""
    reasoner = Reasoner(sheet)
    for call in sheet.of(Call):
        for put in (p for p in sheet.public_puts if p.on == call.on):
            cheap, dear = least_and_most(call.rate)[1], least_and_most(put.rate)[0]
            if cheap is None or dear is None or cheap >= dear:
                continue
            if reasoner.possible(call.when.tree, put.when.tree):
                yield found(call.id, call.place, "price", id=call.id, put=put.id, call_rate=cheap, put_rate=dear)


@rule("GZ209", Level.WARNING)
def no_way_out(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A public stake that nobody must ever buy back."""
    put_on = {put.on for put in sheet.public_puts}
    for equity in sheet.public_stakes:
        if equity.id not in put_on and not unseen(sheet, equity.id, "put"):
            yield found(equity.id, equity.place, id=equity.id)


@rule("GZ210", Level.WARNING, needs=("closed_exits",))
def closed_way_out(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A stake whose only way out is closed."""
    closed = context.closed_exits or {}
    if LISTING not in closed:
        return
    put_on = {put.on for put in sheet.public_puts}
    until = closed[LISTING]
    for equity in sheet.public_stakes:
        if equity.id not in put_on:
            yield found(equity.id, equity.place, id=equity.id, until=until.isoformat() if until else None)


@rule("GZ211", Level.WARNING)
def opens_late(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put that cannot open before all money has long been paid, whatever the company does."""
    reasoner = Reasoner(sheet)
    for put in sheet.public_puts:
        equity = next(e for e in sheet.of(Equity) if e.id == put.on)
        opened_by = [c for c in sheet.covenants if c.remedy == put.id]
        if not equity.tranches or opened_by:
            continue
        paid = max(reasoner.grid.step_of(tranche.due) for tranche in equity.tranches)
        late = paid + YEARS_LATE * 12 // reasoner.grid.months
        if late < reasoner.grid.count and reasoner.possible(put.when.tree, last=late) is False:
            if not reasoner.possible(put.when.tree):
                continue
            opens = next(t for t in range(late, reasoner.grid.count) if reasoner.possible(put.when.tree, last=t))
            last = max(tranche.due for tranche in equity.tranches)
            yield found(put.id, put.when.place, id=put.id, opens=reasoner.grid.first_day(opens).isoformat(),
                        paid=last.isoformat())  # fmt: skip


@rule("GZ212", Level.WARNING)
def guarantee_of_all(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A guarantee for the whole loss, so that those who lend need not look."""
    for guarantee in sheet.of(Guarantee):
        low, high = least_and_most(guarantee.share)
        if high is not None and high >= ALL:
            variant = "sure" if low == high else "may"
            yield found(f"incentive.{guarantee.id}", guarantee.place, "share", variant=variant, id=guarantee.id)


@rule("GZ213", Level.ERROR)
def guarantee_uncapped(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A guarantee without a sum."""
    for guarantee in sheet.of(Guarantee):
        if least_and_most(guarantee.limit)[1] is None:
            yield found(f"incentive.{guarantee.id}", guarantee.place, "limit", id=guarantee.id)


@rule("GZ214", Level.WARNING)
def guarantee_without_end(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A guarantee that never ends."""
    for guarantee in sheet.of(Guarantee):
        if guarantee.until is None and not unseen(sheet, guarantee.id, "until"):
            yield found(f"incentive.{guarantee.id}", guarantee.place, id=guarantee.id)


@rule("GZ215", Level.WARNING)
def loan_behind_others(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A loan that nothing secures."""
    for loan in _debts(sheet):
        if loan.rank != "secured" and not unseen(sheet, loan.id, "security"):
            lent = amount(sheet, least_and_most(loan.amount)[1])
            yield found(loan.id, loan.place, "rank", variant=loan.rank, id=loan.id, amount=lent)


def _debts(sheet: TermSheet) -> tuple[Loan | ConvertibleNote, ...]:
    """What the public side lends."""
    return (*sheet.of(Loan), *sheet.of(ConvertibleNote))


@rule("GZ216", Level.WARNING)
def loan_after_horizon(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A loan that is due after what is looked at, so that nobody sees whether it is repaid."""
    grid = grid_of(sheet)
    for loan in (one for one in sheet.of(Loan) if not unseen(sheet, one.id, "years")):
        if grid.step_of(loan.drawn) + grid.steps(12 * loan.years) >= grid.count:
            yield found(loan.id, loan.place, "years", id=loan.id, years=loan.years, horizon=sheet.horizon)


@rule("GZ217", Level.INFO)
def note_without_cap(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A convertible note that converts at whatever price the next round sets, however high."""
    for note in sheet.of(ConvertibleNote):
        if note.cap is None and not unseen(sheet, note.id, "cap"):
            yield found(note.id, note.place, id=note.id)


@rule("GZ218", Level.ERROR)
def debt_of_company_only(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A note or loan without security that only the company owes: when no new money comes, nobody pays."""
    for debt in _debts(sheet):
        alone = all(is_issuer(sheet, o) for o in debt.obligors) and not unseen(sheet, debt.id, "obligors")
        if debt.rank != "secured" and alone and not unseen(sheet, debt.id, "security"):
            lent = amount(sheet, least_and_most(debt.amount)[1])
            yield found(debt.id, debt.place, id=debt.id, company=company(sheet), amount=lent)
