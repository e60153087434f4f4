"""Figures that need no simulation: facts of the day, and what follows from them and from the text of the deal."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook
from guanzi.advice.appraisal.commitments import assumed_of, at_most, instalments, let_off, paid_by, plan_of
from guanzi.advice.appraisal.deal import (
    REGION,
    Bracket,
    Instalment,
    add,
    budget_parties,
    budget_party,
    examined_budget,
    known_part,
    no_revenue,
    others_pay,
    party_name,
    party_names,
    states_budget,
)
from guanzi.advice.appraisal.plausible import Implausible
from guanzi.advice.appraisal.promises import jobs_promised
from guanzi.base.core import Message, money_form
from guanzi.deal.terms import TermSheet, Unknown
from guanzi.record.evidence import ConvertedView, View, annual, asked_of, end_of, spoken
from guanzi.study.diligence import coverage, distress_scores, margin_rises, ratio_warning, stale_of
from guanzi.study.fiscal import local_effects

SHOWN_FLOWS = {"deliveries": "deliveries", "revenue": "revenue", "net_loss": "net_loss"}
"""Figure (after ``known.``) to the flow whose newest known months it shows."""
SHOWN_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("vehicle_margin", ("vehicle_margin",)),
    ("liquid", ("cash_and_short_term_investments", "cash")),
    ("debt", ("total_debt",)),
    ("equity", ("equity",)),
    ("market_value", ("market_value",)),
)
"""Figure (after ``known.``), and names of the fact, of which the newest is shown."""
NOT_HELD = Message.of("appraisal.gap.not_held")


def enter_facts(book: FigureBook, view: View, converted: ConvertedView, sheet: TermSheet | None) -> None:
    """The facts that a reader looks for first, each as a figure; what is missing is a gap.

    The newest figure that is known is shown, in whatever form it came, with the period that it is of. A figure of the
    company is shown as it was stated, one of the budget that is examined in the currency of the case: the deal is
    divided by it.
    """
    for id, name in SHOWN_FLOWS.items():
        _enter_flow(book, view, id, name)
    for id, names in SHOWN_FACTS:
        held = [found for name in names if (found := view.resolve(name)) is not None]
        newest = max(held, key=lambda r: r.period.end, default=None)
        if newest is not None:
            book.fact(f"known.{id}", newest, note=stale_of(view, (newest.fact.id,)))
        elif any(asked_of(view, name) for name in names):
            _enter_gap(book, view, id, names)
    _enter_revenue(book, view, converted, sheet)


def _enter_revenue(book: FigureBook, view: View, converted: ConvertedView, sheet: TermSheet | None) -> None:
    """A year's revenue of the budget that is examined: the region's, or that of a party that pays from another."""
    subject, party = examined_budget(sheet, view), None if sheet is None else budget_party(sheet, view)
    years = converted.view.series("budget_revenue", subject, "year")
    found = years[-1] if years else converted.view.resolve("budget_revenue", subject)
    other, id = "", "appraisal.figure.known.budget_revenue"
    if subject != REGION and sheet is not None and party is not None:
        other, id = party_name(sheet, party), f"{id}_{'from' if states_budget(sheet, party) else 'of'}"
    if found is None:
        label = Message.of(f"{id}.none", **({"party": other} if other else {}))
        book.gap("known.budget_revenue", "", no_revenue(sheet, view), label)
        return
    told_of = Message.of(id, party=other, period=str(found.fact.period)) if other else None
    book.fact("known.budget_revenue", found, converted.rates.get(found.fact.id, ()), told_of)


def _enter_flow(book: FigureBook, view: View, id: str, name: str) -> None:
    """The newest months that are known: the fact where one states them, else what it is made of; a profit as one."""
    figure = annual(view, name)
    if figure is None:
        _enter_gap(book, view, id, (name,))
        return
    if name == "net_loss" and figure.amount < 0:
        id, name, figure = "net_profit", "net_profit", figure.opposite
    fact = view.fact(figure.facts[0])
    stated = view.resolution_of(fact) if fact.name == name and fact.period == figure.period else None
    if stated is not None:
        book.fact(f"known.{id}", stated, note=stale_of(view, figure.facts))
        return
    unit = fact.unit if money_form(fact.unit) is None else MONEY
    label = Message.of(f"appraisal.figure.known.{id}", period=str(figure.period))
    book.add(
        f"known.{id}", figure.amount, unit, "derived", figure.facts, label=label, note=stale_of(view, figure.facts)
    )


def _enter_gap(book: FigureBook, view: View, id: str, names: tuple[str, ...]) -> None:
    said = tuple(spoken(view, names).values())
    why = Message.of("appraisal.gap.spoken", said=said) if said else NOT_HELD
    book.gap(f"known.{id}", "", why, Message.of(f"appraisal.figure.known.{id}.none"))


def enter_coverage(book: FigureBook, view: View) -> None:
    """How many of the checks rest on facts."""
    covered = coverage(view)
    book.add(
        "evidence.coverage",
        Estimated(covered.ratio, sample=(covered.held, covered.checks)),
        "ratio",
        "derived",
        ("playbook",),
    )


def enter_trend(book: FigureBook, view: View) -> None:
    """How probable it is that the margin on the product rises; nothing where no trend of quarters is held."""
    found = margin_rises(view)
    if found is not None:
        book.add("trend.margin_rises", found[0], "ratio", "derived", found[1])


def enter_ratios(book: FigureBook, view: View) -> tuple[str, ...]:
    """Distress scores, with the warning of where they mislead."""
    ids: list[str] = []
    for score in distress_scores(view):
        note = ratio_warning()
        if score.value is None:
            missing = tuple(Message.of(f"appraisal.fact.{name}") for name in score.missing)
            note = Message.of("appraisal.gap.ratio", missing=missing)
        unit = "ratio" if score.id == "zmijewski" else "x"
        ids.append(book.add(f"ratio.{score.id}", score.value, unit, "derived", score.facts, note=note))
    return tuple(ids)


def enter_terms(book: FigureBook, view: View, sheet: TermSheet, planned: tuple[Instalment, ...]) -> None:
    """What the text of the deal says: amounts, conditions, unknown clauses."""
    most = at_most(sheet)
    total, clauses = most if most is not None else (add(()), ())
    if total.mid is None or most is None:
        book.gap("public.amount", MONEY, Message.of("appraisal.gap.amount"))
        book.gap("public.amount_to_budget", "ratio", Message.of("appraisal.gap.amount"))
        book.gap("terms.conditional_share", "ratio", Message.of("appraisal.gap.amount"))
    else:
        label = Message.of(f"appraisal.figure.public.{'whole' if sheet.only_gives else 'amount'}")
        book.add("public.amount", _estimated(total), MONEY, "derived", clauses, label=_as_known(label, sheet))
        _enter_load(book, view, sheet)
        _enter_conditional(book, planned)
    unseen = (
        *(f"terms.unknown.{clause.id}" for clause in sheet.unknown),
        *(f"terms.covenant.{covenant.id}" for covenant in sheet.covenants if isinstance(covenant.remedy, Unknown)),
    )
    book.add("terms.unknown_clauses", float(len(unseen)), "count", "derived", unseen or ("terms.deal",))
    _enter_worst_plan(book, view, sheet, planned)


def _enter_load(book: FigureBook, view: View, sheet: TermSheet) -> None:
    """What the parties whose budget is examined pay, give or answer for, against its revenue.

    What other public parties pay burdens other budgets: it is in the sum of the deal, and not in this share.
    """
    payers, revenue, whole = budget_parties(sheet, view), book.value("known.budget_revenue"), "public.amount"
    most, name = at_most(sheet, *payers), party_names(sheet, payers)
    label = Message.of("appraisal.figure.public.given_to_budget") if sheet.only_gives else None
    if payers and others_pay(sheet, view):
        whole = "public.own_amount"
        own, clauses = most if most is not None else (add(()), ("terms.deal",))
        converted = _as_known(Message.of("appraisal.figure.public.own_amount", party=name), sheet)
        book.add(whole, _estimated(own), MONEY, "derived", clauses, label=converted)
        label = Message.of("appraisal.figure.public.own_to_budget", party=name)
    if revenue is None:
        book.gap("public.amount_to_budget", "ratio", no_revenue(sheet, view), label)
        return
    yearly = at_most(sheet, *payers, a_year=True)
    if yearly != most:
        label = Message.of("appraisal.figure.public.year_to_budget", party=name)
    share = _estimated((add(()) if yearly is None else yearly[0]).times(1 / revenue))
    share, note = _before_plant(book, share, revenue, let_off(sheet, payers))
    parents = (*((whole,) if yearly == most or yearly is None else yearly[1]), "known.budget_revenue")
    label = _as_known(label or Message.of("appraisal.figure.public.amount_to_budget"), sheet)
    book.add("public.amount_to_budget", share, "ratio", "derived", parents, label=label, note=note)


def _as_known(label: Message, sheet: TermSheet) -> Message:
    """What a sum of the deal is called, with the mark of a sum that is known in part."""
    known = known_part(sheet)
    return label if known is None else Message.of("appraisal.figure.known_part", label=label, known=known)


def _before_plant(
    book: FigureBook, share: Estimated, revenue: float, relief: tuple[float, float]
) -> tuple[Estimated, Message | None]:
    """A share of a year's revenue, from what it is with the whole tax in it that a plant to come owes before relief."""
    off, tax = relief
    if not off or share.value is None:
        return share, None
    low, high = share.interval if None not in share.interval else (share.value, share.value)
    least = (low or 0.0) * revenue / (revenue + tax)
    form = "before_plant" if tax > off else "before_plant.kept_unseen"
    note = book.say(f"appraisal.note.{form}", least=least, off=off, kept=tax - off)
    return Estimated(share.value, interval=(least, high), bounds=True), note


def _estimated(amount: Bracket) -> Estimated:
    return Estimated(amount.mid, interval=(None, None) if amount.known else (amount.low, amount.high))


def _enter_conditional(book: FigureBook, planned: tuple[Instalment, ...]) -> None:
    """What part of the payments ahead waits for a condition; what is only answered for is not planned."""
    ahead = tuple(i for i in planned if not i.out) or planned
    paid = add(i.amount for i in ahead).mid
    if not paid:
        book.gap("terms.conditional_share", "ratio", Message.of("appraisal.gap.nothing_planned"))
        return
    if any(i.untold for i in ahead):
        form = ".out" if len(ahead) < len(planned) else ""
        book.gap("terms.conditional_share", "ratio", Message.of(f"appraisal.gap.untold_condition{form}"))
        return
    waiting = add(i.amount for i in ahead if i.conditional).mid or 0.0
    clauses = tuple(dict.fromkeys(i.clause for i in ahead))
    book.add("terms.conditional_share", waiting / paid, "ratio", "derived", ("public.amount", *clauses))


def enter_local(book: FigureBook, converted: ConvertedView, sheet: TermSheet | None = None) -> tuple[str, ...]:
    """Promised jobs, beside those that are forecast; local jobs and tax: what facts say, or a gap; never a guess."""
    ids: list[str] = []
    for one in jobs_promised(sheet, converted.view):
        id = f"cluster.jobs_{one.kind}"
        ids.append(book.add(id, one.jobs, "jobs", "derived", converted.parents(one.parents)))
    for effect in local_effects(converted.view):
        id = f"cluster.{effect.name}"
        unit = "jobs" if effect.name == "jobs_local" else MONEY
        interval = (None, None) if effect.low == effect.high else (effect.low, effect.high)
        ids.append(
            book.add(
                id,
                Estimated(effect.value, interval=interval),
                unit,
                "derived",
                converted.parents(effect.facts),
                note=effect.message,
            )
        )
    return tuple(ids)


def _enter_worst_plan(book: FigureBook, view: View, sheet: TermSheet, planned: tuple[Instalment, ...]) -> None:
    own = budget_parties(sheet, view)
    payments = paid_by(own, planned)
    plan = plan_of(own, planned, book.value("known.budget_revenue"))
    if plan.worst is None or any(amount is None for _, amount in payments):
        label = Message.of("appraisal.figure.budget.worst_planned.none")
        why = Message.of("appraisal.gap.amount" if payments else "appraisal.gap.nothing_planned")
        book.gap("budget.worst_planned", MONEY, why, label)
        return
    parents = tuple(dict.fromkeys(i.clause for i, _ in payments if i.due.year == plan.worst.year))
    form = "" if all(i.cash for i, _ in payments) else ".both" if any(i.cash for i, _ in payments) else ".let_off"
    alike = sum(call.planned == plan.worst.planned for call in plan.years)
    year = plan.worst.year if alike == 1 else Message.of("appraisal.first_year", year=plan.worst.year)
    label = Message.of(f"appraisal.figure.budget.worst_planned{form}", year=year)
    assumed = assumed_of(i for i, _ in payments)
    note = Message.of("appraisal.service.told", parts=assumed) if assumed else None
    book.add("budget.worst_planned", plan.worst.planned, MONEY, "derived", parents, label=label, note=note)


def enter_heaviest_year(book: FigureBook, view: View, sheet: TermSheet | None) -> None:
    """Where nothing is forecast because what is given hangs on a project: the heaviest year if all of it comes."""
    most, revenue = book.value("budget.worst_planned"), book.value("known.budget_revenue")
    if sheet is not None and most is not None and revenue:
        label = Message.of("appraisal.figure.budget.planned_share")
        parents = ("budget.worst_planned", "known.budget_revenue")
        relief = let_off(sheet, budget_parties(sheet, view))
        share, before = _before_plant(book, Estimated(most / revenue), revenue, relief)
        converted = book.figures()["budget.worst_planned"].note
        notes = (before, None if converted is None else Message.from_dict(converted.model_dump()))
        parts = tuple(note for note in notes if note is not None)
        note = Message.of("appraisal.service.told", parts=parts) if parts else None
        book.add("budget.worst_year_share", share, "ratio", "derived", parents, label=label, note=note)


def enter_ranges(book: FigureBook, reasons: Iterable[object]) -> None:
    """The ranges that a model left, each with the base rates that give it."""
    for found in reasons:
        if isinstance(found, Implausible) and f"range.{found.quantity}" not in book:
            low = found.low if isfinite(found.low) else 0.0
            known = Estimated(found.high, interval=(low, found.high), bounds=True)
            unit = "USD" if found.quantity == "unit_revenue" else "ratio"
            book.add(f"range.{found.quantity}", known, unit, "derived", found.sources, note=found.message)


def enter_bounds(book: FigureBook, view: View, sheet: TermSheet | None) -> None:
    """Where nothing is forecast: the most that the budget pays in a year, and loses, under the terms.

    Tax that is let off ends with the company: what was let off before is not lost by its failure.
    """
    if end_of(view) is not None:
        return
    if sheet is not None:
        _enter_before_tier(book, sheet)
    payers, revenue = () if sheet is None else budget_parties(sheet, view), book.value("known.budget_revenue")
    for id, a_year in (("budget.worst_year_share", True), ("exposure.failure_p95_share", False)):
        if sheet is None or not payers or id in book:
            continue
        if not revenue:
            book.gap(id, "ratio", no_revenue(sheet, view))
            continue
        most = at_most(sheet, *payers, a_year=a_year, forgone=a_year)
        if most is not None and most[0].high is not None:
            share = most[0].high / revenue
            known = Estimated(share, interval=(0.0, share), bounds=True)
            label, note = Message.of(f"appraisal.figure.{id}.at_most"), Message.of("appraisal.note.by_terms")
            book.add(id, known, "ratio", "derived", (*most[1], "known.budget_revenue"), label=label, note=note)


def _enter_before_tier(book: FigureBook, sheet: TermSheet) -> None:
    """All of what is invested or lent is paid before any new tier binds, where no payment waits for one or is out."""
    planned = instalments(sheet, "invested", "lent")
    if planned and not any(i.tied is not False for i in planned):
        parents = tuple(dict.fromkeys(i.clause for i in planned))
        note = Message.of("appraisal.sentence.no_tiered_conditions")
        book.add("exposure.before_new_tier_share", 1.0, "ratio", "derived", parents, note=note)
