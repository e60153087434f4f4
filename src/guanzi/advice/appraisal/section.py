"""A section of an appraisal: which figures it gives, which it reads, and how it writes its part of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from guanzi.advice.appraisal.bet import outside_of
from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.commitments import commitments, instalments
from guanzi.advice.appraisal.deal import Instalment
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.appraisal.document import Figure
from guanzi.advice.appraisal.foreseen import Foreseen
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.priced import PricedCase, price_case
from guanzi.advice.appraisal.sensitivity_data import SensitivityData
from guanzi.advice.odds import RegisterView, register_view
from guanzi.base.core import Finding
from guanzi.deal.terms import TermSheet
from guanzi.engine.simulation import Information, SimulationResult
from guanzi.record.evidence import ConvertedView, View, converted_to, recalled
from guanzi.study.diligence import DealFacts, run_checks
from guanzi.study.precedents import OutsideView

ALL = "*"
"""Whoever reads this reads every figure."""


@dataclass(frozen=True)
class AppraisalContext:
    """What the sections of an appraisal are written from.

    Attributes:
        prepared: View, playbook, term sheet and model.
        result: The simulation; None when the deal is not known well enough. It follows from what else is here.
        moved: Which assumption moves the result; None: not asked.
        known: What it is worth to know each parameter; None: not asked.
        seen: What is foreseen of the company without the deal; None when nothing is simulated.
        hash_of_method: See :func:`method_sha256`.
        paths: Number of simulated paths.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
    """

    prepared: Prepared
    result: SimulationResult | None = field(default=None, compare=False)
    moved: SensitivityData | None = None
    known: Information | None = None
    seen: Foreseen | None = None
    hash_of_method: str = ""
    paths: int = 0
    seed: int = 0
    threads: int | None = None

    @property
    def view(self) -> View:
        """What was known on the day."""
        return self.prepared.view

    @cached_property
    def converted(self) -> ConvertedView:
        """The view with all amounts in the currency of the case."""
        return converted_to(self.view, self.view.currency)

    @cached_property
    def planned(self) -> tuple[Instalment, ...]:
        """What the public side pays by the sheet as money for shares and loans."""
        return () if self.prepared.sheet is None else instalments(self.prepared.sheet, "invested", "lent")

    @cached_property
    def due(self) -> tuple[Instalment, ...]:
        """What the public side pays by the sheet in every form."""
        return () if self.prepared.sheet is None else commitments(self.prepared.sheet)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks conclude."""
        sheet = self.prepared.sheet
        return run_checks(self.view, None if sheet is None else recalled(self.view, _deal_facts, sheet))

    @cached_property
    def outside(self) -> OutsideView:
        """How bets of this kind came out that were settled by the day."""
        return outside_of(self.view, self.prepared.sheet)

    @cached_property
    def registered(self) -> RegisterView | None:
        """How often bets with such answers succeeded; None of a company that has ended, or where none was settled."""
        return None if self.prepared.ended is not None else register_view(self.view, self.findings)

    @cached_property
    def priced(self) -> PricedCase | None:
        """The case as its playbook prices it by the register; None where it prices nothing."""
        return price_case(self.prepared, self.result, self.findings)

    def of(self, prepared: Prepared, result: SimulationResult | None, paths: int) -> AppraisalContext:
        """Another deal on the same case, of which nothing more is asked."""
        return replace(self, prepared=prepared, result=result, moved=None, known=None, paths=paths)


def _deal_facts(view: View, sheet: TermSheet) -> DealFacts:
    return deal_facts(sheet, view)


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        id: Its name, for messages to developers.
        write: Enters its figures into the book and returns its fields of the document. A field that several sections
            give, such as the tables of ``fiscal`` or the figures of ``accounts.cluster``, is joined in their order.
        gives: Figures that it enters: ids, or beginnings of ids with a star.
        reads: Figures of other sections that it looks at, in the same form.
    """

    id: str
    write: Callable[[AppraisalContext, FigureBook], Mapping[str, Any]]
    gives: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


class SectionBook(FigureBook):
    """The book as one section may use it: it gives what it declares, and sees that and what it declares to read."""

    def __init__(self, whole: FigureBook, section: Section) -> None:
        super().__init__(whole.currency)
        self._figures = whole._figures
        self.section = section

    def _enter(self, figure: Figure) -> None:
        if not covers(self.section.gives, figure.id):
            raise ValueError(f"section {self.section.id} gives {figure.id}, which it does not declare")
        super()._enter(figure)

    def value(self, id: str) -> float | None:
        """See :meth:`FigureBook.value`."""
        self._see(id)
        return super().value(id)

    def __contains__(self, id: str) -> bool:
        self._see(id)
        return super().__contains__(id)

    def figures(self) -> dict[str, Figure]:
        """Those that the section may see."""
        seen = (*self.section.gives, *self.section.reads)
        return {id: figure for id, figure in super().figures().items() if covers(seen, id)}

    def values(self) -> dict[str, float | None]:
        """Those that the section may see."""
        return {id: figure.value for id, figure in self.figures().items()}

    def _see(self, id: str) -> None:
        if not covers((*self.section.gives, *self.section.reads), id):
            raise ValueError(f"section {self.section.id} reads {id}, which it does not declare")


def covers(declared: Iterable[str], id: str) -> bool:
    """Whether a figure is among those that were declared.

    >>> covers(("fund.npv", "tax.*"), "tax.wages"), covers(("fund.npv",), "fund.npv_mean")
    (True, False)
    """
    whole, beginnings = _parted(tuple(declared))
    return id in whole or id.startswith(beginnings)


@lru_cache(256)
def _parted(declared: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Ids that are declared, and beginnings of ids."""
    beginnings = tuple(name[:-1] for name in declared if name.endswith(ALL))
    return frozenset(name for name in declared if not name.endswith(ALL)), beginnings


@lru_cache(16)
def arrange(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections in an order in which each comes after those whose figures it reads, else as they are given.

    Raises:
        ValueError: Two sections give the same figure, or sections read one another's in a circle.
    """
    for n, section in enumerate(sections):
        for other in sections[n + 1 :]:
            if _share(section.gives, other.gives):
                raise ValueError(f"sections {section.id} and {other.id} give the same figure")
    left, found = list(sections), list[Section]()
    while left:
        ready = next((s for s in left if not any(o is not s and _share(s.reads, o.gives) for o in left)), None)
        if ready is None:
            raise ValueError(f"sections read one another: {', '.join(s.id for s in left)}")
        left.remove(ready)
        found.append(ready)
    return tuple(found)


def needed_for(figures: Iterable[str], sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that give any of these figures, and those whose figures they read, in the order given."""
    offered = tuple(section for section in sections if section.gives)
    asked, taken = tuple(figures), set[str]()
    while asked:
        new = [s for s in offered if s.id not in taken and _share(asked, s.gives)]
        taken.update(s.id for s in new)
        asked = tuple(name for s in new for name in s.reads)
    return tuple(s for s in offered if s.id in taken)


def _share(some: Iterable[str], others: Sequence[str]) -> bool:
    """Whether two declarations can mean the same figure."""
    return any(
        covers((name,), other.removesuffix(ALL)) or covers((other,), name.removesuffix(ALL))
        for name in some
        for other in others
    )


def write_sections(sections: Sequence[Section], context: AppraisalContext, book: FigureBook) -> dict[str, Any]:
    """Let every section enter its figures, and join what they give of the document in the order of ``sections``."""
    written = {s.id: s.write(context, SectionBook(book, s)) for s in arrange(tuple(sections))}
    fields: dict[str, Any] = {}
    for section in sections:
        for name, part in written[section.id].items():
            fields[name] = (*fields[name], *part) if name in fields else part
    return fields


def enter_sections(sections: Sequence[Section], context: AppraisalContext) -> FigureBook:
    """The figures of some sections without their parts of the document, recalled where nothing moved that they read."""
    entered: list[Figure] = []
    for section in arrange(tuple(sections)):
        known = tuple(figure for figure in entered if covers(section.reads, figure.id))
        # A context of its own: what another section found on it would be read past the recall.
        entered += recalled(context.view, _entered, section, replace(context), known)
    return FigureBook(context.view.currency, entered)


def _entered(view: View, section: Section, context: AppraisalContext, known: tuple[Figure, ...]) -> tuple[Figure, ...]:
    book = FigureBook(view.currency, known)
    section.write(context, SectionBook(book, section))
    return tuple(figure for figure in book.figures().values() if figure not in known)
