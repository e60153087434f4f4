"""Follows a deal path by path: the company and the money of the public side, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.program import grid_of
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.sampling import Sampler
from guanzi.engine.simulation.summaries import Floats
from guanzi.engine.simulation.watching import watchable


class Watcher:
    """Watches a deal that is composed and assembled once, on as many sets of paths as are asked for.

    Args:
        sheet: The term sheet.
        model: The company model with its parameters.
        policy: Exit and discounting.
        names: What is watched; see :func:`watchable`.
        until: The last step that is looked at; None: the last one of the sheet.

    Raises:
        InvalidInput: The sheet cannot be simulated.
        KeyError: Something is asked for that cannot be watched.
    """

    def __init__(
        self, sheet: TermSheet, model: CompanyModel, policy: Policy, names: tuple[str, ...], until: int | None = None
    ) -> None:
        unknown = [name for name in names if name not in watchable(model)]
        if unknown:
            raise KeyError(unknown[0])
        self.names = names
        self.steps = grid_of(sheet).count if until is None else min(until + 1, grid_of(sheet).count)
        self.program = compose(sheet, model, policy, watched=names)

    def values(
        self,
        *,
        paths: int,
        seed: int,
        threads: int | None = None,
        ids: NDArray[np.uint64] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Mapping[str, Floats]:
        """Name to values: (steps, paths).

        Args:
            paths: Number of paths.
            seed: Key of the random numbers; a path has the draws that it has in every other run with this key.
            threads: Number of threads; it does not change the result.
            ids: Numbers of the paths, in place of the first ``paths``.
            progress: Called with the number of paths done since the last call.
        """
        outputs = tuple(f"watch.{name}@{t}" for name in self.names for t in range(self.steps))
        sampler = Sampler(outputs, paths=paths, seed=seed, threads=threads, ids=ids)
        rows = sampler.run(sampler.kept(self.program), progress)
        return {name: np.array([rows[f"watch.{name}@{t}"] for t in range(self.steps)]) for name in self.names}
