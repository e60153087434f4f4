"""What a case still needs to carry a forecast, in the order of what it would do to the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from guanzi.advice.appraisal.commitments import commitments
from guanzi.advice.appraisal.deal import budget_parties
from guanzi.advice.appraisal.facts_asked import AskedFact, asked_facts
from guanzi.advice.appraisal.prepare import SELF_FUNDED, policy_of, prepare
from guanzi.advice.appraisal.rates import without_rate
from guanzi.advice.calibration import calibrate
from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, money_form
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import TermSheet, parse_sheet, read_sheet, unknowns
from guanzi.engine.company import MODELS
from guanzi.engine.simulation import CHANCE, given, sensitivity
from guanzi.intake.notes import doubtful_facts, proposals
from guanzi.record.evidence import (
    ACCOUNTS,
    CASH,
    FUNDS,
    MARGINS,
    UNITS_BY_NAME,
    Case,
    Fact,
    View,
    asked_of,
    awaited_of,
    entered_as,
    flow_of,
    label_of,
    looks_ahead,
    names_of,
    newest_margin,
    spoken,
    stale_periods,
    year_awaited,
)
from guanzi.record.playbooks import Playbook, load_playbook
from guanzi.study.diligence import Coverage, checks, coverage

type NeedKind = Literal[
    "facts", "model", "deal", "terms", "rate", "doubt", "name", "missing", "stale", "check", "label"
]

type Measured = Literal["fund.loss", "company.failed", "company.lasts"]
"""Results whose spread can be meant."""

BLOCKING: tuple[NeedKind, ...] = ("facts", "model", "deal", "terms", "rate")
"""Kinds without which there is no forecast at all, in the order in which they are settled."""
_ORDER: tuple[NeedKind, ...] = ("doubt", "name", "missing", "stale", "check", "label")
QUOTED = frozenset({"market_value", "share_price", "ads_price", "shares_outstanding", "volatility"})
"""Facts of a company whose shares are traded."""
ROUND = "post_money"
"""What an unlisted company has in their place."""
PAYMENTS = "deal.paid"
"""Result that is measured beside the others where payments wait for a condition."""
BASE = 256
"""Base sample of the sensitivity: enough to tell what matters from what does not."""
MOST_CLAUSES = 8


@dataclass(frozen=True, slots=True)
class CaseNeed:
    """One thing to do.

    Attributes:
        kind: What it is; those of :data:`BLOCKING` come first.
        effect: Share of the spread of the result that hangs on it, between 0 and 1; None where that is not measured.
        what: What is missing or open.
        fix: How to settle it.
        place: Where it stands, or belongs, in the folder of the case.
        fact: Id of the fact that it is about; empty for others.
        one_step: Whether one command settles it with others of its kind.
    """

    kind: NeedKind
    effect: float | None
    what: Message
    fix: Message
    place: Place
    fact: str = ""
    one_step: bool = False

    @property
    def blocks(self) -> bool:
        """Whether there is no forecast without it."""
        return self.kind in BLOCKING


@dataclass(frozen=True, slots=True)
class CaseReview:
    """What a case still needs.

    Attributes:
        needs: In the order of what they do: what blocks a forecast, then by effect, and without one by kind.
        measured: Result whose spread is meant: ``fund.loss``; ``company.failed`` where the deal cannot be simulated yet
            or buys nothing; ``company.lasts`` where these come out the same on every path; empty where nothing could be
            measured.
        payments: The deal pays on conditions, and what moves its payments counts, too, where it moves them more.
        coverage: How many of the core checks rest on facts; a playbook asks for a share before it advises at all.
        implausible: Why nothing is forecast: what the model says of the company that lies outside what was seen in its
            industry; empty where a forecast is possible.
        kinds: Of which kinds these reasons are.
    """

    needs: tuple[CaseNeed, ...]
    measured: Measured | Literal[""]
    payments: bool
    coverage: Coverage
    implausible: tuple[Message, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def blocking(self) -> tuple[CaseNeed, ...]:
        """Those without which there is no forecast."""
        return tuple(need for need in self.needs if need.blocks)


def review_case(case: Case, playbook: Playbook | str = "hefei", seed: int = 1, threads: int = 2) -> CaseReview:
    """What a case still needs to carry a forecast on the day of its decision.

    Effects are measured: the model of the company is run with what is known, and the share of the spread that each
    assumption makes is what knowing its facts could settle at most. It is a guide to what to look for first, not a
    promise of what it will show.

    Args:
        case: The case.
        playbook: The playbook of the appraisal that is to come.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
    """
    method = load_playbook(playbook) if isinstance(playbook, str) else playbook
    view = case.view(case.decision_date)
    needs = list(_blocking(case, view, method))
    needs += [_rate(case, problem) for problem in without_rate(view)]
    rich = not any(need.blocks for need in needs) and _is_self_funded(case, method)
    shares, measured, payments = ({}, "", False) if rich else _shares(case, view, method, seed, threads, needs)
    rated = _in_own_currency(view) if any(need.kind == "rate" for need in needs) else view
    asked = asked_facts(rated, shares) if view.model in MODELS and not rich else ()
    effects = {(a.subject, a.name): a.effect for a in asked}
    needs += _open_facts(case, effects)
    needs += _missing(view, asked, _there(case))
    needs += _stale(view, asked)
    if case.decision != "open" and not (case.folder / "outcome" / "label.yaml").is_file():
        what, fix = Message.of("appraisal.needs.label"), Message.of("appraisal.needs.label.mend")
        needs.append(CaseNeed("label", None, what, fix, Place("outcome/label.yaml")))
    found = CaseReview(tuple(sorted(needs, key=_rank)), measured, payments, coverage(view))
    outside = () if found.blocking else prepare(case, None, method).implausible
    if not outside:
        return found
    unmeasured = tuple(replace(need, effect=None) for need in found.needs)  # what the appraisal refuses to run
    told, kinds = tuple(one.message for one in outside), tuple(dict.fromkeys(one.KIND for one in outside))
    return CaseReview(unmeasured, "", False, found.coverage, told, kinds)


def _is_self_funded(case: Case, method: Playbook) -> bool:
    """Whether nothing is forecast because the company lives whatever is given: then no fact of a model is asked for."""
    try:
        return prepare(case, None, method).kind == SELF_FUNDED
    except InvalidInput:
        return False  # told by who asks for what is missing


def _rank(need: CaseNeed) -> tuple[int, float, int, str]:
    if need.kind in BLOCKING:
        return BLOCKING.index(need.kind), 0.0, 0, ""
    return len(BLOCKING), -(need.effect or 0.0), _ORDER.index(need.kind), need.fact


def _blocking(case: Case, view: View, method: Playbook) -> Iterator[CaseNeed]:
    if not view.facts:
        what = Message.of("appraisal.needs.no_facts", n=len(case.facts))
        yield CaseNeed("facts", None, what, Message.of("appraisal.needs.no_facts.mend"), Place("facts/facts.yaml"))
    if view.model not in method.models or view.model not in MODELS:
        what = Message.of("appraisal.model.unfit", model=view.model, playbook=method.called)
        fix = Message.of("appraisal.model.unfit.mend", models=method.models)
        yield CaseNeed("model", None, what, fix, Place("case.yaml", field="model"))
    if view.sheet is None:
        what, fix = Message.of("appraisal.needs.no_sheet"), Message.of("appraisal.needs.no_sheet.mend")
        yield CaseNeed("deal", None, what, fix, Place("terms"))
        return
    read = read_sheet(view.sheet.document)
    wrong = [p for p in read.problems if p.severity == "error"]
    for problem in wrong:
        yield CaseNeed("terms", None, problem.cause, problem.fix or _fix_terms(), problem.place)
    if wrong:
        return
    sheet = parse_sheet(view.sheet.document)
    place = Place(view.sheet.document.file)
    if not sheet.moves_money:
        told = tuple(Message.of("appraisal.needs.clause", id=id, text=text) for id, text in _unknown_clauses(view))
        what = Message.of("appraisal.needs.no_money", clauses=told[:MOST_CLAUSES] or ("–",))
        yield CaseNeed("deal", None, what, Message.of("appraisal.needs.no_money.mend"), place)
    elif not budget_parties(sheet, view):
        what, fix = Message.of("appraisal.needs.no_party"), Message.of("appraisal.needs.no_party.mend")
        yield CaseNeed("deal", None, what, fix, place)
    for gap in unknowns(sheet):
        if not gap.simulated:
            what = Message.of("appraisal.needs.unknown", clause=gap.clause, what=gap.what)
            yield CaseNeed("terms", None, what, _fix_terms(), gap.place)


def _fix_terms() -> Message:
    return Message.of("appraisal.needs.unknown.mend")


def _unknown_clauses(view: View) -> Iterator[tuple[str, Bilingual]]:
    """Clauses in words, of which the deal has to be made."""
    clauses = view.sheet.document.data.get("unknown_clauses") if view.sheet is not None else None
    if isinstance(clauses, dict):
        yield from (
            (id, Bilingual.read(c["text"])) for id, c in clauses.items() if isinstance(c, dict) and c.get("text")
        )


def _shares(
    case: Case, view: View, method: Playbook, seed: int, threads: int, needs: list[CaseNeed]
) -> tuple[dict[str, float], Measured | Literal[""], bool]:
    """Share of each parameter in the spread of the result, and whether that of the deal's payments counts, too.

    A deal that cannot be run yet has a stand-in.
    """
    if view.model not in MODELS:
        return {}, "", False
    blocked = any(need.kind in ("deal", "terms") for need in needs)
    sheet = _stand_in(view) if blocked or view.sheet is None else parse_sheet(view.sheet.document)
    payers = budget_parties(sheet, view)
    result: Measured = "company.failed" if blocked or sheet.only_gives else "fund.loss"
    try:
        model = calibrate(view, sheet)
    except InvalidInput as error:
        named = {need.what for need in needs}
        needs += [_rate(case, problem) for problem in error.problems if problem.cause not in named]
        model = calibrate(_in_own_currency(view), sheet)
    if not payers:
        return {}, "", False
    policy = policy_of(method, *payers)
    program = given(sheet, model, policy)

    def measured(result: str) -> dict[str, float]:
        found = sensitivity(program, model, result=result, base=BASE, seed=seed, threads=threads)
        return {s.parameter: min(max(s.total, 0.0), 1.0) for s in found.bars if s.parameter != CHANCE}

    waits = any(i.conditional for i in commitments(sheet))
    paid = measured(PAYMENTS) if waits else {}
    results: tuple[Measured, ...] = (result, "company.lasts")
    for name in results:
        shares = measured(name)
        if any(shares.values()):
            return {p: max(share, paid.get(p, 0.0)) for p, share in shares.items()}, name, any(paid.values())
    return {}, "", False


def _in_own_currency(view: View) -> View:
    """The view without amounts in other currencies: what can be measured while a rate is missing."""
    forms = ((fact, money_form(fact.unit)) for fact in view.facts)
    return replace(view, facts=tuple(fact for fact, form in forms if form is None or form[0] == view.currency))


def _rate(case: Case, problem: Problem) -> CaseNeed:
    fix = problem.fix or Message.of("appraisal.needs.unknown.mend")
    return CaseNeed("rate", None, problem.cause, fix, replace(problem.place, file=problem.place.file or "facts"))


def _stand_in(view: View) -> TermSheet:
    """A gift of one unit, so that the company can be run while its deal is only told in words."""
    day = view.as_of.isoformat()
    text = (
        f"deal: stand-in\ncurrency: {view.currency}\nunit: 1e6\nknown_on: {day}\nsigned: {day}\n"
        "horizon: 10 years\nstep: quarter\n"
        "parties:\n  company: {role: issuer}\n  public-side: {role: public}\n"
        "incentives:\n  gift: {type: grant, from: public-side, amount: 1}\n"
    )
    return parse_sheet(parse_yaml(TextFile("stand-in.yaml", text, tuple(text.splitlines()))))


def _open_facts(case: Case, effects: Mapping[tuple[str, str], float]) -> Iterator[CaseNeed]:
    """Facts that are there and do not count: doubtful, or under a name that no check looks for."""
    for doubt in doubtful_facts(case):
        fact = doubt.fact
        what = Message.of("appraisal.needs.doubt", fact=fact.id, name=fact.name, because=fact.held_because)
        step = "one_step" if doubt.one_step else "alone"
        fix = Message.of(f"appraisal.needs.doubt.{step}", fact=fact.id)
        effect = effects.get((fact.subject, fact.name), 0.0)
        yield CaseNeed("doubt", effect, what, fix, fact.place, fact.id, doubt.one_step)
    for proposal in proposals(case):
        fact, near = proposal.fact, proposal.near
        meant = fact.name.removesuffix("_text").removesuffix("_as_noted")
        if meant in UNITS_BY_NAME and (near is None or near.name != meant):
            what = Message.of("appraisal.needs.unit", fact=fact.id, value=_shown(fact), name=meant)
            fix = Message.of("appraisal.needs.unit.mend", name=meant, units=UNITS_BY_NAME[meant])
            effect = effects.get((fact.subject, meant), 0.0)
            yield CaseNeed("name", effect, what, fix, fact.place, fact.id)
        elif near is None:
            what = Message.of("appraisal.needs.name", fact=fact.id, name=fact.name)
            yield CaseNeed("name", 0.0, what, Message.of("appraisal.needs.name.mend"), fact.place, fact.id)
        else:
            what = Message.of("appraisal.needs.near", fact=fact.id, name=fact.name, near=near.name)
            effect = effects.get((near.subject, near.name), 0.0)
            fix = Message.of("appraisal.needs.near.mend", fact=fact.id)
            yield CaseNeed("name", effect, what, fix, fact.place, fact.id, one_step=True)


def _shown(fact: Fact) -> str:
    return fact.value if isinstance(fact.value, str) else f"{fact.value} {fact.unit}"


def _there(case: Case) -> set[tuple[str, str]]:
    """Subject and name of what is in the case already, though it does not count yet."""
    there = {(d.fact.subject, d.fact.name) for d in doubtful_facts(case)}
    for proposal in proposals(case):
        there.add((proposal.fact.subject, proposal.fact.name.removesuffix("_text").removesuffix("_as_noted")))
        if proposal.near is not None:
            there.add((proposal.near.subject, proposal.near.name))
    return there


def _missing(view: View, asked: Iterable[AskedFact], there: set[tuple[str, str]]) -> Iterator[CaseNeed]:
    """Facts that the model would use, and questions of due diligence to which no fact gives an answer."""
    year, listed = year_awaited(view), set[str]()
    for fact in _of_its_kind(view, asked):
        known = _held(view, fact) or (fact.subject, fact.name) in there
        if fact.effect > 0.0 and not known and fact.name not in listed:
            listed.add(fact.name)
            params = {"name": fact.name, "subject": fact.subject, "unit": fact.unit, "year": str(year)}
            what = Message.of(
                "appraisal.needs.missing", words=label_of(fact.name) or fact.name, moves=fact.moves, **params
            )
            fix = Message.of(f"appraisal.needs.missing.mend{_variant(fact.name)}", **params)
            yield CaseNeed("missing", fact.effect, what, fix, Place("facts/facts.yaml"))
    for check in checks():
        if check.core and check.applies(view) and not check.has_evidence(view):
            names = tuple(dict.fromkeys(need.name for need in check.needs if asked_of(view, need.name)))
            told = spoken(view, (need.name for need in check.needs if need.subject != "*"))
            what = Message.of(f"appraisal.needs.check{'.spoken' if told else ''}", check=check.title)
            fix = Message.of("appraisal.needs.check.mend", names=names)
            yield CaseNeed("check", None, what, fix, Place("facts/facts.yaml"))


def _held(view: View, fact: AskedFact) -> bool:
    """Whether a figure is known in any form: under another name, with the other sign, or made of others."""
    if fact.subject != "company":
        return bool(view.named(fact.name, fact.subject))
    if fact.name in CASH or fact.name in FUNDS:
        return any(view.named(name) for name in (CASH if fact.name in CASH else FUNDS))
    if fact.name in MARGINS:
        return newest_margin(view, fact.name) is not None
    return any(view.named(name) for name in names_of(fact.name))


def _stale(view: View, asked: Iterable[AskedFact]) -> Iterator[CaseNeed]:
    """Figures of accounts that are used, and that newer ones should have replaced by the day."""
    effects = {fact.name: fact.effect for fact in asked if fact.subject == "company" and fact.effect > 0.0}
    used = {*effects, *(flow_of(need.name) for check in checks() if check.core for need in check.needs)}
    fresh = any(view.named(name) and not stale_periods(view, _ids(view, name)) for name in CASH)
    for name in sorted(used & ACCOUNTS):
        for flow, period in stale_periods(view, _ids(view, name)):
            if name in CASH and fresh:
                continue
            day = awaited_of(view, period).isoformat()
            told = entered_as(view, flow, period)
            what = Message.of("appraisal.needs.stale", words=label_of(told) or told, period=str(period), day=day)
            fix = Message.of("appraisal.needs.stale.mend", name=told, period=str(period))
            yield CaseNeed("stale", effects.get(name, 0.0), what, fix, Place("facts/facts.yaml"))


def _ids(view: View, flow: str) -> tuple[str, ...]:
    return tuple(fact.id for name in names_of(flow) for fact in view.named(name))


def _of_its_kind(view: View, asked: Iterable[AskedFact]) -> list[AskedFact]:
    """What such a company has: without any quote of its shares the last round is asked for in place of the market."""
    found = list(asked)
    if any(view.named(name) for name in QUOTED):
        return found
    most = max((fact.effect for fact in found if fact.name in QUOTED), default=0.0)
    left = [fact for fact in found if fact.name not in QUOTED]
    raised = [replace(fact, effect=max(fact.effect, most)) if fact.name == ROUND else fact for fact in left]
    return sorted(raised, key=lambda fact: -fact.effect)


def _variant(name: str) -> str:
    """A round has its day, a plan the year it is for; other figures are asked for by year."""
    if name == ROUND:
        return ".round"
    return ".plan" if looks_ahead(name) else ""
