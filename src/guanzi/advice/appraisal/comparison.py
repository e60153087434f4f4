"""A case under several playbooks: other advice on the draft, another deal in its place, and the risk of both.

The draft is simulated once for all playbooks that count and leave in the same way. All deals that are simulated run on
the same random numbers, so what differs between them is the deal. Whether the company can be forecast is asked once, of
the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from guanzi import __version__
from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, text
from guanzi.advice.appraisal.commitments import at_most
from guanzi.advice.appraisal.comparison_data import (
    ChangeData,
    Comparison,
    DealData,
    PilotData,
    PlanEntry,
    PlaybookColumn,
    StatementData,
)
from guanzi.advice.appraisal.compose import compose, run
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.deal import MILLION, budget_party
from guanzi.advice.appraisal.document import Appraisal, Figure, SourceData
from guanzi.advice.appraisal.generic import middle_of
from guanzi.advice.appraisal.prepare import Prepared, method_sha256, prepare, prepare_variant
from guanzi.advice.appraisal.records import case_data
from guanzi.advice.appraisal.section import AppraisalContext
from guanzi.advice.structuring import Restructured, Step, restructure_sheet, tier_name
from guanzi.base.core import HOME, Message
from guanzi.deal.terms import (
    PARTNERS,
    PLANNED,
    ConvertibleNote,
    Equity,
    EventHappened,
    Expression,
    Flow,
    Logic,
    TermSheet,
    TierInForce,
    explain_condition,
)
from guanzi.engine.company import Policy
from guanzi.engine.simulation import Running, SimulationResult
from guanzi.record.evidence import Case, latest
from guanzi.record.playbooks import Origin, Pilot, Playbook, Statement, load_playbook, review, worded

GOVERNANCE_PARTS = ("voting", "patience", "openness", "tolerance", "exemption")
"""Parts of a playbook that stand beside its deal."""
WORDED_BY_SHEET = ("tie-instalments", "name-remedy")
"""Conditions that an appraisal makes specific by ids and names of the sheet, which has them in one language only; here
the playbook's own wording stands for them, as the plan beside it says what waits for what."""
SHOWN = (
    "compare.public",
    "public.amount_to_budget",
    "compare.public_npv",
    "fund.invested_probability",
    "exposure.failure_p95",
    "exposure.failure_p95_share",
    "budget.worst_year",
    "exposure.before_new_tier_share",
    "fund.loss_probability",
    "budget.npv",
    "company.failure_probability_5y",
    "additionality.survival",
)
"""Figures that are compared, in reading order."""
OF_SHARES = ("fund.invested_probability", "fund.loss_probability")
"""Figures that speak of a stake; a deal without one has none of them."""


def compare_playbooks(
    case: Case,
    playbooks: Sequence[Playbook],
    as_of: date | None = None,
    paths: int = 20_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Read a case with several playbooks, and structure its draft as each would.

    Args:
        case: The case; only its view of the as-of date is used.
        playbooks: In the order of the columns.
        as_of: Knowledge date; None: the decision date.
        paths: Number of simulated paths of each deal.
        seed: Key of the random numbers, the same for every deal.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of paths done since the last call.

    Raises:
        InvalidInput: A term sheet has errors, or a playbook is not meant for the company model of the case.
    """
    done: dict[tuple[Policy | None, bool], SimulationResult | None] = {}
    columns = []
    for playbook in playbooks:
        prepared = prepare(case, as_of, playbook)
        key = (prepared.policy, prepared.sheet is None)
        if key not in done:
            done[key] = run(prepared, paths, seed, Running(threads, progress))
        draft = compose(AppraisalContext(prepared, done[key], paths=paths, seed=seed))
        told = _deal(draft, prepared, done[key], prepared.sheet)
        columns.append(_column(prepared, told, paths, seed, threads, progress))
    view = prepared.view
    question = view.question.on_one_line()
    return Comparison(
        case=case_data(view),
        as_of=view.as_of,
        question=text(Message.of("appraisal.compare.question", text=question)),
        sheet_status="none" if prepared.sheet is None else prepared.sheet.status,
        shown=SHOWN,
        columns=tuple(columns),
        view_sha256=view.sha256,
        guanzi=__version__,
        paths=paths,
        seed=seed,
    )


def _column(
    prepared: Prepared,
    draft: DealData,
    paths: int,
    seed: int,
    threads: int | None,
    progress: Callable[[int], None] | None,
) -> PlaybookColumn:
    playbook = prepared.playbook
    changed = _structured(prepared)
    own = None
    if changed.sheet is not None:
        other = prepare_variant(prepared, changed.sheet)
        result = run(other, paths, seed, Running(threads, progress))
        appraisal = compose(AppraisalContext(other, result, paths=paths, seed=seed))
        own = _deal(appraisal, other, result, changed.written or changed.sheet)
    found = review(playbook)
    governance = playbook.governance
    return PlaybookColumn(
        id=playbook.id,
        name=text(worded(playbook.name)),
        version=playbook.version,
        made_on=playbook.made_on,
        sha256=playbook.sha256,
        method_sha256=method_sha256(playbook),
        form="" if governance.structure is None else governance.structure.form,
        draft=draft,
        own=own,
        why_not=None if changed.why is None else text(changed.why),
        changes=tuple(_change(step) for step in changed.steps),
        governance=_beside_deal(playbook),
        pilots=tuple(_pilot(p, playbook) for p in governance.scenarios.pilots),
        sources={s.id: SourceData.model_validate(s.model_dump()) for s in playbook.sources},
        sourced=found.sourced,
        judged=found.judged,
        open=found.open,
    )


def _structured(prepared: Prepared) -> Restructured:
    """The draft as the playbook would structure it."""
    sheet, view, structure = prepared.sheet, prepared.view, prepared.playbook.governance.structure
    if structure is None:
        return Restructured(None, (), Message.of("appraisal.compare.no_structure"))
    payer = None if sheet is None else budget_party(sheet, view)
    if sheet is None or payer is None:
        return Restructured(None, (), Message.of("appraisal.compare.no_draft"))
    if structure.round is not None and sheet.currency != HOME:
        structure = structure.model_copy(update={"round": None})  # a limit in yuan says nothing of another currency
    announced = latest(view, "public_offer")
    asked = None if announced is None else announced.value * MILLION / sheet.unit
    return restructure_sheet(sheet, structure, payer, asked)


def _deal(
    appraisal: Appraisal, prepared: Prepared, result: SimulationResult | None, written: TermSheet | None
) -> DealData:
    """A deal as its playbook reads it; ``written``: with the payments as they are called."""
    sheet, playbook = prepared.sheet, prepared.playbook
    parents = {d.id for d in load_playbook(playbook.extends).demands} if playbook.extends else set()
    own_first = sorted(appraisal.demands, key=lambda demand: demand.id in parents)
    plain = {d.id: text(worded(d.text)) for d in playbook.demands if d.id in WORDED_BY_SHEET}
    shares = sheet is None or not sheet.moves_money or bool(sheet.of(Equity) or sheet.of(ConvertibleNote))
    figures = {id: appraisal.figures[id] for id in SHOWN if id in appraisal.figures and (shares or id not in OF_SHARES)}
    figures |= _sums(appraisal, prepared, result)
    return DealData(
        advice=appraisal.advice,
        deciding=tuple(row.rule for row in appraisal.rows if row.decided),
        demands=tuple(plain.get(demand.id, demand.text) for demand in own_first),
        plan=_by_day(_plan(written)) if written is not None else (),
        figures=figures,
        simulated=result is not None,
        barred=() if result is not None else tuple(text(message) for message in prepared.obstacles),
    )


def _sums(appraisal: Appraisal, prepared: Prepared, result: SimulationResult | None) -> dict[str, Figure]:
    """Over all forms: the public money, with what it answers for, and what it comes to on average."""
    book, sheet = FigureBook(appraisal.case.currency), prepared.sheet
    total, clauses = (None if sheet is None else at_most(sheet)) or (None, ())
    if total is None or total.mid is None:
        book.gap("compare.public", MONEY, Message.of("appraisal.gap.amount"))
    else:
        book.add("compare.public", total.mid, MONEY, "derived", clauses)
    value = None if result is None else result.scalars.get("public.npv")
    if value is not None and sheet is not None:
        mean, low, high = (v * sheet.unit / MILLION for v in (value.mean, value.p5, value.p95))
        book.add(
            "compare.public_npv", Estimated(mean, interval=(low, high)), MONEY, "simulated", ("simulation", "playbook")
        )
    return book.figures()


def _by_day(entries: Iterable[PlanEntry]) -> tuple[PlanEntry, ...]:
    """By day; what is paid on one day, in one form and for one reason, is one payment."""
    merged: dict[str, PlanEntry] = {}
    for entry in sorted(entries, key=lambda e: (e.due, e.form)):
        key = entry.model_copy(update={"public": 0.0, "partners": 0.0}).model_dump_json()
        held = merged.get(key)
        sums = (
            {} if held is None else {"public": held.public + entry.public, "partners": held.partners + entry.partners}
        )
        merged[key] = entry if held is None else held.model_copy(update=sums)
    return tuple(merged.values())


def _plan(sheet: TermSheet) -> Iterator[PlanEntry]:
    public, scale = set(sheet.public), sheet.unit / MILLION
    for flow in sheet.flows():
        if flow.nature in PLANNED and flow.payer != sheet.issuer:
            amount = middle_of(flow.amount) * scale
            own, other = (amount, 0.0) if flow.payer in public else (0.0, amount)
            waits, first = _waits(flow, sheet)
            yield PlanEntry(
                due=flow.already or flow.due,
                form=flow.word,
                public=own,
                partners=other,
                paid=flow.already is not None,
                agreed=flow.agreed and flow.dated,
                waits_for=waits,
                unseen=sheet.awaits_unseen(flow),
                partners_first=first,
            )


def _waits(flow: Flow, sheet: TermSheet) -> tuple[tuple[Text, ...], bool]:
    """What a payment waits for, part by part; and whether for private partners to come as well."""
    new = {tier.id: tier_name(tier) for tier in sheet.tiers if not tier.baseline}
    parts = () if flow.condition is None else _joined(flow.condition.tree)
    others = [part for part in parts if not (isinstance(part, EventHappened) and part.event == PARTNERS)]
    told = (
        new[part.tier] if isinstance(part, TierInForce) and part.tier in new else explain_condition(part, sheet)
        for part in others
    )
    return tuple(map(text, dict.fromkeys(told))), len(others) < len(parts)


def _joined(tree: Expression) -> tuple[Expression, ...]:
    """What a condition asks for all at once."""
    if isinstance(tree, Logic) and tree.op == "and":
        return tuple(part for item in tree.items for part in _joined(item))
    return (tree,)


def _change(step: Step) -> ChangeData:
    origin: Origin | None = step.origin
    return ChangeData(
        id=step.id,
        text=text(step.message),
        kind="follows" if origin is None else origin.kind,
        source=origin.source or "" if origin is not None else "",
        because=text(origin.reason()) if origin is not None and origin.because is not None else None,
    )


def _beside_deal(playbook: Playbook) -> dict[str, tuple[StatementData, ...]]:
    """What stands beside the deal, part by part."""
    governance, scenarios = playbook.governance, playbook.governance.scenarios
    parts: dict[str, Sequence[Statement]] = {part: getattr(governance, part) for part in GOVERNANCE_PARTS}
    parts |= {"opportunities": scenarios.opportunities, "capabilities": scenarios.capabilities}
    return {part: tuple(_statement(statement) for statement in statements) for part, statements in parts.items()}


def _statement(statement: Statement) -> StatementData:
    return StatementData(text=text(worded(statement.text)), state=statement.state, source=statement.source or "")


def _pilot(pilot: Pilot, playbook: Playbook) -> PilotData:
    return PilotData(
        text=text(worded(pilot.text)),
        state=pilot.state,
        source=pilot.source or "",
        missing=pilot.missing,
        grade=playbook.governance.scenarios.grade(pilot),
    )
