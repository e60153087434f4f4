"""How the advice came about: comparable bets, the decision table row by row, what to sign instead, conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guanzi.advice.appraisal import Appraisal, Text
from guanzi.advice.appraisal import Row as AppliedRow
from guanzi.base.core import Message
from guanzi.engine.simulation import Z_95
from guanzi.jobs.appraisal.documents.fiscal_tables import fiscal_table
from guanzi.jobs.shared.documents.figures import figure_table, quantity_of
from guanzi.jobs.shared.documents.parents import Parents
from guanzi.jobs.shared.documents.words import code_words, message, of_text
from guanzi.render import Block, Bullets, Cell, Column, Measurement, Row, Section, Sentence, Table, Tone

_OUTCOMES: Mapping[str, Tone] = {"pass": "good", "fail": "risk", "no_evidence": "unknown", "not_applicable": "quiet"}


def register_sections(appraisal: Appraisal) -> Iterator[Section]:
    """What the register of bets says: the six questions with their answers, and the bets most alike by name."""
    for id, table in (("odds", appraisal.odds), ("alike", appraisal.alike)):
        if table is not None:
            told = (Sentence(of_text(table.sentence)), *((fiscal_table(table),) if table.rows else ()))
            title = message("odds.heading") if id == "odds" else of_text(table.label)
            yield Section(id, title, told, level=2 if id == "odds" else 3)


def decided(appraisal: Appraisal, parents: Parents) -> Iterator[Section]:
    """The decision table as applied, and what follows from it."""
    yield Section("decision", message("section.decision"), (Sentence(message("intro.decision")),))
    outside = (Sentence(of_text(appraisal.outside.sentence)), fiscal_table(appraisal.outside))
    yield Section("outside", message("outside.heading"), outside, level=3)
    turns = [table for table in appraisal.fiscal if table.id == "turn"]
    told: list[Block] = [rows_table(appraisal, parents)]
    told += [Sentence(of_text(t.sentence), ("fiscal-turn",), name=of_text(t.label)) for t in turns]
    yield Section("rows", message("outside.table"), tuple(told), level=3)
    if appraisal.applicant is not None:
        table = appraisal.applicant.table
        said = (Sentence(of_text(table.sentence)), fiscal_table(table))
        yield Section("applicant", of_text(table.label), said, level=3)
    if appraisal.proposal is not None:
        yield Section("proposal", message("proposal.heading"), tuple(_proposal(appraisal)), level=3)
    if appraisal.demands:
        demands = (
            Sentence(
                of_text(demand.text),
                parents.rests(demand.because),
                cited=message("demand.because") if demand.because else "",
                id=f"demand:{demand.id}",
            )
            for demand in appraisal.demands
        )
        yield Section("demands", message("section.demands"), (Bullets(tuple(demands), "steps"),), level=3)


def rows_table(appraisal: Appraisal, parents: Parents) -> Table:
    """Every row of the decision table: its stage, whether it is met, what follows, and on what it rests."""
    names = ("rule", "stage", "outcome", "consequence", "rests_on")
    columns = tuple(Column(name, message(f"table.{name}")) for name in names)
    book = appraisal.playbook
    caption = message("table.decision", playbook=book.name, version=book.version)
    return Table("decisions", caption, columns, tuple(_row(row, appraisal, parents) for row in appraisal.rows))


def _row(row: AppliedRow, appraisal: Appraisal, parents: Parents) -> Row:
    notes = []
    for id in row.figures:
        figure = appraisal.figures[id]
        value = message("figures.value", value=quantity_of(figure))
        notes.append(Sentence(value, (f"figure:{id}",), name=of_text(figure.label)))
        if id in row.unclear and figure.error is not None:
            error = Measurement(Z_95 * figure.error, "ratio points" if figure.unit == "ratio" else figure.unit)
            notes.append(Sentence(message("row.unclear", n=appraisal.versions.paths, error=error), tone="unknown"))
    if row.findings:
        notes.append(Sentence("", parents.rests(row.findings), cited=message("findings.rests")))
    cells = (
        Cell(message(f"stage.{row.stage}")),
        Cell(message(f"row.{row.outcome}"), tone=_OUTCOMES[row.outcome]),
        Cell(code_words("consequence", row.consequence)),
        Cell("" if notes else message(f"row.nothing.{'met' if row.outcome == 'pass' else 'open'}"), notes=tuple(notes)),
    )
    tag = (Sentence(message("row.decided"), tone="strong"),) if row.decided else ()
    return Row(Cell(of_text(row.rule), notes=tag), cells, f"row:{row.id}", tone="strong" if row.decided else "plain")


def _proposal(appraisal: Appraisal) -> Iterator[Block]:
    proposal = appraisal.proposal
    assert proposal is not None
    signs = message("proposal.signs.yes" if proposal.signs else "proposal.signs.no")
    yield Sentence(message("proposal.intro", advice=message(f"advice.{proposal.advice}"), signs=signs))
    yield from (Sentence(of_text(unclear), tone="unknown") for unclear in proposal.unclear)
    yield Sentence(message("proposal.paths", n=appraisal.versions.paths), tone="quiet")
    names = ("clause", "before", "after")
    columns = tuple(Column(name, message(f"proposal.{name}")) for name in names)
    rows = tuple(Row(Cell(c.id), (Cell(_clause(c.before)), Cell(_clause(c.after)))) for c in proposal.changes)
    yield Table("changes", message("proposal.changes"), columns, rows)
    yield figure_table(appraisal, "proposal", proposal.figures, message("summary.figures"))


def _clause(words: Text | None) -> Message:
    return message("proposal.none") if words is None else of_text(words)
