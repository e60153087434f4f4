"""How far the public side may go, as a document: what the draft is worth, and the walk-away value of each term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi import __version__
from guanzi.advice.structuring import MEASURES, Reach, winners_curse
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.intake.inputs import RivalsFile
from guanzi.render import Block, Cell, Column, Document, Row, Section, Sentence, Table
from guanzi.reports.deal_figures import measure_words, measured, range_cell, term_cell, term_range
from guanzi.reports.words import heads, message

MEASURED = {m.id: m for m in MEASURES if m.id in ("public.npv", "company.survival_5y", "holders.npv")}
VALUE = MEASURED["public.npv"]


@dataclass(frozen=True, slots=True)
class WalkawayStudy:
    """What the page tells.

    Attributes:
        label: What the draft is called.
        sheet: The draft.
        found: One reach a term.
        floor: Least value of the deal to the public side, in units of the sheet.
        rivals: Who else bids; None: nobody is named.
        curse: What the floor is raised by, because the best bidder of several has overrated the most.
        chance: Of winning against the rivals with the walk-away value of their term; None: not known.
        paths, seed: How it was run.
    """

    label: str
    sheet: TermSheet
    found: tuple[Reach, ...]
    floor: float
    rivals: RivalsFile | None
    curse: float
    chance: float | None
    paths: int
    seed: int


def walkaway_document(study: WalkawayStudy) -> Document:
    """The document of walk-away values."""
    parts: dict[str, Iterator[Block]] = {"answer": _answer(study), "terms": _terms(study)}
    if len(study.found) == 1:
        parts["ladder"] = iter((_ladder(study.found[0], study.sheet),))
    if study.rivals is not None:
        parts["rivals"] = iter((_rivals(study.rivals, study),))
    parts["how"] = _how(study)
    return Document(
        id="walkaway",
        kicker=message("walkaway.kicker"),
        title=message("walkaway.title", label=study.label),
        under=(),
        dated=study.sheet.known_on,
        sections=tuple(Section(id, message(f"walkaway.{id}"), tuple(blocks), True) for id, blocks in parts.items()),
        footer=message("page.made", version=__version__),
    )


def _answer(study: WalkawayStudy) -> Iterator[Block]:
    """What the draft is worth, against which floor, and against whom."""
    sheet, reach, rivals = study.sheet, study.found[0], study.rivals
    own = next(rung.value for rung in reach.rungs if rung.at == reach.term.options[reach.term.draft])
    worth, error, floor = (measured(VALUE, x, sheet) for x in (own.mean, own.se, study.floor))
    yield Sentence(message("walkaway.worth", worth=worth, error=error, floor=floor), tone="strong")
    if rivals is not None:
        yield Sentence(_curse(len(rivals.rivals) + 1, rivals, study))
        known = "chance" if study.chance is not None else "no_chance"
        yield Sentence(message(f"walkaway.{known}", chance=study.chance))
    if sheet.only_gives and study.floor >= 0.0:
        yield Sentence(message("walkaway.cost_only"))


def _curse(bidders: int, rivals: RivalsFile, study: WalkawayStudy) -> Message:
    if rivals.error is None:
        return message("walkaway.curse_unknown", bidders=bidders, factor=winners_curse(bidders))
    return message("walkaway.curse", bidders=bidders, raised=measured(VALUE, study.curse, study.sheet))


def _terms(study: WalkawayStudy) -> Iterator[Block]:
    names = ("address", "draft", "range", "walkaway", "interval", "best", "at", "meaning")
    rows = tuple(_row(reach, study.sheet) for reach in study.found)
    yield Table("terms", message("walkaway.terms"), heads("walkaway.head", *names), rows)
    yield Sentence(message("walkaway.note"), tone="quiet")


def _row(reach: Reach, sheet: TermSheet) -> Row:
    term, at, interval = reach.term, Cell(""), Cell("")
    kind = term.figure.kind
    if reach.at is not None and reach.low is not None and reach.high is not None:
        at = term_cell(kind, reach.at, sheet, full=False)
        interval = range_cell(kind, reach.low, reach.high, sheet, full=False)
    best = max(reach.rungs, key=lambda rung: rung.value.mean)
    cells = (
        term_cell(kind, term.options[term.draft], sheet),
        term_range(term, sheet),
        at,
        interval,
        Cell(measured(VALUE, best.value.mean, sheet)),
        term_cell(kind, best.at, sheet),
        Cell(message(f"walkaway.status.{reach.status}")),
    )
    return Row(Cell(term.figure.address), cells)


def _ladder(reach: Reach, sheet: TermSheet) -> Table:
    """What the deal is worth at each value of one term."""
    columns = [Column("at", reach.term.figure.address)]
    for n, measure in enumerate(MEASURED.values()):
        unit = measured(measure, 0.0, sheet).unit
        error = Column(f"e{n}", message("walkaway.head.error"), unit)
        columns += (Column(f"m{n}", measure_words(measure), unit), error)
    own, rows = reach.term.options[reach.term.draft], []
    for rung in reach.rungs:
        found = zip(MEASURED.values(), (rung.value, rung.survival, rung.holders), strict=True)
        cells = [Cell(measured(m, x, sheet).value) for m, estimate in found for x in (estimate.mean, estimate.se)]
        at = term_cell(reach.term.figure.kind, rung.at, sheet)
        notes = (Sentence(message("structure.draft"), tone="strong"),) if rung.at == own else ()
        rows.append(Row(Cell(at.value, at.unit, full=True, notes=notes), tuple(cells)))
    return Table("ladder", message("walkaway.ladder"), tuple(columns), tuple(rows))


def _rivals(rivals: RivalsFile, study: WalkawayStudy) -> Table:
    kind = next(r.term.figure.kind for r in study.found if r.term.figure.address == rivals.term)
    rows = tuple(
        Row(Cell(rival.name), (range_cell(kind, rival.low, rival.high, study.sheet), Cell(rival.source)))
        for rival in rivals.rivals
    )
    reach = Column("reach", message("walkaway.head.reach", term=rivals.term))
    columns = (*heads("walkaway.head", "rival"), reach, *heads("walkaway.head", "source"))
    return Table("rivals", message("walkaway.rivals"), columns, rows)


def _how(study: WalkawayStudy) -> Iterator[Block]:
    yield Sentence(message("walkaway.sample", paths=study.paths, seed=study.seed))
    yield Sentence(message("walkaway.counted"))
