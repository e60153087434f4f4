"""One case under several playbooks as a document, for those who decide which model fits their city.

What several playbooks say alike is said once, with their names; what differs stands side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanzi.advice.appraisal import Comparison, DealData, PilotData, PlaybookColumn, StatementData
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.comparison_chart import ComparisonDrawing, DealBar
from guanzi.jobs.shared.documents.evidence import publisher_words
from guanzi.jobs.shared.documents.figures import quantity_of
from guanzi.jobs.shared.documents.words import case_words, heads, message, of_text, party_words
from guanzi.record.playbooks import short_name
from guanzi.render import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Measurement,
    Row,
    Section,
    Sentence,
    SourceLine,
    Sources,
    Table,
    Tone,
    Words,
)

COMPARED = ("mechanism.total", "fund.invested_probability", "compare.public_npv", "company.failure_probability_5y")
"""Figures of the overview, in the order of its columns."""
ADVICE: Mapping[str, Tone] = {
    "back": "good",
    "back_with_conditions": "caution",
    "decline": "risk",
    "insufficient_evidence": "unknown",
}
PARTS = ("voting", "patience", "tolerance", "exemption", "openness", "opportunities", "capabilities", "pilots")
"""Parts of a playbook that stand beside its deal, in reading order."""


def comparison_document(comparison: Comparison) -> Document:
    """The document of a case under several playbooks."""
    case = comparison.case
    return Document(
        id="comparison",
        kicker=message("compare.kicker"),
        title=case_words(case),
        under=(
            party_words(case.company),
            party_words(case.region),
            message("page.as_of", day=comparison.as_of.isoformat()),
        ),
        dated=comparison.as_of,
        sections=tuple(_sections(comparison)),
        footer=message("compare.footer", version=comparison.guanzi, seed=comparison.seed, paths=comparison.paths),
        hash=comparison.view_sha256,
    )


def _sections(comparison: Comparison) -> Iterator[Section]:
    columns, unit = comparison.columns, f"{comparison.case.currency} m"
    cited, sources = _sources(columns)
    not_written = tuple(Sentence(of_text(c.why_not), tone="unknown", name=name_of(c)) for c in columns if c.why_not)
    told = Bullets((*(Sentence(words) for words in _lead(comparison)), *not_written))
    question = Sentence(of_text(comparison.question))
    note = Sentence(message("compare.overview_note"), tone="quiet")
    yield _section("lead", question, told, _overview(columns, unit), note, first=True)
    yield from _chart(columns, unit)
    yield _section("risk", *_figures(comparison))
    yield _section("reasons", _reasons(columns))
    yield _section("changes", _changes(columns, cited), Sentence(message("compare.rest")))
    yield _section("plans", *_plans(columns, unit))
    yield _section("parts", *(_part(part, columns, cited) for part in PARTS))
    how = Bullets(tuple(Sentence(message(f"compare.method.{n}")) for n in range(1, 6)))
    hashes = Bullets(tuple(Sentence(c.sha256, name=c.id, tone="quiet") for c in columns))
    yield _section("method", how, _playbooks(columns), hashes)
    yield _section("sources", sources)


def _section(id: str, *blocks: Block, first: bool = False) -> Section:
    return Section(id, message(f"compare.section.{id}"), blocks, first)


def _heads(*names: str, **units: str) -> tuple[Column, ...]:
    return heads("compare.head", *names, **units)


def name_of(column: PlaybookColumn) -> Words:
    """The short name of a playbook, as it stands in tables and charts: what its name begins with."""
    return short_name(of_text(column.name))


def _names(columns: Sequence[PlaybookColumn]) -> Words:
    if len(columns) == 1:
        return name_of(columns[0])
    return message("compare.names", names=tuple(name_of(column) for column in columns))


def _alike[T](
    columns: Sequence[PlaybookColumn], items: Callable[[PlaybookColumn], Sequence[T]], key: Callable[[T], Any] = repr
) -> Iterator[tuple[Words, T]]:
    """What playbooks have, each once, with the names of those that have it."""
    held: dict[Any, tuple[T, list[PlaybookColumn]]] = {}
    for column in columns:
        for item in items(column):
            owners = held.setdefault(key(item), (item, []))[1]
            owners += [] if column in owners else [column]
    yield from ((_names(owners), item) for item, owners in held.values())


def _lead(comparison: Comparison) -> Iterator[Message]:
    """What to see first: the advice on the draft, the money, and what can be lost."""
    columns = comparison.columns
    named = {a: tuple(name_of(column) for column in columns if column.draft.advice == a) for a in ADVICE}
    counts = tuple(message(f"compare.count.{a}", n=len(names), names=names) for a, names in named.items() if names)
    yield message("compare.advice", n=len(columns), counts=counts)
    unit = f"{comparison.case.currency} m"
    for kind, id in (("money", "mechanism.total"), ("value", "compare.public_npv")):
        if known := _known(columns, id):
            ends = {"low": Measurement(min(known), unit), "high": Measurement(max(known), unit)}
            draft = _value(columns[0].draft, id)
            if draft is None:
                yield message(f"compare.{kind}_no_draft", **ends)
            else:
                yield message(f"compare.{kind}", draft=Measurement(draft, unit), **ends)
    if not _known(columns, "compare.public_npv"):
        yield message("compare.no_loss")
    elif failures := _known(columns, "company.failure_probability_5y"):
        yield message("compare.failure", low=min(failures), high=max(failures))


def _value(deal: DealData | None, id: str) -> float | None:
    found = None if deal is None else deal.figures.get(id)
    return None if found is None else found.value


def _known(columns: Sequence[PlaybookColumn], id: str) -> list[float]:
    return [value for column in columns if (value := _value(column.own, id)) is not None]


def _overview(columns: Sequence[PlaybookColumn], unit: str) -> Table:
    """A row for each playbook: the advice on the draft; form, money and risk of its own deal; the advice on that."""
    rows = []
    for column in columns:
        figures = [Cell(_value(column.own, id), rests=(f"figure:{id}",)) for id in COMPARED]
        if not any(entry.partners_first for entry in (column.own.plan if column.own else ())):
            figures[COMPARED.index("fund.invested_probability")] = Cell(message("compare.no_partners"))
        cells = (
            _advice(column.draft),
            Cell(message(f"compare.form.{column.form}") if column.form else None),
            *figures,
            _advice(column.own),
        )
        rows.append(Row(Cell(name_of(column)), cells, f"playbook:{column.id}"))
    units = {"money": unit, "value": unit, "chance": "ratio", "failure": "ratio"}
    names = ("playbook", "draft", "form", "money", "chance", "value", "failure", "own")
    return Table("overview", message("compare.overview"), _heads(*names, **units), tuple(rows))


def _advice(deal: DealData | None) -> Cell:
    return Cell(None) if deal is None else Cell(message(f"advice.{deal.advice}"), tone=ADVICE[deal.advice])


def _chart(columns: Sequence[PlaybookColumn], unit: str) -> Iterator[Section]:
    """Bars of the draft and of each deal, where a sum is known."""
    deals: list[tuple[Words, DealData]] = [(message("compare.draft"), columns[0].draft)]
    deals += [(name_of(column), column.own) for column in columns if column.own]
    bars = []
    for name, deal in deals:
        money, value = _value(deal, "mechanism.total"), _value(deal, "compare.public_npv")
        if money is not None:
            bars.append(DealBar(name, money, None if value is None else max(0.0, -value)))
    if bars:
        rows = tuple(Row(Cell(bar.name), (Cell(bar.money), Cell(bar.loss))) for bar in bars)
        title = message("compare.section.money")
        finding = message("compare.chart" if any(bar.loss is not None for bar in bars) else "compare.chart_money")
        table = Table("money", title, _heads("deal", "money", "loss_amount"), rows, unit)
        drawing = ComparisonDrawing(finding, unit, tuple(bars))
        yield _section("money", Chart("money", title, Sentence(finding), drawing, (table,)))


def _figures(comparison: Comparison) -> Iterator[Block]:
    """Figures of the draft beside those of the deal as each playbook would structure it, where they differ."""
    columns = comparison.columns
    drafts = tuple(_alike(columns, lambda c: (c.draft,), _by_figures))
    read = [name if len(drafts) > 1 else None for name, _ in drafts]
    heads = [message("compare.draft_read", names=name) if name else message("compare.draft") for name in read]
    owns = tuple(_alike(columns, lambda c: (c.own,), _by_figures))
    deals = [deal for _, deal in (*drafts, *owns)]
    rows, same = [], []
    for id in comparison.shown:
        found = [None if deal is None else deal.figures.get(id) for deal in deals]
        known = [figure for figure in found if figure is not None and figure.value is not None]
        if not known:
            continue
        label = of_text(known[0].label)
        values = [None if f is None or f.value is None else replace(quantity_of(f), sample=None) for f in found]
        if len(deals) > 1 and len(set(values)) == 1:
            same.append(message("compare.same_figure", label=label, value=values[0]))
        else:
            rows.append(Row(Cell(label), tuple(Cell(value) for value in values), f"figure:{id}"))
    if rows:
        named = (Column(f"deal_{n}", name) for n, name in enumerate((*heads, *(name for name, _ in owns))))
        yield Table("risk", message("compare.risk"), (*_heads("figure"), *named), tuple(rows))
    if same:
        yield Sentence(message("compare.same", figures=tuple(same)))
    if not rows and not same:
        yield Sentence(message("compare.no_risk"), tone="unknown")


def _by_figures(deal: DealData | None) -> str:
    return repr(None if deal is None else deal.figures)


def _reasons(columns: Sequence[PlaybookColumn]) -> Table:
    """Rules that speak against the draft, and what is demanded of it."""

    def given(column: PlaybookColumn) -> list[tuple[DealData, Words]]:
        draft = column.draft
        reasons = draft.demands if draft.advice == "back_with_conditions" else draft.deciding
        return [(draft, of_text(reason)) for reason in reasons] or [(draft, "")]

    rows = tuple(
        Row(Cell(names), (Cell(message(f"compare.why.{draft.advice}")), Cell(reason)))
        for names, (draft, reason) in _alike(columns, given, lambda held: (held[0].advice, held[1]))
    )
    return Table("reasons", message("compare.reasons"), _heads("playbooks", "draft", "reason"), rows)


def _changes(columns: Sequence[PlaybookColumn], cited: Cited) -> Table:
    """What each playbook would change of the draft, and what stands behind that."""
    rows = []
    for names, (change, source) in _alike(columns, lambda c: [(x, cited.get((c.id, x.source))) for x in c.changes]):
        because = Cell("" if change.because is None else of_text(change.because))
        kind = Cell(message(f"compare.kind.{change.kind}"))
        rows.append(Row(Cell(names), (Cell(of_text(change.text)), kind, _source_cell(source), because)))
    ids = ("playbooks", "change", "behind", "source", "because")
    return Table("changes", message("compare.changes"), _heads(*ids), tuple(rows))


def _plans(columns: Sequence[PlaybookColumn], unit: str) -> Iterator[Block]:
    """Payments of the draft and of every deal in its place, by day: form, sums, and what must be there first."""
    drafted = [(message("compare.draft"), entry) for entry in columns[0].draft.plan]
    if not drafted:
        yield Sentence(message("compare.no_plan"), tone="unknown")
    planned = [*drafted, *_alike(columns, lambda c: c.own.plan if c.own else ())]
    rows = []
    for names, entry in sorted(planned, key=lambda held: held[1].due):
        waits = [message("compare.partners_first")] if entry.partners_first else []
        waits += [of_text(name) for name in entry.waits_for]
        cells = (
            Cell(names),
            Cell(message(f"compare.paid_as.{entry.form}")),
            Cell(entry.public),
            Cell(entry.partners or ""),
            Cell(message("parts", parts=tuple(waits)) if waits else message("compare.calendar")),
        )
        rows.append(Row(Cell(entry.due), cells))
    if rows:
        ids = ("day", "deal", "paid_as", "public", "partners", "waits")
        yield Table("plans", message("compare.plan"), _heads(*ids), tuple(rows), unit)


def _part(part: str, columns: Sequence[PlaybookColumn], cited: Cited) -> Table:
    """What playbooks say of a part of governance."""

    def said(column: PlaybookColumn) -> list[tuple[StatementData | None, SourceLine | None]]:
        statements = column.pilots if part == "pilots" else column.governance.get(part, ())
        return [(s, cited.get((column.id, s.source))) for s in statements] or [(None, None)]

    rows = []
    for names, (statement, source) in _alike(columns, said):
        behind = _source_cell(source)
        if statement is None:
            words = Cell(message("compare.no_pilots" if part == "pilots" else "compare.nothing"), tone="unknown")
        elif isinstance(statement, PilotData):
            told = message("parts_said", parts=(of_text(statement.text), _counts(statement)))
            words = Cell(told, tone="plain" if statement.grade else "unknown")
        else:
            words = Cell(of_text(statement.text), tone="unknown" if statement.state == "open" else "plain")
            behind = Cell(message("compare.kind.default")) if statement.state == "default" else behind
        rows.append(Row(Cell(names), (words, behind)))
    return Table(part, message(f"compare.part.{part}"), _heads("playbooks", "says", "source"), tuple(rows))


def _counts(pilot: PilotData) -> Message:
    """What a pilot counts for as evidence, or what it lacks for that."""
    if pilot.grade:
        return message("compare.pilot_grade", grade=pilot.grade)
    return message("compare.pilot_missing", missing=tuple(message(f"compare.missing.{p}") for p in pilot.missing))


def _playbooks(columns: Sequence[PlaybookColumn]) -> Table:
    """What was compared, and how much of it rests on what."""
    ids = ("playbook", "id", "version", "made_on", "sourced", "judged", "open")
    rows = []
    for c in columns:
        held = (c.id, c.version, c.made_on, c.sourced, c.judged, c.open)
        rows.append(Row(Cell(of_text(c.name)), tuple(Cell(value) for value in held)))
    return Table("playbooks", message("compare.behind"), _heads(*ids), tuple(rows))


type Cited = Mapping[tuple[str, str], SourceLine]
"""Sources as the document lists them, by playbook and the id that they have in it."""


def _sources(columns: Sequence[PlaybookColumn]) -> tuple[Cited, Sources]:
    """The sources that statements and changes name, each once; playbooks can give one id to two sources."""
    cited: dict[tuple[str, str], SourceLine] = {}
    lines: dict[str, SourceLine] = {}
    for column in columns:
        told = [s.source for part in column.governance.values() for s in part]
        named = {*told, *(p.source for p in column.pilots), *(change.source for change in column.changes)}
        for id, s in column.sources.items():
            if id in named:
                withheld = publisher_words(s) if s.withheld else ""
                line = SourceLine(f"{column.id}-{id}", s.grade, s.publisher, s.title, s.date, s.address or "", withheld)
                cited[column.id, id] = lines.setdefault(repr(s), line)
    return cited, Sources(tuple(lines.values()))


def _source_cell(source: SourceLine | None) -> Cell:
    if source is None:
        return Cell("")
    return Cell(source.withheld or source.publisher, rests=(f"source:{source.id}",))
