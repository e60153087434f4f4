"""The page of the backtest, for a reader who did not take part: method, scores, misses, contract, and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil

from guanzi.advice.appraisal import Text
from guanzi.advice.backtest import Backtest, CaseResult, Contract, TieringEffect, limits
from guanzi.base.core import Message, render
from guanzi.render import DotRow, closed_up, dot_rows, mark_foreign, stylesheet
from guanzi.reports import words
from guanzi.reports.backtest_tables import (
    bin_table,
    case_table,
    contract_table,
    decision_table,
    estimate,
    method_table,
    name_of,
    score_table,
)
from guanzi.reports.chart import PageChart
from guanzi.reports.misses import misses, title_of
from guanzi.reports.pages import plain_environment
from guanzi.reports.reliability_chart import reliability_picture
from guanzi.reports.words import say

_KEPT = re.compile(r"(?<=\d) %")
"""A number stays with its percent sign."""


def backtest_html(found: Backtest, lang: str = "en") -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input."""
    groups = {g: [r for r in found.cases if r.group == g] for g in ("refused", "ongoing", "unlabelled")}
    page = (
        plain_environment(lang)
        .get_template("backtest.html.j2")
        .render(
            b=found,
            lang=lang,
            css=stylesheet(lang),
            lead=tuple(_lead(found, lang)),
            scored=len(_scored(found)),
            scores=score_table(found.scores, lang),
            ablations=score_table({"method": found.scores["method"], **found.ablations}, lang),
            score_chart=_score_chart(found, lang),
            reliability=_reliability(found, lang),
            cases=case_table(found, lang),
            decisions=decision_table(found, lang),
            contracts=contract_table(found, lang),
            contract_chart=_contract_chart(found, lang),
            silent=_silent(found, lang),
            misses=misses(found, lang),
            method=method_table(found, lang),
            apart=tuple(_apart(found, groups, lang)),
            unfit=found.unfit,
            doubtful=_doubtful(found, lang),
            settled=say("backtest.settled", lang, **_pair(found, lang)),
            limits=tuple(words.tell(Text.model_validate(m.as_dict()), lang) for m in limits(found)),
            problems=tuple(render(p.cause, lang) for p in found.problems),
        )
    )
    return mark_foreign(closed_up(_KEPT.sub("\u00a0%", page), lang), lang)


def _scored(found: Backtest) -> list[CaseResult]:
    return [r for r in found.cases if r.success is not None]


def _lead(found: Backtest, lang: str) -> Iterator[str]:
    """What came out, in the order in which a reviewer asks."""
    n = len(_scored(found))
    if not n:
        yield render(Message.of("backtest.limit.nothing_scored"), lang)
        return
    mine, base = found.scores["method"], found.scores["base_rate"]
    yield say(
        "backtest.lead.brier",
        lang,
        n=n,
        mine=estimate(mine.brier, lang),
        base=estimate(base.brier, lang),
        hindsight=estimate(found.scores["base_rate_in_hindsight"].brier, lang),
    )
    if found.skill.value is not None:
        kind = "better" if found.skill.value >= 0.0 else "worse"
        low, high = found.skill.low, found.skill.high
        if low is None or high is None:
            yield say(f"backtest.lead.{kind}_alone", lang, share=abs(found.skill.value))
        else:
            yield say(f"backtest.lead.{kind}", lang, share=abs(found.skill.value), low=low, high=high)
    if mine.auc.value is not None and found.permutation is not None and found.permutation_auc is not None:
        yield say(
            "backtest.lead.auc",
            lang,
            auc=estimate(mine.auc, lang),
            p=f"{found.permutation:.3f}",
            q=f"{found.permutation_auc:.3f}",
        )
    day = found.scores["on_the_day"].brier
    yield say(
        "backtest.lead.day",
        lang,
        day=estimate(day, lang),
        base=estimate(found.scores["base_rate_on_the_day"].brier, lang),
    )
    advice, blind = found.decisions["advice"], found.decisions["advice_without_conditions"]
    yield say(
        "backtest.lead.advice", lang, n=n, yes=advice.yes, failed=blind.failures_backed, missed=advice.successes_missed
    )
    effects = _effects(found)
    if effects:
        shares = [e.ratio.value for _, e in effects if e.ratio is not None]
        yield say("backtest.lead.contract", lang, n=len(effects), low=min(shares), high=max(shares))
        reached = [
            e.bound.reached.value / e.signed.reached.value
            for _, e in effects
            if e.signed.reached is not None and e.bound.reached is not None and e.signed.reached.value > 0.0
        ]
        if reached:
            more = 100.0 * max(0.0, *(e.more_failures.value for _, e in effects))
            yield say("backtest.lead.price", lang, more=f"{more:.1f}", low=min(reached), high=max(reached))


def _effects(found: Backtest) -> list[tuple[Contract, TieringEffect]]:
    return [(c, c.effect) for c in found.contracts if c.effect is not None and c.effect.ratio is not None]


def _score_chart(found: Backtest, lang: str) -> PageChart | None:
    """Brier scores of every forecast; None where nothing is scored."""
    rows = [
        DotRow(name_of(name, lang), s.brier.value, s.brier.low, s.brier.high, strong=name == "method")
        for name, s in found.scores.items()
        if s.brier.value is not None
    ]
    if not rows:
        return None
    most = max(0.3, ceil(10 * max(row.high or row.value for row in rows)) / 10)
    sentence = say("backtest.chart.scores", lang)
    drawn = dot_rows(rows, say("backtest.axis.brier", lang), sentence, most=most, step=0.1)
    return PageChart("scores", say("backtest.section.scores", lang), sentence, drawn, ())


def _reliability(found: Backtest, lang: str) -> PageChart | None:
    scored = _scored(found)
    if not scored:
        return None
    sentence = say("backtest.chart.reliability", lang, n=len(scored))
    bets = [(r.probability, r.success) for r in scored if r.success is not None]
    drawn = reliability_picture(found.calibration, bets, sentence, lang)
    label = say("backtest.section.reliability", lang)
    return PageChart("reliability", label, sentence, drawn, ((bin_table(found, lang), label),))


def _contract_chart(found: Backtest, lang: str) -> PageChart | None:
    """Loss given failure in percent of the public money of each deal: hollow as signed, full in the tiered form."""
    by_case = {r.replay.profile.case: r for r in found.cases}
    rows = []
    for c, e in _effects(found):
        r = by_case.get(c.bet)
        name = title_of(r, lang) if r else say(f"backtest.bet.{c.bet}", lang)
        signed, bound = (max(0.0, 100 * side.loss.value / e.total) for side in (e.signed, e.bound))
        rows.append(DotRow(name, bound, before=signed, strong=r is None or r.label == "failure"))
    if not rows:
        return None
    sentence = say("backtest.chart.contract", lang)
    drawn = dot_rows(rows, say("backtest.axis.loss", lang), sentence, most=100.0, step=20.0)
    return PageChart("contract", say("backtest.section.contract", lang), sentence, drawn, ())


def _silent(found: Backtest, lang: str) -> tuple[str, ...]:
    """Cases without an effect of the contract, by reason."""
    by_case = {r.replay.profile.case: r for r in found.cases}
    reasons: dict[str, list[str]] = {}
    for c in found.contracts:
        if c.because is not None:
            reasons.setdefault(c.because, []).append(title_of(by_case[c.bet], lang) if c.bet in by_case else c.bet)
    return tuple(say(f"backtest.silent.{why}", lang, cases=tuple(names)) for why, names in reasons.items())


def _apart(found: Backtest, groups: dict[str, list[CaseResult]], lang: str) -> Iterator[str]:
    for group, cases in groups.items():
        if not cases:
            continue
        names = tuple(title_of(r, lang) for r in cases)
        yield say(f"backtest.apart.{group}", lang, n=len(cases), cases=names)
        apart = found.apart.get(group)
        if apart is not None and apart.known:
            yield say("backtest.apart.company", lang, n=apart.known, brier=estimate(apart.brier, lang))


def _doubtful(found: Backtest, lang: str) -> str:
    if found.doubtful is None:
        return say("backtest.doubtful.not_asked", lang)
    return say(
        "backtest.doubtful.effect",
        lang,
        brier=estimate(found.doubtful.brier, lang),
        auc=estimate(found.doubtful.auc, lang),
        before=estimate(found.scores["method"].brier, lang),
        auc_before=estimate(found.scores["method"].auc, lang),
    )


def _pair(found: Backtest, lang: str) -> dict[str, str]:
    return {"brier": estimate(found.settled_only.brier, lang), "auc": estimate(found.settled_only.auc, lang)}
