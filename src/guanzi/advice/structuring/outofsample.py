"""Variants measured anew, on draws that the search has not seen: only that is shown.

The best of many variants on one sample looks better than it is. Out of sample a limit of the draft is kept where the
mean paired difference from the draft keeps it; a gain counts when it is both clear and of a material size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from guanzi.advice.structuring.limits import MeasureLimit
from guanzi.advice.structuring.measures import BY_ID, MEASURES, Estimate, Floats, Measure, Pair
from guanzi.advice.structuring.trials import Key, Trials

VALUE, TAIL = BY_ID["public.npv"], BY_ID["public.cvar"]
CLEAR = 2.0
"""Paired standard errors beyond which a difference is no noise."""
DOUBT = 3.0
"""Paired standard errors by which a variant must fail on the first paths not to be measured on all."""
FIRST = 8
"""The first paths are one of so many parts of all."""
LEAST_BYTES = 1 << 24
"""Bytes in which what no free term reaches is kept, of all paths and of the first: few variants are measured."""
MATERIAL_GAIN = 0.01
"""A difference is material from this part of what the public side pays and gives under the draft; a judgement."""


type _Measured = tuple[tuple[Pair, ...], dict[str, Floats]]


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
        self._first = measured.beginning(FIRST, room=LEAST_BYTES)
        self._own = measured.own_arrays
        self._seen: dict[Key, _Measured] = {}
        self._seen_first: dict[Key, _Measured] = {}
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
        _look(self.out_of_sample, self._seen, keys)

    def promising(
        self, measure: Measure, before: Key, keys: Sequence[Key], limits: Sequence[MeasureLimit]
    ) -> Iterator[tuple[float, Key]]:
        """What may gain over a variant within limits, by the first paths: the most that it may gain, greatest first.

        The end of a race: who measures all paths of each can stop where no other may gain more.
        """
        if self._first is self.out_of_sample:
            yield from ((inf, key) for key in keys)
            return
        _look(self._first, self._seen_first, (before, *keys))
        base = self._seen_first[before][1][measure.id]
        able = [key for key in keys if not self.is_hopeless(key, limits)]
        gains = [Estimate.of(measure.sign * (self._seen_first[key][1][measure.id] - base)) for key in able]
        most = [gain.mean + DOUBT * gain.se for gain in gains]
        yield from sorted(zip(most, able, strict=True), key=lambda x: (-x[0], x[1]))

    def is_hopeless(self, key: Key, limits: Sequence[MeasureLimit]) -> bool:
        """Whether the first paths tell that a variant breaks a limit."""
        if self._first is self.out_of_sample:
            return False
        _look(self._first, self._seen_first, (key,))
        by_id = {p.measure.id: p for p in self._seen_first[key][0]}
        return any(is_broken(limit, by_id[limit.measure.id], DOUBT) for limit in limits)

    def _measured(self, key: Key) -> _Measured:
        self.look((key,))
        return self._seen[key]


def _look(trials: Trials, seen: dict[Key, _Measured], keys: Iterable[Key]) -> None:
    own = trials.own_arrays
    for key, its in trials.arrays_of(dict.fromkeys(key for key in keys if key not in seen)):
        results = tuple(
            Pair(m, Estimate.of(own[m.id]), Estimate.of(its[m.id]), Estimate.of(its[m.id] - own[m.id]))
            for m in MEASURES
        )
        seen[key] = results, {m.id: its[m.id] for m in (VALUE, TAIL)}


def is_broken(limit: MeasureLimit, pair: Pair, errors: float = 0.0) -> bool:
    """Out of sample; what the draft has is what it has on these draws, and a relaxed limit is as far below it.

    ``errors``: standard errors by which it must be broken.
    """
    if limit.origin == "draft":
        gain = -pair.difference.mean if limit.most else pair.difference.mean
        return gain + errors * pair.difference.se < -limit.relaxed
    return limit.slack(pair.after.mean) + errors * pair.after.se < 0.0
