"""A deal before the law: which rules it breaks, which it keeps, and which question decides the others.

A deal is judged by the law in force on the day it is signed. What the law of a later day would say of it is a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from guanzi.base.core import Place
from guanzi.deal.compliance.logic import Facts, Interval, Known, Verity, evaluate
from guanzi.deal.compliance.pack import Rule, Severity, capped
from guanzi.deal.compliance.quantities import QUANTITIES, MeasuredSheet, measure
from guanzi.deal.compliance.reading import Pack, Packs, rate_name, words_of
from guanzi.deal.terms import MONEY, TermSheet


class State(StrEnum):
    """What is known of a rule and a deal."""

    VIOLATED = "violated"
    OPEN = "open"
    SATISFIED = "satisfied"
    WATCH = "watch"
    OUTSIDE = "outside"


class Time(StrEnum):
    """How a rule stands to the two days: that of signing, and that of the note."""

    THEN = "then"
    UNDATED = "undated"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Deal:
    """What is known of a deal beside its term sheet.

    Attributes:
        country: Of the region (ISO 3166); empty when it is not known: then no pack follows from it.
        industry: As the case names it; empty when it is not known.
        answers: Answers to questions, by name: a truth, or a number as an interval.
    """

    country: str = ""
    industry: str = ""
    answers: Mapping[str, bool | Interval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of a deal.

    Attributes:
        severity: ``error``, ``warning`` or ``info``.
        at_stake: What a breach weighs, also while it is not known whether there is one.
        questions: What would have to be known, in the order of their names; empty when the rule could be judged.
        clauses: Ids and places of the clauses on which it rests.
    """

    pack: str
    rule: Rule
    state: State
    time: Time
    severity: Severity
    at_stake: Severity = "info"
    questions: tuple[str, ...] = ()
    clauses: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A deal before the law.

    Attributes:
        signed: Day of signing, whose law counts.
        today: Day whose law the notes speak of; None: no notes.
        packs: Ids of the packs that were asked.
        verdicts: By the law in force on the day of signing; rules whose first day was not seen are among them.
        notes: What has changed by ``today``: rules that came later, and rules that have ended.
        idle: Names of answers that no rule asks for.
        contradicted: Names of answers that the sheet itself answers otherwise; the sheet counts.
    """

    signed: date
    today: date | None
    packs: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[Verdict, ...]
    idle: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()

    @property
    def questions(self) -> Mapping[str, tuple[str, ...]]:
        """Every open question with the ids of the rules that it decides: what decides most errors first."""
        asked: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            for name in verdict.questions:
                asked.setdefault(name, []).append(verdict)

        def weight(item: tuple[str, list[Verdict]]) -> tuple[int, int, str]:
            name, verdicts = item
            return -sum(verdict.at_stake == "error" for verdict in verdicts), -len(verdicts), name

        ranked = sorted(asked.items(), key=weight)
        return MappingProxyType({name: tuple(v.rule.id for v in verdicts) for name, verdicts in ranked})

    def of(self, state: State) -> tuple[Verdict, ...]:
        """The verdicts of one state."""
        return tuple(verdict for verdict in self.verdicts if verdict.state is state)


def select(packs: Packs, country: str, named: Sequence[str] = ()) -> tuple[Pack, ...]:
    """The packs that apply: those of the country, those of no country, and those that are named."""
    return tuple(
        pack for pack in packs.packs if pack.id in named or not pack.form.countries or country in pack.form.countries
    )


def judge(
    sheet: TermSheet, packs: Packs, deal: Deal, named: Sequence[str] = (), today: date | None = None
) -> Judgement:
    """Judge a term sheet.

    Args:
        sheet: The deal.
        packs: Rules to judge by.
        deal: What is known beside the sheet.
        named: Ids of packs to ask beside those that follow from the country.
        today: Day whose law the notes speak of.
    """
    measured = measure(sheet)
    values, contradicted = _values(measured, deal.answers)
    chosen = select(packs, deal.country, named)
    amounts = frozenset(name for name, term in words_of(packs.questions).items() if term.unit == MONEY)
    verdicts: list[Verdict] = []
    notes: list[Verdict] = []
    for pack in chosen:
        court = _SheetJudge(sheet, pack, deal, measured, values, amounts)
        for rule in pack.form.rules:
            then = rule.in_force.on(sheet.signed)
            now = rule.in_force.on(today) if today is not None else then
            if then is not False:
                verdicts.append(court.verdict(rule, Time.THEN if then else Time.UNDATED))
                if now is False and today is not None and today > sheet.signed:
                    notes.append(court.verdict(rule, Time.ENDED))
            elif now is not False and today is not None and today > sheet.signed:
                notes.append(court.verdict(rule, Time.LATER))
    words = set(QUANTITIES) | set(packs.questions)
    return Judgement(
        sheet.signed,
        today,
        tuple(pack.id for pack in chosen),
        tuple(v for v in verdicts if v.state is not State.OUTSIDE),
        tuple(v for v in notes if v.state is not State.OUTSIDE),
        tuple(sorted(set(deal.answers) - words)),
        contradicted,
    )


def _values(
    measured: MeasuredSheet, answers: Mapping[str, bool | Interval]
) -> tuple[Mapping[str, Known], tuple[str, ...]]:
    """What is measured, and answers to the rest; an answer within a measured interval makes it narrower."""
    values: dict[str, Known] = {name: found.value for name, found in measured.values.items()}
    against: list[str] = []
    for name, answer in answers.items():
        seen = values.get(name)
        if seen is None:
            values[name] = answer
        elif isinstance(seen, tuple) and isinstance(answer, tuple):
            if seen[0] <= answer[0] and answer[1] <= seen[1]:
                values[name] = answer
            else:
                against.append(name)
        elif seen != answer:
            against.append(name)
    return values, tuple(sorted(against))


class _SheetJudge:
    """Judges one sheet by the rules of one pack."""

    def __init__(
        self,
        sheet: TermSheet,
        pack: Pack,
        deal: Deal,
        measured: MeasuredSheet,
        values: Mapping[str, Known],
        amounts: frozenset[str],
    ) -> None:
        self.sheet = sheet
        self.pack = pack
        self.deal = deal
        self.measured = measured
        self.values = values
        self.amounts = amounts

    def verdict(self, rule: Rule, time: Time) -> Verdict:
        verity = self._scope(rule)
        if verity.value is False:
            return self._say(rule, State.OUTSIDE, time, verity)
        if not rule.judged:
            return self._say(rule, State.WATCH, time, verity)
        tree = self.pack.tests[rule.id].violated
        broken = evaluate(tree, self._facts(rule)) if tree is not None else Verity(None)
        if broken.value is False:
            return self._say(rule, State.SATISFIED, time, broken)
        if verity.value is None:  # first ask whether the rule looks at this deal at all
            return self._say(rule, State.OPEN, time, verity)
        both = _both([verity, broken])
        return self._say(rule, State.VIOLATED if both.value is True else State.OPEN, time, both)

    def _say(self, rule: Rule, state: State, time: Time, verity: Verity) -> Verdict:
        weight: Severity = capped(rule.severity, self.pack.form.at_most) if time is Time.THEN else "info"
        severity: Severity = weight if state is State.VIOLATED else "info"
        questions = tuple(sorted(verity.open)) if state is State.OPEN else ()
        return Verdict(self.pack.id, rule, state, time, severity, weight, questions, self.measured.places(verity.used))

    def _scope(self, rule: Rule) -> Verity:
        """Whether the rule looks at this deal."""
        parts: list[Verity] = []
        applies = rule.applies
        if applies.instruments:
            names = [f"has_{kind}" for kind in applies.instruments]
            seen = [name for name in names if self.values.get(name) is True]
            unseen = [name for name in names if self.values.get(name) is None]
            parts.append(
                Verity(True, used=frozenset(seen))
                if seen
                else Verity(None, frozenset(unseen))
                if unseen
                else Verity(False)
            )
        if applies.industries:
            known = self.deal.industry
            parts.append(Verity(known in applies.industries) if known else Verity(None, frozenset(("industry",))))
        tree = self.pack.tests[rule.id].applies
        if tree is not None:
            parts.append(evaluate(tree, self._facts(rule)))
        return _both(parts)

    def _facts(self, rule: Rule) -> Facts:
        money: Interval | None = (1.0, 1.0)
        rate = ""
        if rule.currency is not None:
            unit = self.sheet.unit
            money = (unit, unit)
            if rule.currency != self.sheet.currency:
                rate = rate_name(rule.currency)
                known = self.values.get(rate)
                usable = isinstance(known, tuple) and known[0] > 0
                money = (unit / known[1], unit / known[0]) if usable and isinstance(known, tuple) else None
        return Facts(self.values, self.sheet.signed, money, self.amounts.__contains__, rate)


def _both(parts: Iterable[Verity]) -> Verity:
    """All parts hold."""
    items = list(parts)
    if any(item.value is False for item in items):
        return Verity(False)
    missing: frozenset[str] = frozenset().union(*(item.open for item in items))
    used: frozenset[str] = frozenset().union(*(item.used for item in items))
    if any(item.value is None for item in items):
        return Verity(None, missing, used)
    return Verity(True, used=used)
