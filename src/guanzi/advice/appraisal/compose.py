"""One case, one day, one playbook, one seed: the appraisal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guanzi import __version__
from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.chain_account import chain_account_of, chain_tables, enter_chain
from guanzi.advice.appraisal.commitments import commitments
from guanzi.advice.appraisal.deal import deal_facts, instalments
from guanzi.advice.appraisal.decide import advised, decide
from guanzi.advice.appraisal.demands import demands
from guanzi.advice.appraisal.document import (
    Accounts,
    Appraisal,
    Exposure,
    FactData,
    Fan,
    Figure,
    SensitivityData,
    Versions,
    Year,
)
from guanzi.advice.appraisal.exposure import cash_calls, exposure, fans, trends, volume_of, yearly
from guanzi.advice.appraisal.fact_use import uses
from guanzi.advice.appraisal.fiscal import fiscal_tables
from guanzi.advice.appraisal.foreseen import Foreseen, foresee
from guanzi.advice.appraisal.foresight import enter_foreseen
from guanzi.advice.appraisal.known import enter_coverage, enter_facts, enter_local, enter_ratios, enter_terms
from guanzi.advice.appraisal.later import withheld
from guanzi.advice.appraisal.lead import lead
from guanzi.advice.appraisal.mechanism import enter_mechanism
from guanzi.advice.appraisal.outside import enter_outside, instruments_of, outside_of, outside_sentence, outside_table
from guanzi.advice.appraisal.plan import information_of, plan_data
from guanzi.advice.appraisal.prepare import Prepared, method_sha256, prepare
from guanzi.advice.appraisal.proposal import proposed
from guanzi.advice.appraisal.public_tables import public_tables
from guanzi.advice.appraisal.public_value import VALUE, PublicValue, enter_value_gaps, value_ids
from guanzi.advice.appraisal.records import (
    case_data,
    clause_data,
    fact_data,
    finding_data,
    parameter_data,
    playbook_data,
)
from guanzi.advice.appraisal.remembered import Remembered
from guanzi.advice.appraisal.simulated import SimulatedFigures, accounts_of, enter_gaps
from guanzi.advice.appraisal.staged import staged
from guanzi.advice.appraisal.summary import summarise
from guanzi.advice.appraisal.swings import swings
from guanzi.advice.appraisal.workstreams import streams, unit_costs
from guanzi.base.core import Message
from guanzi.engine.simulation import Engine, Information, SimulationResult, given, simulate
from guanzi.record.evidence import Case, told_in
from guanzi.record.playbooks import Playbook, load_playbook
from guanzi.study.diligence import run_checks

SCHEMA = "1"


def appraise(
    case: Case,
    as_of: date | None = None,
    playbook: Playbook | str = "hefei",
    paths: int = 20_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
    with_sensitivity: bool = True,
    engine: Engine | None = None,
    later_sources: bool = False,
    with_proposal: bool = True,
    memory: Remembered | None = None,
) -> Appraisal:
    """Appraise a case with what was known on a day.

    Args:
        case: The case; only its view of the as-of date is used.
        as_of: Knowledge date; None: the decision date.
        playbook: A playbook, or the name of one.
        paths: Number of simulated paths.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of paths done since the last call.
        with_sensitivity: Also find which assumption moves the result, and what knowing it, and a right to stop before
            each instalment, is worth.
        engine: Where paths are run; None: on threads. It does not change the result.
        later_sources: Also name the sources of a later day, in the appendix of the auditor.
        with_proposal: Also judge what we would sign instead.
        memory: What was simulated before, for many appraisals that differ little; it does not change the result.

    Returns:
        The same for the same view, playbook, versions, paths and seed.

    Raises:
        InvalidInput: The term sheet has errors, or does not fit the company model.
    """
    method = load_playbook(playbook) if isinstance(playbook, str) else playbook
    hash_of_method = method_sha256(method)
    prepared = prepare(case, as_of, method)
    memory = memory or Remembered()
    seen = foresee(prepared, paths, seed, threads, memory)
    ids = None if seen is None else seen.ids(paths)
    asked = (prepared.sheet, prepared.model, prepared.policy, paths, seed, None if ids is None else ids.tobytes())
    result = memory.of(("run", *asked), lambda: run(prepared, paths, seed, threads, progress, engine, seen))
    moved = known = None
    if with_sensitivity and prepared.sheet is not None and prepared.model is not None and prepared.policy is not None:
        program = given(prepared.sheet, prepared.model, prepared.policy)
        moved = swings(prepared, paths, seed, threads, program)
        known = information_of(prepared, paths, seed, threads, program)
    found = composed(
        prepared, result, moved, known, hash_of_method, paths, seed, later_sources=later_sources, seen=seen
    )
    if with_proposal:
        found = proposed(
            found,
            prepared,
            result,
            lambda other, n: run(other, n, seed, threads, None, engine, seen),
            lambda other, simulated, n: composed(other, simulated, None, None, hash_of_method, n, seed, seen=seen),
        )
    if with_sensitivity:
        found = staged(found, prepared, paths, seed, threads, seen)
    return found


def run(
    prepared: Prepared,
    paths: int = 20_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
    engine: Engine | None = None,
    seen: Foreseen | None = None,
) -> SimulationResult | None:
    """Simulate what was prepared, on paths that agree with the prices of the day.

    None when the deal is not known well enough. ``seen``: what :func:`foresee` found; None: it is found here. For the
    rest see :func:`appraise`.
    """
    if prepared.sheet is None or prepared.model is None or prepared.policy is None:
        return None
    agreed = seen if seen is not None else foresee(prepared, paths, seed, threads)
    return simulate(
        prepared.sheet,
        prepared.model,
        prepared.policy,
        paths=paths,
        seed=seed,
        threads=threads,
        progress=progress,
        engine=engine,
        ids=None if agreed is None else agreed.ids(paths),
    )


def simulated_figures(prepared: Prepared, result: SimulationResult) -> dict[str, Figure]:
    """What a simulation says, as figures; without facts, findings and advice."""
    book = FigureBook(prepared.view.currency)
    enter_facts(book, prepared.view, told_in(prepared.view, prepared.view.currency))
    known = set(book.figures())
    if prepared.sheet is not None:
        enter_public_value(book, prepared, result)
        SimulatedFigures(book, result, prepared.sheet, prepared.playbook.but_for, volume_of(prepared.view)).enter()
    return {id: figure for id, figure in book.figures().items() if id not in known}


def composed(
    prepared: Prepared,
    result: SimulationResult | None,
    moved: SensitivityData | None,
    known: Information | None,
    hash_of_method: str,
    paths: int,
    seed: int,
    *,
    later_sources: bool = False,
    seen: Foreseen | None = None,
) -> Appraisal:
    """The appraisal of what was prepared and simulated."""
    view, sheet, playbook = prepared.view, prepared.sheet, prepared.playbook
    told = told_in(view, view.currency)
    planned = instalments(sheet) if sheet is not None else ()
    due = commitments(sheet) if sheet is not None else ()
    findings = run_checks(view, deal_facts(sheet, view) if sheet is not None else None)
    book = FigureBook(view.currency)
    enter_facts(book, view, told)
    enter_coverage(book, view)
    outside = outside_of(view, instruments_of(sheet))
    enter_outside(book, outside)
    ratios = enter_ratios(book, view)
    local = enter_local(book, told)
    units = unit_costs(view, book)
    if sheet is not None:
        enter_terms(book, view, sheet, due)
    enter_mechanism(book, view, sheet, playbook)
    picture: Exposure | None = None
    fan_charts: dict[str, Fan] = {}
    whole_years: dict[str, Fan] = {}
    years: tuple[Year, ...] = ()
    if sheet is not None and result is not None and prepared.policy is not None:
        enter_public_value(book, prepared, result)
        SimulatedFigures(book, result, sheet, playbook.but_for, volume_of(view)).enter()
        picture = exposure(result, book, sheet, due, playbook)
        fan_charts = fans(result, told.view, sheet)
        whole_years = yearly(result, view, sheet)
        years = cash_calls(result, book, sheet, due, prepared.policy.budget_party)
    else:
        enter_gaps(book, Message.of("appraisal.gap.not_simulated"))
        enter_value_gaps(book, Message.of("appraisal.gap.not_simulated"))
    account = chain_account_of(view)
    linked = enter_chain(book, account)
    foreseen = enter_foreseen(book, seen) if seen is not None else None
    cost = seen.coherent.coherence if seen is not None else None
    decided = decide(playbook, book, findings, view.currency, sheet, view.model, moved)
    fund, budget, cluster = accounts_of(sheet, book)
    linking = chain_tables(
        book,
        account,
        decided.advice if result is not None else None,
        lambda other: advised(playbook, other, findings, view.currency, sheet, view.model),
    )
    found = Appraisal(
        advice=decided.advice,
        as_signed=decided.advice,
        as_of=view.as_of,
        case=case_data(view),
        playbook=playbook_data(playbook, view),
        versions=Versions(
            guanzi=__version__,
            schema_=SCHEMA,
            view_sha256=view.sha256,
            method_sha256=hash_of_method,
            seed=seed,
            paths=paths if result is not None else 0,
            steps=result.steps if result is not None else 0,
            worlds=result.worlds if result is not None else 0,
            weights=seen.coherent.result if seen is not None else "none",
            ess=cost.ess_share if cost is not None else None,
            divergence=cost.divergence if cost is not None else None,
        ),
        summary=summarise(prepared, book, decided, findings, planned, outside_sentence(view, outside)),
        rows=decided.rows,
        reversals=decided.reversals,
        missing=decided.missing,
        demands=demands(playbook, decided.decision, book, view, sheet, planned),
        findings=finding_data(findings),
        figures=book.figures(),
        fans=fan_charts,
        yearly=whole_years,
        trends=trends(told.view),
        exposure=picture,
        accounts=Accounts(
            fund=fund,
            budget=budget,
            cluster=(*cluster, *linked, *local),
            years=years,
            value=value_ids(book, VALUE),
        ),
        fiscal=(*public_tables(book, result), *linking, *fiscal_tables(told.view, book, sheet, due, playbook)),
        sensitivity=moved,
        outside=outside_table(view, outside),
        plan=plan_data(view, moved, known, sheet.unit if sheet is not None else 1e6),
        clauses=clause_data(sheet),
        sheet=view.sheet.name if view.sheet is not None else "",
        sheet_status=sheet.status if sheet is not None else "none",
        parameters=parameter_data(prepared.model, () if prepared.local is None else prepared.local.parameters),
        facts=fact_data(view, uses(prepared, findings, parents_of(book))),
        sources=(),
        ratios=ratios,
        streams=streams(view, findings),
        unit_costs=units,
        forecast=foreseen,
    )
    found = found.model_copy(update={"summary": found.summary.model_copy(update={"lead": lead(found, sheet)})})
    return withheld(found, view, appendix=later_sources)


def enter_public_value(book: FigureBook, prepared: Prepared, result: SimulationResult) -> None:
    """Jobs, taxes and value of a deal that was simulated."""
    if prepared.sheet is not None and prepared.local is not None:
        PublicValue(book, result, prepared.sheet, prepared.local, volume_of(prepared.view)).enter()


def parents_of(book: FigureBook) -> set[str]:
    """Ids of everything that stands behind a figure."""
    return {parent for figure in book.figures().values() for parent in figure.parents}


def facts_used(case: Case, playbook: Playbook | str = "hefei", as_of: date | None = None) -> tuple[FactData, ...]:
    """The facts that were held on a day with what each is used for; nothing is simulated.

    Raises:
        InvalidInput: See :func:`prepare`.
    """
    method = load_playbook(playbook) if isinstance(playbook, str) else playbook
    return composed(prepare(case, as_of, method), None, None, None, "", 0, 0).facts
