"""The multipliers of a plant: by its sector and by its bill of materials, gross, with every choice as an interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.inputoutput import Bill, IOTable, RegionFile, Span
from guanzi.study.chains.multipliers.anchor import AnchorPart, check_sectors, split
from guanzi.study.chains.multipliers.economy import Economy, national, regional
from guanzi.study.chains.multipliers.leontief import (
    NotProductive,
    Vector,
    extraction,
    factor,
    linkages,
    with_households,
)
from guanzi.study.chains.multipliers.regional import DELTA, METHODS, Method


@dataclass(frozen=True, slots=True)
class Multiplier:
    """One multiplier: what a unit of final demand for the product sets off at home.

    Attributes:
        measure: ``output``, ``value_added``, ``wages``, ``taxes``, ``employment`` or ``imports``.
        households: False: direct and indirect (type I). True: with what wages buy (type II).
        sector: By the column of the sector.
        bill: By the bill of materials; None without one.
        difference: What the bill adds to the sector, both at the same choices; None without a bill.
    """

    measure: str
    households: bool
    sector: Span
    bill: Span | None
    difference: Span | None


@dataclass(frozen=True, eq=False)
class Study:
    """What a table says of a sector.

    Attributes:
        table: It.
        sector: Its code.
        method: Of the region; None: the nation.
        delta: Ends of the exponent of FLQ.
        answers: Multipliers.
        parts: What components add to the multiplier of output (type I).
        backward, forward: Linkages of all sectors over their mean, in the order of the table.
        extracted: Output that is lost where a sector is taken out, as a part of all output.
        remarks: What was decided.
    """

    table: IOTable
    sector: str
    method: Method | None
    delta: tuple[float, float]
    answers: tuple[Multiplier, ...]
    parts: tuple[AnchorPart, ...]
    backward: Vector
    forward: Vector
    extracted: Vector
    remarks: tuple[Message, ...]

    def answer(self, measure: str, households: bool = False) -> Multiplier | None:
        """One multiplier, None where the table does not have what it needs."""
        return next((a for a in self.answers if a.measure == measure and a.households == households), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Codes of the sectors that pull and push more than the mean."""
        return tuple(
            code
            for code, b, f in zip(self.table.codes, self.backward, self.forward, strict=True)
            if b > 1.0 and f > 1.0
        )


def study(
    table: IOTable,
    sector: str,
    bill: Bill | None = None,
    sizes: RegionFile | None = None,
    method: str = "flq",
    delta: tuple[float, float] = DELTA,
) -> Study:
    """The multipliers of a sector, of the nation or of a region, with and without a bill of materials.

    Intervals are exact: they are the hull over the ends of every choice (the exponent of FLQ, how much of what is
    earned is spent at home, the shares of the bill), because a multiplier rises or falls with each throughout; where a
    region had to be balanced, they are those of both ends of the exponent.

    Args:
        table: Of the nation.
        sector: Code of the sector to which the plant belongs.
        bill: Its bill of materials.
        sizes: Of the sectors in a region; None: the nation.
        method: From nation to region.
        delta: Ends of the exponent of FLQ.

    Raises:
        InvalidInput: The sector or a name of the bill is not in the table, or the table uses up more than it makes.
    """
    if sector not in table.codes:
        near = nearest(sector, table.codes)
        fix = Message.of("multipliers.sector.mend", n=len(table.codes), codes=(near,) if near else table.codes[:5])
        raise InvalidInput(
            Problem(Message.of("multipliers.sector", code=sector), Place("--sector"), fix, excerpt=sector)
        )
    chosen = next((known for known in METHODS if known == method), None)
    if chosen is None:
        fix = Message.of("multipliers.method.mend", methods=METHODS)
        raise InvalidInput(Problem(Message.of("multipliers.method", method=method), Place("--method"), fix))
    if not 0.0 <= delta[0] <= delta[1] <= 1.0:
        fix = Message.of("multipliers.delta.mend")
        raise InvalidInput(Problem(Message.of("multipliers.delta", low=delta[0], high=delta[1]), Place("--delta"), fix))
    if bill is not None:
        bill = bill.fitted(table)
        check_sectors(bill, table.codes)
    if sizes is None:
        economies: Sequence[Economy] = (national(table),)
    elif method == "flq":
        economies = tuple(regional(table, sizes, chosen, d) for d in dict.fromkeys(delta))
    else:
        economies = (regional(table, sizes, chosen),)
    try:
        corners = [corner for economy in economies for corner in _corners(economy, sector, bill)]
        system = factor(economies[0].local)
        linked = linkages(system, economies[0].output)
        lost = extraction(system, economies[0].output, np.ones(system.size)) / economies[0].output.sum()
    except NotProductive:
        fix = Message.of("multipliers.unproductive.mend")
        raise InvalidInput(Problem(Message.of("multipliers.unproductive"), Place(table.name), fix)) from None
    answers = tuple(
        _answer(measure, households, held)
        for key in dict.fromkeys(key for corner in corners for key in corner.sector)
        for measure, households in [key]
        if (held := [c for c in corners if key in c.sector])
    )
    return Study(
        table,
        sector,
        chosen if sizes is not None else None,
        delta,
        answers,
        _parts([c.parts for c in corners]),
        linked.backward / linked.backward.mean(),
        linked.forward / linked.forward.mean(),
        lost,
        economies[0].remarks,
    )


type _Key = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class _Corner:
    """Results at one end of every choice."""

    sector: Mapping[_Key, Span]
    bill: Mapping[_Key, Span]
    parts: tuple[AnchorPart, ...]


def _corners(economy: Economy, sector: str, bill: Bill | None) -> Iterable[_Corner]:
    """Type I once, type II at either end of the spending; all from one factorisation."""
    system = factor(economy.local)
    measures = list(economy.direct)
    direct = np.column_stack([economy.direct[m] for m in measures])
    at = economy.codes.index(sector)
    opened = system.multipliers(direct)
    first = dict(zip(measures, opened.T, strict=True))
    yield _corner(economy, at, bill, first, households=False)
    if economy.spending is None:
        return
    for spending in economy.spending:
        closed = with_households(system, direct, economy.direct["wages"], spending).closed
        yield _corner(economy, at, bill, dict(zip(measures, closed.T, strict=True)), households=True, spending=spending)


def _corner(
    economy: Economy,
    at: int,
    bill: Bill | None,
    multipliers: Mapping[str, Vector],
    households: bool,
    spending: Vector | None = None,
) -> _Corner:
    of_sector = {(m, households): Span(float(v[at]), float(v[at])) for m, v in multipliers.items()}
    if bill is None:
        return _Corner(of_sector, {}, ())
    found = split(bill, economy, multipliers, spending)
    return _Corner(of_sector, {(m, households): s for m, s in found.of.items()}, () if households else found.parts)


def _answer(measure: str, households: bool, corners: Sequence[_Corner]) -> Multiplier:
    key = (measure, households)
    sector = _hull(c.sector[key] for c in corners)
    pairs = [(c.sector[key], c.bill[key]) for c in corners if key in c.bill]
    if not pairs:
        return Multiplier(measure, households, sector, None, None)
    apart = _hull(Span(bill.low - own.low, bill.high - own.high) for own, bill in pairs)
    return Multiplier(measure, households, sector, _hull(bill for _, bill in pairs), apart)


def _hull(spans: Iterable[Span]) -> Span:
    held = list(spans)
    return Span(min(s.low for s in held), max(s.high for s in held))


def _parts(found: Sequence[tuple[AnchorPart, ...]]) -> tuple[AnchorPart, ...]:
    held = [parts for parts in found if parts]
    return tuple(
        AnchorPart(same[0].id, same[0].label, same[0].share, _hull(p.adds for p in same))
        for same in zip(*held, strict=True)
    )
