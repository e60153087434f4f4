"""The first screen of a backtest: how the forecasts did, every case in one strip, and what may still change that."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.advice.backtest import Backtest, CaseResult
from guanzi.base.core import Message
from guanzi.jobs.backtest.documents.backtest_tables import NUMBER, record_of
from guanzi.jobs.backtest.documents.case_strip import StripCase, StripDrawing
from guanzi.jobs.backtest.documents.misses import title_of
from guanzi.jobs.shared.documents.words import message
from guanzi.render import Chart, FirstScreen, KeyFigure, Measurement, NextStep, Sentence, Tone
from guanzi.study.forecasting import BootstrapEstimate


def backtest_opening(found: Backtest, scored: Sequence[CaseResult]) -> FirstScreen:
    """The first screen of a backtest."""
    verdict, tone = _verdict(found.skill if scored else None)
    picture: Chart | Sentence = (
        _strip(found.cases) if found.cases else Sentence(message("backtest.empty"), tone="unknown")
    )
    unsettled = sum(not case.settled for case in scored)
    change = message("backtest.change", n=unsettled, of=len(scored))
    step = NextStep(message("backtest.step"), message("owner.analyst"), None)
    figures = _figures(found, len(scored)) if scored else ()
    return FirstScreen(verdict, tone, (), picture, figures, (Sentence(change),), step)


def _verdict(skill: BootstrapEstimate | None) -> tuple[Message, Tone]:
    """Better or worse than the base rate, where the interval of the skill does not hold zero."""
    if skill is None or skill.value is None or skill.low is None or skill.high is None:
        return message("backtest.verdict.unknown"), "unknown"
    if skill.low > 0.0:
        return message("backtest.verdict.better"), "good"
    if skill.high < 0.0:
        return message("backtest.verdict.worse"), "risk"
    return message("backtest.verdict.same"), "caution"


def _strip(results: Sequence[CaseResult]) -> Chart:
    ordered = sorted(results, key=lambda r: (-r.probability, r.replay.profile.case))
    cases = tuple(
        StripCase(title_of(r), r.probability, r.interval, r.success, record_of(r), message(f"advice.{r.replay.advice}"))
        for r in ordered
    )
    scored = [r for r in results if r.success is not None]
    backed = [r for r in scored if r.replay.advice.startswith("back")]
    failed = sum(r.success == 0.0 for r in backed)
    finding = message("backtest.strip.finding", n=len(results), backed=len(backed), failed=failed, of=len(scored))
    legend = message("backtest.strip.legend")
    return Chart(
        "strip", message("backtest.section.cases"), Sentence(finding), StripDrawing(finding, cases), (), legend
    )


def _figures(found: Backtest, n: int) -> tuple[KeyFigure, ...]:
    """Error of the method and of the base rate, how well it ranks, and failures that the advice backed."""
    of, mine, base = message("backtest.of_cases", n=n), found.scores["method"], found.scores["base_rate"]
    scores = {"brier": mine.brier, "base": base.brier, "auc": mine.auc}
    told = (KeyFigure(message(f"backtest.figure.{id}"), _measured(held), of) for id, held in scores.items())
    backed = Measurement(float(found.decisions["advice"].failures_backed), NUMBER)
    return (*told, KeyFigure(message("backtest.figure.backed"), backed, of))


def _measured(held: BootstrapEstimate) -> Measurement:
    return Measurement(held.value, NUMBER, held.low, held.high)
