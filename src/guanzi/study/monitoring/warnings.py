"""Early warning: which signs of trouble are there on a day, each with its facts, and which cannot be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from guanzi.base.core import DAYS_OF_YEAR, Message, Period, add_months
from guanzi.record.evidence import (
    Reading,
    View,
    burn,
    flag,
    is_stale,
    latest,
    liquid,
    names_of,
    says_nothing,
    series,
    words,
)
from guanzi.study.monitoring.settlements import cash_flows
from guanzi.study.monitoring.warning_rules import WarningRule, WarningRules

REPORT = "report-"
"""How the ids of sources begin that are reports of the company to the public side, see the import of reports."""
MOST_DAYS = 365 * 100
RAISED = "equity_raised"
OF_ACCOUNTS = ("cash", "equity", "total_assets", "total_liabilities", "current_assets")
"""What a balance sheet states."""
REPLACED = timedelta(days=270)
"""So long after a statement on going concern lies a balance sheet that comes with the next one."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A rule that holds on a day.

    Attributes:
        rule: The rule.
        message: What is there, in words.
        facts: Facts behind it.
        since: First day on which all of them were known.
    """

    rule: WarningRule
    message: Message
    facts: tuple[str, ...]
    since: date


@dataclass(frozen=True, slots=True)
class Unseen:
    """A rule that can say nothing of a day.

    Attributes:
        rule: The rule.
        facts: The newest facts that it reads, which are too old or too few to say whether it holds, with public money
            that came since; empty: there are none.
        lasted: Day to which the cash of these facts lasted at what a month took; None: they do not say.
    """

    rule: WarningRule
    facts: tuple[str, ...] = ()
    lasted: date | None = None


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rules say on a day.

    Attributes:
        found: Rules that hold, those that have held longest first.
        quiet: Rules that were looked at and do not hold.
        unseen: Rules for which no fact is held, or none that is young enough.
        quieted: Facts that were looked at by the rules that do not hold.
    """

    found: tuple[Sign, ...]
    quiet: tuple[WarningRule, ...]
    unseen: tuple[Unseen, ...]
    quieted: tuple[str, ...] = ()

    @property
    def blind(self) -> tuple[WarningRule, ...]:
        """Rules that cannot be looked at."""
        return tuple(one.rule for one in self.unseen)

    def unanswered(self, view: View) -> tuple[Sign, ...]:
        """Signs that nobody has answered since they were there: by a fact ``sign_answered`` about the rule."""
        return tuple(
            sign
            for sign in self.found
            if not any(f.value is True and f.known_on >= sign.since for f in view.named("sign_answered", sign.rule.id))
        )


type _Grounded = tuple[Message, tuple[str, ...]]
type _Looked = tuple[_Grounded | None, tuple[str, ...]]
"""What a rule says where it holds, and the facts that it looked at; none: it cannot be looked at."""
type _Look = Callable[[View, WarningRule, WarningRules], _Looked]


def signs(view: View, rules: WarningRules) -> Signs:
    """What the rules say on the day of a view."""
    found: list[Sign] = []
    quiet: list[WarningRule] = []
    unseen: list[Unseen] = []
    quieted: list[str] = []
    for rule in rules.rules:
        period, looked_at = _LOOKS[rule.id](view, rule, rules)
        if period is not None:
            message, facts = period
            since = max((view.fact(id).known_on for id in facts), default=view.as_of)
            found.append(Sign(rule, message, tuple(dict.fromkeys(facts)), since))
        elif looked_at:
            quiet.append(rule)
            quieted += looked_at
        else:
            unseen.append(_unseen(view, rule, rules))
    held = tuple(sorted(found, key=lambda s: (s.since, s.rule.id)))
    return Signs(held, tuple(quiet), tuple(unseen), tuple(dict.fromkeys(quieted)))


def _unseen(view: View, rule: WarningRule, rules: WarningRules) -> Unseen:
    """What is held of a rule that cannot be looked at: the newest facts, and how far their cash lasted."""
    named = rule.looks_at if rule.id != "cash-months" else (*rule.looks_at, RAISED)
    names = dict.fromkeys(form for name in named for form in (*names_of(name), f"{name}_text"))
    newest = {name: found.fact for name in names if (found := view.resolve(name)) is not None}
    if len(newest) > 1:
        newest.pop(RAISED, None)  # what was raised once is the most that can be said where nothing else is held
    held, spent = liquid(view), burn(view)
    spent = None if spent is None or spent[0].stale(view.as_of) else spent  # an old pace says nothing of what lasted
    if rule.id != "cash-months" or held is None or spent is None or spent[0].value <= 0.0:
        return Unseen(rule, tuple(fact.id for fact in newest.values()))
    days = min(max(held.value, 0.0) / spent[0].value * DAYS_OF_YEAR, MOST_DAYS)
    came = (f for f in cash_flows(view, "public_cash_received") if f.day > held.period.end)
    facts = tuple(dict.fromkeys((*held.facts, *spent[0].facts, *(fact for flow in came for fact in flow.facts))))
    return Unseen(rule, facts, held.period.end + timedelta(days=int(days)))


def _recent(view: View, reading: Reading | None, rules: WarningRules) -> Reading | None:
    """A reading that is not too old to say something of the day."""
    return None if reading is None or reading.period.end < _oldest(view, rules) else reading


def _oldest(view: View, rules: WarningRules) -> date:
    """The day before which a figure says nothing any more."""
    return add_months(view.as_of, -rules.counting.stale_months)


def _current(view: View, reading: Reading | None, rules: WarningRules) -> Reading | None:
    """A figure of accounts that no newer one should have replaced by the day."""
    fresh = _recent(view, reading, rules)
    return None if fresh is None or is_stale(view, fresh.period) else fresh


def _cash(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    held, spent = _current(view, liquid(view), rules), burn(view)
    if spent is None or spent[0].stale(view.as_of):
        return None, ()
    burnt, name = spent
    if burnt.value <= 0.0:  # it takes no cash, however much there is
        return None, (*(() if held is None else held.facts), *burnt.facts)
    if held is None:
        return None, ()
    a_month, facts = burnt.value / 12, (*held.facts, *burnt.facts)
    months = max(held.value, 0.0) / a_month
    if months >= rule.threshold.value:
        return None, facts
    message = Message.of_money(
        view.currency, "monitoring.sign.cash-fell" if name == "fall" else "monitoring.sign.cash-months", months=months,
        cash=held.value, at=str(held.period), burn=a_month, period=str(burnt.period), limit=rule.threshold.value,
        **({} if name == "fall" else {"of": Message.of(f"evidence.name.{name}")}),
    )  # fmt: skip
    return (message, facts), facts


def _doubt(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    found = flag(view, "going_concern_doubt")
    if found is None or not _young(view, found[1], rules) or _replaced(view, view.fact(found[1][0]).period):
        return None, ()
    return ((Message.of("monitoring.sign.going-concern"), found[1]) if found[0] else None), found[1]


def _replaced(view: View, period: Period) -> bool:
    """Whether accounts of the year after a statement are held: whoever doubts again says so in them."""
    later = period.end + REPLACED
    return any(fact.period.end >= later for name in OF_ACCOUNTS for fact in view.named(name, "company"))


def _orders(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    held = sorted((r for kind in ("day", "month", "quarter", "year") for r in series(view, "orders", kind=kind)),
                  key=lambda r: r.period)  # fmt: skip
    if len(held) < 2 or _current(view, held[-1], rules) is None or held[-2].value <= 0:
        return None, ()
    before, now = held[-2], held[-1]
    fall, facts = 1 - now.value / before.value, (*before.facts, *now.facts)
    if fall < rule.threshold.value:
        return None, facts
    message = Message.of(
        "monitoring.sign.order-book", fall=fall, before=before.value, now=now.value, then=str(before.period),
        at=str(now.period),
    )  # fmt: skip
    return (message, facts), facts


def _pledged(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    held = _recent(view, latest(view, "pledged_share"), rules)
    if held is None:
        return None, ()
    if held.value < rule.threshold.value:
        return None, held.facts
    message = Message.of("monitoring.sign.pledged-shares", share=held.value, at=str(held.period))
    return (message, held.facts), held.facts


def _executives(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    year = add_months(view.as_of, -12)
    held = [r for kind in ("quarter", "year", "day", "month") for r in series(view, "executives_left", kind=kind)]
    recent = [r for r in held if r.period.end >= year]
    left, facts = sum(r.value for r in recent), tuple(fact for r in recent for fact in r.facts)
    if left >= rule.threshold.value:
        return (Message.of("monitoring.sign.executives", left=left), facts), facts
    return _in_words(view, "management_changes", "monitoring.sign.executives.told", rules, facts)


def _arrears(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    held = _recent(view, latest(view, "supplier_arrears"), rules)
    if held is not None and held.value > rule.threshold.value:
        message = Message.of_money(
            view.currency, "monitoring.sign.supplier-arrears", amount=held.value, at=str(held.period)
        )
        return (message, held.facts), held.facts
    facts = () if held is None else held.facts
    return _in_words(view, "pay_arrears", "monitoring.sign.supplier-arrears.told", rules, facts)


def _in_words(view: View, name: str, sentence: str, rules: WarningRules, facts: tuple[str, ...]) -> _Looked:
    """A sign that is told in words; ``facts`` are figures of it that were looked at before."""
    period = words(view, name)
    if period is None or not _young(view, period[1], rules):
        return None, facts
    if says_nothing(period[0]):
        return None, (*facts, *period[1])
    return (Message.of(sentence, text=period[0]), period[1]), period[1]


def _court_records(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    debtor = flag(view, "judgment_debtor")
    if debtor is not None and debtor[0]:
        return (Message.of("monitoring.sign.court-records"), debtor[1]), debtor[1]
    frozen = _recent(view, latest(view, "frozen_share"), rules)
    if frozen is not None and frozen.value > rule.threshold.value:
        message = Message.of("monitoring.sign.court-records.frozen", share=frozen.value, at=str(frozen.period))
        return (message, frozen.facts), frozen.facts
    return None, (*(debtor[1] if debtor is not None else ()), *(frozen.facts if frozen is not None else ()))


def _reports(view: View, rule: WarningRule, rules: WarningRules) -> _Looked:
    """The last report that came, or the next one that has not: only where the company reports to the public side."""
    own = [f for f in view.facts if f.source.startswith(REPORT) and f.period.kind in ("quarter", "day")]
    if not own:
        return None, ()
    last = max(Period.of("quarter", f.period.end) for f in own)
    came = min((f for f in own if Period.of("quarter", f.period.end) == last), key=lambda f: (f.known_on, f.id))
    days = int(rules.reporting.quarter_days.value)
    due = last.shift(1).end + timedelta(days=days)
    if (view.as_of - due).days > rule.threshold.value:
        late, quarter, wording = (view.as_of - due).days, last.shift(1), "monitoring.sign.delayed-reports"
    else:
        late = (came.known_on - last.end).days - days
        quarter, wording = last, "monitoring.sign.delayed-reports.came"
    if late <= rule.threshold.value:
        return None, (came.id,)
    return (Message.of(wording, days=late, quarter=str(quarter)), (came.id,)), (came.id,)


def _young(view: View, facts: tuple[str, ...], rules: WarningRules) -> bool:
    fact = view.fact(facts[0])
    return fact.period.end >= _oldest(view, rules)


_LOOKS: Mapping[str, _Look] = MappingProxyType(
    {
        "cash-months": _cash,
        "going-concern": _doubt,
        "order-book": _orders,
        "pledged-shares": _pledged,
        "executives": _executives,
        "supplier-arrears": _arrears,
        "court-records": _court_records,
        "delayed-reports": _reports,
    }
)


def openings(days: Iterator[View], rules: WarningRules) -> dict[str, date]:
    """The first day on which each rule held, over views in the order of their days."""
    first: dict[str, date] = {}
    for view in days:
        for sign in signs(view, rules).found:
            first.setdefault(sign.rule.id, view.as_of)
    return first
