"""Variants measured anew, on draws that the search has not seen: only that is shown.

The best of many variants on one sample looks better than it is. Out of sample a limit of the draft is kept where the
mean paired difference from the draft keeps it; a gain counts when it is both clear and of a material size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guanzi.advice.structuring.limits import MeasureLimit
from guanzi.advice.structuring.measures import BY_ID, MEASURES, Estimate, Floats, Measure, Pair
from guanzi.advice.structuring.trials import Key, Trials

VALUE, TAIL = BY_ID["public.npv"], BY_ID["public.cvar"]
CLEAR = 2.0
"""Paired standard errors beyond which a difference is no noise."""
MATERIAL_GAIN = 0.01
"""A difference is material from this part of what the public side pays and gives under the draft; a judgement."""


@dataclass(frozen=True, slots=True)
class OutOfSamplePoint:
    """A variant as it was measured out of sample.

    Attributes:
        key: Which.
        results: All measures of the draft and of it.
        broken: Limits that it does not keep out of sample.
        price: What one more unit of tail buys in value, between the point before it on the frontier and this one.
    """

    key: Key
    results: tuple[Pair, ...]
    broken: tuple[MeasureLimit, ...] = ()
    price: Estimate | None = None

    def mean(self, measure: Measure) -> float:
        """A measure of it."""
        return self.pair(measure).after.mean

    def pair(self, measure: Measure) -> Pair:
        """A measure of the draft and of it."""
        return next(p for p in self.results if p.measure is measure)


class OutOfSampleDraws:
    """Variants out of sample.

    Args:
        out_of_sample: Where they are measured.
        material: From what size a difference in money counts, in units of the sheet; None: a part of what the public
            side pays and gives under the draft.
    """

    def __init__(self, measured: Trials, material: float | None) -> None:
        self.out_of_sample = measured
        self._own = measured.own_arrays
        self._seen: dict[Key, tuple[tuple[Pair, ...], dict[str, Floats]]] = {}
        paid = sum(float(self._own[id].mean()) for id in ("fund.paid", "budget.spent"))
        self.material = MATERIAL_GAIN * paid if material is None else material

    def point(self, key: Key, limits: Sequence[MeasureLimit]) -> OutOfSamplePoint:
        """A variant beside the draft, with the limits that it breaks."""
        results, _ = self._measured(key)
        by_id = {p.measure.id: p for p in results}
        return OutOfSamplePoint(key, results, tuple(x for x in limits if is_broken(x, by_id[x.measure.id])))

    def gain(self, measure: Measure, before: Key, after: Key) -> Estimate:
        """By how much value or tail is better in one variant than in another."""
        its, other = self._measured(after)[1][measure.id], self._measured(before)[1][measure.id]
        return Estimate.of(measure.sign * (its - other))

    def counts(self, gain: Estimate, errors: float = CLEAR) -> bool:
        """Whether a gain is more than noise, and material."""
        return gain.mean > errors * gain.se and gain.mean >= self.material and gain.mean > 0.0

    def look(self, keys: Iterable[Key]) -> None:
        """Measure several variants at once, which is quicker than one by one."""
        new = dict.fromkeys(key for key in keys if key not in self._seen)
        for key, its in self.out_of_sample.arrays_of(new):
            self._seen[key] = self._compared(its)

    def _measured(self, key: Key) -> tuple[tuple[Pair, ...], dict[str, Floats]]:
        self.look((key,))
        return self._seen[key]

    def _compared(self, its: dict[str, Floats]) -> tuple[tuple[Pair, ...], dict[str, Floats]]:
        own = self._own
        results = tuple(
            Pair(m, Estimate.of(own[m.id]), Estimate.of(its[m.id]), Estimate.of(its[m.id] - own[m.id]))
            for m in MEASURES
        )
        return results, {m.id: its[m.id] for m in (VALUE, TAIL)}


def is_broken(limit: MeasureLimit, pair: Pair) -> bool:
    """Out of sample; what the draft has is what it has on these draws, and a relaxed limit is as far below it."""
    if limit.origin == "draft":
        gain = -pair.difference.mean if limit.most else pair.difference.mean
        return gain < -limit.relaxed
    return limit.slack(pair.after.mean) < 0.0
