"""Conditions of a term sheet on what was observed: run by the machine that runs the deal, and open where not known.

Nothing of the language of conditions is evaluated here. A condition is lowered by the lowering of the deal itself and
run by the interpreter, step by step, with the observed figures in place of those of a company model. What is not known
is bounded: a comparison that needs an unknown figure is taken for true once and for false once, whichever way the
condition as a whole can turn; where both runs agree, the figure does not matter, and where they differ the condition
is unknown. A sum of what cannot be negative can be known although a part of it is not: it may be above its limit
already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from guanzi.deal.program import CompanySlots, ConditionLowering, Emitter
from guanzi.deal.terms import (
    OBSERVABLES,
    Consecutive,
    EventHappened,
    Expression,
    Held,
    Logic,
    MonthsSince,
    Negation,
    Number,
    Observable,
    Relation,
    Rewriting,
    Smallest,
    TierInForce,
    Total,
    Type,
    walk,
)
from guanzi.engine.machine import assemble, run_path
from guanzi.study.monitoring.needs import ConditionNeed, ConditionNeeds, ConditionVerdict, Truths
from guanzi.study.monitoring.observations import MissingObservation, Observations

NEVER_NEGATIVE = frozenset(
    {"units", "revenue", "headcount", "jobs_local", "tax_local", "capacity_local", "supplier_share_local",
     "founder_share"}
)  # fmt: skip
_LARGE = 1e15
"""Stands for an unknown figure that is as large as one likes."""


@dataclass(frozen=True, slots=True)
class _Atom:
    tree: Expression
    rises: bool


@dataclass
class _Split:
    """A condition as its smallest truths, and the whole over these."""

    atoms: list[_Atom] = field(default_factory=list)

    def cut(self, tree: Expression) -> Expression:
        return _Cut(self, True).truth(tree)


@dataclass(frozen=True)
class _Cut(Rewriting):
    split: _Split
    rises: bool

    def negation(self, x: Negation) -> Expression:
        return replace(x, item=replace(self, rises=not self.rises).truth(x.item))

    def smallest(self, x: Smallest) -> Expression:
        self.split.atoms.append(_Atom(x, self.rises))
        return Observable(f"atom.{len(self.split.atoms) - 1}", Type.TRUTH, "", x.place)


@dataclass(frozen=True, slots=True)
class _Slots:
    """What a program reads: figures, events and the like, and figures of quarters before the first."""

    names: tuple[str, ...]
    targets: tuple[str, ...]
    before: tuple[str, ...]


class Examiner:
    """Tests conditions of one sheet on one set of observations; several threads may test at once.

    Args:
        seen: What was observed.

    Attributes:
        tiers: Tiers that were tested by now, for conditions that ask for them.
    """

    def __init__(self, seen: Observations) -> None:
        self.seen = seen
        self.tiers: dict[str, ConditionVerdict] = {}

    def test(self, tree: Expression) -> ConditionVerdict:
        """The truth of a condition in each step up to the last one observed."""
        split = _Split()
        whole = split.cut(tree)
        count = self.seen.until + 1
        read = [ConditionNeeds(self.seen, self.tiers, t) for t in range(count)]
        lacks = [[tuple(n for n in at.truth(atom.tree) if not n.known) for at in read] for atom in split.atoms]
        known = self._atoms(split.atoms, lacks)
        low, high = self._whole(whole, split.atoms, known)
        truths = tuple(a if a == b else None for a, b in zip(low, high, strict=True))
        past = any(isinstance(x, Consecutive | Held) for x in walk(tree))
        parts = tree.items if isinstance(tree, Logic) else (tree.item,) if isinstance(tree, Negation) else ()
        tested = [self.test(part) for part in parts if None in truths]
        missing = tuple(
            ()
            if truths[t] is not None
            else tuple(dict.fromkeys(x for part in tested for x in part.missing[t]))
            if tested
            else _unknown(lacks, known, 0 if past else t, t)
            for t in range(count)
        )
        facts = tuple(tuple(dict.fromkeys(fact for need in at.truth(tree) for fact in need.facts)) for at in read)
        return ConditionVerdict(truths, missing, facts)

    def numbers(self, tree: Expression) -> tuple[float | None, ...]:
        """A number of the condition language in each step; None where a figure in it is not known."""
        e, slots, kept = self._begin({x.name for x in walk(tree) if isinstance(x, Observable)}, targets_of(tree))
        lowering = ConditionLowering("number", tree, e, slots, self.seen.grid)
        for t in range(self.seen.until + 1):
            self._set(e, kept, t, 0.0)
            e.output(f"number@{t}", lowering.number_at(t))
            e.end_step()
        values = run_path(assemble(e.program), 0, 0).outputs
        read = (ConditionNeeds(self.seen, self.tiers, t) for t in range(self.seen.until + 1))
        known = (all(need.known for need in at.number(tree)) for at in read)
        return tuple(value if sure else None for value, sure in zip(values.values(), known, strict=True))

    # -- the machine

    def _atoms(self, atoms: Sequence[_Atom], lacks: Sequence[Sequence[tuple[ConditionNeed, ...]]]) -> list[Truths]:
        low = self._run(atoms, 0.0)
        lacking = any(needs for row in lacks for needs in row)
        high = self._run(atoms, _LARGE) if lacking else low
        found: list[Truths] = []
        for k, atom in enumerate(atoms):
            bounded = _bounded(atom.tree)
            found.append(
                tuple(
                    low[k][t] if not lacks[k][t] or (bounded and low[k][t] == high[k][t]) else None
                    for t in range(self.seen.until + 1)
                )
            )
        return found

    def _run(self, atoms: Sequence[_Atom], unknown: float) -> list[tuple[bool, ...]]:
        """Each atom alone, with a number in place of every unknown figure."""
        names = {x.name for atom in atoms for x in walk(atom.tree) if isinstance(x, Observable)}
        targets = tuple(dict.fromkeys(target for atom in atoms for target in targets_of(atom.tree)))
        e, slots, kept = self._begin(names, targets)
        lowered = [ConditionLowering(f"atom{k}", a.tree, e, slots, self.seen.grid) for k, a in enumerate(atoms)]
        for t in range(self.seen.until + 1):
            self._set(e, kept, t, unknown)
            for k, lowering in enumerate(lowered):
                e.tally(f"{k}@{t}", lowering.at(t))
            e.end_step()
        return _by_row(e, len(atoms), self.seen.until + 1)

    def _whole(self, tree: Expression, atoms: Sequence[_Atom], known: Sequence[Truths]) -> list[tuple[bool, ...]]:
        """The whole, with unknown atoms so that it is false if it can be; then so that it is true if it can."""
        found: list[tuple[bool, ...]] = []
        open_ = any(held is None for row in known for held in row)
        for hopeful in (False, True) if open_ else (True,):
            e = Emitter()
            names = {f"atom.{k}": e.truth(f"atom.{k}") for k in range(len(atoms))}
            lowering = ConditionLowering("whole", tree, e, _slots(names, {}), self.seen.grid)
            for t in range(self.seen.until + 1):
                for k, atom in enumerate(atoms):
                    held = known[k][t]
                    value = (atom.rises if hopeful else not atom.rises) if held is None else held
                    e.do("SETT", f"atom.{k}", k=float(value))
                e.tally(f"0@{t}", lowering.at(t))
                e.end_step()
            found += _by_row(e, 1, self.seen.until + 1)
        return found if open_ else found * 2

    def _begin(self, names: set[str], targets: Sequence[str]) -> tuple[Emitter, CompanySlots, _Slots]:
        e = Emitter()
        slots = {name: (e.truth if _is_truth(name) else e.number)(f"o.{name}") for name in sorted(names)}
        before = {
            f"{name}@{n}": e.number(f"before.{name}@{n}")
            for name in sorted(names)
            for n in range(1, len(self.seen.before.get(name, ())) + 1)
        }
        for target in targets:
            for kind in ("event", "done", "tier"):
                e.truth(f"{kind}.{target}")
            e.number(f"step.{target}")
        return e, _slots(slots, before), _Slots(tuple(slots), tuple(targets), tuple(before))

    def _set(self, e: Emitter, kept: _Slots, t: int, unknown: float) -> None:
        """The observed state of a step, in the slots of the company and of the deal."""
        seen = self.seen
        for name in kept.names:
            if _is_truth(name):
                e.do("SETT", f"o.{name}", k=float(bool(seen.truth(name, t))))
            else:
                held = seen.number(name, t)
                e.do("SET", f"o.{name}", k=unknown if held is None else held)
        for key in kept.before if t == 0 else ():
            name, _, quarters = key.partition("@")
            level = seen.earlier(name, int(quarters))
            e.do("SET", f"before.{key}", k=unknown if level is None else level)
        for target in kept.targets:
            e.do("SETT", f"event.{target}", k=float(bool(seen.done(target, t))))
            e.do("SETT", f"done.{target}", k=float(bool(seen.running(target, t))))
            e.do(
                "SETT", f"tier.{target}", k=float(bool(self.tiers[target].truths[t]) if target in self.tiers else False)
            )
            e.do("SET", f"step.{target}", k=float(seen.steps.get(target, 0)))


def _is_truth(name: str) -> bool:
    return OBSERVABLES[name].type is Type.TRUTH


def _by_row(e: Emitter, count: int, steps: int) -> list[tuple[bool, ...]]:
    tallies = run_path(assemble(e.program), 0, 0).tallies
    rows = dict(zip(e.program.tallies, (bool(tallies[i]) for i in range(len(e.program.tallies))), strict=True))
    return [tuple(rows[f"{k}@{t}"] for t in range(steps)) for k in range(count)]


def _slots(observables: Mapping[str, str], before: Mapping[str, str]) -> CompanySlots:
    """Slots of a company of which nothing but its observables is read."""
    return CompanySlots(observables, before, *([""] * 11))


def targets_of(tree: Expression) -> tuple[str, ...]:
    """Events, instalments and tiers that an expression asks for."""
    found: list[str] = []
    for x in walk(tree):
        match x:
            case EventHappened(event=id) | MonthsSince(target=id) | TierInForce(tier=id):
                found.append(id)
    return tuple(dict.fromkeys(found))


def _bounded(tree: Expression) -> bool:
    """A comparison of one figure that is never negative with a number: true for all values between two, or for none."""
    if not isinstance(tree, Relation) or tree.op in ("==", "!="):
        return False
    sides = [x for x in (tree.left, tree.right) if not isinstance(x, Number)]
    if len(sides) != 1:
        return False
    item = sides[0].item if isinstance(sides[0], Total) else sides[0]
    return isinstance(item, Observable) and item.name in NEVER_NEGATIVE


def _unknown(
    lacks: Sequence[Sequence[tuple[ConditionNeed, ...]]], known: Sequence[Truths], first: int, last: int
) -> tuple[MissingObservation, ...]:
    """What is not known, of the truths that it leaves open between two steps."""
    steps = range(first, last + 1)
    found = (need.what for k, row in enumerate(lacks) for t in steps if known[k][t] is None for need in row[t])
    return tuple(dict.fromkeys(found))
