"""The committee member's page: headline, three figures, reasons, and what must be said of this deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from guanzi.advice.appraisal.advice_data import Advice, Row
from guanzi.advice.appraisal.book import MONEY, FigureBook, text
from guanzi.advice.appraisal.deal import REGION, Instalment, budget_party, examined_budget, known_part, party_name
from guanzi.advice.appraisal.decide import Decided
from guanzi.advice.appraisal.document import Summary
from guanzi.advice.appraisal.oddsfigures import SUCCESS, WAITING
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.public_value import value_sentence
from guanzi.advice.appraisal.simulated import PAID
from guanzi.base.core import Bilingual, Finding, Kind, Message, Severity
from guanzi.deal.terms import OBSERVABLES, TermSheet, drawn_before, unknowns
from guanzi.record.evidence import score_horizon
from guanzi.record.playbooks import FindingTest, Playbook, leaves

FIGURES = (
    "odds.success",
    "fund.npv",
    "put.payable",
    "budget.worst_year",
    "company.failure_probability_5y",
    "fund.loss_probability",
    "exposure.before_new_tier",
    "exposure.failure_p95",
)
"""Figures of the summary, most important first; the terminal shows the first three."""

COVERAGE = "evidence.coverage"
FALLBACK = ("odds.success", "public.amount", "public.amount_to_budget", "known.budget_revenue", COVERAGE)
AHEAD = ("fund.ahead", "public.ahead", "public.value_ahead")
"""Shares of futures in which the public side comes out ahead."""
RANK = {Severity.CRITICAL: 0, Severity.HIGH: 1, Severity.MEDIUM: 2, Severity.LOW: 3}
REASONS = 3
SPEAKS_FOR: dict[Advice, tuple[Kind, ...]] = {
    "back": (Kind.ASSET,),
    "back_with_conditions": (Kind.RISK, Kind.ASSET),
    "decline": (Kind.RISK,),
    "insufficient_evidence": (Kind.GAP,),
}
"""Kinds of finding that are a reason for an advice."""
HARDLY = 0.1
"""A clause that is paid in no more than this share of futures is named among the reasons; judgement."""
LISTED = 6


def summarise(
    prepared: Prepared,
    book: FigureBook,
    decided: Decided,
    findings: Sequence[Finding],
    planned: Sequence[Instalment],
    outside: Message,
) -> Summary:
    """The summary page."""
    weighed = () if decided.advice == "insufficient_evidence" else FIGURES  # a forecast on few facts is no headline
    told = tuple(id for id in weighed if book.value(id) is not None)
    shown = () if {*told} <= {SUCCESS} else told  # the register tells a chance of each case, forecast or not
    return Summary(
        question=text(Message.of("appraisal.question", question=prepared.view.question.on_one_line())),
        headline=text(_headline(decided.advice, book, prepared, decided.rows)),
        figures=shown or tuple(id for id in FALLBACK if id in book and (not weighed or book.value(id) is not None)),
        reasons=tuple(text(m) for m in _reasons(decided, book, findings)),
        risks=_first(findings, Kind.RISK),
        assets=_first(findings, Kind.ASSET),
        gaps=_first(findings, Kind.GAP, _asked_by(prepared.playbook)),
        sentences=tuple(text(m) for m in _sentences(prepared, book, planned, outside, decided.advice)),
    )


def _headline(advice: Advice, book: FigureBook, prepared: Prepared, rows: Sequence[Row] = ()) -> Message:
    """What whoever pays should do; where several public parties pay, its own part is told beside the whole."""
    amount, own = book.value("public.amount"), book.value("public.own_amount")
    view = prepared.view
    region, company = _who(prepared), (view.company.name, view.company.name_zh)
    deciding = [row for row in rows if row.decided]
    if advice == "insufficient_evidence" and any(WAITING in row.figures for row in deciding):
        told = {"worth": book.value("odds.worth"), "cost": book.value("odds.waiting_cost")}
        months = 0.0 if prepared.playbook.pricing is None else prepared.playbook.pricing.waiting.value
        id = "appraisal.headline.insufficient_evidence.waiting"
        return Message.of(id, region=region, company=company, months=months, **told)
    if advice == "insufficient_evidence" and deciding and not any(COVERAGE in row.figures for row in deciding):
        n = sum(row.outcome == "no_evidence" for row in deciding)
        return Message.of("appraisal.headline.insufficient_evidence.rules", region=region, company=company, n=n)
    if advice == "insufficient_evidence":
        held, checks = book.figures()[COVERAGE].sample or (0, 0)
        return Message.of(
            "appraisal.headline.insufficient_evidence", region=region, company=company, held=held, checks=checks
        )
    if amount is None:
        negotiated = prepared.playbook.pricing is not None and advice in ("back", "back_with_conditions")
        id = "negotiate" if negotiated else f"{advice}.short"
        return Message.of(f"appraisal.headline.{id}", region=region, company=company)
    given = advice == "decline" and prepared.sheet is not None and prepared.sheet.only_gives
    id = f"appraisal.headline.{advice}{'.given' if given else ''}"
    known = known_part(prepared.sheet) or ""
    if own is not None:
        return book.say(f"{id}.shared", region=region, company=company, own=own, amount=amount, known=known)
    return book.say(id, region=region, company=company, amount=amount, known=known)


def _who(prepared: Prepared) -> tuple[str, str]:
    """Whom the advice is for: the region, or the party that pays from another budget; in both languages."""
    view, sheet = prepared.view, prepared.sheet
    party = None if sheet is None or examined_budget(sheet, view) == REGION else budget_party(sheet, view)
    if sheet is None or party is None:
        return view.region.name, view.region.name_zh
    name = party_name(sheet, party)
    return str(name), name.localised("zh") if isinstance(name, Bilingual) else name


def _reasons(decided: Decided, book: FigureBook, findings: Sequence[Finding]) -> list[Message]:
    """The rows that decided, in the order of the table; then the heaviest findings that speak for the advice.

    A finding all of whose facts a reason has told already is not another reason.
    """
    by_id = {finding.id: finding for finding in findings}
    rows: dict[object, Message] = {}
    for reason in (_row_reason(row, book, by_id) for row in decided.rows if row.decided):
        told = dict(reason.params)
        because = told.get("because", told["rule"])
        note = dict(because.params).get("note") if isinstance(because, Message) else None
        rows.setdefault(note or because, reason)
    found = [*rows.values()][:REASONS]
    hardly = _hardly_paid(book)
    if hardly is not None:
        found = [*found[: REASONS - 1], hardly]
    used = {id for row in decided.rows if row.decided for id in row.findings}
    facts = {fact for id in used if id in by_id for fact in by_id[id].facts}
    for finding in sorted(findings, key=lambda f: RANK[f.severity]):
        if len(found) >= REASONS:
            break
        again = finding.id in used or (finding.facts and facts >= {*finding.facts})
        if finding.kind in SPEAKS_FOR[decided.advice] and not again:
            found.append(finding.message)
            facts |= {*finding.facts}
    return found


def _hardly_paid(book: FigureBook) -> Message | None:
    """The clause that is paid in the fewest futures, where that is almost none: its condition is hardly ever met."""
    paid = [f for id, f in book.figures().items() if id.startswith(PAID) and f.value is not None]
    least = min(paid, key=lambda f: f.value or 0.0, default=None)
    if least is None or least.sample is None or (least.value or 0.0) > HARDLY:
        return None
    n, paths = least.sample
    clause = dict(Message.from_dict(least.label.model_dump()).params)["clause"]
    return Message.of("appraisal.reason.hardly_paid", clause=clause, n=n, paths=paths)


def _row_reason(row: Row, book: FigureBook, findings: dict[str, Finding]) -> Message:
    rule = Message.from_dict(row.rule.model_dump())
    parts = tuple(
        Message.of("appraisal.reason.figure", label=label, value=value)
        for id in row.figures
        for label, value in _in_words(id, book)
    )
    if parts:
        both = reduce(lambda first, second: Message.of("appraisal.reason.both", first=first, second=second), parts)
        return Message.of(f"appraisal.reason.{row.outcome}", rule=rule, because=both)
    met = [findings[id].message for id in row.findings if id in findings]
    # a figure without a value says in its note why it has none
    for figure in (book.figures()[id] for id in row.figures):
        if figure.note is not None:
            name, note = (Message.from_dict(words.model_dump()) for words in (figure.label, figure.note))
            met.append(Message.of("appraisal.reason.unshown", name=name, note=note))
    if not met:
        return Message.of(f"appraisal.reason.bare.{row.outcome}", rule=rule)
    return Message.of(f"appraisal.reason.found.{row.outcome}", rule=rule, because=met[0])


def _in_words(id: str, book: FigureBook) -> Iterator[tuple[Message, Message]]:
    """Label and value of a figure; of one that may lie anywhere between two ends, both."""
    figure = book.figures()[id]
    if figure.value is None:
        return
    kinds = {book.unit(MONEY): "money", "ratio": "ratio", "ratio points": "points", "count": "count", "x": "times"}
    ends = book.bounds(id) or (figure.value, figure.value)
    low, high = (
        book.say(f"appraisal.value.{kinds.get(figure.unit, 'number')}", value=x, unit=figure.unit) for x in ends
    )
    value = high if ends[0] == ends[1] else Message.of("appraisal.value.between", low=low, high=high)
    yield Message.from_dict(figure.label.model_dump()), value


def _first(findings: Sequence[Finding], kind: Kind, before: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The heaviest findings of a kind, those whose code is named ``before`` the others."""
    mine = (f for f in findings if f.kind is kind)
    chosen = sorted(mine, key=lambda f: (f.code not in before, RANK[f.severity]))
    return tuple(f.id for f in chosen[:LISTED])


def _asked_by(playbook: Playbook) -> frozenset[str]:
    """Codes of the findings that can move the advice; a gap that a row only notes cannot."""
    tests = [(row, leaf) for row in playbook.table for leaf in leaves(row.test) if isinstance(leaf, FindingTest)]
    gaps = (code for row, test in tests if row.no_evidence != "note" for code in test.unknown_if)
    return frozenset({*(test.finding for _, test in tests), *gaps})


def _sentences(
    prepared: Prepared, book: FigureBook, planned: Sequence[Instalment], outside: Message, advice: Advice
) -> Iterator[Message]:
    sheet, view, playbook = prepared.sheet, prepared.view, prepared.playbook
    if advice == "insufficient_evidence" and prepared.model is not None:
        origins = [p.origin.kind for p in prepared.model.parameters.values()]
        judged = origins.count("judgement")
        yield Message.of("appraisal.sentence.forecast", all=len(origins), judged=judged)
    yield outside
    barred, ended = tuple(prepared.obstacles), int(prepared.ended is not None)
    yield from barred[:ended]
    if sheet is None:
        yield Message.of("appraisal.sentence.no_sheet", day=view.as_of.isoformat())
        return
    if sheet.status in ("draft", "framework"):
        plain, unsimulated = f"appraisal.sentence.{sheet.status}", f"appraisal.sentence.unsimulated.{sheet.status}"
        signed, out = sheet.signed.isoformat(), drawn_before(sheet)
        yield Message.of(unsimulated if prepared.model is None else plain, signed=signed, out=out)
    yield from barred[ended:]
    if prepared.uncomputed:
        product = prepared.sheet.product if prepared.sheet is not None else ""
        names = tuple(OBSERVABLES[observed.name].meaning_for(product) for observed in prepared.uncomputed)
        yield Message.of("appraisal.sentence.uncomputed", names=names)
    if any(book.value(id) is not None for id in AHEAD):
        verdict = score_horizon(view.model).years
        yield Message.of("appraisal.sentence.ahead_asks", years=sheet.horizon, verdict=verdict)
    worth = value_sentence(book)
    if worth is not None:
        yield worth
    yield from _binding(sheet, book, planned)
    reached = book.value("fund.invested_probability")
    if reached is not None and reached < 1:
        yield Message.of("appraisal.sentence.invested", share=1 - reached)
    yield from _wrong_way(book)
    assumed = len({gap.clause for gap in unknowns(sheet)})
    if assumed:
        simulated = book.value("company.survival") is not None
        yield Message.of(f"appraisal.sentence.{'assumed' if simulated else 'unseen'}", n=assumed)
    if playbook.made_on > view.decision_date:
        made = playbook.made_on.isoformat()
        yield Message.of("appraisal.sentence.method_later", playbook=playbook.called, made_on=made)


def _binding(sheet: TermSheet, book: FigureBook, planned: Sequence[Instalment]) -> Iterator[Message]:
    """What binds at signing, and what is paid before anything new binds."""
    if planned and not any(i.tiers for i in planned):
        untold = sum(i.tied is None for i in planned)
        kind, told = ("tiered_conditions_unseen", {"n": untold}) if untold else ("no_tiered_conditions", {})
        yield Message.of(f"appraisal.sentence.{kind}", **told)
    held = tuple(sheet.called(f"tier.{tier.id}") for tier in sheet.tiers if tier.baseline)
    yield (
        Message.of("appraisal.sentence.baseline", tiers=held) if held else Message.of("appraisal.sentence.no_baseline")
    )
    before = [
        book.say(
            "appraisal.sentence.before_tier",
            amount=book.value(f"exposure.before.{tier.id}"),
            tier=sheet.called(f"tier.{tier.id}"),
        )
        for tier in sheet.tiers
        if book.value(f"exposure.before.{tier.id}") is not None
    ]
    if before:
        yield Message.of("appraisal.sentence.before_tiers", parts=tuple(before))


def _wrong_way(book: FigureBook) -> Iterator[Message]:
    names = ("put.price", "put.payable", "put.missing", "put.receipt_to_price")
    price, paid, missing, share = (book.value(name) for name in names)
    if price is None or paid is None or missing is None or share is None:
        return
    yield book.say("appraisal.sentence.put_opened", price=price, paid=paid, missing=missing, share=share)
    claim, got = book.value("put.claim_at_failure"), book.value("put.paid_at_failure")
    if claim is not None and got is not None:
        yield book.say("appraisal.sentence.put_failed", claim=claim, got=got, missing=claim - got)
