"""The test before money is released: what the term sheet asks of a payment, and what is known of it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from guanzi.base.core import Bilingual, Message, nearest
from guanzi.base.reading import Format, load_shipped
from guanzi.deal.program import grid_of
from guanzi.deal.terms import (
    OBSERVABLES,
    PLANNED,
    Observable,
    Payout,
    TermSheet,
    Value,
    conjuncts,
    explain_condition,
    payments,
    payouts,
    walk,
)
from guanzi.record.evidence import Slug, View, label_of, silent_since
from guanzi.study.monitoring.actuals import last_ended, observe
from guanzi.study.monitoring.claims import Claims, claims_of
from guanzi.study.monitoring.covenants import Examined, asked_now, examine
from guanzi.study.monitoring.examining import targets_of
from guanzi.study.monitoring.late import Late, late_of
from guanzi.study.monitoring.learnt import ends_of, goes_on, is_insolvent
from guanzi.study.monitoring.needs import ConditionNeeds
from guanzi.study.monitoring.observations import step_end
from guanzi.study.monitoring.settlements import Settlement, Span, settlements, span_of
from guanzi.study.monitoring.warning_rules import RuleSource, WarningRules, warning_rules
from guanzi.study.monitoring.warnings import Signs

type Answer = Literal["yes", "no", "unknown"]
type Verdict = Literal["paid", "clear", "breached", "no", "unknown", "demands"]
type DemandId = Literal["two-people", "proof", "covenants", "signs"]


class ReleaseDemand(Format):
    """What is asked before money moves; without a source it is a judgement."""

    id: DemandId
    text: Bilingual
    source: Slug | None = None


class ReleaseRules(Format):
    """``monitoring/release.yaml``."""

    format: Literal[1]
    sources: tuple[RuleSource, ...]
    demands: tuple[ReleaseDemand, ...]


@cache
def release_rules() -> ReleaseRules:
    """The shipped demands."""
    return load_shipped(ReleaseRules, "monitoring", "release.yaml")


@dataclass(frozen=True, slots=True)
class ConditionTest:
    """One thing that must hold before an instalment is paid.

    Attributes:
        id: ``due``, ``binding``, ``expires``, ``unpaid``, ``solvent``, ``failed``, ``condition.<n>`` in the order of
            the text, or ``condition.unseen``.
        words: What must hold.
        holds: Whether it does; None: unknown.
        tested: Last day of the step in which it was tested, or the day itself.
        facts: Facts that were looked at.
        late: What is not known and would decide it.
        reported: Facts by which the company alone says so, where nobody has verified it.
        figures: Figures of the company that decide it; what a tier rests on is verified with the tier.
        measured: Whether it asks for a figure of the company itself, and not by way of a tier.
        first: The day on which it is asked, where that is to come.
    """

    id: str
    words: Message
    holds: bool | None
    tested: date
    facts: tuple[str, ...] = ()
    late: tuple[Late, ...] = ()
    reported: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    measured: bool = False
    first: date | None = None


@dataclass(frozen=True, slots=True)
class DemandTest:
    """What is asked beside the term sheet: whether it is met (None: unknown or not testable), and why.

    Attributes:
        applies: There is something to test; without it, nothing is in the way.
    """

    demand: ReleaseDemand
    met: bool | None
    open: tuple[Message, ...] = ()
    facts: tuple[str, ...] = ()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """A payment of the public side on a day.

    Attributes:
        payout: The instalment, or what is lent, given, bought or called.
        answer: ``yes``: the term sheet lets it be paid; ``no``: something does not hold; ``unknown``: not known.
        conditions: What the sheet asks.
        demands: What is asked beside it; nothing of what was paid.
        amounts: Payer to amount, in the unit of the sheet.
        assumed: The terms do not state how much is paid: the sheet assumes it.
        paid: Public money that is verified to be paid, at least and at most, in the unit of the sheet; None: an amount
            was not seen.
        settled: What is known of the money of this payment.
        whole: All that the public side plans to pay in cash, at least and at most, what it spends on its promises
            included, as far as amounts were seen.
        forgone: Tax that the terms let off in all, at least and at most, as far as amounts were seen.
        unseen: Planned payments of which no amount was seen; they are in no sum.
        breached: Names of the covenants that are breached on the day.
    """

    payout: Payout
    answer: Answer
    conditions: tuple[ConditionTest, ...]
    demands: tuple[DemandTest, ...]
    amounts: tuple[tuple[str, Value], ...]
    assumed: bool
    paid: Span | None
    whole: Span
    forgone: Span
    unseen: tuple[str, ...]
    examined: Examined
    breached: tuple[str, ...]
    settled: Settlement

    @property
    def verdict(self) -> Verdict:
        """What is said first: no payment is called payable while a covenant is breached, whatever its condition.

        One that was made is neither payable nor held back.
        """
        if self.settled.completed is not None:
            return "paid"
        if self.breached:
            return "breached"
        if self.answer != "yes":
            return self.answer
        return "clear" if self.clear else "demands"

    @property
    def amount(self) -> Span | None:
        """The instalment, of public payers, at least and at most; None: it was not seen."""
        return span_of(self.payout)

    @property
    def clear(self) -> bool:
        """Whether the sheet lets it be paid and every demand is met."""
        return self.answer == "yes" and all(demand.met for demand in self.demands)


@dataclass(frozen=True, slots=True)
class ExaminedDay:
    """Every condition of a deal on a day: looked at once, whatever is asked about it.

    Attributes:
        now: In the step of the day.
        ended: In the last step that has ended.
    """

    now: Examined
    ended: Examined


def examine_day(sheet: TermSheet, view: View, rules: WarningRules) -> ExaminedDay:
    """Look at every condition of a deal on the day of a view."""
    days = int(rules.reporting.quarter_days.value)
    ended = examine(sheet, observe(sheet, view), view.as_of, days)
    until = grid_of(sheet).step_of(view.as_of)
    if until == ended.seen.until:
        return ExaminedDay(ended, ended)
    return ExaminedDay(examine(sheet, observe(sheet, view, until=until), view.as_of, days), ended)


def releasable(sheet: TermSheet) -> tuple[Payout, ...]:
    """What waits for somebody's word: payments in money, and tax that is let off."""
    return (*payouts(sheet), *payments(sheet, "forgone"))


def payout_of(sheet: TermSheet, id: str) -> Payout | None:
    """What can be released, by its id or ``<instrument>.<id>``; None: there is none."""
    for one in releasable(sheet):
        if id in (one.id, f"{one.instrument}.{one.id}"):
            return one
    return None


def payments_meant(sheet: TermSheet, id: str) -> tuple[str, ...]:
    """What may be meant by an id that no payment has: those of the instrument by their days, the nearest, else all."""
    every = sorted(releasable(sheet), key=lambda one: one.due)
    under = tuple(one.id for one in every if id in (one.instrument, one.asked))
    near = nearest(id, [one.id for one in every])
    return under or (tuple(one.id for one in every) if near is None else (near,))


def release_of(
    sheet: TermSheet, view: View, payout: Payout, rules: WarningRules, found: Signs, day: ExaminedDay
) -> Release:
    """Test a payment on the day of a view.

    Each part of its condition is tested in the step of the day; where a figure of this step is not there yet, in the
    last step that has ended.

    Args:
        sheet: The deal.
        view: What was known.
        payout: The payment.
        rules: When reports are due.
        found: Signs of trouble on the day.
        day: Every condition of the deal on it.
    """
    days = int(rules.reporting.quarter_days.value)
    settled = settlements(sheet, view)[payout.id]
    conditions = tuple(_conditions(sheet, view, payout, day.now, days))
    held = [test.holds for test in conditions]
    answer: Answer = "no" if False in held else "unknown" if None in held else "yes"
    planned = [one for one in payments(sheet, *PLANNED) if one.cash]
    paid = [one for one in planned if one.already is not None or claims_of(view, one.id).verified is not None]
    demands = tuple(_demand(d, sheet, view, payout, day.ended, found) for d in release_rules().demands)
    return Release(
        payout=payout,
        answer=answer,
        conditions=conditions,
        demands=demands if settled.completed is None else (),
        amounts=tuple(payout.amounts.items()),
        assumed=_is_assumed(sheet, payout),
        paid=None if any(span_of(one) is None for one in paid) else _sum(paid),
        whole=_sum(planned),
        forgone=_sum(payments(sheet, "forgone")),
        unseen=tuple(one.id for one in planned if span_of(one) is None),
        examined=day.now,
        breached=tuple(c.name for c in day.ended.covenants if c.state == "breached"),
        settled=settled,
    )


def _sum(some: Iterable[Payout]) -> Span:
    """The sum of payments whose amount was seen."""
    seen = [span for one in some if (span := span_of(one)) is not None]
    return sum(low for low, _ in seen), sum(high for _, high in seen)


def deciding_figures(
    sheet: TermSheet, view: View, some: Iterable[Payout], rules: WarningRules, day: ExaminedDay
) -> Mapping[str, tuple[str, ...]]:
    """The figures of the company that decide whether payments can be made on the day of a view: payment to facts."""
    days = int(rules.reporting.quarter_days.value)
    return {
        one.id: tuple(dict.fromkeys(f for test in _conditions(sheet, view, one, day.now, days) for f in test.figures))
        for one in some
    }


def _conditions(sheet: TermSheet, view: View, payout: Payout, examined: Examined, days: int) -> Iterator[ConditionTest]:
    as_of, claims, settled = view.as_of, claims_of(view, payout.id), settlements(sheet, view)[payout.id]
    kind = "due" if payout.dated and payout.kind == "planned" else "undated"
    day = payout.already or payout.due
    guessed = "assumed" if as_of >= day else "assumed.coming"
    kind, come = (kind, as_of >= day) if payout.agreed else (guessed, None)
    if kind == "undated" and sheet.status != "definitive":
        kind, come = "undated.loose", None
    yield ConditionTest("due", Message.of(f"monitoring.release.{kind}", day=day.isoformat()), come, as_of)
    if sheet.status != "definitive" and payout.already is None:
        yield ConditionTest("binding", Message.of("monitoring.release.binding"), None, as_of)
    if payout.expires is not None:
        words = Message.of("monitoring.release.expires", day=payout.expires.isoformat())
        yield ConditionTest("expires", words, as_of <= payout.expires, as_of)
    said = claims.reported is not None or settled.begun is not None
    silent = silent_since(view) if as_of >= day else None
    unpaid = False if settled.completed is not None else None if said or silent is not None else True
    facts = settled.facts
    reported = (claims.reported.fact,) if claims.reported is not None and settled.completed is None else ()
    words = Message.of("monitoring.release.unpaid" if payout.cash else "monitoring.release.not_let_off")
    if settled.completed is not None:
        kind = "paid_on" if payout.cash else "let_off_on"
        words = Message.of(f"monitoring.release.{kind}", day=settled.completed.isoformat())
    elif settled.begun is not None:
        millions = settled.paid * sheet.unit / 1e6
        words = Message.of_money(sheet.currency, "monitoring.release.paid_part", paid=millions)
    elif silent is not None:
        words = Message.of("monitoring.release.unsettled", day=silent.known_on.isoformat())
    yield ConditionTest("unpaid", words, unpaid, as_of, facts, (), reported)
    if settled.completed is not None:
        return
    grid = examined.seen.grid
    now = examined.seen.until
    last = min(max(last_ended(grid, as_of), 0), now)
    yield _solvency(view, payout)
    if payout.condition is None:
        if sheet.awaits_unseen(payout):
            yield ConditionTest("condition.unseen", Message.of("monitoring.release.unseen"), None, as_of)
        return
    first = payout.due if payout.due > as_of else None
    for number, part in enumerate(conjuncts(payout.condition.tree), start=1):
        verdict = examined.examiner.test(part)
        t = now if verdict.truths[now] is not None else last
        told = [claims_of(view, id) for id in targets_of(part)]
        own = ConditionNeeds(examined.seen, {}, t).truth(part)
        yield ConditionTest(
            f"condition.{number}",
            explain_condition(part, sheet),
            asked_now(verdict.truths[t], first),
            min(step_end(grid, t), as_of),
            verdict.facts[t],
            late_of(verdict.missing[t], sheet, examined.seen, as_of, days),
            tuple(c.reported.fact for c in told if c.reported is not None and c.verified is None),
            tuple(dict.fromkeys(fact for need in own if need.what.what in OBSERVABLES for fact in need.facts)),
            any(isinstance(x, Observable) for x in walk(part)),
            first,
        )


def _is_assumed(sheet: TermSheet, payout: Payout) -> bool:
    """Whether the terms leave open how much is paid at this time."""
    named = {"amount", "spread"} & set(sheet.assumed.get(payout.instrument, ()))
    return bool(named) or sheet.parts_unseen(payout)


def _solvency(view: View, payout: Payout) -> ConditionTest:
    """Whether the company goes on, which every release asks; of a guarantee, whether it is insolvent."""
    rules = warning_rules()
    told_by = tuple(fact.id for fact in ends_of(view, rules))
    if payout.failed:
        words, holds = Message.of("monitoring.release.failed"), is_insolvent(view, rules)
        return ConditionTest("failed", words, holds, view.as_of, told_by, figures=told_by)
    holds, newest = goes_on(view, rules), silent_since(view)
    if holds is False:
        words = Message.of("monitoring.release.solvent")
    elif newest is None:
        words = Message.of("monitoring.release.solvent.untold")
    else:
        words = Message.of("monitoring.release.solvent.silent", day=newest.known_on.isoformat())
    return ConditionTest("solvent", words, holds, view.as_of, told_by, figures=told_by)


def _demand(
    demand: ReleaseDemand, sheet: TermSheet, view: View, payout: Payout, examined: Examined, found: Signs
) -> DemandTest:
    awaited = () if payout.condition is None else targets_of(payout.condition.tree)
    claims = [(id, claims_of(view, id)) for id in awaited]
    match demand.id:
        case "two-people":
            return _unawaited(demand, sheet, payout) if not claims else _verified(demand, sheet, claims)
        case "proof":
            return _unawaited(demand, sheet, payout) if not claims else _proved(demand, sheet, view, claims)
        case "covenants":
            wrong = [c for c in examined.covenants if c.state in ("breached", "curing", "failed", "unknown", "no_text")]
            broken = any(c.state in ("breached", "curing") for c in wrong)
            told = tuple(Message.of(f"monitoring.release.covenant.{c.state}", name=c.name) for c in wrong)
            if not examined.covenants and sheet.covenants_unseen:
                return DemandTest(demand, None, (Message.of("monitoring.release.covenant_unseen"),))
            if not examined.covenants:
                return DemandTest(demand, True, (Message.of("monitoring.release.no_covenant"),), applies=False)
            return DemandTest(demand, False if broken else None if wrong else True, told)
    return _calm(demand, view, found, payout)


def _unawaited(demand: ReleaseDemand, sheet: TermSheet, payout: Payout) -> DemandTest:
    """A payment that waits for no milestone: by the sheet, since the deal has none, or as far as was seen."""
    if sheet.awaits_unseen(payout):
        return DemandTest(demand, None, (Message.of("monitoring.release.condition_unseen"),))
    has = sheet.tiers or sheet.events or sheet.promises or sheet.unknown
    kind = "figures_awaited" if payout.condition is not None else "nothing_awaited" if has else "no_milestone"
    told = Message.of(f"monitoring.release.{kind}")
    return DemandTest(demand, True, (told,), applies=False)


def _calm(demand: ReleaseDemand, view: View, found: Signs, payout: Payout) -> DemandTest:
    """Every sign of trouble is answered; that none is seen while a rule cannot be looked at is no answer."""
    ends = () if payout.failed else ends_of(view, warning_rules())
    left = [sign.message for sign in found.unanswered(view)]
    left += [Message.of("monitoring.release.ended", day=fact.known_on.isoformat()) for fact in ends[:1]]
    facts = (*(fact for sign in found.found for fact in sign.facts), *(fact.id for fact in ends))
    if not left and not found.found and found.unseen:
        return DemandTest(demand, None, tuple(_unseen(view, found)), facts)
    return DemandTest(demand, not left, tuple(left), facts)


def _unseen(view: View, found: Signs) -> Iterator[Message]:
    """Of each rule that cannot be looked at, what is held; then how many have nothing."""
    old = [rule for rule in found.unseen if rule.facts]
    for one in old:
        sign = Message.of(f"reports.monitor.rule.{one.rule.id}")
        held = tuple(_held(view, id) for id in one.facts)
        yield Message.of("monitoring.release.sign_old", sign=sign, facts=held)
    if len(old) < len(found.unseen):
        yield Message.of("monitoring.release.signs_unseen", n=len(found.unseen) - len(old))


def _held(view: View, id: str) -> Message:
    """What a fact is of, and of which time."""
    fact = view.fact(id)
    name = label_of(fact.name) or fact.name
    return Message.of("monitoring.release.held", name=name, period=str(fact.period))


def _verified(demand: ReleaseDemand, sheet: TermSheet, claims: list[tuple[str, Claims]]) -> DemandTest:
    """Each milestone is verified by a source other than the one that reports it."""
    open_: list[Message] = []
    facts: list[str] = []
    for id, claim in claims:
        if claim.verified is None:
            open_.append(Message.of("monitoring.release.unverified", name=sheet.called(id)))
        elif claim.reported is not None and claim.reported.source == claim.verified.source:
            open_.append(Message.of("monitoring.release.same_hand", name=sheet.called(id)))
        else:
            facts.append(claim.verified.fact)
    return DemandTest(demand, not open_, tuple(open_), tuple(facts))


def _proved(demand: ReleaseDemand, sheet: TermSheet, view: View, claims: list[tuple[str, Claims]]) -> DemandTest:
    """Each verification cites a document of the data room; where the sheet names the proof, it is said."""
    proofs = {tier.id: tier.proof for tier in sheet.tiers}
    open_: list[Message] = []
    facts: list[str] = []
    for id, claim in claims:
        if claim.verified is not None and view.fact(claim.verified.fact).citation is not None:
            facts.append(claim.verified.fact)
        elif proofs.get(id):
            open_.append(Message.of("monitoring.release.no_document.named", name=sheet.called(id), proof=proofs[id]))
        else:
            open_.append(Message.of("monitoring.release.no_document", name=sheet.called(id)))
    return DemandTest(demand, not open_, tuple(open_), tuple(facts))
