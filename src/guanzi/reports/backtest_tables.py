"""The tables of the backtest page."""

from __future__ import annotations

from collections.abc import Mapping

from guanzi.advice.backtest import Backtest, Mean, Scores
from guanzi.base.core import Message, render
from guanzi.render import decimals, number, scale_for
from guanzi.reports.misses import title_of
from guanzi.reports.reliability_chart import band_of
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import day, say
from guanzi.study.forecasting import BootstrapEstimate

NOTHING = TableNumber("–")


def estimate(e: BootstrapEstimate, lang: str) -> str:
    """A measure with its interval to three decimals; a dash where it is not defined."""
    if e.value is None:
        return "–"
    if e.low is None or e.high is None:
        return _number(e.value)
    return say("backtest.estimate", lang, value=_number(e.value), low=_number(e.low), high=_number(e.high))


def name_of(forecast: str, lang: str) -> str:
    """A forecast, comparator or ablation in words."""
    return render(Message.of(f"backtest.of.{forecast}"), lang)


def score_table(scores: Mapping[str, Scores], lang: str) -> ReportTable:
    """Scores of forecasts with their intervals, and with partial successes counted either way."""
    names = ("forecast", "brier", "log_score", "auc", "up", "down")
    rows = []
    for name, s in scores.items():
        either = [
            NOTHING if v is None else TableNumber(_number(v))
            for v in (s.brier_if_partial_succeeds, s.brier_if_partial_fails)
        ]
        cells = (*(TableNumber(estimate(e, lang)) for e in (s.brier, s.log_score, s.auc)), *either)
        rows.append((name_of(name, lang), cells))
    return ReportTable("", tuple(say(f"backtest.head.{n}", lang) for n in names), tuple(rows))


def case_table(found: Backtest, lang: str) -> ReportTable:
    """Every case that was appraised: what was told on the day, and what the record says."""
    names = ("case", "decided", "advice", "probability", "base", "elsewhere", "record", "missed")
    rows = []
    for r in found.cases:
        label = render(Message.of(f"backtest.label.{r.label or r.group}"), lang)
        told = f"miss-{r.replay.profile.case}" if r.missed else ""
        cells = (
            TableNumber(day(r.replay.decided, lang), mark="words"),
            TableNumber(say(f"advice.{r.replay.advice}", lang), mark="words"),
            TableNumber(_percent(r.probability, lang), f"{r.probability:.4f}"),
            TableNumber(_percent(r.base_rate, lang), f"{r.base_rate:.4f}"),
            TableNumber(_percent(r.elsewhere, lang), f"{r.elsewhere:.4f}"),
            TableNumber(
                label if r.settled or r.success is None else say("backtest.early", lang, label=label), mark="outcome"
            ),
            TableNumber(say("backtest.missed", lang) if r.missed else "", anchor=told, mark="words"),
        )
        rows.append((title_of(r, lang), cells))
    return ReportTable("", tuple(say(f"backtest.head.{n}", lang) for n in names), tuple(rows))


def bin_table(found: Backtest, lang: str) -> ReportTable:
    """Bins of the reliability diagram."""
    names = ("bin", "n", "mean", "successes", "observed")
    rows = []
    for b in found.calibration:
        low, high = band_of(b)
        share = say(
            "backtest.estimate",
            lang,
            value=_percent(b.successes / b.n, lang),
            low=_percent(low, lang),
            high=_percent(high, lang),
        )
        name = say("backtest.range", lang, low=_percent(b.low, lang), high=_percent(b.high, lang))
        rows.append(
            (
                name,
                (
                    TableNumber(str(b.n)),
                    TableNumber(_percent(b.mean, lang)),
                    TableNumber(f"{b.successes:g}"),
                    TableNumber(share),
                ),
            )
        )
    return ReportTable("", tuple(say(f"backtest.head.{n}", lang) for n in names), tuple(rows))


def decision_table(found: Backtest, lang: str) -> ReportTable:
    """What following the advice and simple rules would have brought."""
    names = ("rule", "yes", "value", "per_bet", "double", "failures", "successes_missed")
    rows = []
    for name, d in found.decisions.items():
        cells = (
            TableNumber(str(d.yes)),
            TableNumber(number(d.value, 1)),
            TableNumber(estimate(d.per_bet, lang)),
            TableNumber(number(d.double, 1)),
            TableNumber(str(d.failures_backed)),
            TableNumber(str(d.successes_missed)),
        )
        rows.append((say(f"backtest.rule.{name}", lang), cells))
    return ReportTable("", tuple(say(f"backtest.head.{n}", lang) for n in names), tuple(rows))


def contract_table(found: Backtest, lang: str) -> ReportTable:
    """Loss given failure under either deal, and the price of the tiered one."""
    names = ("bet", "record", "total", "loss_signed", "loss_bound", "saved", "ratio", "more", "reached")
    labels = {r.replay.profile.case: r for r in found.cases}
    rows = []
    for c in found.contracts:
        e = c.effect
        if e is None:
            continue
        unit = f"{c.currency} m"
        r = labels.get(c.bet)
        label = (
            render(Message.of(f"backtest.label.{r.label or r.group}"), lang)
            if r
            else say("backtest.illustrative", lang)
        )
        reached = NOTHING
        if e.signed.reached is not None and e.bound.reached is not None:
            reached = TableNumber(
                say(
                    "backtest.to",
                    lang,
                    before=_money(e.signed.reached.value, unit, lang),
                    after=_money(e.bound.reached.value, unit, lang),
                )
            )
        cells = (
            TableNumber(label, mark="outcome" if r else "words"),
            TableNumber(_money(e.total, unit, lang)),
            TableNumber(_banded(e.signed.loss.value, e.signed.p5, e.signed.p95, unit, lang)),
            TableNumber(_banded(e.bound.loss.value, e.bound.p5, e.bound.p95, unit, lang)),
            TableNumber(_mean(e.saved, unit, lang)),
            NOTHING if e.ratio is None else TableNumber(_mean(e.ratio, "ratio", lang)),
            TableNumber(
                say(
                    "backtest.to",
                    lang,
                    before=_percent(e.signed.fails.value, lang),
                    after=_percent(e.bound.fails.value, lang),
                )
            ),
            reached,
        )
        rows.append((title_of(r, lang) if r else say(f"backtest.bet.{c.bet}", lang), cells))
    return ReportTable("", tuple(say(f"backtest.head.{n}", lang) for n in names), tuple(rows))


def method_table(found: Backtest, lang: str) -> ReportTable:
    """The parts that move the base rate, with their stated weights."""
    rows = tuple(
        (
            say(f"backtest.feature.{f.id}", lang),
            (TableNumber(number(f.weight, 2)), TableNumber(say(f"backtest.because.{f.id}", lang), mark="words")),
        )
        for f in found.method.features
    )
    return ReportTable("", tuple(say(f"backtest.head.{n}", lang) for n in ("feature", "weight", "because")), rows)


def _mean(m: Mean, unit: str, lang: str) -> str:
    return _banded(m.value, m.low, m.high, unit, lang)


def _banded(value: float, low: float, high: float, unit: str, lang: str) -> str:
    scale = scale_for(unit, (value, low, high), lang)
    places = decimals([v / scale.divisor for v in (value, low, high)], scale)
    texts = [number(v / scale.divisor, places) for v in (value, low, high)]
    if scale.each:
        return say(
            "backtest.estimate",
            lang,
            value=scale.label(texts[0], lang),
            low=scale.label(texts[1], lang),
            high=scale.label(texts[2], lang),
        )
    return say("backtest.estimate", lang, value=scale.label(texts[0], lang), low=texts[1], high=texts[2])


def _money(value: float, unit: str, lang: str) -> str:
    scale = scale_for(unit, (value,), lang)
    return scale.label(number(value / scale.divisor, decimals([value / scale.divisor], scale)), lang)


def _percent(value: float, lang: str) -> str:
    return say("table.share", lang, share=value)


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")
