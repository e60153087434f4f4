"""One case, one day, one playbook, one seed: the appraisal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from guanzi.advice.appraisal.advice_data import Advice
from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.decide import advised
from guanzi.advice.appraisal.document import Accounts, Appraisal, FactData, Figure
from guanzi.advice.appraisal.foreseen import Foreseen, foresee
from guanzi.advice.appraisal.later import withhold
from guanzi.advice.appraisal.lead import lead
from guanzi.advice.appraisal.plan import information_of
from guanzi.advice.appraisal.prepare import Prepared, method_sha256, prepare
from guanzi.advice.appraisal.proposal import propose
from guanzi.advice.appraisal.section import AppraisalContext, Section, enter_sections, needed_for, write_sections
from guanzi.advice.appraisal.sections import FACTS, FORECAST, OUTCOMES, PUBLIC_VALUE, STAGED
from guanzi.advice.appraisal.sections import sections as all_sections
from guanzi.advice.appraisal.tornado import tornado
from guanzi.engine.simulation import HERE, Running, SimulationResult, given, simulate
from guanzi.record.evidence import Case, View, recalled
from guanzi.record.playbooks import FigureTest, Playbook, leaves, load_playbook

ACCOUNTS = "accounts."
"""Beginning of the fields that make up the accounts."""


@dataclass(frozen=True, slots=True)
class AppraisalOptions:
    """How far an appraisal goes.

    Attributes:
        sensitivity: Also find which assumption moves the result.
        worth: With it also what knowing an assumption, and a right to stop before each instalment, is worth.
        proposal: Also judge what we would sign instead.
        later_sources: Also name the sources of a later day, in the appendix of the auditor.
        further: Sections of what stands beside the case, such as the scan of its region.
    """

    sensitivity: bool = True
    worth: bool = True
    proposal: bool = True
    later_sources: bool = False
    further: tuple[Section, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """In the order of the document."""
        return (*all_sections(), *self.further, *((STAGED,) if self.sensitivity and self.worth else ()))


WHOLE = AppraisalOptions()
"""All that rests on the case itself."""


def appraise(
    case: Case,
    as_of: date | None = None,
    playbook: Playbook | str = "hefei",
    paths: int = 20_000,
    seed: int = 1,
    running: Running = HERE,
    options: AppraisalOptions = WHOLE,
) -> Appraisal:
    """Appraise a case with what was known on a day.

    Args:
        case: The case; only its view of the as-of date is used.
        as_of: Knowledge date; None: the decision date.
        playbook: A playbook, or the name of one.
        paths: Number of simulated paths.
        seed: Key of the random numbers.
        running: How it is run; it does not change the result.
        options: How far it goes.

    Returns:
        The same for the same view, playbook, versions, paths and seed.

    Raises:
        InvalidInput: The term sheet has errors, or does not fit the company model.
    """
    method = load_playbook(playbook) if isinstance(playbook, str) else playbook
    hash_of_method = method_sha256(method)
    prepared = prepare(case, as_of, method)
    seen = foresee(prepared, paths, seed, running)
    result = run(prepared, paths, seed, running, seen)
    context = AppraisalContext(prepared, result, None, None, seen, hash_of_method, paths, seed, running.threads)
    if (
        options.sensitivity
        and prepared.sheet is not None
        and prepared.model is not None
        and prepared.policy is not None
    ):
        program = given(prepared.sheet, prepared.model, prepared.policy)
        moved = tornado(prepared, paths, seed, running.threads, program)
        known = information_of(prepared, paths, seed, running.threads, program) if options.worth else None
        context = replace(context, moved=moved, known=known)
    found = compose(context, options.sections, later_sources=options.later_sources)
    if options.proposal:
        unwatched = replace(running, progress=None, memory=None)
        found = propose(
            found,
            prepared,
            result,
            lambda other, n: run(other, n, seed, unwatched, seen),
            lambda other, simulated, n: compose(context.of(other, simulated, n)),
        )
    return found


def advise(case: Case, as_of: date, playbook: Playbook, paths: int, seed: int, running: Running = HERE) -> Advice:
    """The advice of :func:`appraise` alone: what a what-if is asked for.

    Only figures that its table asks for are entered, with what those rest on: what the document tells beside them, and
    what would turn the advice, is left out.

    Raises:
        InvalidInput: See there.
    """
    prepared = prepare(case, as_of, playbook)
    asked = sections_of(playbook)
    view = prepared.view
    seen = recalled(view, _foreseen, prepared, paths, seed, running, FORECAST in asked)
    result = run(prepared, paths, seed, running, seen)
    context = AppraisalContext(prepared, result, seen=seen, paths=paths, seed=seed)
    book = enter_sections(asked, context)
    return advised(playbook, book, context.findings, view.currency, prepared.sheet, prepared.kind)


def _foreseen(view: View, prepared: Prepared, paths: int, seed: int, running: Running, pooled: bool) -> Foreseen | None:
    return foresee(prepared, paths, seed, running, pooled=pooled)


def sections_of(playbook: Playbook) -> tuple[Section, ...]:
    """The sections on whose figures the table of a playbook rests."""
    tests = (test for row in playbook.table for test in leaves(row.test))
    return needed_for((test.figure for test in tests if isinstance(test, FigureTest)), all_sections())


def run(
    prepared: Prepared,
    paths: int = 20_000,
    seed: int = 1,
    running: Running = HERE,
    seen: Foreseen | None = None,
) -> SimulationResult | None:
    """Simulate what was prepared, on paths that agree with the prices of the day.

    None when the deal is not known well enough. ``seen``: what :func:`foresee` found; None: it is found here. For the
    rest see :func:`appraise`.
    """
    if prepared.sheet is None or prepared.model is None or prepared.policy is None:
        return None
    agreed = seen if seen is not None else foresee(prepared, paths, seed, running)
    return simulate(
        prepared.sheet,
        prepared.model,
        prepared.policy,
        paths=paths,
        seed=seed,
        ids=None if agreed is None else agreed.ids(paths),
        running=running,
    )


def simulated_figures(prepared: Prepared, result: SimulationResult) -> dict[str, Figure]:
    """What a simulation says, as figures; without facts, findings and advice."""
    if prepared.sheet is None:
        return {}
    whole, known = FigureBook(prepared.view.currency), FigureBook(prepared.view.currency)
    write_sections((FACTS, PUBLIC_VALUE, OUTCOMES), AppraisalContext(prepared, result), whole)
    write_sections((FACTS,), AppraisalContext(prepared), known)
    return {id: figure for id, figure in whole.figures().items() if id not in known}


def compose(
    context: AppraisalContext, sections: Sequence[Section] | None = None, *, later_sources: bool = False
) -> Appraisal:
    """The appraisal of what was prepared and simulated.

    Args:
        context: What it is written from.
        sections: In the order of the document; None: all.
        later_sources: Also name the sources of a later day, in the appendix of the auditor.
    """
    book = FigureBook(context.view.currency)
    fields = write_sections(all_sections() if sections is None else sections, context, book)
    accounts = {name.removeprefix(ACCOUNTS): fields.pop(name) for name in tuple(fields) if name.startswith(ACCOUNTS)}
    found = Appraisal(**fields, accounts=Accounts(**accounts), figures=book.figures())
    first = lead(found, context.prepared.sheet)
    found = found.model_copy(update={"summary": found.summary.model_copy(update={"lead": first})})
    return withhold(found, context.view, appendix=later_sources)


def facts_used(case: Case, playbook: Playbook | str = "hefei", as_of: date | None = None) -> tuple[FactData, ...]:
    """The facts that were held on a day with what each is used for; nothing is simulated.

    Raises:
        InvalidInput: See :func:`prepare`.
    """
    method = load_playbook(playbook) if isinstance(playbook, str) else playbook
    return compose(AppraisalContext(prepare(case, as_of, method))).facts
