"""The tables of a backtest."""

from __future__ import annotations

from collections.abc import Mapping

from guanzi.advice.backtest import Backtest, CaseResult, Contract, Mean, Scores
from guanzi.base.core import Message
from guanzi.jobs.backtest.documents.misses import title_of
from guanzi.jobs.backtest.documents.reliability_chart import band_of
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import Cell, Column, Measurement, Row, Table, Words
from guanzi.study.forecasting import BootstrapEstimate

NUMBER = "count"
"""The unit of a score, which has none: it is shown as a number."""


def _heads(*names: str, **units: str) -> tuple[Column, ...]:
    return heads("backtest.head", *names, **units)


def estimate(e: BootstrapEstimate) -> Message | str:
    """A score with its interval; a dash where it is not defined."""
    if e.value is None:
        return "–"
    if e.low is None or e.high is None:
        return message("backtest.number", value=Measurement(e.value, NUMBER))
    return _banded(e.value, e.low, e.high, NUMBER)


def _banded(value: float, low: float, high: float, unit: str) -> Message:
    ends = {name: Measurement(held, unit) for name, held in (("value", value), ("low", low), ("high", high))}
    return message("backtest.estimate", **ends)


def _mean(m: Mean | None, unit: str) -> Cell:
    return Cell("–") if m is None else Cell(_banded(m.value, m.low, m.high, unit))


def _to(before: Mean | None, after: Mean | None, unit: str) -> Cell:
    if before is None or after is None:
        return Cell("–")
    ends = {"before": Measurement(before.value, unit), "after": Measurement(after.value, unit)}
    return Cell(message("backtest.to", **ends))


def name_of(forecast: str) -> Message:
    """A forecast, comparator or ablation in words."""
    return Message.of(f"backtest.of.{forecast}")


def bet_title(contract: Contract, result: CaseResult | None) -> Words:
    """What a deal is called: its case, or what it illustrates."""
    return message(f"backtest.bet.{contract.bet}") if result is None else title_of(result)


def record_of(result: CaseResult) -> Message:
    """What the record says of a case."""
    return Message.of(f"backtest.label.{result.label or result.group}")


def score_table(id: str, scores: Mapping[str, Scores]) -> Table:
    """Scores of forecasts with their intervals, and with partial successes counted either way."""
    rows = []
    for name, s in scores.items():
        either = (Cell(v, NUMBER) for v in (s.brier_if_partial_succeeds, s.brier_if_partial_fails))
        cells = (*(Cell(estimate(e)) for e in (s.brier, s.log_score, s.auc)), *either)
        rows.append(Row(Cell(name_of(name)), cells))
    names = ("forecast", "brier", "log_score", "auc", "up", "down")
    return Table(id, message(f"backtest.table.{id}"), _heads(*names), tuple(rows))


def case_table(found: Backtest) -> Table:
    """Every case that was appraised: what was told on the day, and what the record says."""
    rows = []
    for r in found.cases:
        label: Words = record_of(r)
        cells = (
            Cell(r.replay.decided),
            Cell(message(f"advice.{r.replay.advice}")),
            Cell(r.probability),
            Cell(r.base_rate),
            Cell(r.elsewhere),
            Cell(label if r.settled or r.success is None else message("backtest.early", label=label), tone="outcome"),
            Cell(message("backtest.missed") if r.missed else "", rests=(f"miss-{r.replay.profile.case}",)),
        )
        rows.append(Row(Cell(title_of(r)), cells, f"case:{r.replay.profile.case}"))
    names = ("case", "decided", "advice", "probability", "base", "elsewhere", "record", "missed")
    columns = _heads(*names, probability="ratio", base="ratio", elsewhere="ratio")
    return Table("cases", message("backtest.table.cases"), columns, tuple(rows))


def bin_table(found: Backtest, caption: Words) -> Table:
    """Bins of the reliability diagram."""
    rows = []
    for b in found.calibration:
        ends = message("backtest.range", low=Measurement(b.low, "ratio"), high=Measurement(b.high, "ratio"))
        share = _banded(b.successes / b.n, *band_of(b), "ratio")
        rows.append(Row(Cell(ends), (Cell(b.n), Cell(b.mean, "ratio"), Cell(b.successes), Cell(share))))
    return Table("bins", caption, _heads("bin", "n", "mean", "successes", "observed"), tuple(rows))


def decision_table(found: Backtest) -> Table:
    """What following the advice and simple rules would have brought."""
    rows = []
    for name, d in found.decisions.items():
        values = (d.yes, d.value, estimate(d.per_bet), d.double, d.failures_backed, d.successes_missed)
        rows.append(Row(Cell(message(f"backtest.rule.{name}")), tuple(Cell(value) for value in values)))
    names = ("rule", "yes", "value", "per_bet", "double", "failures", "successes_missed")
    return Table("decisions", message("backtest.table.decisions"), _heads(*names), tuple(rows))


def contract_table(found: Backtest) -> Table:
    """Loss given failure under either deal, and the price of the tiered one."""
    by_case = {r.replay.profile.case: r for r in found.cases}
    rows = []
    for c in found.contracts:
        e = c.effect
        if e is None:
            continue
        unit, r = f"{c.currency} m", by_case.get(c.bet)
        cells = (
            Cell(message("backtest.illustrative")) if r is None else Cell(record_of(r), tone="outcome"),
            Cell(e.total, unit),
            *(Cell(Measurement(side.loss.value, unit, side.p5, side.p95)) for side in (e.signed, e.bound)),
            _mean(e.saved, unit),
            _mean(e.ratio, "ratio"),
            _to(e.signed.fails, e.bound.fails, "ratio"),
            _to(e.signed.reached, e.bound.reached, unit),
        )
        rows.append(Row(Cell(bet_title(c, r)), cells))
    names = ("bet", "record", "total", "loss_signed", "loss_bound", "saved", "ratio", "more", "reached")
    return Table("contracts", message("backtest.table.contracts"), _heads(*names), tuple(rows))


def method_table(found: Backtest) -> Table:
    """The parts that move the base rate, with their stated weights."""
    rows = tuple(
        Row(Cell(message(f"backtest.feature.{f.id}")), (Cell(f.weight), Cell(message(f"backtest.because.{f.id}"))))
        for f in found.method.features
    )
    return Table("features", message("backtest.method.features"), _heads("feature", "weight", "because"), rows)
