"""The result of a simulation, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isnan

from guanzi.engine.simulation.errors import PathValues
from guanzi.engine.simulation.summaries import FanData, OutputSummary


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """Distributions of a deal over paths.

    Amounts are in the sheet's unit of its currency. Names of ``scalars``: ``fund.npv``, ``fund.irr`` (per year),
    ``budget.outlay.2020``, ``put.price`` …; the same with a bar, e.g. ``put.received|put.exercised``, are over the
    paths of a condition only. Names of ``shares``: ``company.failed_5y`` and the like.

    Attributes:
        paths, seed, steps, worlds: What was run.
        cpu_seconds: CPU time of all threads for the paths and their summaries; not part of what is compared.
        path_steps_per_cpu_second: A path-step is one path through one step, all worlds and accounts included.
        dates: First day of each step.
        years: Calendar years.
        scalars: Output to its distribution.
        fans: Quantity to its quantiles over time; ``units_year`` and ``revenue_year`` are sums of calendar years.
        shares: Event to (k, n): in k of n paths.
        tier_shares: Tier to the share of paths in which it is in force, per step.
        exact: Values of the first paths, for the sampling errors of figures.
        solvent, solvent_without: Share of paths in which the company is alive at the end of each step.
    """

    paths: int
    seed: int
    steps: int
    worlds: int
    dates: tuple[date, ...]
    years: tuple[int, ...]
    scalars: Mapping[str, OutputSummary]
    fans: Mapping[str, FanData]
    shares: Mapping[str, tuple[int, int]]
    tier_shares: Mapping[str, tuple[float, ...]]
    solvent: tuple[float, ...]
    solvent_without: tuple[float, ...]
    exact: PathValues = field(compare=False, repr=False)
    cpu_seconds: float = field(default=0.0, compare=False, repr=False)
    path_steps_per_cpu_second: float = field(default=0.0, compare=False, repr=False)

    def find_summary(self, name: str) -> OutputSummary | None:
        """The distribution of an output; None where there is none, as where no path meets its condition."""
        found = self.scalars.get(name)
        return None if found is None or found.n == 0 or isnan(found.mean) else found
