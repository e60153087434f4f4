"""The papers of the committee as documents: the memorandum and the minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from guanzi.advice.appraisal import Appraisal, ClauseData, SourceData
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.annex import footer_words, hashes_of, no_risks
from guanzi.jobs.appraisal.documents.forecasts import empty_account
from guanzi.jobs.appraisal.documents.front import opening_of, unsaid
from guanzi.jobs.shared.documents.evidence import publisher_words
from guanzi.jobs.shared.documents.figures import figure_table, mean_cell
from guanzi.jobs.shared.documents.words import advice_words, case_words, code_words, message, no_calls, of_text
from guanzi.render import Blanks, Block, Bullets, Cell, Column, Document, Row, Section, Sentence, Table, Words

PEOPLE = 7
"""Rows for those present that are left open."""
LINES = 5
"""Lines that are left open for words."""


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """What was decided, in words that minutes record.

    Attributes:
        decided_on: Day.
        decision: ``back``, ``back_with_conditions``, ``decline`` or ``defer``.
        by: Who decided.
        reasons: Why.
        dissent: Who thought otherwise, and why; empty: none was recorded.
        votes: Name and ``for``, ``against`` or ``abstain``.
        entry: Number of the entry in the ledger.
    """

    decided_on: date
    decision: str
    by: str
    reasons: str
    dissent: str = ""
    votes: tuple[tuple[str, str], ...] = field(default=())
    entry: int = 0


DECISIONS = ("back", "back_with_conditions", "decline", "defer")


def memorandum(appraisal: Appraisal) -> Document:
    """The committee's memorandum: what the appraisal says, in the order in which a committee reads.

    Args:
        appraisal: What it is of; nothing is added to it.
    """
    sections = [
        *_advice(appraisal),
        *_terms(appraisal),
        *_accounts(appraisal),
        *_risks(appraisal),
        Section("missing", message("paper.missing"), tuple(_missing(appraisal))),
        Section("sources", message("paper.sources"), tuple(_sources(appraisal))),
        Section("rests-on", message("paper.rests_on"), (_hashes(appraisal),)),
    ]
    return _paper(appraisal, "memorandum", sections)


def minutes(
    appraisal: Appraisal, taken: DecisionTaken | None = None, present: Sequence[tuple[str, str]] = ()
) -> Document:
    """The minutes of the committee: a form to fill in, or what was decided where that is given.

    Args:
        appraisal: What is decided on.
        taken: What was decided; None: left open.
        present: Name and office of those present; none: who voted, as far as that is held, else open rows.
    """
    advice = message("brief.advice", advice=advice_words(appraisal))
    chosen = frozenset({DECISIONS.index(taken.decision)} if taken is not None else ())
    choices = tuple(Sentence(message("begin", words=Message.of(f"ledger.decision.{code}"))) for code in DECISIONS)
    sections = [
        Section(
            "decided-on",
            message("paper.decided_on"),
            (
                Sentence(of_text(appraisal.summary.question)),
                Sentence(advice, tone="strong"),
                _hashes(appraisal),
                Sentence(message("paper.hash_note"), tone="quiet"),
            ),
        ),
        Section("present", message("paper.present"), tuple(_session(taken, present))),
        Section("votes", message("paper.votes"), (_votes(taken),)),
        Section("decision", message("paper.decision"), (Bullets(choices, "choices", chosen),)),
        Section("conditions", message("brief.conditions." + appraisal.advice), (_demands(appraisal),)),
        _words("reasons", None if taken is None else taken.reasons),
        _words("dissent", None if taken is None else taken.dissent or message("paper.no_dissent")),
        Section("signed", message("paper.signed"), (_open(("chair", "recorder", "date"), 1),)),
    ]
    return _paper(appraisal, "minutes", sections)


def _paper(appraisal: Appraisal, kind: str, sections: Sequence[Section]) -> Document:
    return Document(
        id=kind,
        kicker=message(f"paper.{kind}"),
        title=case_words(appraisal.case),
        under=(
            message("page.as_of", day=appraisal.as_of.isoformat()),
            message("page.decision", day=appraisal.case.decision_date.isoformat()),
        ),
        dated=appraisal.as_of,
        sections=tuple(sections),
        footer=footer_words(appraisal),
    )


def _points(items: Iterator[Words]) -> Bullets:
    return Bullets(tuple(Sentence(words) for words in items))


def _advice(appraisal: Appraisal) -> Iterator[Section]:
    reasons = appraisal.summary.reasons
    why = (_points(of_text(reason) for reason in reasons),) if reasons else ()
    parts = (Section("why", message("summary.why"), why, level=3),) if why else ()
    yield from opening_of(appraisal, parts=parts).sections()
    yield Section("conditions", message(f"brief.conditions.{appraisal.advice}"), (_demands(appraisal),), level=3)


def _demands(appraisal: Appraisal) -> Block:
    if not appraisal.demands:
        return Sentence(message("empty.demands"), tone="quiet")
    return Bullets(tuple(Sentence(of_text(demand.text)) for demand in appraisal.demands), "steps")


def _terms(appraisal: Appraisal) -> Iterator[Section]:
    if not appraisal.clauses:
        yield Section("terms", message("section.terms"), (Sentence(message("empty.terms"), tone="quiet"),))
        return
    status = message(f"sheet.{appraisal.sheet_status}")
    sheet = message("paper.terms", sheet=appraisal.sheet_title or appraisal.sheet, status=status)
    yield Section("terms", message("section.terms"), (Sentence(sheet),))
    groups: dict[str, list[ClauseData]] = {}
    for clause in appraisal.clauses:
        groups.setdefault(clause.group, []).append(clause)
    for group, clauses in groups.items():
        told = Bullets(tuple(Sentence(_clause(clause)) for clause in clauses))
        yield Section(f"terms-{group}", code_words("clauses", group), (told,), level=3)


def _clause(clause: ClauseData) -> Message:
    told = of_text(clause.text)
    if clause.state == "known" or clause.id.startswith("unknown."):  # a clause that was not seen says so itself
        return told
    return message("parts_said", parts=(message(f"clause.{clause.state}"), told))


def _accounts(appraisal: Appraisal) -> Iterator[Section]:
    accounts = appraisal.accounts
    yield Section("accounts", message("section.accounts"), (Sentence(message("intro.accounts")),))
    for name, ids in (("fund", accounts.fund), ("budget", accounts.budget), ("cluster", accounts.cluster)):
        heading = message(f"account.{name}")
        block = figure_table(appraisal, name, ids, heading) if ids else empty_account(appraisal, name)
        yield Section(name, heading, (block,), level=3)
    if accounts.value:
        heading = message("account.value")
        yield Section("value", heading, (figure_table(appraisal, "value", accounts.value, heading),), level=3)
    money = _money(appraisal) if accounts.years else Sentence(no_calls(appraisal), tone="quiet")
    yield Section("money", message("brief.money"), (money,), level=3)


def _money(appraisal: Appraisal) -> Table:
    """Cash calls and receipts by year, and the share of the budget that a call takes."""
    names = ("planned", "expected", "low", "high", "receipts")
    columns = (
        Column("year", message("paper.cash.year")),
        *(Column(name, message(f"paper.cash.{name}")) for name in names),
        Column("share", message("paper.cash.share"), unit="ratio"),
    )
    rows = []
    for y in appraisal.accounts.years:
        cells = (Cell(y.planned), mean_cell(y.mean, y.low, y.high))
        others = tuple(Cell(value) for value in (y.low, y.high, y.receipts_mean, y.share_of_budget))
        rows.append(Row(Cell(str(y.year)), (*cells, *others)))
    return Table("money", message("brief.money_caption"), columns, tuple(rows), unit=f"{appraisal.case.currency} m")


def _risks(appraisal: Appraisal) -> Iterator[Section]:
    findings = {finding.id: finding for finding in appraisal.findings}
    for kind, ids in (("risk", appraisal.summary.risks), ("asset", appraisal.summary.assets)):
        found = tuple(
            Sentence(of_text(findings[id].text), tuple(f"fact:{fact}" for fact in findings[id].facts))
            for id in unsaid(appraisal, ids)
        )
        none = no_risks(appraisal) if kind == "risk" else message("paper.none")
        block: Block = Bullets(found) if found else Sentence(none, tone="quiet")
        yield Section(f"{kind}s", message(f"kinds.{kind}"), (block,), level=2 if kind == "risk" else 3)


def _missing(appraisal: Appraisal) -> Iterator[Block]:
    findings = {finding.id: finding for finding in appraisal.findings}
    # what is missing is named within sentences elsewhere; here it begins a line
    told = [message("begin", words=of_text(missing.text)) for missing in appraisal.missing]
    told += [message("begin", words=of_text(findings[id].text)) for id in appraisal.summary.gaps]
    if told:
        yield Bullets(tuple(Sentence(words) for words in dict.fromkeys(told)))
    else:
        yield Sentence(message("paper.none"), tone="quiet")


def _sources(appraisal: Appraisal) -> Iterator[Block]:
    wide = {"publisher": 10, "title": 17, "day": 7, "grade": 4}
    columns = tuple(Column(name, message(f"paper.source.{name}"), wide=part) for name, part in wide.items())
    rows = tuple(_source(source) for source in appraisal.sources if not source.withheld)
    if rows:
        yield Table("sources", message("paper.sources"), columns, rows)
    withheld = Counter(publisher_words(source) for source in appraisal.sources if source.withheld)
    if withheld:
        yield Sentence(message("paper.withheld"), tone="quiet")
        told = (message("paper.times", what=message("begin", words=what), n=n) for what, n in withheld.items())
        yield _points(told)
    if not rows and not withheld:
        yield Sentence(message("paper.none"), tone="quiet")


def _source(source: SourceData) -> Row:
    when = source.date if source.date is not None else message("paper.undated")
    noted = (Sentence(source.note),) if source.note else ()
    cells = (Cell(source.title), Cell(when, notes=noted), Cell(source.grade))
    return Row(Cell(source.publisher), cells, f"source:{source.id}")


def _hashes(appraisal: Appraisal) -> Table:
    columns = (Column("what", message("paper.what"), wide=3), Column("hash", message("paper.hash"), wide=8))
    rows = tuple(Row(Cell(name), (Cell(text),)) for name, text in hashes_of(appraisal))
    return Table("hashes", message("paper.rests_on"), columns, rows)


def _session(taken: DecisionTaken | None, present: Sequence[tuple[str, str]]) -> Iterator[Block]:
    if taken is None:
        yield _open(("date", "place", "chair"), 1)
    else:
        row = Row(Cell(taken.decided_on), (Cell(taken.by), Cell(str(taken.entry))))
        yield Table("session", message("paper.present"), _fields(("date", "by", "entry")), (row,))
    named = present or [(name, "") for name, _ in (taken.votes if taken else ())]
    rows = tuple(Row(Cell(name), (Cell(office), Cell(""))) for name, office in named)
    people = ("name", "office", "signature")
    yield Table("people", "", _fields(people), rows, blank=True) if rows else _open(people, PEOPLE)


def _votes(taken: DecisionTaken | None) -> Table:
    if taken is None or not taken.votes:
        return _open(("for", "against", "abstain"), 1)
    rows = tuple(Row(Cell(name), (Cell(message(f"paper.field.{vote}")),)) for name, vote in taken.votes)
    return Table("votes", message("paper.votes"), _fields(("name", "vote")), rows)


def _words(name: str, words: Words | None) -> Section:
    blocks: tuple[Block, ...] = (Blanks(LINES),)
    if isinstance(words, Message):
        blocks = (Sentence(words),)
    elif words is not None:
        blocks = tuple(Sentence(part) for part in words.strip().splitlines() if part.strip())
    return Section(name, message(f"paper.{name}"), blocks)


def _fields(names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(name, message(f"paper.field.{name}")) for name in names)


def _open(names: tuple[str, ...], rows: int) -> Table:
    blank = Row(Cell(""), (Cell(""),) * (len(names) - 1))
    return Table(names[0], "", _fields(names), (blank,) * rows, blank=True)
