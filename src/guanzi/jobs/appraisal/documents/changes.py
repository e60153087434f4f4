"""What changed since an earlier appraisal as a document: the advice and why, figures with the part of each cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guanzi import __version__
from guanzi.advice.appraisal import Appraisal, Text, outlying
from guanzi.advice.attribution import (
    ON_SIGNED,
    Cause,
    ChangeAttribution,
    HeldAppraisal,
    ItemChange,
    ItemKind,
    reasons_of,
)
from guanzi.advice.structuring import ClauseChange
from guanzi.base.core import Message, UnknownMessage, render
from guanzi.jobs.appraisal.documents.change_causes import cause_rests, cause_words, fact_words, known_since
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.clauses import clause_table
from guanzi.jobs.shared.documents.figures import is_simulated, quantity_of
from guanzi.jobs.shared.documents.words import case_words, message, of_text
from guanzi.record.evidence import Fact, flow_of, label_of
from guanzi.render import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Fold,
    Measurement,
    Row,
    Section,
    Sentence,
    Table,
    Tone,
    Words,
)

NAMED = 3
"""Causes that a cell or a sentence names; more are counted."""
TOGETHER = 0.1
"""Above this part of a change, what the changes do only together is told."""


@dataclass(frozen=True, slots=True)
class ChangesStudy:
    """What the page tells.

    Attributes:
        found: Every difference with its causes.
        held: What of the earlier appraisal can be verified; None: it was computed anew.
        clauses: How the term sheets differ.
        paths: Of each step.
        untold: Facts held on the earlier day that a rate of exchange tells only since then.
    """

    found: ChangeAttribution
    held: HeldAppraisal | None
    clauses: tuple[ClauseChange, ...]
    paths: int
    untold: tuple[Fact, ...] = ()


def changes_document(study: ChangesStudy) -> Document:
    """The document of what changed between two appraisals."""
    before, after = study.found.before, study.found.after
    return Document(
        id="changes",
        kicker=message("changes.kicker"),
        title=case_words(after.case),
        under=(_span(before, after),),
        dated=after.as_of,
        sections=tuple(_sections(study)),
        footer=message("changes.footer", version=__version__),
        hash=after.versions.view_sha256,
    )


def _span(before: Appraisal, after: Appraisal) -> Words:
    if before.as_of == after.as_of:
        return message("page.as_of", day=after.as_of.isoformat())
    return message("changes.span", before=before.as_of.isoformat(), after=after.as_of.isoformat())


def _sections(study: ChangesStudy) -> Iterator[Section]:
    found = study.found
    yield _section("advice", *_advice(study), *_without_rate(study), first=True)
    key = [d for d in found.of("figure") if d.item.id in _first(found)]
    yield _section("figures", *_figures("figures", key, study, brief=True), first=True)
    yield _section("causes", *_causes(found))
    if rows := found.of("row"):
        yield _section("rows", _statement_table("rows", rows, study))
    if findings := found.of("finding"):
        yield _section("findings", _statement_table("findings", findings, study))
    if others := found.of("reason", "demand"):
        yield _section("others", _statement_table("others", others, study))
    if study.clauses:
        yield _section("terms", clause_table(study.clauses))
    yield _section("same", *_same(found))
    if found.of("figure"):
        yield _section("parts", *_parts(study))
    yield _section("how", Bullets(tuple(_how(study))))
    if study.held is not None:
        yield _section("verified", Bullets(tuple(_verified(study.held, found))))


def _section(id: str, *blocks: Block, first: bool = False) -> Section:
    return Section(id, message(f"changes.section.{id}"), blocks, first)


def _advice(study: ChangesStudy) -> Iterator[Block]:
    """The advice then and now, and what turned it; of a day whose facts no rate told, what it would have been."""
    found = study.found
    before, after, turned = found.before, found.after, found.difference("advice", "advice")
    advice = {"before": message(f"advice.{before.advice}"), "after": message(f"advice.{after.advice}")}
    days = {"then": before.as_of.isoformat(), "now": after.as_of.isoformat()}
    span = "one_day" if before.as_of == after.as_of else "untold" if study.untold else "days"
    if turned is None:
        yield Sentence(message(f"changes.lead.same_{span}", after=advice["after"], **days), tone="strong")
    else:
        facts = tuple(dict.fromkeys(fact for cause in turned.because for fact in cause_rests(cause)))
        causes = _bound(turned, [cause_words(cause, found) for cause in turned.because])
        yield Sentence(message(f"changes.lead.turned_{span}", causes=causes, **advice, **days), facts, "strong")
    for when, of in (("then", before), ("now", after)) if turned is not None else ():
        if rules := _deciding(of):
            yield Sentence(message(f"changes.lead.rules_{when}", rules=rules))
    yield Bullets(tuple(_reversing(found, turned)))


def _without_rate(study: ChangesStudy) -> Iterator[Sentence]:
    """What was held on the earlier day, and could not be told then in the currency of the case."""
    if study.untold:
        facts = tuple(fact_words(fact, study.found) for fact in study.untold)
        told = message("changes.lead.untold", n=len(facts), facts=facts, day=study.found.before.as_of.isoformat())
        yield Sentence(told, rests(fact.id for fact in study.untold), "caution")


def _reversing(found: ChangeAttribution, turned: ItemChange | None) -> Iterator[Sentence]:
    """Steps of the advice, and changes without which it would be another one."""
    for shift in turned.shifts if turned is not None and len(turned.shifts) > 1 else ():
        words = {"before": message(f"advice.{shift.before}"), "after": message(f"advice.{shift.after}")}
        yield Sentence(message("changes.lead.step", cause=cause_words(shift.cause, found), **words))
    signed = found.difference("advice", ON_SIGNED)
    if signed is not None and (turned is None or (signed.before, signed.after) != (turned.before, turned.after)):
        ends = {"before": message(f"advice.{signed.before}"), "after": message(f"advice.{signed.after}")}
        yield Sentence(message("changes.lead.signed", **ends))
    by_id = {cause.id: cause for cause in found.causes}
    for advice in dict.fromkeys(found.needed.values()):
        causes = [by_id[id] for id, other in found.needed.items() if other == advice and id in by_id]
        told = tuple(cause_words(cause, found) for cause in causes)
        facts = tuple(fact for cause in causes for fact in cause_rests(cause))
        needed = message("changes.lead.needed", n=len(told), causes=told, advice=message(f"advice.{advice}"))
        yield Sentence(needed, facts)
    n, idle = len(found.causes), len(found.idle)
    if 0 < idle < n:
        yield Sentence(message("changes.lead.count", n=n, moving=n - idle, idle=idle))
    else:
        yield Sentence(message(f"changes.lead.count.{'every' if n > idle else 'idle' if n else 'none'}", n=n))


def _deciding(of: Appraisal) -> tuple[Words, ...]:
    rules = [_sentence_or_id(row.rule, row.id) for row in of.rows if row.decided]
    return (*rules[:NAMED], *((message("changes.more_rows", n=len(rules) - NAMED),) if len(rules) > NAMED else ()))


def _first(found: ChangeAttribution) -> frozenset[str]:
    return frozenset((*found.before.summary.figures, *found.after.summary.figures))


def _figures(id: str, changed: Sequence[ItemChange], study: ChangesStudy, *, brief: bool = False) -> Iterator[Block]:
    """Figures then and now, by how much they moved, and mostly because of what; brief: without their intervals."""
    if not changed:
        yield Sentence(message("changes.empty.figures"), tone="quiet")
        return
    names = ("figure", "before", "after", "change", "because")
    columns = tuple(Column(name, message(f"changes.head.{name}"), wide=3 if name == "because" else 1) for name in names)
    rows = tuple(_figure_row(d, study, brief=brief) for d in changed)
    yield Table(id, message("changes.caption.figures"), columns, rows)
    together = [d for d in changed if _together(d)]
    if together:
        yield Sentence(message("changes.together", n=len(together), of=len(changed)))


def _figure_row(d: ItemChange, study: ChangesStudy, *, brief: bool) -> Row:
    found = study.found
    unit = _unit(d.item.id, found)
    change = None if d.change is None else Measurement(d.change, unit)
    moved = message(f"changes.state.{d.state}") if change is None else change
    then, now = (_value(d.item.id, of, brief=brief) for of in (found.before, found.after))
    figure = found.before.figures.get(d.item.id)
    forecast = figure is not None and figure.value is not None and is_simulated(figure, found.before.figures)
    if forecast:
        then = replace(then, notes=(*then.notes, *_left_out("forecast", study)))
    return Row(Cell(_label(d.item.id, found)), (then, now, Cell(moved), _because(d, found)), f"figure:{d.item.id}")


def _left_out(what: str, study: ChangesStudy) -> tuple[Sentence, ...]:
    """What is told of the earlier day without facts that were held and that no rate told."""
    if not study.untold:
        return ()
    names = tuple(dict.fromkeys(label_of(flow_of(fact.name)) or fact.name for fact in study.untold))
    return (Sentence(message(f"changes.without.{what}", names=names), tone="caution"),)


def _because(d: ItemChange, found: ChangeAttribution) -> Cell:
    """The largest causes, each with its part."""
    if d.chance:
        return Cell(message("changes.chance"), tone="quiet")
    amounts, unit = {cause.id: amount for cause, amount in d.parts}, _unit(d.item.id, found)
    told: list[Message] = []
    for cause in d.because[:NAMED]:
        words = cause_words(cause, found)
        if d.item.kind == "figure" and d.change is not None and cause.id in amounts:
            words = message("changes.part", cause=words, part=Measurement(amounts[cause.id], unit))
        elif end := d.end_moved(cause):
            words = message(f"changes.part.{end}", cause=words)
        told.append(words)
    if len(d.because) > NAMED:
        told.append(message("changes.more", n=len(d.because) - NAMED))
    facts = tuple(fact for cause in d.because for fact in cause_rests(cause))
    return Cell(_bound(d, told), rests=tuple(dict.fromkeys(facts)))


def _bound(d: ItemChange, causes: Sequence[Message]) -> Message:
    """The causes in a row, and how they made it: each alone, or one after another."""
    return message(f"changes.causes.{d.bond}", causes=tuple(causes))


def _together(d: ItemChange) -> bool:
    return (
        d.rest is not None
        and bool(d.change)
        and abs(d.rest) > max(TOGETHER * abs(d.change or 0.0), 2 * (d.error or 0.0))
    )


def _label(id: str, found: ChangeAttribution) -> Words:
    figure = found.after.figures.get(id) or found.before.figures[id]
    return _sentence_or_id(figure.label, id)


def _unit(id: str, found: ChangeAttribution) -> str:
    figure = found.after.figures.get(id) or found.before.figures.get(id)
    return "" if figure is None else "ratio points" if figure.unit == "ratio" else figure.unit


def _value(id: str, of: Appraisal, *, brief: bool = False) -> Cell:
    """A figure as an appraisal has it, and why a mean lies outside its interval; brief: without the interval."""
    figure = of.figures.get(id)
    if figure is None:
        return Cell(message("changes.not_shown"))
    if figure.value is None:
        return Cell(None)
    if brief and not figure.bounds:
        return Cell(Measurement(figure.value, figure.unit))
    why = outlying(figure.value, figure.low, figure.high)
    return Cell(quantity_of(figure, of.figures), notes=() if why is None else (Sentence(why),))


def _causes(found: ChangeAttribution) -> Iterator[Block]:
    """Every change in the order in which it was made, with what it moves; those that move nothing are told apart."""
    columns = tuple(
        Column(name, message(f"changes.head.{name}"), wide=4 if name == "cause" else 1)
        for name in ("cause", "known_on", "figures", "findings", "others", "without")
    )
    moving = tuple(_cause_row(cause, found) for cause in _all_causes(found) if cause.id not in found.idle)
    if moving:
        yield Table("causes", message("changes.caption.causes"), columns, moving)
    else:
        yield Sentence(message("changes.empty.causes"), tone="quiet")
    if idle := tuple(cause for cause in found.causes if cause.id in found.idle):
        told = tuple(Sentence(cause_words(cause, found), cause_rests(cause)) for cause in idle)
        yield Fold(message("changes.idle", n=len(idle)), (Bullets(told),))


def _all_causes(found: ChangeAttribution) -> tuple[Cause, ...]:
    """The changes in their order: the method before them, and what is laid to no single one after them."""
    extra = dict.fromkeys(s.cause for d in found.differences for s in d.shifts if s.cause not in found.causes)
    return (*(c for c in extra if c.kind == "method"), *found.causes, *(c for c in extra if c.kind != "method"))


def _cause_row(cause: Cause, found: ChangeAttribution) -> Row:
    moved = [d.item.kind for d in found.differences if cause.id in d.moving]
    figures, findings = moved.count("figure"), moved.count("finding")
    advice, since = found.needed.get(cause.id), known_since(cause)
    stays = "uncomputed" if cause.id in found.vital else "advice_stays"
    without = message(f"changes.{stays}") if advice is None else message(f"advice.{advice}")
    day = message("date.day", day=since) if since is not None else ""
    cells = (Cell(day), Cell(figures), Cell(findings), Cell(len(moved) - figures - findings), Cell(without))
    return Row(Cell(message("begin", words=cause_words(cause, found)), rests=cause_rests(cause)), cells)


def _statement_table(id: str, changed: Sequence[ItemChange], study: ChangesStudy) -> Table:
    """Things that are said: what, then and now, and because of what."""
    found = study.found
    names = ("what", "state", "because")
    columns = tuple(Column(name, message(f"changes.head.{name}"), wide=1 if name == "state" else 4) for name in names)
    rows = []
    for d in changed:
        by_rate = d.state == "gone" and any(s.cause.kind == "fact" and s.cause.joined for s in d.shifts)
        what = Cell(_statement(d, found), notes=_left_out("statement", study) if by_rate else ())
        rows.append(Row(what, (Cell(_state(d, found)), _because(d, found)), f"{d.item.kind}:{d.item.id}"))
    return Table(id, message(f"changes.caption.{id}"), columns, tuple(rows))


def _state(d: ItemChange, found: ChangeAttribution) -> Words:
    """How it changed; a check that says nothing more is no longer asked, which is no answer."""
    check = d.item.id.removesuffix(".no-facts")
    if check != d.item.id and d.state == "gone" and check not in {f.check for f in found.after.findings}:
        return message("changes.state.unasked")
    if d.item.kind == "row" and d.state == "changed":
        words = {"before": message(f"changes.outcome.{d.before}"), "after": message(f"changes.outcome.{d.after}")}
        return message("changes.from_to", **words)
    return message(f"changes.state.{d.state}")


def _statement(d: ItemChange, found: ChangeAttribution) -> Words:
    texts = {**_texts(d.item.kind, found.before), **_texts(d.item.kind, found.after)}
    return _sentence_or_id(texts[d.item.id], d.item.id)


def _texts(kind: str, of: Appraisal) -> Mapping[str, Text]:
    if kind == "row":
        return {row.id: row.rule for row in of.rows}
    if kind == "finding":
        return {finding.id: finding.text for finding in of.findings}
    if kind == "demand":
        return {demand.id: demand.text for demand in of.demands}
    return reasons_of(of)


def _sentence_or_id(text: Text, id: str) -> Words:
    """A sentence; of an older appraisal one that is no longer said is named by its id."""
    told = of_text(text)
    try:
        render(told)
    except UnknownMessage:
        return message("changes.unsaid", id=id)
    return told


def _same(found: ChangeAttribution) -> Iterator[Block]:
    kinds: tuple[ItemKind, ...] = ("figure", "finding", "row", "demand")
    counts = tuple(message(f"changes.same.{kind}", n=found.same[kind]) for kind in kinds if found.same[kind])
    yield Sentence(message("changes.same", counts=counts) if counts else message("changes.same_none"))
    moved = {d.item.id for d in found.of("figure")}
    kept = [id for id in found.after.summary.figures if id not in moved and id in found.after.figures]
    if kept:
        told = tuple(Sentence(_equal(id, found)) for id in kept)
        yield Bullets(told)


def _equal(id: str, found: ChangeAttribution) -> Message:
    figure = found.after.figures[id]
    value = message("figure.none") if figure.value is None else quantity_of(figure, found.after.figures)
    return message("changes.equal", label=_label(id, found), value=value)


def _parts(study: ChangesStudy) -> Iterator[Block]:
    """Every figure that differs, then the part of each cause in each of them."""
    found = study.found
    changed = found.of("figure")
    blocks: list[Block] = list(_figures("all", changed, study))
    names = ("figure", "cause", "part", "alone", "without_it")
    columns = tuple(Column(name, message(f"changes.head.{name}"), wide=3 if name == "cause" else 1) for name in names)
    rows = []
    for d in changed:
        unit = _unit(d.item.id, found)
        parts = {cause.id: amount for cause, amount in d.parts}
        for cause in _all_causes(found) if d.change is not None else ():
            if cause.id in d.moving:
                amounts = (parts.get(cause.id, 0.0), *_apart(d, cause, parts))
                cells = tuple(Cell(x if isinstance(x, Message) else Measurement(x, unit)) for x in amounts)
                words = Cell(cause_words(cause, found), rests=cause_rests(cause))
                rows.append(Row(Cell(_label(d.item.id, found)), (words, *cells)))
    blocks += [Table("parts", message("changes.caption.parts"), columns, tuple(rows))] if rows else []
    yield Fold(message("changes.all", n=len(changed)), tuple(blocks))


def _apart(d: ItemChange, cause: Cause, parts: Mapping[str, float]) -> Iterator[float | Message]:
    """What a change moves alone, and what is lost without it; the first moves alone what it moves in its turn."""
    if cause.kind in ("method", "day", "paths", "ends"):
        yield parts[cause.id] if cause.kind in ("method", "day") else message("changes.not_made")
        yield message("changes.not_made")
        return
    for amounts in (d.alone, d.without):
        amount = None if amounts is None else amounts.get(cause.id)
        yield message("changes.uncomputed") if amount is None else amount


def _how(study: ChangesStudy) -> Iterator[Sentence]:
    found = study.found
    walked = message("changes.how.walk", paths=study.paths)
    yield Sentence(walked if found.simulated else message("changes.how.unsimulated"))
    if any(cause.kind != "day" for cause in found.causes):
        yield Sentence(message("changes.how.alone"))
    if any(cause.kind == "day" for cause in found.causes):
        yield Sentence(message("changes.how.alone_dated"))
    yield Sentence(message("changes.how.order"))
    if found.of("figure"):
        yield Sentence(message("changes.how.rounded"))
    if found.simulated:
        yield Sentence(message("changes.how.chance", n=sum(d.chance for d in found.of("figure"))))
    kinds = {shift.cause.kind for d in found.differences for shift in d.shifts}
    if "paths" in kinds:
        more = [end for end in ("before", "after") if getattr(found, end).versions.paths > study.paths]
        of = message(f"changes.more_paths.{'both' if len(more) > 1 else more[0]}")
        yield Sentence(message("changes.how.paths", of=of, n=len(more), paths=study.paths))
    if "ends" in kinds:
        yield Sentence(message("changes.how.ends"))


def _verified(held: HeldAppraisal, found: ChangeAttribution) -> Iterator[Sentence]:
    """What of the earlier appraisal is as its hashes say."""
    tones: dict[str, Tone] = {"same": "good", "rebuilt": "good", "lost": "caution"}
    yield Sentence(message(f"changes.view.{held.view}"), tone=tones[held.view])
    if held.facts:
        yield Sentence(message("changes.facts_otherwise", n=len(held.facts), facts=held.facts), tone="caution")
    if held.added:
        yield Sentence(message("changes.facts_added", n=len(held.added), facts=held.added), tone="caution")
    yield Sentence(message(f"changes.method.{held.method}"), tone="good" if held.method == "same" else "caution")
    if not held.playbook:
        yield Sentence(message("changes.playbook_lost", version=found.before.playbook.version), tone="caution")
    versions = {"before": found.before.versions.guanzi, "after": found.after.versions.guanzi}
    yield Sentence(message("changes.versions", **versions))
    moved = sum(any(shift.cause.kind == "method" for shift in d.shifts) for d in found.differences)
    kind = "changes.method_moves" if moved else "changes.method_idle"
    yield Sentence(message(kind, n=moved, lost=held.view == "lost"))
