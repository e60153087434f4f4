"""The backtest as a document, for a reader who did not take part: method, scores, misses, contract, and limits."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from guanzi import __version__
from guanzi.advice.backtest import Backtest, CaseResult, Contract, Scores, TieringEffect, limits
from guanzi.base.core import Message
from guanzi.jobs.backtest.documents.backtest_opening import backtest_opening
from guanzi.jobs.backtest.documents.backtest_tables import (
    bet_title,
    bin_table,
    case_table,
    contract_table,
    decision_table,
    estimate,
    method_table,
    name_of,
    score_table,
)
from guanzi.jobs.backtest.documents.misses import misses, title_of
from guanzi.jobs.backtest.documents.reliability_chart import ReliabilityDrawing
from guanzi.jobs.shared.documents.words import message
from guanzi.record.playbooks import playbook_called
from guanzi.render import Block, Bullets, Chart, Document, DotDrawing, DotRow, Section, Sentence

APART = ("refused", "ongoing", "unlabelled")
"""Groups of cases that are not scored."""


def backtest_document(found: Backtest) -> Document:
    """The document of a backtest."""
    scored = len(_scored(found))
    counts = {"scored": scored, "apart": len(found.cases) - scored, "unfit": len(found.unfit)}
    method, (playbook, version) = found.method, found.playbook
    return Document(
        id="backtest",
        kicker=message("backtest.kicker"),
        title=message("backtest.title"),
        under=(
            message("backtest.counts", **counts),
            message("backtest.made_with", method=method.method, day=method.made_on.isoformat()),
            message("backtest.run_with", playbook=playbook_called(playbook), version=version, paths=found.paths),
        ),
        dated=method.made_on,
        sections=tuple(_sections(found)),
        footer=message("backtest.footer", version=__version__, seed=found.seed),
        hash=found.frozen_sha256,
    )


def _sections(found: Backtest) -> Iterator[Section]:
    scored = _scored(found)
    yield from backtest_opening(found, scored).sections()
    yield _section("lead", Bullets(tuple(Sentence(words) for words in _lead(found))), first=True)
    yield _section("limits", Bullets(tuple(Sentence(words) for words in limits(found))), first=True)
    yield _section("scores", *(_scores(found) if scored else (_empty("backtest.empty"),)), first=True)
    if scored:
        yield _section("reliability", _reliability(found))
    yield _section("cases", *_cases(found), first=True)
    if scored:
        yield _section("choice", _sentence("backtest.choice.intro"), decision_table(found))
    yield _section("contract", *_contract(found))
    if scored:
        without = {"method": found.scores["method"], **found.ablations}
        yield _section("ablations", _sentence("backtest.ablations.intro"), score_table("ablations", without))
    yield _section("method", *_method(found))
    if scored:
        missed = misses(found)
        yield _section("misses", Sentence(message("backtest.misses.intro", n=len(missed))))
        yield from missed


def _section(id: str, *blocks: Block, first: bool = False) -> Section:
    return Section(id, message(f"backtest.section.{id}"), blocks, first)


def _sentence(id: str) -> Sentence:
    return Sentence(message(id))


def _empty(id: str) -> Sentence:
    return Sentence(message(id), tone="unknown")


def _scored(found: Backtest) -> list[CaseResult]:
    return [r for r in found.cases if r.success is not None]


def _lead(found: Backtest) -> Iterator[Message]:
    """What came out, in the order in which a reviewer asks."""
    n = len(_scored(found))
    if not n:
        yield Message.of("backtest.limit.nothing_scored")
        return
    mine, base = found.scores["method"], found.scores["base_rate"]
    hindsight = estimate(found.scores["base_rate_in_hindsight"].brier)
    yield message("backtest.lead.brier", n=n, mine=estimate(mine.brier), base=estimate(base.brier), hindsight=hindsight)
    if found.skill.value is not None:
        kind, share = "better" if found.skill.value >= 0.0 else "worse", abs(found.skill.value)
        low, high = found.skill.low, found.skill.high
        if low is None or high is None:
            yield message(f"backtest.lead.{kind}_alone", share=share)
        else:
            yield message(f"backtest.lead.{kind}", share=share, low=low, high=high)
    if mine.auc.value is not None and found.permutation is not None and found.permutation_auc is not None:
        yield message("backtest.lead.auc", auc=estimate(mine.auc), p=found.permutation, q=found.permutation_auc)
    day, base_day = found.scores["on_the_day"].brier, found.scores["base_rate_on_the_day"].brier
    yield message("backtest.lead.day", day=estimate(day), base=estimate(base_day))
    advice, blind = found.decisions["advice"], found.decisions["advice_without_conditions"]
    taken = {"yes": advice.yes, "failed": blind.failures_backed, "missed": advice.successes_missed}
    yield message("backtest.lead.advice", n=n, **taken)
    yield from _lead_of_contracts(_effects(found))


def _lead_of_contracts(effects: list[tuple[Contract, TieringEffect]]) -> Iterator[Message]:
    if not effects:
        return
    shares = [e.ratio.value for _, e in effects if e.ratio is not None]
    yield message("backtest.lead.contract", n=len(effects), low=min(shares), high=max(shares))
    reached = [
        e.bound.reached.value / e.signed.reached.value
        for _, e in effects
        if e.signed.reached is not None and e.bound.reached is not None and e.signed.reached.value > 0.0
    ]
    if reached:
        more = max(0.0, *(e.more_failures.value for _, e in effects))
        yield message("backtest.lead.price", more=more, low=min(reached), high=max(reached))


def _effects(found: Backtest) -> list[tuple[Contract, TieringEffect]]:
    return [(c, c.effect) for c in found.contracts if c.effect is not None and c.effect.ratio is not None]


def _scores(found: Backtest) -> Iterator[Block]:
    """Brier scores of every forecast."""
    rows = tuple(
        DotRow(name_of(name), s.brier.value, s.brier.low, s.brier.high, strong=name == "method")
        for name, s in found.scores.items()
        if s.brier.value is not None
    )
    most = max(0.3, ceil(10 * max(row.high or row.value for row in rows)) / 10)
    finding = message("backtest.chart.scores")
    drawing = DotDrawing(rows, message("backtest.axis.brier"), finding, most, 0.1)
    yield Chart("scores", message("backtest.section.scores"), Sentence(finding), drawing)
    yield score_table("scores", found.scores)
    yield Sentence(message("backtest.table.partial"), tone="quiet")
    yield Sentence(message("backtest.settled", **_pair(found.settled_only)))
    if found.doubtful is None:
        yield _sentence("backtest.doubtful.not_asked")
    else:
        now = {f"{name}_before": value for name, value in _pair(found.scores["method"]).items()}
        yield Sentence(message("backtest.doubtful.effect", **_pair(found.doubtful), **now))


def _pair(scores: Scores) -> dict[str, Message | str]:
    return {"brier": estimate(scores.brier), "auc": estimate(scores.auc)}


def _reliability(found: Backtest) -> Chart:
    bets = tuple((r.probability, r.success) for r in _scored(found) if r.success is not None)
    finding = message("backtest.chart.reliability", n=len(bets))
    drawing = ReliabilityDrawing(finding, found.calibration, bets)
    title = message("backtest.section.reliability")
    return Chart("reliability", title, Sentence(finding), drawing, (bin_table(found, title),))


def _cases(found: Backtest) -> Iterator[Block]:
    yield _sentence("backtest.cases.intro")
    yield case_table(found)
    for group in APART:
        cases = [r for r in found.cases if r.group == group]
        if cases:
            names = tuple(title_of(r) for r in cases)
            yield Sentence(message(f"backtest.apart.{group}", n=len(cases), cases=names))
            apart = found.apart.get(group)
            if apart is not None and apart.known:
                yield Sentence(message("backtest.apart.company", n=apart.known, brier=estimate(apart.brier)))
    if found.unfit:
        yield _sentence("backtest.unfit")
        yield Bullets(tuple(Sentence(because, name=case) for case, because in found.unfit))
    if found.problems:
        yield _sentence("backtest.problems")
        yield Bullets(tuple(Sentence(problem.cause) for problem in found.problems))


def _contract(found: Backtest) -> Iterator[Block]:
    """Loss given failure in percent of the public money of each deal: hollow as signed, full in the tiered form."""
    by_case = {r.replay.profile.case: r for r in found.cases}
    yield _sentence("backtest.contract.intro")
    yield _sentence("backtest.contract.rules")
    rows = []
    for c, e in _effects(found):
        signed, bound = (max(0.0, 100 * side.loss.value / e.total) for side in (e.signed, e.bound))
        r = by_case.get(c.bet)
        rows.append(DotRow(bet_title(c, r), bound, before=signed, strong=r is None or r.label == "failure"))
    if rows:
        finding = message("backtest.chart.contract")
        drawing = DotDrawing(tuple(rows), message("backtest.axis.loss"), finding, 100.0, 20.0)
        yield Chart("contract", message("backtest.section.contract"), Sentence(finding), drawing)
        yield contract_table(found)
        yield Sentence(message("backtest.contract.reading"), tone="quiet")
        yield _sentence("backtest.contract.limits")
    else:
        yield _empty("backtest.contract.empty")
    silent: dict[str, list[str]] = {}
    for c in found.contracts:
        if c.because is not None:
            r = by_case.get(c.bet)
            silent.setdefault(c.because, []).append(c.bet if r is None else title_of(r))
    if silent:
        told = (message(f"backtest.silent.{why}", cases=tuple(names)) for why, names in silent.items())
        yield Bullets(tuple(Sentence(words) for words in told))


def _method(found: Backtest) -> Iterator[Block]:
    yield _sentence("backtest.method.order")
    yield _sentence("backtest.method.odds")
    yield method_table(found)
    yield _sentence("backtest.method.cautious")
    yield _sentence("backtest.method.measures")
    hashes = {"hash": found.method.sha256, "frozen": found.frozen_sha256}
    yield Bullets(tuple(Sentence(held, name=message(f"backtest.method.{name}")) for name, held in hashes.items()))
