"""The sections of an appraisal, in the order of its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guanzi import __version__
from guanzi.advice.appraisal.applicant import Applicant, applicant_data
from guanzi.advice.appraisal.book import FigureBook, text
from guanzi.advice.appraisal.chain_account import FIGURES as CHAIN_FIGURES
from guanzi.advice.appraisal.chain_account import (
    SIMULATED as TRIED,
)
from guanzi.advice.appraisal.chain_account import (
    Tried,
    chain_account_of,
    enter_chain,
    link_table,
    reversal_table,
)
from guanzi.advice.appraisal.chain_effects import BUDGET as CHAIN_BUDGET
from guanzi.advice.appraisal.chain_effects import CLUSTER as CHAIN_CLUSTER
from guanzi.advice.appraisal.chain_effects import ChainEffects, annuity, effects_table, enter_chain_effects
from guanzi.advice.appraisal.decide import MOST, advised, decide
from guanzi.advice.appraisal.demands import demands
from guanzi.advice.appraisal.document import Versions
from guanzi.advice.appraisal.exposure import cash_calls, exposure, fans, trend_changes, trends, yearly
from guanzi.advice.appraisal.fact_use import uses
from guanzi.advice.appraisal.fiscal import fiscal_tables
from guanzi.advice.appraisal.foresight import enter_foreseen
from guanzi.advice.appraisal.known import (
    enter_bounds,
    enter_coverage,
    enter_facts,
    enter_heaviest_year,
    enter_local,
    enter_ranges,
    enter_ratios,
    enter_terms,
    enter_trend,
)
from guanzi.advice.appraisal.market import market_of
from guanzi.advice.appraisal.mechanism import enter_mechanism
from guanzi.advice.appraisal.odds_because import bound_money
from guanzi.advice.appraisal.oddsfigures import (
    alike_table,
    answered,
    enter_priced,
    enter_register,
    question_table,
    unanswered,
)
from guanzi.advice.appraisal.outside import enter_outside, outside_sentence, outside_table
from guanzi.advice.appraisal.plan import plan_data
from guanzi.advice.appraisal.prepare import SELF_FUNDED
from guanzi.advice.appraisal.public_tables import public_tables
from guanzi.advice.appraisal.public_value import (
    BUDGET,
    CLUSTER,
    OF_MAKERS,
    VALUE,
    PublicValue,
    enter_value_gaps,
    uncounted,
    value_ids,
)
from guanzi.advice.appraisal.records import (
    case_data,
    clause_data,
    fact_data,
    finding_data,
    parameter_data,
    playbook_data,
)
from guanzi.advice.appraisal.section import ALL, AppraisalContext, Section
from guanzi.advice.appraisal.simulated import (
    PAID,
    UNITS,
    SimulatedFigures,
    accounts_of,
    enter_gaps,
    enter_no_fund,
    idle_of,
)
from guanzi.advice.appraisal.staged import enter_staged
from guanzi.advice.appraisal.summary import summarise
from guanzi.advice.appraisal.workstreams import streams, unit_costs
from guanzi.base.core import DAYS_OF_YEAR, Finding, Message, Seam

SCHEMA = "1"

type Fields = Mapping[str, Any]


def _facts(context: AppraisalContext, book: FigureBook) -> Fields:
    enter_facts(book, context.view, context.converted, context.prepared.sheet)
    enter_coverage(book, context.view)
    return {}


def _outside(context: AppraisalContext, book: FigureBook) -> Fields:
    enter_outside(book, context.outside)
    return {"outside": outside_table(context.view, context.outside)}


def _market(context: AppraisalContext, _: FigureBook) -> Fields:
    return {"market": market_of(context.view)}


def _odds(context: AppraisalContext, book: FigureBook) -> Fields:
    found, priced = context.registered, context.priced
    if found is None:
        return {}
    outside = book.value("outside.success") if context.outside.nested[0].n else None
    enter_register(book, found, outside)
    if priced is not None:
        enter_priced(book, priced)
    view, money = context.view, bound_money(context.due, context.view.currency)
    return {"odds": question_table(view, found, priced, money, outside), "alike": alike_table(found)}


def _trend(context: AppraisalContext, book: FigureBook) -> Fields:
    enter_trend(book, context.view)
    return {}


def _ratios(context: AppraisalContext, book: FigureBook) -> Fields:
    return {"ratios": enter_ratios(book, context.view)}


def _terms(context: AppraisalContext, book: FigureBook) -> Fields:
    sheet = context.prepared.sheet
    if sheet is not None:
        enter_terms(book, context.view, sheet, context.due)
    return {}


def _mechanism(context: AppraisalContext, book: FigureBook) -> Fields:
    enter_mechanism(book, context.view, context.prepared.sheet, context.prepared.playbook)
    return {}


def _public_value(context: AppraisalContext, book: FigureBook) -> Fields:
    """Jobs, taxes and value of a deal that was simulated."""
    result, sheet, local = context.result, context.prepared.sheet, context.prepared.local
    if result is None:
        enter_value_gaps(book, _not_simulated(context), _not_of_the_case(context))
    elif sheet is not None and local is not None:
        PublicValue(book, result, sheet, local, _not_of_the_case(context)).enter()
    return {"accounts.value": value_ids(book, VALUE)}


def _public_tables(context: AppraisalContext, book: FigureBook) -> Fields:
    return {"fiscal": public_tables(book, context.result)}


def _not_of_the_case(context: AppraisalContext) -> tuple[str, ...]:
    """Figures of a product in pieces that are not asked of the case."""
    return OF_MAKERS if context.prepared.kind == SELF_FUNDED else uncounted(context.view)


def _not_simulated(context: AppraisalContext) -> Message:
    ended = context.prepared.ended
    if context.prepared.implausible:
        own = context.prepared.kind == SELF_FUNDED
        return Message.of("appraisal.gap.self_funded" if own else "appraisal.gap.implausible")
    if ended is None:
        return Message.of("appraisal.gap.not_simulated")
    return Message.of("appraisal.gap.ended", what=Message.of(f"appraisal.ended.{ended.name}"))


def _simulated(context: AppraisalContext, book: FigureBook) -> Fields:
    sheet = context.prepared.sheet
    if sheet is None or context.result is None:
        if context.prepared.kind == SELF_FUNDED:
            enter_heaviest_year(book, context.view, sheet)
            enter_no_fund(book)
        enter_ranges(book, context.prepared.implausible)
        enter_bounds(book, context.view, sheet)
        enter_gaps(book, _not_simulated(context), (*idle_of(sheet), *_not_of_the_case(context)))
    else:
        prior = context.prepared.playbook.but_for
        SimulatedFigures(book, context.result, sheet, prior, context.view).enter()
    return {}


def _accounts(context: AppraisalContext, book: FigureBook) -> Fields:
    fund, budget, cluster = accounts_of(context.prepared.sheet, book)
    return {"accounts.fund": fund, "accounts.budget": budget, "accounts.cluster": cluster}


def _exposure(context: AppraisalContext, book: FigureBook) -> Fields:
    result, sheet, policy = context.result, context.prepared.sheet, context.prepared.policy
    model = context.prepared.model
    if sheet is None or result is None or policy is None or model is None:
        return {"exposure": None, "fans": {}, "yearly": {}, "accounts.years": ()}
    return {
        "exposure": exposure(result, book, sheet, context.due, context.prepared.playbook),
        "fans": fans(result, context.converted.view, sheet, model),
        "yearly": yearly(result, context.view, sheet),
        "accounts.years": cash_calls(result, book, sheet, context.due, policy.payers),
    }


def _chain(context: AppraisalContext, book: FigureBook) -> Fields:
    account = chain_account_of(context.view)
    linked = enter_chain(book, account)
    return {"accounts.cluster": linked, "fiscal": () if account is None else (link_table(account),)}


def _effects(context: AppraisalContext, book: FigureBook) -> Fields:
    """What an input-output table says of the plant, where the case brings it."""
    form = context.view.effects
    if form is None:
        return {}
    found = ChainEffects(form, context.prepared.local)
    budget, cluster = enter_chain_effects(book, found)
    tables = (effects_table(book, found),)
    return {
        "accounts.budget": budget,
        "accounts.cluster": cluster,
        "fiscal": tables,
        "effects": text(found.source_words),
    }


def _local(context: AppraisalContext, book: FigureBook) -> Fields:
    return {"accounts.cluster": enter_local(book, context.converted, context.prepared.sheet)}


def _reversal(context: AppraisalContext, book: FigureBook) -> Fields:
    """Whether budget and cluster account would turn the advice."""
    if context.result is None or "budget.tax" not in book:
        return {"fiscal": ()}
    prepared, view = context.prepared, context.view

    def advise(other: FigureBook) -> Any:
        return advised(prepared.playbook, other, context.findings, view.currency, prepared.sheet, prepared.kind)

    return {"fiscal": (reversal_table(book, advise(book), advise, (*TRIED, *_tried_effects(context))),)}


def _tried_effects(context: AppraisalContext) -> tuple[Tried, ...]:
    """What the input-output table says, in the place of what is simulated."""
    result, policy = context.result, context.prepared.policy
    if context.view.effects is None or result is None or policy is None:
        return ()
    years = max(1, round((result.dates[-1] - result.dates[0]).days / DAYS_OF_YEAR))
    times = annuity(policy.budget_rate, years)
    label = Message.of("appraisal.turn.chain_tax", years=years)
    return (
        Tried("budget", "budget.chain_tax_city", "budget.tax", times, label),
        Tried("cluster", "cluster.chain_jobs_net", "cluster.jobs_net"),
    )


def _fiscal(context: AppraisalContext, book: FigureBook) -> Fields:
    prepared = context.prepared
    return {"fiscal": fiscal_tables(context.converted.view, book, prepared.sheet, context.due, prepared.playbook)}


def _forecast(context: AppraisalContext, book: FigureBook) -> Fields:
    return {} if context.seen is None else {"forecast": enter_foreseen(book, context.seen, context.view.model)}


def _staged(context: AppraisalContext, book: FigureBook) -> Fields:
    return {"accounts.fund": enter_staged(book, context)}


def _unit_costs(context: AppraisalContext, book: FigureBook) -> Fields:
    return {"unit_costs": unit_costs(context.view, book)}


def _advice(context: AppraisalContext, book: FigureBook) -> Fields:
    prepared, view, findings = context.prepared, context.view, context.findings
    sheet, playbook = prepared.sheet, prepared.playbook
    decided = decide(playbook, book, findings, view.currency, sheet, prepared.kind, context.moved)
    outside = outside_sentence(view, context.outside)

    def again(values: Mapping[str, float], others: Sequence[Finding]) -> Any:
        return advised(playbook, book.moved(values), others, view.currency, sheet, prepared.kind)

    def read(values: Mapping[str, float]) -> Any:
        return again(values, findings)

    said = Applicant(prepared, book, findings, decided.table, decided.rows, decided.advice, decided.missing, again)
    asked = () if context.priced is None else tuple(unanswered(context.priced, read))
    return {
        "advice": decided.advice,
        "as_signed": decided.advice,
        "summary": summarise(prepared, book, decided, findings, context.planned, outside),
        "rows": decided.rows,
        "applicant": applicant_data(said, context.registered, context.priced),
        "reversals": (*decided.reversals, *answered(asked, decided.advice))[:MOST],
        "missing": (*asked, *decided.missing),
        "demands": demands(playbook, decided.decision, book, view, sheet, context.planned),
    }


def _plan(context: AppraisalContext, book: FigureBook) -> Fields:
    sheet = context.prepared.sheet
    unit = sheet.unit if sheet is not None else 1e6
    return {
        "sensitivity": context.moved,
        "plan": plan_data(context.view, context.moved, context.known, unit, sheet, context.findings),
    }


def _record(context: AppraisalContext, book: FigureBook) -> Fields:
    prepared, view = context.prepared, context.view
    sheet, local = prepared.sheet, prepared.local
    behind = {parent for figure in book.figures().values() for parent in figure.parents}
    return {
        "as_of": view.as_of,
        "case": case_data(view),
        "playbook": playbook_data(prepared.playbook, view),
        "versions": _versions(context),
        "findings": finding_data(context.findings),
        "streams": streams(view, context.findings),
        "trends": (seen := trends(context.converted.view)),
        "trend_changes": trend_changes(context.converted.view, seen),
        "clauses": clause_data(sheet),
        "sheet": view.sheet.name if view.sheet is not None else "",
        "sheet_status": sheet.status if sheet is not None else "none",
        "sheet_title": sheet.title if sheet is not None else "",
        "implausible": tuple(text(x.message) for x in prepared.implausible),
        "parameters": parameter_data(prepared.model, () if local is None else local.parameters),
        "facts": fact_data(view, uses(prepared, context.findings, behind)),
        "sources": (),
    }


def _versions(context: AppraisalContext) -> Versions:
    result, seen = context.result, context.seen
    cost = seen.coherent.coherence if seen is not None else None
    return Versions(
        guanzi=__version__,
        schema_=SCHEMA,
        view_sha256=context.view.sha256,
        method_sha256=context.hash_of_method,
        seed=context.seed,
        paths=context.paths if result is not None else 0,
        steps=result.steps if result is not None else 0,
        worlds=result.worlds if result is not None else 0,
        weights=seen.coherent.result if seen is not None else "none",
        ess=cost.ess_share if cost is not None else None,
        divergence=cost.divergence if cost is not None else None,
    )


REVENUE, OWN_LOSS = ("known.budget_revenue",), "exposure.own_failure_p95"
EFFECTS = tuple(dict.fromkeys((*BUDGET, *CLUSTER, "public.given", "public.value_*", "break_even.*")))
SIMULATED = (
    *UNITS,
    "range.*",
    "public.paid_mean",
    "public.paid_in_full",
    "exposure.before.*",
    OWN_LOSS,
    f"{PAID}{ALL}",
)
FACTS = Section("facts", _facts, gives=("known.*", "evidence.coverage"))
PUBLIC_VALUE = Section("public-value", _public_value, gives=EFFECTS, reads=("fund.npv_mean", "fund.ahead"))
OUTCOMES = Section("outcomes", _simulated, gives=SIMULATED, reads=(*REVENUE, "budget.worst_planned"))
FORECAST = Section("forecast", _forecast, gives=("company.distress_*", "forecast.*", "coherence.*"))
STAGED = Section("staged", _staged, gives=("staged.*",))

SECTIONS: tuple[Section, ...] = (
    FACTS,
    Section("outside", _outside, gives=("outside.success",)),
    Section("market", _market),
    Section("trend", _trend, gives=("trend.*",)),
    Section("ratios", _ratios, gives=("ratio.*",)),
    Section("unit-costs", _unit_costs, gives=("unit_cost.*",)),
    Section(
        "terms",
        _terms,
        gives=("public.amount", "public.own_amount", "public.amount_to_budget", "terms.*", "budget.worst_planned"),
        reads=REVENUE,
    ),
    Section("odds", _odds, gives=("odds.*",), reads=("public.amount", "outside.success")),
    Section("mechanism", _mechanism, gives=("mechanism.*",), reads=REVENUE),
    OUTCOMES,
    PUBLIC_VALUE,
    Section("public-tables", _public_tables, reads=(*EFFECTS, "fund.npv_mean")),
    Section("exposure", _exposure, gives=("limit.*",), reads=(*REVENUE, "exposure.*")),
    Section("accounts", _accounts, reads=(*SIMULATED, *EFFECTS, "budget.worst_planned")),
    Section("chain", _chain, gives=CHAIN_FIGURES, reads=("cluster.supplies", "cluster.supplier_share")),
    Section("effects", _effects, gives=(*CHAIN_BUDGET, *CHAIN_CLUSTER)),
    Section(
        "local", _local, gives=("cluster.jobs_planned", "cluster.jobs_asked", "cluster.jobs_local", "cluster.tax_local")
    ),
    Section("turn", _reversal, reads=(ALL,)),
    Section("fiscal", _fiscal, reads=(*REVENUE, "cluster.vehicles")),
    FORECAST,
    Section("advice", _advice, reads=(ALL,)),
    Section("plan", _plan),
    Section("record", _record, reads=(ALL,)),
)
"""Every section that is shipped. A field that several give is joined in this order; each follows what it reads."""


_SECTIONS: Seam[Section] = Seam("SECTIONS", SECTIONS, lambda section: section.id)


def sections() -> tuple[Section, ...]:
    """Every section: those that are shipped, then those of extensions, which give figures alone."""
    return tuple(_SECTIONS.values())
