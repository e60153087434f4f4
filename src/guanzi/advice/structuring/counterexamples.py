"""Counterexamples: for a finding of the linter, the simulated path on which the flaw costs the public side most.

The deal and the corrected deal run on the same draws. What the public side loses with the flaw and would not have lost
without it is what the flaw costs on a path; the path where that is most is told as a dated story. It can be replayed by
its number. Gains that a fix might bring do not count here: a counterexample is about losses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.structuring.fixes import fix_sheet
from guanzi.advice.structuring.setting import DealSetting
from guanzi.advice.structuring.story import tell_story
from guanzi.advice.structuring.trees import negation, truth
from guanzi.base.core import InvalidInput, Message, Place, render
from guanzi.deal.lint import Diagnostic
from guanzi.deal.terms import (
    Condition,
    Expression,
    Relation,
    Rewriting,
    Smallest,
    TermSheet,
    Unknown,
    observables,
)
from guanzi.engine.company import CompanyModel
from guanzi.engine.simulation import Sampler, trace

FAILED = "with.failed_step"
VALUE = "public.npv"
"""Value is counted at present, to all public parties, incentives included; a loss is a value below zero."""
STAND_IN = "plant_local"
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The path on which a flaw costs most.

    Attributes:
        diagnostic: The finding.
        path, seed: By which it can be replayed.
        cost: What the corrected deal would have lost less on this path: present value, in the sheet's unit.
        mean, se: What the corrected deal is worth more over all paths, gains included, and its standard error; negative
            where the fix costs more than it saves.
        share: Part of the paths on which the flaw costs something.
        paths: Number of paths.
        lines: The story, at most twelve lines.
    """

    diagnostic: Diagnostic
    path: int
    seed: int
    cost: float
    mean: float
    se: float
    share: float
    paths: int
    lines: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """What a simulation adds to the findings of one sheet.

    Attributes:
        found: Finding to its counterexample.
        note: By what company they were simulated, or why they were not.
    """

    found: Mapping[Diagnostic, Counterexample] = field(default_factory=dict)
    note: Message | None = None

    def as_texts(self, lang: str) -> dict[Diagnostic, str]:
        """Each counterexample as one text."""
        return {d: "\n".join(render(line, lang) for line in one.lines) for d, one in self.found.items()}

    def data(self, diagnostic: Diagnostic, lang: str) -> dict[str, Any] | None:
        """A counterexample as plain data; amounts in the unit of the sheet."""
        one = self.found.get(diagnostic)
        if one is None:
            return None
        return {
            "path": one.path,
            "seed": one.seed,
            "paths": one.paths,
            "cost": one.cost,
            "mean": one.mean,
            "se": one.se,
            "share": one.share,
            "story": [render(line, lang) for line in one.lines],
        }


def counterexamples(
    setting: DealSetting,
    diagnostics: Iterable[Diagnostic],
    *,
    paths: int = 4096,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Counterexample, ...]:
    """A counterexample for each finding that has a corrected deal, and a path on which the fix would have saved money.

    Args:
        setting: The deal; what its company model does not compute is stood for by the plant, and the story says so.
        diagnostics: Findings of the linter.
        paths: Number of paths.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of paths done since the last call.

    Raises:
        InvalidInput: The sheet cannot be simulated.
    """
    model, policy = setting.model, setting.policy
    seen, stood_for = make_simulable(setting.sheet, model)
    pairs = [(d, better) for d in diagnostics if (better := fix_sheet(seen, d)) is not None and better != seen]
    if not pairs:
        return ()
    sampler = Sampler((VALUE, FAILED), paths=paths, seed=seed, threads=threads)
    drawn = sampler.draw(seen, model, policy, progress)
    base, failed = drawn[VALUE], drawn[FAILED] >= 0.0
    found: list[Counterexample] = []
    for diagnostic, better in pairs:
        try:
            value = sampler.draw(better, model, policy, progress)[VALUE]
        except InvalidInput:
            continue  # the fix asks for what this model does not compute
        cost, gain = np.minimum(value, 0.0) - np.minimum(base, 0.0), value - base
        worst = _worst(cost, failed)
        if cost[worst] <= LEAST:
            continue
        entries = trace(seen, model, policy, seed=seed, path=worst)
        lines = tell_story(seen, entries, path=worst, seed=seed, saved=float(cost[worst]), stood_for=stood_for)
        se = float(gain.std(ddof=1) / np.sqrt(paths)) if paths > 1 else 0.0
        share = float((cost > LEAST).mean())
        found.append(
            Counterexample(diagnostic, worst, seed, float(cost[worst]), float(gain.mean()), se, share, paths, lines)
        )
    return tuple(found)


def _worst(cost: NDArray[np.float64], failed: NDArray[np.bool_]) -> int:
    """The path that costs most among those on which the company fails; among all, where it costs nothing on these.

    Taxes and jobs are not counted here, so that a company that lives and is paid for it must not look like the worst.
    """
    among = np.where(failed, cost, -np.inf)
    worst = int(np.argmax(among))
    return worst if among[worst] > LEAST else int(np.argmax(cost))


def runs(sheet: TermSheet, diagnostics: Iterable[Diagnostic]) -> int:
    """How many deals :func:`counterexamples` simulates at most, for a progress bar."""
    count = sum(fix_sheet(sheet, d) is not None for d in diagnostics)
    return count + 1 if count else 0


def make_simulable(sheet: TermSheet, model: CompanyModel) -> tuple[TermSheet, tuple[str, ...]]:
    """The sheet with the plant standing for what the model does not compute, and the names it stands for."""
    provided = model.provides()
    missing: set[str] = set()

    def seen(value: Any) -> Any:
        if isinstance(value, Condition):
            unseen = set(observables(value.tree)) - provided
            missing.update(unseen)
            return replace(value, tree=_StoodFor(provided).truth(value.tree)) if unseen else value
        if isinstance(value, tuple):
            return tuple(map(seen, value))
        if is_dataclass(value) and not isinstance(value, type | Place | Unknown):
            return replace(value, **{f.name: seen(getattr(value, f.name)) for f in fields(value)})
        return value

    changed: TermSheet = seen(sheet)
    return changed if missing else sheet, tuple(sorted(missing))


@dataclass(frozen=True)
class _StoodFor(Rewriting):
    """The plant in place of comparisons that cannot be made."""

    provided: frozenset[str]

    def smallest(self, x: Smallest) -> Expression:
        if not isinstance(x, Relation) or set(observables(x)) <= self.provided:
            return x
        return truth(STAND_IN) if x.op in (">", ">=", "==") else negation(truth(STAND_IN))
