"""Which assumption moves the result, in the form of the appraisal."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, isnan

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.sensitivity_data import SensitivityData, TornadoSpanData
from guanzi.base.core import Message
from guanzi.engine.company import CompanyModel
from guanzi.engine.machine import Assembled
from guanzi.engine.simulation import CHANCE, Sensitivity, TornadoSpan, sensitivity

SMALLEST, LARGEST = 16, 1024
RESULTS = {"fund.loss": "result", "company.failed": "failure"}
"""What is asked, and how it is called. Where nothing is bought or lent: that the company fails, as what was given is
then lost."""
MOST_NAMED = 3
PATHS_PER_ROW = 40
"""A base sample of a fortieth of the paths: the work of both is of the same order."""


def tornado(
    prepared: Prepared, paths: int, seed: int, threads: int | None, program: Assembled
) -> SensitivityData | None:
    """Sensitivity of the probability of loss; None when nothing is simulated.

    Where nothing is bought or lent, no fund can lose: then of the probability that the company fails.

    Args:
        prepared: What is fixed before the simulation.
        paths: Number of simulated paths, by which the effort is measured.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
        program: The deal with given parameters; see :func:`guanzi.engine.simulation.given`.
    """
    if prepared.sheet is None or prepared.model is None:
        return None
    base = min(max(1 << (max(paths // PATHS_PER_ROW, 1).bit_length() - 1), SMALLEST), LARGEST)
    result = "company.failed" if prepared.sheet.only_gives else "fund.loss"
    found = sensitivity(program, prepared.model, result=result, base=base, seed=seed, threads=threads or 2)
    rows = tuple(_row(s, prepared.model) for s in found.bars)
    leading = [_label(s.parameter, prepared.model) for s in _first(found.bars)]
    return SensitivityData(
        result=text(Message.of(f"appraisal.sensitivity.{RESULTS[result]}")),
        mean=found.mean,
        paths=found.paths,
        swings=rows,
        leading=tuple(text(label) for label in leading) if len(leading) <= MOST_NAMED else (),
        sentence=text(_sentence(RESULTS[result], found, leading, rows)),
    )


def _first(bars: Sequence[TornadoSpan]) -> list[TornadoSpan]:
    """Assumptions whose part is not smaller than the largest one by more than chance allows, at two standard errors."""
    free = [s for s in bars if s.parameter != CHANCE and s.total > 0.0]
    return [s for s in free if free[0].total - s.total <= 2.0 * hypot(free[0].error, s.error)]


def _sentence(name: str, found: Sensitivity, leading: Sequence[Message], rows: tuple[TornadoSpanData, ...]) -> Message:
    """What moves the result most; a result that is the same on all paths is moved by nothing."""
    result = Message.of(f"appraisal.sensitivity.{name}")
    if not leading:
        return Message.of("appraisal.sensitivity.flat", result=result, mean=found.mean)
    names = tuple(Message.of("appraisal.sensitivity.named", label=label) for label in leading[:MOST_NAMED])
    chance, more = _chance(rows), len(leading) - len(names)
    if more:
        counts = {"more": more, "paths": found.paths}
        return Message.of("appraisal.sensitivity.alike", result=result, leading=names, chance=chance, **counts)
    return Message.of(f"appraisal.sensitivity.sentence.{name}", leading=names, chance=chance)


def _row(s: TornadoSpan, model: CompanyModel) -> TornadoSpanData:
    chance = s.parameter == CHANCE
    return TornadoSpanData(
        parameter="" if chance else f"parameter.{s.parameter}",
        label=text(_label(s.parameter, model)),
        unit="" if chance else model.parameters[s.parameter].unit,
        total=s.total,
        error=s.error,
        first=s.first,
        low=_known(s.low),
        high=_known(s.high),
        at_low=_known(s.at_low),
        at_high=_known(s.at_high),
    )


def _label(parameter: str, model: CompanyModel) -> Message:
    if parameter == CHANCE:
        return Message.of("appraisal.sensitivity.chance")
    return Message.of(model.MEANINGS[parameter])


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _chance(rows: tuple[TornadoSpanData, ...]) -> float:
    """Share of chance; an estimate from few paths can lie above the whole."""
    return min(next(row.total for row in rows if not row.parameter), 1.0)
