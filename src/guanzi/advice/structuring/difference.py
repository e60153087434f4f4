"""The difference of two deals: clause by clause in words, and in results on the same draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guanzi.advice.structuring.clauses import ClauseChange, compare_clauses
from guanzi.advice.structuring.measures import MEASURES, Pair, compare
from guanzi.advice.structuring.setting import DealSetting
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.engine.simulation import Sampler, outputs_of


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two deals.

    Attributes:
        clauses: Clauses that were added, removed or changed.
        results: Measures of both on the same draws; empty when nothing was simulated.
        notes: What must be known to read the results, or why there are none.
        paths, seed: What was run; 0 paths when nothing was.
    """

    clauses: tuple[ClauseChange, ...]
    results: tuple[Pair, ...] = ()
    notes: tuple[Message, ...] = ()
    paths: int = 0
    seed: int = 0

    def data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "clauses": [
                {
                    "id": c.id,
                    "group": c.group,
                    "kind": c.kind,
                    "before": None if c.before is None else c.before.as_dict(),
                    "after": None if c.after is None else c.after.as_dict(),
                    "values": [v.data() for v in c.values],
                }
                for c in self.clauses
            ],
            "results": [pair_data(p) for p in self.results],
            "notes": [n.as_dict() for n in self.notes],
            "paths": self.paths,
            "seed": self.seed,
        }


def pair_data(pair: Pair) -> dict[str, Any]:
    """A measure of two deals as plain data for JSON."""
    estimates = {"before": pair.before, "after": pair.after, "difference": pair.difference}
    return {
        "id": pair.measure.id,
        "account": pair.measure.account,
        "unit": pair.measure.unit,
        "verdict": pair.verdict,
        **{name: {"mean": x.mean, "se": x.se} for name, x in estimates.items()},
    }


def difference(
    before: DealSetting,
    after: DealSetting,
    *,
    paths: int = 20_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Difference:
    """Compare two deals, in words and on the same draws.

    Args:
        before, after: The deals.
        paths: Number of paths of each.
        seed: Key of the random numbers, the same for both.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of paths done since the last call.

    Raises:
        InvalidInput: A sheet cannot be simulated.
    """
    clauses = compare_clauses(before.sheet, after.sheet)
    if before.sheet.currency != after.sheet.currency:
        note = Message.of("structuring.note.currency", before=before.sheet.currency, after=after.sheet.currency)
        return Difference(clauses, notes=(note,))
    there = set(outputs_of(before.sheet, before.model, before.policy))
    there &= set(outputs_of(after.sheet, after.model, after.policy))
    names = tuple(dict.fromkeys(n for m in MEASURES if there.issuperset(m.outputs) for n in m.outputs))
    sampler = Sampler(names, paths=paths, seed=seed, threads=threads)
    a = sampler.draw(before.sheet, before.model, before.policy, progress)
    b = sampler.draw(after.sheet, after.model, after.policy, progress)
    scale = after.sheet.unit / before.sheet.unit
    results = compare(a, b, (before.per_year, after.per_year), scale=scale)
    return Difference(clauses, results, _notes(before.sheet, after.sheet), paths, seed)


def _notes(before: TermSheet, after: TermSheet) -> tuple[Message, ...]:
    """Where the same draws do not mean the same days."""
    found = []
    if before.signed != after.signed:
        days = {"before": before.signed.isoformat(), "after": after.signed.isoformat()}
        found.append(Message.of("structuring.note.signed", **days))
    if before.step != after.step:
        found.append(Message.of("structuring.note.step"))
    if before.horizon != after.horizon:
        found.append(Message.of("structuring.note.horizon", before=before.horizon, after=after.horizon))
    return tuple(found)
