"""Every difference of two appraisals laid to the changes that made it, so that the parts are the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isclose, sqrt
from typing import Literal

from guanzi.advice.appraisal import Appraisal
from guanzi.advice.attribution.causes import Cause
from guanzi.advice.attribution.items import KINDS, Amounts, ComparedItem, ComparedValue, ItemKind, items_of
from guanzi.advice.attribution.walk import ChangeWalk

type FigurePart = Literal["value", "low", "high"]
type Bond = Literal["needed", "each", "together"]
"""How causes made a change: it would not be without any of them; each does it alone; they did it one after another."""
METHOD, PATHS, ENDS = Cause("method"), Cause("paths"), Cause("ends")
CERTAIN = 2.0
"""A part of fewer standard errors may be chance."""
ROUNDED = 1e-12
"""Amounts that differ by less of themselves are one amount."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What one change did to one item; None: it is not said there."""

    cause: Cause
    before: ComparedValue | None
    after: ComparedValue | None

    @property
    def amount(self) -> float | None:
        """By how much the value of a figure moved; None where one side has no number but ends, or it is no figure."""
        before, after = _middle(self.before), _middle(self.after)
        return None if before is None or after is None else after - before

    @property
    def moved(self) -> frozenset[FigurePart]:
        """What of a figure it moved; of a range, between whose ends nothing is more likely, the ends alone."""
        if not isinstance(self.before, Amounts) or not isinstance(self.after, Amounts):
            return frozenset(("value",))
        ends = (self.before, self.after)
        moved: dict[FigurePart, bool] = {
            part: not _near(*(getattr(end, part) for end in ends)) for part in ("low", "high")
        }
        if not (self.before.bounds and self.after.bounds):
            moved["value"] = not _near(self.before.value, self.after.value)
        return frozenset(part for part, differs in moved.items() if differs)


def _near(a: float | None, b: float | None) -> bool:
    return a == b or (a is not None and b is not None and isclose(a, b, rel_tol=ROUNDED))


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that differs.

    Attributes:
        shifts: What each change did, in the order of the walk; from ``before`` they lead to ``after``.
        error: Standard error of the change of a figure, as the draws of the walk have it; None: it is no figure.
        alone: Of each change by its id, by how much it alone moves the figure; left out where that cannot be told.
        without: Of each change by its id, by how much the figure would be less without it; likewise.
        needed: Changes without any of which something else would be said now.
        enough: Where none is needed: changes each of which alone makes what is said now.
    """

    item: ComparedItem
    before: ComparedValue | None
    after: ComparedValue | None
    shifts: tuple[Shift, ...]
    error: float | None = None
    alone: Mapping[str, float] | None = None
    without: Mapping[str, float] | None = None
    needed: tuple[Cause, ...] = ()
    enough: tuple[Cause, ...] = ()

    @property
    def state(self) -> str:
        """``new``, ``gone`` or ``changed``; a figure that was a gap is new, and one that is one now is gone."""
        if _absent(self.before):
            return "new" if not _absent(self.after) else "changed"
        return "gone" if _absent(self.after) else "changed"

    @property
    def change(self) -> float | None:
        """By how much a figure moved; None where there is no number on one side."""
        return Shift(METHOD, self.before, self.after).amount

    @property
    def parts(self) -> tuple[tuple[Cause, float], ...]:
        """Of a figure with numbers on both sides: the part of each change, in the order of the walk; they add up to it.

        Where the figure had no number on the way, its part is that of the change which brought it back.
        """
        found: dict[str, tuple[Cause, list[float]]] = {}
        last = _middle(self.before)
        for shift in self.shifts:
            now = _middle(shift.after)
            if now is not None and last is not None and not isclose(now, last, rel_tol=ROUNDED):
                found.setdefault(shift.cause.id, (shift.cause, []))[1].append(now - last)
            last = last if now is None else now
        return tuple((cause, fsum(amounts)) for cause, amounts in found.values())

    @property
    def rest(self) -> float | None:
        """What the changes do only together: all parts less what each does alone; None where it is not known."""
        parts = [(cause.id, x) for cause, x in self.parts if cause.kind not in ("method", "paths", "ends", "day")]
        if self.alone is None or self.change is None or any(id not in self.alone for id, _ in parts):
            return None
        return fsum([*(amount for _, amount in parts), *(-amount for amount in self.alone.values())])

    @property
    def because(self) -> tuple[Cause, ...]:
        """Of a figure the largest parts; else what it needs, what is enough for it, or all that moved it."""
        if self.change is not None and self.parts:
            sizes = sorted(self.parts, key=lambda part: -abs(part[1]))
            return tuple(cause for cause, amount in sizes if abs(amount) >= abs(sizes[0][1]) / 4)
        return self.needed or self.enough or self._turning

    @property
    def bond(self) -> Bond:
        """How the causes that are named made it; of one cause, it is needed."""
        if len(self.because) < 2 or self.needed or (self.change is not None and self.parts):
            return "needed"
        return "each" if self.enough else "together"

    @property
    def _turning(self) -> tuple[Cause, ...]:
        """All that moved it since it was last as before; chance only where nothing else did."""
        first = max((n for n, s in enumerate(self.shifts) if _same(s.before, self.before)), default=0)
        since = [s.cause for s in self.shifts[first:]]
        return tuple(dict.fromkeys([cause for cause in since if cause.kind != "paths"] or since))

    @property
    def moving(self) -> tuple[str, ...]:
        """Ids of all changes that a reader is told to move it: of a figure those with a part, alone, or left out."""
        if self.change is None:
            return tuple(cause.id for cause in self.because)
        apart = [id for amounts in (self.alone, self.without) for id, x in (amounts or {}).items() if abs(x) > ROUNDED]
        return tuple(dict.fromkeys((*(cause.id for cause, _ in self.parts), *apart)))

    def end_moved(self, cause: Cause) -> Literal["low", "high"] | None:
        """The one end of its interval that a change moves; None where it moves the value, both ends or neither."""
        moved = {n for shift in self.shifts if shift.cause.id == cause.id for n in shift.moved}
        return "low" if moved == {"low"} else "high" if moved == {"high"} else None

    @property
    def chance(self) -> bool:
        """The change of a figure is within the error of its draws."""
        return self.error is not None and self.change is not None and abs(self.change) <= CERTAIN * self.error


def _absent(compared: ComparedValue | None) -> bool:
    """A gap is no figure: what was not asked, and what was asked and is not known, are the same to a reader."""
    return compared is None or (isinstance(compared, Amounts) and compared.value is None)


def _middle(compared: ComparedValue | None) -> float | None:
    """The value of a figure; None where it has none between its ends."""
    return (
        None
        if not isinstance(compared, Amounts) or (compared.bounds and compared.low != compared.high)
        else compared.value
    )


def _same(before: ComparedValue | None, after: ComparedValue | None) -> bool:
    """Whether a reader is told the same; sums that were added up in another order are."""
    if _absent(before) or _absent(after):
        return _absent(before) and _absent(after)
    if isinstance(before, Amounts) and isinstance(after, Amounts):
        pairs = zip(before, after, strict=True)
        return all(_near(a, b) for a, b in pairs)
    return before == after


@dataclass(frozen=True, slots=True)
class ChangeAttribution:
    """The differences of two appraisals with their causes.

    Attributes:
        before, after: The appraisals.
        causes: All changes that were made, in their order, those that move nothing too.
        differences: Every item that differs.
        same: How many items of each kind are as they were.
        turns_alone: Changes that alone give another advice, by id, with that advice.
        needed: Changes without which the advice would be another one, by id, with that advice.
        idle: Ids of changes that move nothing that differs: not in their turn, not alone, and not left out.
        vital: Ids of changes without which the present appraisal cannot be computed, as a rate of exchange.
        simulated: One of the two is simulated.
    """

    before: Appraisal
    after: Appraisal
    causes: tuple[Cause, ...]
    differences: tuple[ItemChange, ...]
    same: Mapping[ItemKind, int]
    turns_alone: Mapping[str, str]
    needed: Mapping[str, str]
    idle: frozenset[str]
    vital: frozenset[str]
    simulated: bool

    def of(self, *kinds: ItemKind) -> tuple[ItemChange, ...]:
        """The differences of some kinds."""
        return tuple(d for d in self.differences if d.item.kind in kinds)

    def difference(self, kind: ItemKind, id: str) -> ItemChange | None:
        """The difference of one item; None: it is as it was."""
        return next((d for d in self.differences if d.item == (kind, id)), None)


def attribute(
    recorded: Appraisal,
    ends: tuple[Appraisal, Appraisal],
    walked: ChangeWalk,
    again: Sequence[tuple[Appraisal, Appraisal]] = (),
) -> ChangeAttribution:
    """Lay every difference between what was recorded and what is said now to the changes that made it.

    Args:
        recorded: The earlier appraisal, as it was made.
        ends: The same computed with today's method, and the present one.
        walked: The way between both on few draws.
        again: Both ends of the way on other draws, from which the error is learnt.
    """
    then, now = ends
    compared = {"recorded": items_of(recorded), "then": items_of(then), "now": items_of(now)}
    way = [items_of(station) for station in walked.stations]
    base, end = items_of(walked.base), items_of(walked.end)
    alone = {id: None if a is None else items_of(a) for id, a in walked.alone.items()}
    without = {id: None if a is None else items_of(a) for id, a in walked.without.items()}
    errors = _errors([(items_of(a), items_of(b)) for a, b in again])
    differences = []
    for item in dict.fromkeys((*compared["recorded"], *compared["now"])):
        before, after = compared["recorded"].get(item), compared["now"].get(item)
        if _same(before, after):
            continue
        shifts = _shifts(item, compared, way, walked.causes)
        figure = item.kind == "figure"
        bonds = _bonds(item, walked.causes, way, (base, end), (alone, without)) if item in end or item in base else {}
        differences.append(
            ItemChange(
                item,
                before,
                after,
                shifts,
                errors.get(item) if figure else None,
                _moves(item, base, alone, 1.0) if figure else None,
                _moves(item, end, without, -1.0) if figure else None,
                **bonds,
            )
        )
    signed = ComparedItem("advice", "advice")
    vital = frozenset(id for id, found in without.items() if found is None)
    turns = {id: str(a[signed]) for id, a in alone.items() if a is not None and a[signed] != base[signed]}
    moving = {id for difference in differences for id in difference.moving}
    needed = {id: str(a[signed]) for id, a in without.items() if a is not None and a[signed] != end[signed]}
    return ChangeAttribution(
        before=recorded,
        after=now,
        causes=walked.causes,
        differences=tuple(sorted(differences, key=lambda d: KINDS.index(d.item.kind))),
        same={
            kind: sum(
                i.kind == kind and not _absent(then_said) and _same(then_said, compared["now"].get(i))
                for i, then_said in compared["recorded"].items()
            )
            for kind in KINDS
        },
        turns_alone=turns,
        needed=needed,
        idle=frozenset(cause.id for cause in walked.causes if cause.id not in vital | moving),
        vital=vital,
        simulated=any(at.versions.paths for at in (recorded, then, now)),
    )


def _shifts(
    item: ComparedItem,
    compared: Mapping[str, Mapping[ComparedItem, ComparedValue]],
    way: Sequence[Mapping[ComparedItem, ComparedValue]],
    causes: Sequence[Cause],
) -> tuple[Shift, ...]:
    """What each change did: method, then the walk between two changes of the number of paths."""
    path: list[tuple[Cause, ComparedValue | None]] = [(METHOD, compared["then"].get(item))]
    if any(item in station for station in way):
        path.append((PATHS, way[0].get(item)))
        path += [(cause, station.get(item)) for cause, station in zip(causes, way[1:], strict=True)]
        path.append((PATHS, compared["now"].get(item)))
    else:
        path.append((causes[0] if len(causes) == 1 else ENDS, compared["now"].get(item)))
    found, last = [], compared["recorded"].get(item)
    for cause, value in path:
        if not _same(last, value):
            found.append(Shift(cause, last, value))
        last = value
    return tuple(found)


type _ComparedItems = Mapping[ComparedItem, ComparedValue]


def _bonds(
    item: ComparedItem,
    causes: Sequence[Cause],
    way: Sequence[_ComparedItems],
    ends: tuple[_ComparedItems, _ComparedItems],
    apart: tuple[Mapping[str, _ComparedItems | None], Mapping[str, _ComparedItems | None]],
) -> dict[str, tuple[Cause, ...]]:
    """Changes without which an item would be otherwise, else those that alone make it what it is; of the day, both.

    What cannot be computed without a change needs it where the change moves it in its turn; a figure that came or went
    needs those that bring or take it, before those that only move it. Empty: the changes apart do not hold the item.
    """
    (base, end), (alone, without) = ends, apart
    first, dated = way[0], bool(causes) and causes[0].kind == "day"
    before, now = base.get(item), end.get(item)
    if not (_same(now, way[-1].get(item)) and _same(before, way[1 if dated else 0].get(item))):
        return {}
    if _same(before, now):
        return {"enough": tuple(causes[:1])} if dated and not _same(first.get(item), now) else {}

    def needs(n: int, cause: Cause) -> bool:
        if (left_out := without.get(cause.id)) is None:
            return cause.kind != "day" and not _same(way[n].get(item), way[n + 1].get(item))
        return not _same(left_out.get(item), now)

    def turns(cause: Cause) -> bool:
        left_out = without.get(cause.id)
        return left_out is None or _absent(left_out.get(item)) != _absent(now)

    def makes(cause: Cause) -> bool:
        made = alone.get(cause.id)
        return made is not None and _same(made.get(item), now)

    needed = tuple(cause for n, cause in enumerate(causes) if needs(n, cause))
    if item.kind == "figure" and _absent(before) != _absent(now):
        needed = tuple(cause for cause in needed if turns(cause)) or needed
    return {"needed": needed, "enough": tuple(cause for cause in causes if makes(cause))}


def _moves(
    item: ComparedItem,
    start: Mapping[ComparedItem, ComparedValue],
    ends: Mapping[str, Mapping[ComparedItem, ComparedValue] | None],
    sign: float,
) -> dict[str, float] | None:
    """Amounts by change; None where one side does not hold the figure."""
    if _absent(start.get(item)):
        return None
    found = {}
    for id, end in ends.items():
        amount = None if end is None else Shift(METHOD, start.get(item), end.get(item)).amount
        if amount is not None:
            found[id] = sign * amount
    return found


def _errors(
    again: Sequence[tuple[Mapping[ComparedItem, ComparedValue], Mapping[ComparedItem, ComparedValue]]],
) -> dict[ComparedItem, float]:
    """Standard deviation over the draws of how far a figure moves; of what is new, of the figure."""
    moved: dict[ComparedItem, list[float]] = {}
    for old, new in again:
        for item, value in new.items():
            if isinstance(value, Amounts) and value.value is not None:
                amount = Shift(METHOD, old.get(item), value).amount
                moved.setdefault(item, []).append(value.value if amount is None else amount)
    return {item: _deviation(values) for item, values in moved.items() if len(values) > 1}


def _deviation(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return sqrt(fsum((v - mean) ** 2 for v in values) / (len(values) - 1))
