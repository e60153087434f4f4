"""Where the public side stands in a signed deal, and whether to hold, to stop or to leave: without a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from guanzi.advice.following.debts import PublicDebt, public_debts
from guanzi.base.core import Message
from guanzi.deal.program import grid_of
from guanzi.deal.terms import (
    TermSheet,
    least_and_most,
    payouts,
    public_flows,
    whole,
)
from guanzi.record.evidence import View, series, silent_since
from guanzi.record.playbooks import Playbook
from guanzi.study.monitoring import (
    CashFlow,
    Examined,
    Position,
    Trigger,
    cash_flows,
    ends_of,
    position,
    realised,
    settlements,
    signs,
    total_of,
    verdict,
    warning_rules,
)

ROUNDING = 1e-9
"""By what part what was paid may fall short of what was planned."""


@dataclass(frozen=True, slots=True)
class HoldingAdvice:
    """What is to be done with a signed deal on a day.

    Attributes:
        course: Hold, stop, exit and the like, see :func:`guanzi.study.monitoring.verdict`.
        triggers: The reasons, with those that cannot be tested.
        owed: Whether it is not known that all is paid for the shares.
        stake: Whether the stake of the sheet is held as it was signed, so that a forecast is of what is there.
        lent: Loans and notes of the public side, which the rule does not look at.
        currency: Of what is owed on them.
        held: Whether the public side holds a stake, or may.
    """

    course: str
    triggers: tuple[Trigger, ...]
    owed: bool
    stake: bool
    lent: tuple[PublicDebt, ...]
    currency: str = ""
    held: bool = True

    def turns(self) -> Iterator[tuple[Trigger, str]]:
        """Each reason whose coming or going alone would change the course, as it would be then, and the course then."""
        for at, trigger in enumerate(self.triggers):
            turned = replace(trigger, met=not trigger.met)
            others = (*self.triggers[:at], turned, *self.triggers[at + 1 :])
            course = verdict(others, owed=self.owed, held=self.held)
            if course != self.course:
                yield turned, course

    @property
    def calm(self) -> bool:
        """Whether it is known that the company has neither failed nor a sign of trouble that nobody has answered."""
        return all(trigger.met is False for trigger in self.triggers if trigger.id in ("failed", "sign"))


def advise_holding(sheet: TermSheet, view: View, examined: Examined, stands: Position) -> HoldingAdvice:
    """What is to be done by the rule on holding, by what became of the company, and by signs of trouble.

    Args:
        sheet: The deal.
        view: What was known on the day.
        examined: Its conditions on that day.
        stands: Where the public side stands.
    """
    triggers = _triggers(sheet, view, examined, stands)
    owed, told = _owed(sheet, stands), series(view, "public_stake", kind="day")
    held = bool(sheet.public_stakes) and stands.share != 0.0
    course = verdict(triggers, owed=owed, held=held)
    return HoldingAdvice(course, triggers, owed, held and not told, public_debts(sheet), sheet.currency, held)


def answered_inside(sheet: TermSheet) -> Iterator[Message]:
    """What each public party may have to make good to another one, clause by clause: exposure of that party alone."""
    public = set(sheet.public)
    for flow in sheet.flows():
        if flow.nature == "contingent" and {flow.payer, flow.payee} <= public:
            names = {"name": sheet.called(flow.instrument)}
            names |= {end: sheet.called(f"party.{id}") for end, id in (("payer", flow.payer), ("payee", flow.payee))}
            if flow.high is None:
                yield Message.of("following.inside.unseen", **names)
            else:
                yield Message.of_money(
                    sheet.currency, "following.inside", **names, amount=round(flow.high * sheet.unit / 1e6, 1)
                )


def flows_of(sheet: TermSheet, view: View) -> tuple[CashFlow, ...]:
    """What the public side has paid and what came back to it, as is known; amounts in millions.

    What the sheet states as paid before the signing is among it, unless a fact on money covers its day. Where neither
    says what was paid, the payments that somebody verified do; one whose amount was not seen leaves the sum unknown.

    Args:
        sheet: The deal.
        view: What was known.
    """
    flows = _money(sheet, view)
    if any(flow.amount < 0.0 for flow in flows):
        return flows
    settled = settlements(sheet, view)
    held = [found for one in payouts(sheet) if (found := settled[one.id]).facts]
    if any(found.planned is None for found in held):
        return flows
    return (*flows, *(CashFlow(s.begun, -s.paid * sheet.unit / 1e6, s.facts) for s in held if s.begun is not None))


def _money(sheet: TermSheet, view: View) -> tuple[CashFlow, ...]:
    """What facts on money say, and what the sheet states as paid before the signing."""
    ways = (("public_cash_received", -1.0), ("public_cash_returned", 1.0))
    told = [replace(f, amount=way * f.amount) for name, way in ways for f in cash_flows(view, name)]
    covered = [fact.period for fact in view.named("public_cash_received")]
    for one in payouts(sheet):
        amount = total_of(one)
        if one.already is not None and amount and not any(p.start <= one.already <= p.end for p in covered):
            told.append(CashFlow(one.already, -amount * sheet.unit / 1e6))
    return tuple(sorted(told, key=lambda flow: flow.day))


def position_of(sheet: TermSheet, view: View, playbook: Playbook) -> Position:
    """Where the public side stands by what is known; amounts in millions.

    Args:
        sheet: The deal: its shares are held until a fact says otherwise.
        view: What was known.
        playbook: Its hurdle rate, and what a sale costs.
    """
    flows = flows_of(sheet, view)
    back = any(f.amount > 0.0 for f in flows)
    share = _last(view, "public_stake")
    if share is None and not back:
        shares = [e.share for e in sheet.public_stakes]
        share = sum(x for x in shares if isinstance(x, float)) if all(isinstance(x, float) for x in shares) else None
    value = _last(view, "company_value_in_sale")
    triple = None if value is None else (value, value, value)
    hurdle, discount = playbook.hurdle_rate.value, playbook.exit.discount_on_sale.value
    stands = position(flows, view.as_of, hurdle, share, triple, discount, _most(sheet, view.as_of))
    if not any(flow.facts for flow in flows):
        return replace(stands, returned=None)
    sale = 0.0 if share == 0.0 else None if stands.proceeds is None else stands.proceeds[1]
    return replace(stands, realised=realised(flows, view.as_of, sale))


def _most(sheet: TermSheet, day: date) -> float | None:
    """What a sheet plans to be paid until a day, at most, in millions; None: an amount has no upper end."""
    most = least_and_most(whole(one for one in payouts(sheet) if one.kind == "planned" and one.due <= day))[1]
    return None if most is None else most * sheet.unit / 1e6


def behind_of(view: View) -> dict[str, tuple[str, ...]]:
    """The facts behind a position: ``paid``, ``returned``, ``share`` and ``value``; empty where none is held."""
    last = {"share": "public_stake", "value": "company_value_in_sale"}
    found = {key: told[-1].facts for key, name in last.items() if (told := series(view, name, kind="day"))}
    for key, name in (("paid", "public_cash_received"), ("returned", "public_cash_returned")):
        found[key] = tuple(f for flow in cash_flows(view, name) for f in flow.facts)
    return found


def value_day(view: View) -> date | None:
    """Day of the newest known price of the whole company in a sale; None: none is known."""
    told = series(view, "company_value_in_sale", kind="day")
    return told[-1].period.end if told else None


def _last(view: View, name: str) -> float | None:
    told = series(view, name, kind="day")
    return told[-1].value if told else None


def _owed(sheet: TermSheet, stands: Position) -> bool:
    """Whether instalments of the sheet are not known to be paid; one whose amount was not seen counts as open."""
    amounts = [flow.amount for flow in public_flows(sheet, "invested") if flow.shares]
    planned = sum(a for a in amounts if isinstance(a, float)) * sheet.unit / 1e6
    return any(not isinstance(a, float) for a in amounts) or (stands.paid or 0.0) < planned * (1.0 - ROUNDING)


def _triggers(sheet: TermSheet, view: View, examined: Examined, stands: Position) -> tuple[Trigger, ...]:
    broken = tuple(c.id for c in examined.covenants if c.state == "breached")
    untold = tuple(c.id for c in examined.covenants if c.state in ("unknown", "failed", "no_text"))
    puts = {put.id for put in sheet.public_puts} if stands.share != 0.0 else set()
    rights = [right for right in examined.rights if right.of in puts]
    opened, open_untold = (tuple(r.id for r in rights if r.now is now) for now in (True, None))
    tiers = [tier for tier in examined.tiers if not tier.baseline]
    missed, missed_untold = (tuple(t.id for t in tiers if t.lost is lost) for lost in (True, None))
    rules = warning_rules()
    seen = signs(view, rules)
    left = tuple(sign.rule.id for sign in seen.unanswered(view))
    blind = () if seen.found or seen.quiet else tuple(rule.id for rule in seen.blind)
    silent = silent_since(view) is not None
    return (
        Trigger("failed", True if ends_of(view, rules) else None if silent else False),
        Trigger("breach", True if broken else None if untold else False, broken or untold),
        Trigger("put_open", True if opened else None if open_untold else False, opened or open_untold),
        Trigger("tier_missed", True if missed else None if missed_untold else False, missed or missed_untold),
        Trigger("end", view.as_of >= _horizon(sheet)),
        Trigger("sign", True if left else None if blind else False, left or blind),
    )


def _horizon(sheet: TermSheet) -> date:
    grid = grid_of(sheet)
    return grid.first_day(grid.count - 1)
