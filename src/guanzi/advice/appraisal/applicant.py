"""What an applicant could say to turn the advice, and how far the advice rests on his own word.

For each question of the register and each gate of the table: how it stands, on whose word, the cheapest statement that
would close it well, and the advice then. A statement is tried, not guessed: a fact is put in, the checks of the gate
are run again, and the table is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from guanzi.advice.appraisal.advice_data import Advice, Missing, Row
from guanzi.advice.appraisal.applicant_data import ApplicantData
from guanzi.advice.appraisal.book import FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.appraisal.oddsfigures import WAITING
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.priced import SURPLUS, PricedCase
from guanzi.advice.appraisal.stated import StatedFact, stated_facts
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.advice.appraisal.word import Word, word_of
from guanzi.advice.odds import CaseAnswer, RegisterView
from guanzi.base.core import Finding, Message
from guanzi.record.evidence import View
from guanzi.record.playbooks import (
    ADVICE_ORDER,
    FigureTest,
    FindingTest,
    Outcome,
    TableRow,
    leaves,
    outcome,
    read,
    worded,
)
from guanzi.study.bets import QUESTIONS
from guanzi.study.diligence import DealFacts

COLUMNS = ("asked", "stands", "word", "statement", "becomes")
COVERAGE, LOAD = "evidence.coverage", "public.amount_to_budget"
MET, UNREAD = (Message.of(f"appraisal.applicant.say.{how}") for how in ("nothing", "unread"))
RATIO = QUESTIONS[-1]
"""The question that is answered by a number."""
MOST_RATIO, RATIOS = 10.0, (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
"""Sales of a year by a year of the plan beyond which more adds nothing, and what is tried below it."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is asked for.

    Attributes:
        table: Rows that apply.
        rows: The same rows as applied.
        missing: What is not known, each thing with the rows that wait for it.
        again: The advice with other values of some figures, and with other findings.
    """

    prepared: Prepared
    book: FigureBook
    findings: Sequence[Finding]
    table: Sequence[TableRow]
    rows: Sequence[Row]
    advice: Advice
    missing: Sequence[Missing]
    again: Callable[[Mapping[str, float], Sequence[Finding]], Advice]

    @property
    def view(self) -> View:
        """The view that is appraised."""
        return self.prepared.view

    @property
    def deal(self) -> DealFacts | None:
        """What the term sheet says to the checks."""
        return None if self.prepared.sheet is None else deal_facts(self.prepared.sheet, self.view)

    @property
    def held(self) -> dict[str, Outcome]:
        """How each row came out."""
        return {row.id: row.outcome for row in self.rows}


@dataclass(frozen=True, slots=True)
class _Line:
    """A question or gate.

    Attributes:
        facts: On which it rests.
        statement: What would be said.
        becomes: The advice then.
        cost: How hard it is to say: a word, one against what is held or a fact of yes or no, a figure, a term.
        met: Nothing is left to say.
    """

    asked: Message
    stands: Message
    facts: frozenset[str]
    statement: Message
    becomes: Advice
    cost: int
    met: bool = False


def applicant_data(case: Applicant, found: RegisterView | None, priced: PricedCase | None) -> ApplicantData:
    """The share of the advice that rests on the applicant's own word, and what he could say to turn it."""
    lines = (*_questions(case, found, priced), *_gates(case))
    words = {fact.id: word_of(case.view, fact) for fact in case.view.facts}
    read_rows = [row for row in case.rows if row.outcome != "not_applicable"]
    behind = {row.id: _behind(case, (*row.figures, *row.findings)) for row in read_rows}
    judged = {row.id for row in read_rows if row.outcome in ("pass", "fail")}
    facts = frozenset[str]().union(*behind.values())
    own, filed = ({id for id in facts if words[id] == word} for word in ("own", "filed"))
    alone = tuple(id for id, on in behind.items() if id in judged and on and on <= own)
    without = read(case.table, {**case.held, **dict.fromkeys(alone, "no_evidence")})[0]
    changes = "same" if without == case.advice else "other"
    rests = Message.of(
        f"appraisal.applicant.rests.{changes if alone else 'none'}",
        company=(case.view.company.name, case.view.company.name_zh),
        facts=len(facts),
        own=len(own),
        share=len(own) / len(facts) if facts else 0.0,
        filed=len(filed),
        alone=len(alone),
        without=_advice(without),
    )
    sentence = Message.of("appraisal.applicant.both", first=rests, second=_cheapest(case, lines))
    table = TableData(
        id="applicant",
        label=text(Message.of("appraisal.applicant.label")),
        columns=tuple(Column(label=text(Message.of(f"appraisal.applicant.{name}")), unit="") for name in COLUMNS),
        rows=tuple(_row(line, words, case.advice) for line in lines),
        sentence=text(sentence),
        parents=tuple(sorted(facts)) or ("playbook",),
    )
    return ApplicantData(facts=len(facts), own=len(own), filed=len(filed), alone=alone, without=without, table=table)


def _row(line: _Line, words: Mapping[str, Word], now: Advice) -> tuple[Text, ...]:
    kinds = {words[id] for id in line.facts}
    mixed = "own_among" if "own" in kinds else "others"
    word = mixed if len(kinds) > 1 else next(iter(kinds), "none")
    whose = Message.of(f"appraisal.applicant.word.{word}")
    said = line.statement if line.met or line.becomes != now else Message.of("appraisal.applicant.say.no_turn")
    return tuple(map(text, (line.asked, line.stands, whose, said, _advice(line.becomes))))


def _cheapest(case: Applicant, lines: Iterable[_Line]) -> Message:
    """The statement that costs least of those with which the advice is better; that none is."""
    rank = ADVICE_ORDER.index
    better = [line for line in lines if rank(line.becomes) > rank(case.advice)]
    best = case.missing[0].if_well if case.missing else case.advice
    if not better:
        id = "all" if rank(best) > rank(case.advice) else "none"
        n = len(case.missing)
        return Message.of(f"appraisal.applicant.cheapest.{id}", n=n, becomes=_advice(best))
    first = min(better, key=lambda line: (line.cost, -rank(line.becomes)))
    told = {"asked": first.asked, "statement": first.statement, "becomes": _advice(first.becomes)}
    return Message.of("appraisal.applicant.cheapest", **told)


def _advice(advice: Advice) -> Message:
    return Message.of(f"playbooks.advice.{advice}")


def _behind(case: Applicant, ids: Iterable[str]) -> frozenset[str]:
    """The facts from which figures and findings derive; a simulated figure derives from those of every parameter."""
    figures, held = case.book.figures(), {fact.id for fact in case.view.facts}
    findings = {finding.id: finding.facts for finding in case.findings}
    model = case.prepared.model
    of_model = () if model is None else tuple(id for p in model.parameters.values() for id in p.origin.parents)
    left, seen = list(ids), set[str]()
    while left:
        id = left.pop()
        if id not in seen:
            seen.add(id)
            left += figures[id].parents if id in figures else ()
            left += findings.get(id, ()) if id != "simulation" else of_model
    return frozenset(seen & held)


# -- questions of the register --------------------------------------------------------------------------------


def _questions(case: Applicant, found: RegisterView | None, priced: PricedCase | None) -> Iterator[_Line]:
    """Each question; a table that does not read the chance is turned by none of them."""
    for answer in () if found is None else found.answers:
        how = "number" if isinstance(answer.answer, float) else answer.answer or "unknown"
        value = answer.answer if isinstance(answer.answer, float) else 0.0
        asked = Message.of(f"appraisal.odds.question.{answer.question}")
        stands = Message.of(f"appraisal.odds.{how}", value=value)
        said, becomes = UNREAD, case.advice
        if priced is not None and found is not None:
            said, becomes = _answered(case, found, priced, answer)
        yield _Line(
            asked,
            stands,
            frozenset(answer.facts),
            said,
            becomes,
            2 if answer.question == RATIO else int(bool(answer.facts)),
            said in (MET, UNREAD),
        )


def _answered(case: Applicant, found: RegisterView, priced: PricedCase, answer: CaseAnswer) -> tuple[Message, Advice]:
    """The cheapest good answer to a question, and the advice with it."""

    def advice(said: str | float) -> Advice:
        chance = found.chance_with(answer.question, said)
        return case.again({SURPLUS: chance - priced.bet.needed, WAITING: -priced.cost}, case.findings)

    if answer.question != RATIO:
        if answer.answer == "yes":
            return MET, case.advice
        return Message.of("appraisal.applicant.say.yes_to_it"), advice("yes")
    held = answer.answer if isinstance(answer.answer, float) else 0.0
    if held >= MOST_RATIO:
        return MET, case.advice
    best = advice(MOST_RATIO)
    ratio = next((step for step in RATIOS if step > held and advice(step) == best), MOST_RATIO)
    return Message.of("appraisal.applicant.say.ratio", ratio=ratio), best


# -- gates of the table -----------------------------------------------------------------------------------------


def _gates(case: Applicant) -> Iterator[_Line]:
    rows = {row.id: row for row in case.table}
    for row in case.rows:
        if row.stage == "gate" and row.outcome != "not_applicable":
            yield _gate(case, rows[row.id], row)


def _gate(case: Applicant, row: TableRow, applied: Row) -> _Line:
    stands = Message.of(f"appraisal.applicant.outcome.{applied.outcome}")
    facts = _behind(case, (*applied.figures, *applied.findings))
    asked = Message.from_dict(applied.rule.model_dump())
    if applied.outcome == "pass":
        return _Line(asked, stands, facts, MET, case.advice, 0, met=True)
    tried = next(_tried(case, row), None)
    if tried is not None:
        said, findings = tried
        return _Line(asked, stands, facts, said.message, case.again({}, findings), 1 + said.figure)
    together = next((found.rows for found in case.missing if row.id in found.rows), (row.id,))
    met = read(case.table, {**case.held, **dict.fromkeys(together, "pass")})[0]
    return _Line(asked, stands, facts, _of_terms(case, row, applied.outcome), met, 3)


def _tried(case: Applicant, row: TableRow) -> Iterator[tuple[StatedFact, Sequence[Finding]]]:
    """Facts with one of which the row is met, the cheapest first, each with the findings then."""
    codes = {code for leaf in leaves(row.test) for code in _codes(leaf)}
    names = {finding.check for finding in case.findings if finding.code in codes}
    for said in stated_facts(case.view, case.deal, names):
        findings = [f for f in case.findings if f.check != said.check.id] + [*said.found]
        if outcome(row.test, case.book.values(), findings) == "pass":
            yield said, findings


def _codes(leaf: FigureTest | FindingTest) -> tuple[str, ...]:
    return () if isinstance(leaf, FigureTest) else (leaf.finding, *leaf.unless, *leaf.unknown_if, *leaf.shown_by)


def _of_terms(case: Applicant, row: TableRow, how: Outcome) -> Message:
    """What meets a gate that no single fact meets: a smaller sum, more answers, or what the playbook demands."""
    figure = next((leaf for leaf in leaves(row.test) if isinstance(leaf, FigureTest)), None)
    revenue, sample = case.book.value("known.budget_revenue"), case.book.figures()[COVERAGE].sample
    if figure is not None and figure.figure == COVERAGE and sample is not None:
        held, checks = sample
        return Message.of("appraisal.applicant.say.coverage", n=max(1, ceil(figure.value * checks) - held))
    if figure is not None and figure.figure == LOAD and how == "no_evidence":
        return Message.of("appraisal.applicant.say.terms")
    if figure is not None and figure.figure == LOAD and revenue is not None:
        return case.book.say("appraisal.applicant.say.amount", amount=figure.value * revenue)
    demand = next((d for d in case.prepared.playbook.demands if d.id == row.condition), None)
    return Message.of("appraisal.applicant.say.shows") if demand is None else worded(demand.text)
