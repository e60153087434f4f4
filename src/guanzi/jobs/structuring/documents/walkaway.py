"""How far the public side may go, as a document: what the draft is worth, and the walk-away value of each term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.advice.structuring import MEASURES, Reach, winners_curse
from guanzi.deal.terms import TermSheet
from guanzi.intake.inputs import RivalsFile
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.jobs.structuring.documents.deal_figures import (
    deal_document,
    measure_words,
    measured,
    part,
    range_cell,
    table_part,
    term_cell,
    term_range,
)
from guanzi.render import Block, Cell, Column, Document, Row, Sentence, Table

MEASURED = {m.id: m for m in MEASURES if m.id in ("public.npv", "company.survival_5y", "holders.npv")}
VALUE = MEASURED["public.npv"]


@dataclass(frozen=True, slots=True)
class Contest:
    """Who else bids, what the floor is raised by for that, and the chance to win (None: it is not known)."""

    rivals: RivalsFile
    curse: float
    chance: float | None


def walkaway_document(
    label: str,
    sheet: TermSheet,
    found: tuple[Reach, ...],
    floor: float,
    contest: Contest | None,
    sample: tuple[int, int],
) -> Document:
    """The document of walk-away values.

    Args:
        label: What the draft is called.
        sheet: The draft.
        found: One reach a term.
        floor: Least value of the deal to the public side, in units of the sheet.
        contest: Who else bids; None: nobody is named.
        sample: Paths and seed.
    """
    names = ("address", "draft", "range", "walkaway", "interval", "best", "at", "meaning")
    rows = tuple(_row(reach, sheet) for reach in found)
    parts = [
        part("", *_answer(found[0], sheet, floor, contest), id="answer"),
        table_part(Table("terms", message("walkaway.terms"), heads("deal.head", *names), rows)),
    ]
    if len(found) == 1:
        parts.append(table_part(_ladder(found[0], sheet)))
    if contest is not None:
        parts.append(table_part(_rivals(contest.rivals, found, sheet)))
    few = min(rung.paths for reach in found for rung in reach.rungs)
    how = Sentence(message("walkaway.how", paths=sample[0], few=few, seed=sample[1]))
    parts.append(part(message("changes.section.how"), how, id="how"))
    return deal_document("walkaway", label, sheet.known_on, parts)


def _answer(reach: Reach, sheet: TermSheet, floor: float, contest: Contest | None) -> Iterator[Block]:
    """What the draft is worth, against which floor, and against whom."""
    own = next(rung.value for rung in reach.rungs if rung.at == reach.term.options[reach.term.draft])
    worth, error, least = (measured(VALUE, x, sheet) for x in (own.mean, own.se, floor))
    yield Sentence(message("walkaway.worth", worth=worth, error=error, floor=least), tone="strong")
    if contest is not None:
        bidders, known = (
            len(contest.rivals.rivals) + 1,
            "curse" if contest.rivals.error is not None else "curse_unknown",
        )
        factor, raised = winners_curse(bidders), measured(VALUE, contest.curse, sheet)
        yield Sentence(message(f"walkaway.{known}", bidders=bidders, factor=factor, raised=raised))
        known = "chance" if contest.chance is not None else "no_chance"
        yield Sentence(message(f"walkaway.{known}", chance=contest.chance))
    if sheet.only_gives and floor >= 0.0:
        yield Sentence(message("walkaway.cost_only"))


def _row(reach: Reach, sheet: TermSheet) -> Row:
    term, at, interval = reach.term, Cell(""), Cell("")
    kind = term.figure.kind
    if reach.at is not None and reach.low is not None and reach.high is not None:
        at = term_cell(kind, reach.at, sheet, full=False)
        interval = range_cell(kind, reach.low, reach.high, sheet, full=False)
    cells = (
        term_cell(kind, term.options[term.draft], sheet),
        term_range(term, sheet),
        at,
        interval,
        Cell(measured(VALUE, reach.best.value.mean, sheet)),
        term_cell(kind, reach.best.at, sheet),
        Cell(message(f"walkaway.status.{reach.status}")),
    )
    return Row(Cell(term.figure.address), cells)


def _ladder(reach: Reach, sheet: TermSheet) -> Table:
    """What the deal is worth at each value of one term."""
    columns = [Column("at", reach.term.figure.address)]
    for n, measure in enumerate(MEASURED.values()):
        unit = measured(measure, 0.0, sheet).unit
        words = measure_words(measure)
        error = Column(f"e{n}", message("walkaway.error", of=words), unit)
        columns += (Column(f"m{n}", words, unit), error)
    own, rows = reach.term.options[reach.term.draft], []
    for rung in reach.rungs:
        found = zip(MEASURED.values(), (rung.value, rung.survival, rung.holders), strict=True)
        cells = [Cell(measured(m, x, sheet).value) for m, estimate in found for x in (estimate.mean, estimate.se)]
        at = term_cell(reach.term.figure.kind, rung.at, sheet)
        notes = (Sentence(message("structure.draft"), tone="strong"),) if rung.at == own else ()
        rows.append(Row(Cell(at.value, at.unit, full=True, notes=notes), tuple(cells)))
    return Table("ladder", message("walkaway.ladder"), tuple(columns), tuple(rows))


def _rivals(rivals: RivalsFile, found: tuple[Reach, ...], sheet: TermSheet) -> Table:
    kind = next(r.term.figure.kind for r in found if r.term.figure.address == rivals.term)
    spans = ((r, range_cell(kind, r.low, r.high, sheet)) for r in rivals.rivals)
    rows = tuple(Row(Cell(rival.name), (span, Cell(rival.source))) for rival, span in spans)
    return Table(
        "rivals", message("walkaway.rivals", term=rivals.term), heads("deal.head", "rival", "range", "source"), rows
    )
