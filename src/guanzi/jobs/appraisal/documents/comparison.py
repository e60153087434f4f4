"""One case under several playbooks as a document, for those who decide which model fits their city.

What several playbooks say alike is said once, with their names; what differs stands side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanzi.advice.appraisal import Comparison, DealData, PilotData, PlanEntry, PlaybookColumn, StatementData
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

COMPARED: Mapping[str, str] = {
    "money": "compare.public",
    "chance": "fund.invested_probability",
    "value": "compare.public_npv",
    "failure": "company.failure_probability_5y",
}
"""Columns of the overview in their order, and the figure of each."""
PAID_AS = ("equity", "land")
"""Forms of a payment that are called otherwise here than the clause is."""
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
        footer=message(
            f"compare.footer{'' if _simulated(comparison) else '.unsimulated'}",
            version=comparison.guanzi,
            seed=comparison.seed,
            paths=comparison.paths,
        ),
        hash=comparison.view_sha256,
    )


def _sections(comparison: Comparison) -> Iterator[Section]:
    columns, unit = comparison.columns, f"{comparison.case.currency} m"
    cited, sources = _sources(columns)
    not_written = tuple(_alike(columns, lambda c: [c.why_not] if c.why_not else ()))
    why_not = tuple(Sentence(of_text(why), tone="unknown", name=names) for names, why in not_written)
    told = Bullets((*(Sentence(words) for words in _lead(comparison)), *_barred(comparison), *why_not))
    question = Sentence(of_text(comparison.question))
    form = "" if _simulated(comparison) else ".unsimulated"
    form = form if any(c.own for c in columns) else ".no_design"
    note = Sentence(message(f"compare.overview_note{form}"), tone="quiet")
    yield _section("lead", question, *_later(comparison), told, _overview(columns, unit), note, first=True)
    yield from _chart(comparison, unit)
    yield _section("risk", *_figures(comparison))
    yield _section("reasons", _reasons(columns))
    yield _section("changes", *_changes(columns, cited))
    yield _section("plans", *_plans(comparison, unit))
    yield _section("parts", *(_part(part, columns, cited) for part in PARTS))
    how = (1, 2, 3, 4, 5) if _simulated(comparison) else (1, 4, 5)
    notes = Bullets(tuple(Sentence(message(f"compare.method.{n}")) for n in how))
    hashes = Bullets(tuple(Sentence(c.sha256, name=c.id, tone="quiet") for c in columns))
    yield _section("method", notes, _playbooks(columns), hashes)
    yield _section("sources", Sentence(message("compare.as_entered"), tone="quiet"), sources)


def _simulated(comparison: Comparison) -> bool:
    return any(deal.simulated for _, deal in _deals(comparison))


def _deals(comparison: Comparison) -> Iterator[tuple[Words, DealData]]:
    """The deal as it stands, and each in its place, by their names."""
    yield _stands(comparison), comparison.columns[0].draft
    yield from ((name_of(column), column.own) for column in comparison.columns if column.own)


def _stands(comparison: Comparison) -> Message:
    """What the deal is that all read: drafted, a framework, or signed."""
    status = comparison.sheet_status
    return message("begin", words=message("compare.no_sheet" if status == "none" else f"deal.{status}"))


def _later(comparison: Comparison) -> Iterator[Sentence]:
    """That playbooks were made after the day of the page."""
    later = [column for column in comparison.columns if column.made_on > comparison.as_of]
    if later:
        days = [column.made_on for column in later]
        ends = {"first": min(days).isoformat(), "last": max(days).isoformat()}
        form = "compare.later" if ends["first"] != ends["last"] else "compare.later.one_day"
        yield Sentence(message(form, names=tuple(map(name_of, later)), **ends))


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
    """What to see first: the advice on the deal, the money, and what can be lost."""
    columns, draft = comparison.columns, comparison.columns[0].draft
    named = {a: tuple(name_of(column) for column in columns if column.draft.advice == a) for a in ADVICE}
    counts = tuple(message(f"compare.count.{a}", n=len(names), names=names) for a, names in named.items() if names)
    yield message("compare.advice", n=len(columns), counts=counts)
    money = f"{comparison.case.currency} m"
    for kind, unit in (("money", money), ("value", money), ("failure", "ratio")):
        id = COMPARED[kind]
        known, stands = _known(columns, id), _value(draft, id)
        own = Measurement(min(known), unit, min(known), max(known), bounds=True) if known else None
        if stands is not None:
            told = {} if own is None else {"own": own}
            yield message(f"compare.{kind}{'_alone' if own is None else ''}", draft=Measurement(stands, unit), **told)
        elif own is not None:
            yield message(f"compare.{kind}_no_draft", own=own)
        out = sum(entry.public for entry in draft.plan if entry.paid) if kind == "money" else 0.0
        if out:
            yield message("compare.paid_out", out=Measurement(out, unit))
    if not any(_value(deal, COMPARED["value"]) is not None for _, deal in _deals(comparison)):
        yield message("compare.no_loss")


def _barred(comparison: Comparison) -> Iterator[Sentence]:
    """Why deals were not simulated, each reason once; with the names of the deals where it is not that of all."""
    deals, held = tuple(_deals(comparison)), dict[Message, list[Words]]()
    for name, deal in deals:
        for reason in deal.barred:
            held.setdefault(of_text(reason), []).append(name)
    for why, names in held.items():
        of = "" if len(names) == len(deals) else message("compare.names", names=tuple(names))
        yield Sentence(why, tone="unknown", name=of)


def _value(deal: DealData | None, id: str) -> float | None:
    found = None if deal is None else deal.figures.get(id)
    return None if found is None else found.value


def _known(columns: Sequence[PlaybookColumn], id: str) -> list[float]:
    return [value for column in columns if (value := _value(column.own, id)) is not None]


def _overview(columns: Sequence[PlaybookColumn], unit: str) -> Table:
    """A row for each playbook: the advice on the deal; form, money and risk of its own deal; the advice on that.

    What no playbook's deal has has no column.
    """
    shown, made = [kind for kind, id in COMPARED.items() if _known(columns, id)], any(c.own for c in columns)
    rows = []
    for column in columns:
        figures = [Cell(_value(column.own, COMPARED[kind]), rests=(f"figure:{COMPARED[kind]}",)) for kind in shown]
        if "chance" in shown and column.own and not any(entry.partners_first for entry in column.own.plan):
            figures[shown.index("chance")] = Cell(message("compare.no_partners"))
        cells = (
            _advice(column.draft),
            Cell(message(f"compare.form.{column.form}") if column.form else None),
            *figures,
            *((_advice(column.own),) if made else ()),
        )
        rows.append(Row(Cell(name_of(column)), cells, f"playbook:{column.id}"))
    units = {"money": unit, "value": unit, "chance": "ratio", "failure": "ratio"}
    names = ("playbook", "draft", "form" if made else "form_general", *shown, *(("own",) if made else ()))
    return Table("overview", message("compare.overview"), _heads(*names, **units), tuple(rows), parts=True)


def _advice(deal: DealData | None) -> Cell:
    return Cell(None) if deal is None else Cell(message(f"advice.{deal.advice}"), tone=ADVICE[deal.advice])


def _chart(comparison: Comparison, unit: str) -> Iterator[Section]:
    """Bars of every deal of which a sum is known; within one, by how much its average result falls short of nothing."""
    bars, rows = [], []
    for name, deal in _deals(comparison):
        money, value = _value(deal, COMPARED["money"]), _value(deal, COMPARED["value"])
        if money is not None:
            bars.append(DealBar(name, money, None if value is None else max(0.0, -value)))
            rows.append(Row(Cell(name), (Cell(money), Cell(value))))
    if bars:
        computed = any(bar.loss is not None for bar in bars)
        title = message("compare.section.money")
        finding = message("compare.chart" if computed else "compare.chart_money")
        names = ("deal", "money", *(("value",) if computed else ()))
        rows = rows if computed else [replace(row, cells=row.cells[:1]) for row in rows]
        table = Table("money", title, _heads(*names, money=unit, value=unit), tuple(rows), parts=True)
        drawing = ComparisonDrawing(finding, unit, tuple(bars))
        yield _section("money", Chart("money", title, Sentence(finding), drawing, (table,)))


def _figures(comparison: Comparison) -> Iterator[Block]:
    """Figures of the deal beside those of the one that each playbook would make of it, where they differ.

    Figures that are called otherwise measure otherwise, and stand in rows of their own.
    """
    columns = comparison.columns
    drafts = tuple(_alike(columns, lambda c: (c.draft,), _by_figures))
    read = [name if len(drafts) > 1 else None for name, _ in drafts]
    heads = [
        message("compare.draft_read", deal=_stands(comparison), names=name) if name else _stands(comparison)
        for name in read
    ]
    owns = tuple(_alike(columns, lambda c: (c.own,) if c.own else (), _by_figures))
    deals = [deal for _, deal in (*drafts, *owns)]
    rows, same = [], []
    for id, label in ((shown, label) for shown in comparison.shown for label in _labels(deals, shown)):
        values = [_value_called(deal, id, label) for deal in deals]
        if len(deals) > 1 and len(set(values)) == 1:
            same.append(message("compare.same_figure", label=label, value=values[0]))
        else:
            rows.append(Row(Cell(label), tuple(Cell(value) for value in values), f"figure:{id}"))
    if rows:
        named = (Column(f"deal_{n}", name) for n, name in enumerate((*heads, *(name for name, _ in owns))))
        caption = message("compare.risk" if len(deals) > 1 else "compare.risk_alone")
        yield Table("risk", caption, (*_heads("figure"), *named), tuple(rows))
    if same:
        yield Sentence(message("compare.same", figures=tuple(same)))
    if not rows and not same:
        yield Sentence(message("compare.no_risk"), tone="unknown")


def _value_called(deal: DealData, id: str, label: Message) -> Measurement | str | None:
    """A figure that is called so; empty where the deal has none of it, or another measure; None: it is not known."""
    figure = deal.figures.get(id)
    if figure is None or figure.value is None:
        return "" if figure is None and deal.simulated else None
    return replace(quantity_of(figure), sample=None) if of_text(figure.label) == label else ""


def _labels(deals: Sequence[DealData], id: str) -> tuple[Message, ...]:
    """What a figure is called where it is known."""
    found = (deal.figures.get(id) for deal in deals)
    return tuple(dict.fromkeys(of_text(figure.label) for figure in found if figure and figure.value is not None))


def _by_figures(deal: DealData) -> str:
    return repr(deal.figures)


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


def _changes(columns: Sequence[PlaybookColumn], cited: Cited) -> Iterator[Block]:
    """What each playbook would change of the deal, and what stands behind that."""
    rows = []
    for names, (change, source) in _alike(columns, lambda c: [(x, cited.get((c.id, x.source))) for x in c.changes]):
        because = Cell("" if change.because is None else of_text(change.because))
        kind = Cell(message(f"compare.kind.{change.kind}"))
        rows.append(Row(Cell(names), (Cell(of_text(change.text)), kind, _source_cell(source), because)))
    if rows:
        ids = ("playbooks", "change", "behind", "source", "because")
        yield Table("changes", message("compare.changes"), _heads(*ids), tuple(rows))
    yield Sentence(message("compare.rest" if rows else "compare.no_changes"))


def _plans(comparison: Comparison, unit: str) -> Iterator[Block]:
    """Payments of the deal and of every one in its place, by day: form, sums, and what must be there first."""
    columns = comparison.columns
    drafted = [(_stands(comparison), entry) for entry in columns[0].draft.plan]
    if not drafted:
        yield Sentence(message("compare.no_plan"), tone="unknown")
    planned = [*drafted, *_alike(columns, lambda c: c.own.plan if c.own else ())]
    rows = []
    for names, entry in sorted(planned, key=lambda held: held[1].due):
        own = entry.form in PAID_AS
        form = message(f"compare.paid_as.{entry.form}") if own else Message.of(f"terms.called.{entry.form}")
        assumed = () if entry.agreed or entry.paid else (Sentence(message("compare.assumed_day")),)
        cells = (
            Cell(names),
            Cell(message("begin", words=form)),
            Cell(entry.public),
            Cell(entry.partners or ""),
            Cell(message("parts", parts=tuple(_waits(entry)))),
        )
        rows.append(Row(Cell(entry.due, notes=assumed), cells))
    if rows:
        ids = ("day", "deal", "paid_as", "public", "partners", "waits")
        yield Table("plans", message("compare.plan"), _heads(*ids), tuple(rows), unit, parts=True)


def _waits(entry: PlanEntry) -> Iterator[Message]:
    """What must be there before a payment is made."""
    if entry.paid:
        yield message("compare.paid")
        return
    if entry.partners_first:
        yield message("compare.partners_first")
    yield from map(of_text, entry.waits_for)
    if entry.unseen:
        yield message("compare.unseen")
    elif not entry.waits_for and not entry.partners_first:
        yield message("compare.calendar")


def _part(part: str, columns: Sequence[PlaybookColumn], cited: Cited) -> Table:
    """What playbooks say of a part of governance."""

    def statements_of(column: PlaybookColumn) -> list[tuple[StatementData | None, SourceLine | None]]:
        statements = column.pilots if part == "pilots" else column.governance.get(part, ())
        return [(s, cited.get((column.id, s.source))) for s in statements] or [(None, None)]

    rows = []
    for names, (statement, source) in _alike(columns, statements_of):
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
