"""What cannot be concluded: sentences that belong beside the scores of a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from guanzi.base.core import Message
from guanzi.study.forecasting import LEAST_CLUSTERS

if TYPE_CHECKING:
    from guanzi.advice.backtest.backtest import Backtest, CaseResult


def limits(result: Backtest) -> tuple[Message, ...]:
    """What the scores cannot show, the gravest first."""
    scored = [r for r in result.cases if r.success is not None]
    if not scored:
        return (Message.of("backtest.limit.nothing_scored"),)
    return tuple(_limits(result, scored))


def _limits(result: Backtest, scored: Sequence[CaseResult]) -> Iterator[Message]:
    n = len(scored)
    yield Message.of("backtest.limit.few", n=n)
    cities = len({r.replay.profile.region for r in scored})
    if cities < LEAST_CLUSTERS:
        yield Message.of("backtest.limit.few_cities", n=cities, least=LEAST_CLUSTERS)
    if result.scores["method"].auc.value is None:
        yield Message.of("backtest.limit.one_kind")
    yield Message.of("backtest.limit.left_out")
    yield Message.of("backtest.limit.not_of_the_day")
    if result.decisions["advice"].yes == 0:
        yield Message.of("backtest.limit.never_yes")
    known = sum(r.replay.distress is not None for r in scored)
    if known < n:
        yield Message.of("backtest.limit.zmijewski", k=known, n=n)
    early = sum(not r.settled for r in scored)
    if early:
        yield Message.of("backtest.limit.early", k=early, n=n)
