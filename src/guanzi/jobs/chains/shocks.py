"""Shocks: the systemic risk of all firms, what a stop takes from whom and who outlives it, how it travels by days."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.inputoutput import IOTable, find_table, table_names
from guanzi.intake.networks import FirmFile, find_firms
from guanzi.study.chains import disruption


@dataclass(frozen=True, slots=True)
class Scenario:
    """What stops: firms by name, place or sector; which part of their output; and, of a table, when.

    Attributes:
        stop, place, sector: Names; none at all: the systemic risk of every firm is asked for.
        part: Of their output, 0 to 1.
        days: That it lasts.
        recovery: Days until all is made again.
        horizon: Days that are told.
        stock: Days for which stocks of inputs last.
    """

    stop: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    part: float = 1.0
    days: int = 60
    recovery: int = 0
    horizon: int = 365
    stock: float = 90.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        source: Folder with ``firms`` and ``links``, or an input-output table; or the name of a shipped one.
        scenario: What stops.
        residual: Below which a loss is not passed on.
        threads: None: as many as there are cores.
    """

    source: str
    scenario: Scenario
    residual: float = disruption.RESIDUAL
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """The systemic risk of all firms.

    Attributes:
        file: The firms.
        found: One for each rule on links of which the file does not say whether their buyer can do without.
        residual: Below which a loss was not passed on.
    """

    file: FirmFile
    found: tuple[disruption.SystemicRisk, ...]
    residual: float

    @property
    def order(self) -> Any:
        """Firms, the heaviest first."""
        return np.lexsort((np.arange(len(self.file.names)), -self.found[-1].index))


@dataclass(frozen=True, slots=True)
class FirmsStopped:
    """What a stop of firms takes.

    Attributes:
        file: The firms.
        hit: Those that stop.
        part: Of their output.
        failures, curves: Losses and survival, one for each rule as in :class:`Risk`.
    """

    file: FirmFile
    hit: Any
    part: float
    failures: tuple[disruption.Failure, ...]
    curves: tuple[tuple[disruption.Survival, ...], ...]

    @property
    def order(self) -> Any:
        """The other firms, the heaviest loss first."""
        others = np.setdiff1d(np.arange(len(self.file.names)), self.hit)
        return others[np.lexsort((others, -self.failures[-1].loss[others]))]


@dataclass(frozen=True, slots=True)
class SectorsStopped:
    """How a stop of sectors of a table travels day by day."""

    table: IOTable
    scenario: Scenario
    course: disruption.Course


type Result = Risk | FirmsStopped | SectorsStopped


def shock(request: Request) -> Result:
    """What a shock takes: of a folder of firms, or of an input-output table.

    Raises:
        InvalidInput: The source has errors, or what should stop does not stand in it.
    """
    asked = request.scenario
    if Path(request.source).is_file() or request.source in table_names():
        return _spread(find_table(request.source), asked)
    file = find_firms(request.source)
    hit = disruption.chosen_firms(file, asked.stop, asked.place, asked.sector)
    networks = [disruption.network_of(file, rule) for rule in _rules(file)]
    if not len(hit):
        threads = request.threads or os.cpu_count() or 1
        found = tuple(disruption.systemic_risk(n, residual=request.residual, threads=threads) for n in networks)
        return Risk(file, found, request.residual)
    curves = tuple(disruption.survival_curve(n, hit, part=asked.part) for n in networks)
    return FirmsStopped(file, hit, asked.part, tuple(disruption.failure(n, hit, asked.part) for n in networks), curves)


def _rules(file: FirmFile) -> tuple[bool, ...]:
    """What to suppose of links of which the file does not say whether their buyer can do without: both, apart."""
    return (False, True) if None in file.essential else (True,)


def _spread(table: IOTable, asked: Scenario) -> SectorsStopped:
    stops, problems = [], []
    for code in asked.sector:
        if code not in table.codes:
            problems.append(disruption.unknown_name(code, table.codes, table.name, "--sector"))
        else:
            stops.append(disruption.Stop(table.codes.index(code), asked.part, 0, asked.days, asked.recovery))
    if not asked.sector:
        fix = Message.of("disruption.no_sector.mend")
        problems.append(Problem(Message.of("disruption.no_sector"), Place("--sector"), fix))
    if problems:
        raise InvalidInput(problems)
    local, final = disruption.local_flows(table)
    settings = disruption.ShockSettings(stock_days=asked.stock)
    return SectorsStopped(table, asked, disruption.ario(local, final, table.output, stops, asked.horizon, settings))


def data(result: Result) -> dict[str, Any]:
    """What was found as plain data."""
    if isinstance(result, Risk):
        return _risk(result)
    return _stop(result) if isinstance(result, FirmsStopped) else _course(result)


def _risk(result: Risk) -> dict[str, Any]:
    return {
        "residual": result.residual,
        "firms": [
            {
                "firm": result.file.names[i],
                "index": [_round(r.index[i]) for r in result.found],
                "bound": [_round(r.bound[i]) for r in result.found],
            }
            for i in result.order
        ],
    }


def _stop(result: FirmsStopped) -> dict[str, Any]:
    names = result.file.names
    return {
        "hit": [names[i] for i in result.hit],
        "part": result.part,
        "index": [_round(f.index) for f in result.failures],
        "losses": [{"firm": names[i], "loss": [_round(f.loss[i]) for f in result.failures]} for i in result.order],
        "survival": [
            {
                "tolerance": same[0].tolerance,
                "firms": [_round(s.firms) for s in same],
                "output": [_round(s.output) for s in same],
            }
            for same in zip(*result.curves, strict=True)
        ],
    }


def _course(result: SectorsStopped) -> dict[str, Any]:
    asked, found = result.scenario, result.course
    return {
        "sectors": list(asked.sector),
        "part": asked.part,
        "days": asked.days,
        "lost_days": _round(found.lost_days),
        "output": [_round(v) for v in found.part],
        "unserved": [_round(v) for v in found.unserved],
        "least_stock": {c: _round(v) for c, v in zip(result.table.codes, found.least_stock, strict=True)},
    }


def _round(value: float) -> float:
    return float(f"{value:.9g}")
