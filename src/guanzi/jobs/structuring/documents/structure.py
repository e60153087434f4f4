"""The search for a better deal as a document: what it suggests, what stands against it, and what each limit costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guanzi.advice.structuring import (
    GOALS,
    MEASURES,
    Draft,
    Estimate,
    FreeTerm,
    MeasureLimit,
    OutOfSamplePoint,
    Search,
    SheetFigure,
    compare_clauses,
)
from guanzi.deal.terms import TermSheet
from guanzi.jobs.shared.documents.clauses import clause_table
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.jobs.structuring.documents.deal_figures import (
    deal_document,
    measure_words,
    measured,
    measured_cell,
    part,
    result_table,
    table_part,
    term_cell,
    term_range,
)
from guanzi.jobs.structuring.documents.structure_opening import structure_opening
from guanzi.render import Block, Cell, Column, Document, Row, Section, Sentence, Table, Words

SHOWN = tuple(m for m in MEASURES if m.id in ("public.npv", "public.cvar", "company.survival", "holders.npv"))
"""Measures of the frontier."""


def structure_document(label: str, draft: Draft, found: Search) -> Document:
    """The document of a search.

    Args:
        label: What the draft is called.
        draft: The draft with its free terms.
        found: What was found.
    """
    sheet = draft.setting.sheet
    parts = (
        *structure_opening(draft, found).sections(),
        part("", *_answer(draft, found), id="answer"),
        _frontier(found, sheet),
        _clashes(found, sheet) if found.clashes else _prices(found, sheet),
        table_part(_terms(draft, found)),
        part(message("changes.section.how"), *_how(found, sheet), id="how"),
    )
    return deal_document("structure", label, sheet.known_on, parts)


def address_document(label: str, sheet: TermSheet, figures: Iterable[tuple[SheetFigure, FreeTerm | None]]) -> Document:
    """Every figure of a term sheet that can be freed, and what the usual terms may become."""
    rows = tuple(
        Row(
            Cell(figure.address),
            (term_cell(figure.kind, figure.value, sheet), Cell("") if term is None else term_range(term, sheet)),
        )
        for figure, term in figures
    )
    table = Table("terms", message("structure.terms"), heads("deal.head", "address", "draft", "usual"), rows)
    return deal_document("structure", label, sheet.known_on, (table_part(table),))


def _answer(draft: Draft, found: Search) -> Iterator[Block]:
    """What is suggested and what it brings, or why nothing is."""
    point, sheet = found.suggestion, draft.setting.sheet
    if found.clashes:
        yield Sentence(message("structure.clash"), tone="strong")
        return
    if point is None:
        yield Sentence(message(f"structure.none_{found.goal}", tried=found.tried), tone="strong")
        binding = tuple(measure_words(p.limit.measure) for p in found.prices if p.verdict == "binds")
        yield Sentence(message("structure.binding" if binding else "structure.nothing_binds", measures=binding))
        return
    aim = message("structure.suggestion_kept") if found.repaired else message(f"structure.suggestion_{found.goal}")
    yield Sentence(aim, tone="strong")
    moved = [(t, i) for t, i in zip(found.terms, point.key, strict=True) if i != t.draft and t.figure.kind != "words"]
    ends = (t.figure.address for t, i in moved if i in (0, len(t.options) - 1))
    at_end = tuple(message("structure.address", address=address) for address in ends)
    if at_end:
        yield Sentence(message("structure.at_end", addresses=at_end), tone="caution")
    yield result_table(
        point.results, sheet, message("structure.results", paths=found.out_of_sample, seed=found.seed + 1)
    )
    yield clause_table(compare_clauses(sheet, draft.sheet(point.key)))


def _frontier(found: Search, sheet: TermSheet) -> Section:
    if not found.frontier:
        return part(message("structure.frontier"), Sentence(message("structure.no_frontier")), id="frontier")
    units = (measured(m, 0.0, sheet).unit for m in SHOWN)
    measures = tuple(Column(m.id, measure_words(m), unit) for m, unit in zip(SHOWN, units, strict=True))
    prices = heads("deal.head", "price", "error", price="count", error="count")
    columns = (*heads("deal.head", "variant"), *measures, *prices)
    own = {p.measure.id: p.before for p in found.frontier[0].results}
    rows = [_levels(message("structure.draft"), own, sheet)]
    draft = tuple(term.draft for term in found.terms)
    for n, point in enumerate((one for one in found.frontier if one.key != draft), 1):
        chosen = found.suggestion is not None and point.key == found.suggestion.key
        name = message("structure.the_suggestion") if chosen else message("structure.variant", n=n)
        rows += _point(name, point, sheet)
    table = Table("frontier", message("structure.frontier"), columns, tuple(rows))
    return table_part(table, Sentence(message("structure.frontier_note"), tone="quiet"))


def _point(name: Words, point: OutOfSamplePoint, sheet: TermSheet) -> Iterator[Row]:
    """A deal of the frontier, its change from the draft, and the error of that."""
    pairs = {p.measure.id: p for p in point.results}
    yield _levels(name, {id: p.after for id, p in pairs.items()}, sheet, point.price)
    change = {id: p.difference for id, p in pairs.items()}
    yield _levels(message("structure.change"), change, sheet, depth=1)
    errors = {id: Estimate(x.se, 0.0) for id, x in change.items()}
    yield _levels(message("structure.error"), errors, sheet, depth=1)


def _levels(
    name: Words, levels: Mapping[str, Estimate], sheet: TermSheet, price: Estimate | None = None, depth: int = 0
) -> Row:
    cells = (Cell(measured(m, levels[m.id].mean, sheet).value) for m in SHOWN)
    prices = (Cell(""), Cell("")) if price is None else (Cell(price.mean), Cell(price.se))
    return Row(Cell(name), (*cells, *prices), depth=depth)


def _limit(limit: MeasureLimit, sheet: TermSheet) -> Cell:
    bound, measure = measured(limit.measure, limit.bound, sheet), measure_words(limit.measure)
    most, asked = "most" if limit.most else "least", "draft" if limit.origin == "draft" else "user"
    return Cell(message(f"structure.{most}_{asked}", measure=measure, bound=bound))


def _prices(found: Search, sheet: TermSheet) -> Section:
    goal = GOALS[found.goal]
    rows = []
    for price in found.prices:
        step = measured_cell(price.limit.measure, price.step, sheet, change=True)
        better = (measured_cell(goal, x, sheet, change=True) for x in (price.gain.mean, price.gain.se))
        meaning = Cell(message(f"structure.price.{price.verdict}"))
        rows.append(Row(_limit(price.limit, sheet), (step, *better, meaning)))
    columns = heads("deal.head", "limit", "step", "better", "error", "meaning")
    table = Table("prices", message("structure.prices", goal=measure_words(goal)), columns, tuple(rows))
    eased = (price.limit.eased(price.step) for price in found.prices if price.verdict == "binds")
    binding = [f'--limit "{limit.option}"' for limit in eased]
    relax = [Sentence(message("structure.relax", options=tuple(binding)), tone="quiet")] if binding else []
    return table_part(table, *relax, Sentence(message("structure.prices_note"), tone="quiet"))


def _clashes(found: Search, sheet: TermSheet) -> Section:
    """How near each limit can be come to under the others."""
    rows = []
    for clash in found.clashes:
        measure, near = clash.limit.measure, clash.reached
        cells = (Cell(message("structure.not_reached")), Cell(""))
        if near is not None:
            cells = (measured_cell(measure, near.mean, sheet), measured_cell(measure, near.se, sheet, change=True))
        rows.append(Row(_limit(clash.limit, sheet), cells))
    columns = heads("deal.head", "limit", "reached", "error")
    table = Table("clashes", message("structure.clashes"), columns, tuple(rows))
    return table_part(table, Sentence(message("structure.clash_note"), tone="quiet"))


def _terms(draft: Draft, found: Search) -> Table:
    """The free terms with their ranges, and what is suggested where it differs."""
    sheet, rows = draft.setting.sheet, []
    chosen = found.suggestion.key if found.suggestion else draft.key
    for term, i in zip(found.terms, chosen, strict=True):
        kind, options = term.figure.kind, term.options
        cells = (term_cell(kind, options[n], sheet) for n in (term.draft, 0, -1))
        suggested = Cell("") if i == term.draft else term_cell(kind, options[i], sheet)
        rows.append(Row(Cell(term.figure.address), (*cells, suggested)))
    columns = heads("deal.head", "address", "draft", "low", "high", "suggested")
    return Table("terms", message("structure.terms"), columns, tuple(rows))


def _how(found: Search, sheet: TermSheet) -> Iterator[Block]:
    sizes = {"evaluations": found.evaluations, "paths": found.paths, "fresh": found.out_of_sample}
    raced = {"raced": found.raced, "race": found.race}
    id = "structure.sample" if found.raced else "structure.sample_at_once"
    yield Sentence(message(id, **sizes, **raced, seed=found.seed, other=found.seed + 1))
    yield Sentence(message("structure.material", material=measured(GOALS[found.goal], found.material, sheet)))
