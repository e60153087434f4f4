"""From one standpoint to another by single changes: in order, each alone, and all but each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from guanzi.advice.appraisal import Appraisal
from guanzi.advice.attribution.causes import Cause, Making, changes_between, made, with_sources_of
from guanzi.advice.attribution.standpoint import Standpoint
from guanzi.base.core import InvalidInput

type Evaluate = Callable[[Standpoint, bool], Appraisal]
"""The appraisal of a standpoint; whole: with what we would sign instead, where the advice does not rest on it."""
type Appraise = Callable[[Standpoint], Appraisal]


@dataclass(frozen=True, slots=True)
class ChangeWalk:
    """What was found on the way.

    Attributes:
        causes: The changes in their order; those that cannot be computed apart are one.
        stations: The appraisal before the first change and after each.
        base: The old facts seen on the new day, which each change alone is compared with.
        end: The new standpoint, which all changes but one are compared with.
        alone: Of each change by its id, the appraisal with it alone; None where that cannot be computed. The day is
            left out: the facts that became known by then cannot be held without it.
        without: Of each change by its id, the appraisal with all others; likewise.
    """

    causes: tuple[Cause, ...]
    stations: tuple[Appraisal, ...]
    base: Appraisal
    end: Appraisal
    alone: Mapping[str, Appraisal | None]
    without: Mapping[str, Appraisal | None]


def steps_between(old: Standpoint, new: Standpoint) -> int:
    """How many appraisals a walk asks for, at most."""
    return 3 + 3 * len(changes_between(old, new))


def walk(
    old: Standpoint, new: Standpoint, evaluate: Evaluate, progress: Callable[[int], None] | None = None
) -> ChangeWalk:
    """Go from the old standpoint to the new one by single changes.

    Args:
        old, new: Both ends.
        evaluate: The appraisal of a standpoint, always on the same draws.
        progress: Called with 1 for each appraisal.

    Raises:
        InvalidInput: One of the ends cannot be computed.
    """

    def appraise_at(at: Standpoint, *, whole: bool) -> Appraisal:
        found = evaluate(at, whole)
        if progress is not None:
            progress(1)
        return found

    start = with_sources_of(old, new)
    groups, stations = _in_order(start, changes_between(start, new), partial(appraise_at, whole=True))
    dated = bool(groups) and groups[0][0].kind == "day"
    base_at, end_at = groups[0][1](start) if dated else start, made((step for _, step in groups), start)
    base, end = appraise_at(base_at, whole=False), appraise_at(end_at, whole=False)
    alone: dict[str, Appraisal | None] = {}
    without: dict[str, Appraisal | None] = {}
    briefly = partial(appraise_at, whole=False)
    for n, (cause, step) in enumerate(groups):
        if n == 0 and dated:
            continue
        alone[cause.id] = _or_none(briefly, step(base_at))
        without[cause.id] = _or_none(briefly, made((s for _, s in groups[:n] + groups[n + 1 :]), start))
    return ChangeWalk(tuple(cause for cause, _ in groups), tuple(stations), base, end, alone, without)


def _in_order(
    start: Standpoint, changes: Sequence[tuple[Cause, Making]], appraise_at: Appraise
) -> tuple[list[tuple[Cause, Making]], list[Appraisal]]:
    """The changes one on another; one whose result cannot be computed is made together with the next."""
    groups: list[tuple[Cause, Making]] = []
    stations, at = [appraise_at(start)], start
    pending: list[tuple[Cause, Making]] = []
    for n, (cause, step) in enumerate(changes):
        at = step(at)
        pending.append((cause, step))
        try:
            stations.append(appraise_at(at))
        except InvalidInput:
            if n == len(changes) - 1:
                raise
            continue
        groups.append(_joined(pending))
        pending = []
    return groups, stations


def _joined(changes: Sequence[tuple[Cause, Making]]) -> tuple[Cause, Making]:
    if len(changes) == 1:
        return changes[0]
    causes, steps = zip(*changes, strict=True)
    return Cause("joint", " + ".join(cause.id for cause in causes), joined=causes), partial(made, steps)


def _or_none(appraise_at: Appraise, at: Standpoint) -> Appraisal | None:
    try:
        return appraise_at(at)
    except InvalidInput:
        return None
