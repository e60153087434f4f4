"""The tables of a chain of a place: links, targets, suppliers, laboratories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from guanzi.base.core import Message
from guanzi.intake.chains import ChainStatement, ChainView
from guanzi.jobs.chains.documents.open_gauge import between, gauge_bars
from guanzi.jobs.shared.documents.words import message
from guanzi.render import Cell, Column, Row, Table, Tone, Words
from guanzi.study.chains import ClusterOpenness, CostShare, LaboratoryMatch, Link, LinkGap, Supplier, Target

_TONES: Mapping[str, Tone] = {"no_evidence": "unknown", "missing": "risk"}


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, message(f"chain.head.{name}")) for name in names)


def _listed(names: Iterable[Words]) -> Words:
    """Names in a row; nothing where there are none."""
    found = tuple(names)
    return message("chain.names", names=found) if found else ""


def _sources(statements: Iterable[ChainStatement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"source:{s.source.id}" for s in statements))


def grade_cell(grade: str, statements: Iterable[ChainStatement] = ()) -> Cell:
    """The state of a link."""
    words = Message.of(f"chains.grade.{grade}")
    return Cell(words, rests=_sources(statements), tone=_TONES.get(grade, "plain"))


def share_cell(share: CostShare) -> Cell:
    """A share of the product's cost: between the ends that sources state."""
    disputed = message("chain.disputed") if share.disputed else None
    held = between((share.low, share.high), sample=disputed) if share.stated else None
    return Cell(held, rests=_sources(share.statements))


def link_table(view: ChainView, gaps: Sequence[LinkGap], names: Sequence[str], id: str = "links") -> Table:
    """Links in the order of the bill of materials, parts indented below their wholes.

    Args:
        view: What was known.
        gaps: The links.
        names: Of the columns after the name of the link.
        id: Of the table.
    """
    rows = tuple(
        Row(
            Cell(gap.link.component.name),
            tuple(_LINK[name](view, gap) for name in names),
            f"link:{gap.link.component.id}" if id == "links" else "",
            view.depth_of(gap.link.component.id),
        )
        for gap in gaps
    )
    return Table(id, message(f"chain.section.{id}"), _columns("link", *names), rows)


def _link_share(view: ChainView, gap: LinkGap) -> Cell:
    return Cell("") if gap.link.component.id == view.root else share_cell(gap.share)


def _value(view: ChainView, gap: LinkGap) -> Cell:
    low, high = gap.value or (0.0, 0.0)
    known = gap.share.stated or gap.link.component.id == view.root
    return Cell(message(f"chain.value.{'interval' if known else 'at_most'}", low=low, high=high))


def maker_names(view: ChainView, link: Link) -> Iterator[Words]:
    """Who makes a component in the place, then who says that it will, with the year of the newest such statement."""
    for firm in link.suppliers:
        yield view.firms[firm].name
    for firm in link.planned:
        year = max(s.known_on for s in link.statements if s.of == firm).year
        yield message("chain.planned", firm=view.firms[firm].name, year=str(year))


def _near(view: ChainView, gap: LinkGap) -> Cell:
    if gap.nearest is None:
        return Cell("")
    firm, km = gap.nearest
    return Cell(message("chain.nearest", firm=view.firms[firm].name, km=round(km)))


_LINK: Mapping[str, Callable[[ChainView, LinkGap], Cell]] = {
    "state": lambda _, gap: grade_cell(gap.link.grade, gap.link.statements),
    "share": _link_share,
    "value": _value,
    "groups": lambda _, gap: Cell(len(gap.groups) if gap.link.suppliers else ""),
    "cut": lambda _, gap: Cell("" if gap.cut is None else gap.cut),
    "imports": lambda _, gap: Cell("" if gap.imports is None else between(gap.imports)),
    "makers": lambda view, gap: Cell(_listed(maker_names(view, gap.link))),
    "near": _near,
}


def target_name(view: ChainView, target: Target) -> Message:
    """Who, and for which link."""
    c = target.candidate
    firm: Words = view.firms[c.firm].name if c.firm else message("chain.any_maker")
    return message("chain.target", firm=firm, link=view.components[c.component].name)


def _rank(target: Target) -> Cell:
    low, middle, high = target.rank
    return Cell(message("chain.rank", low=low, middle=middle, high=high))


def target_table(view: ChainView, targets: Sequence[Target], top: int) -> Table:
    """Targets with how often each is among the first, its ranks, and of which criteria nothing is known."""
    rows = tuple(
        Row(
            Cell(target_name(view, t)),
            (
                Cell(t.top[top]),
                _rank(t),
                Cell(_listed(message(f"chain.short.{name}") for name in t.candidate.unknown if name in t.scores)),
            ),
        )
        for t in targets
    )
    return Table("targets", message("chain.section.targets"), (*_heads(top), *_columns("unknown")), rows)


def _heads(top: int) -> tuple[Column, ...]:
    often = Column("top", message("chain.axis.top", k=top), "ratio")
    return (*_columns("target"), often, *_columns("rank"))


def score_table(view: ChainView, targets: Sequence[Target], top: int) -> Table:
    """Targets by criterion, from the worst to the best of the candidates."""
    names = tuple(targets[0].scores)
    columns = (*_heads(top), *(Column(name, message(f"chain.short.{name}"), "ratio") for name in names))
    rows = tuple(
        Row(
            Cell(target_name(view, t)),
            (
                Cell(t.top[top]),
                _rank(t),
                *(Cell(None if n in t.candidate.unknown else float(t.scores[n])) for n in names),
            ),
        )
        for t in targets
    )
    return Table("scores", message("chain.section.targets"), columns, rows)


def gauge_table(found: ClusterOpenness) -> Table:
    """What the gauge of openness shows."""
    rows = tuple(Row(Cell(message(f"chain.gauge.{bar.name}")), (Cell(between(bar.span)),)) for bar in gauge_bars(found))
    return Table("gauge", message("chain.section.open"), _columns("what", "part"), rows)


def supplier_table(view: ChainView, found: ClusterOpenness) -> Table:
    """Suppliers as they stand to the anchors, those of which most is known first."""
    rows = tuple(
        Row(
            Cell(view.firms[s.firm].name),
            (
                Cell(_listed(view.components[c].name for c in s.components)),
                _span(s.share, s.statements),
                _owned(s),
                Cell(
                    message(
                        "chain.standing", verdicts=tuple(message(f"chain.open.{v}") for v in dict.fromkeys(s.verdict))
                    ),
                    tone="plain" if s.known else "unknown",
                ),
            ),
        )
        for s in sorted(found.suppliers, key=lambda s: (not s.known, -s.share[0], s.firm))
    )
    return Table(
        "suppliers",
        message("chain.section.suppliers"),
        _columns("supplier", "link", "to_anchor", "owned", "standing"),
        rows,
    )


def _span(span: tuple[float, float], statements: Iterable[ChainStatement]) -> Cell:
    return Cell(None) if span == (0.0, 1.0) else Cell(between(span), rests=_sources(statements))


def _owned(supplier: Supplier) -> Cell:
    """What the anchors hold of a supplier; no statement of a tie is told as that, not as nought."""
    if not supplier.tie_stated:
        return Cell(message("chain.no_tie"), tone="quiet")
    return _span(supplier.owned, [s for s in supplier.statements if s.kind == "owns"])


def laboratory_table(view: ChainView, matches: Sequence[LaboratoryMatch]) -> Table:
    """Laboratories, each with the link that it could strengthen and why."""
    rows = tuple(
        Row(
            Cell(m.laboratory.name),
            (
                Cell(view.components[m.component].name),
                grade_cell(m.grade),
                Cell(_listed(m.codes)),
                Cell(float(m.likeness), "ratio"),
                Cell(_listed(view.firms[f].name for f in m.founders if f in view.firms)),
            ),
        )
        for m in matches
    )
    columns = _columns("laboratory", "link", "state", "codes", "likeness", "founders")
    return Table("labs", message("chain.section.labs"), columns, rows)
