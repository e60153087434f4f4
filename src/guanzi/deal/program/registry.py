"""How each instrument is lowered: the table that walks a sheet, in the order in which instruments act in a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from guanzi.base.core import Seam
from guanzi.deal.program.call import CallLowering
from guanzi.deal.program.clawback import RecaptureLowering
from guanzi.deal.program.convertible_note import ConvertibleNoteLowering
from guanzi.deal.program.earn_out import EarnOutLowering
from guanzi.deal.program.equity import EquityLowering
from guanzi.deal.program.grant import GrantLowering
from guanzi.deal.program.guarantee import GuaranteeLowering
from guanzi.deal.program.instrument import Bench, InstrumentLowering
from guanzi.deal.program.land import LandLowering
from guanzi.deal.program.loan import LoanLowering
from guanzi.deal.program.park import ParkLowering
from guanzi.deal.program.purchase import PurchaseLowering
from guanzi.deal.program.put import PutLowering
from guanzi.deal.program.ratchet import RatchetLowering
from guanzi.deal.program.revenue_share import RevenueShareLowering
from guanzi.deal.program.warrant import WarrantLowering
from guanzi.deal.terms import (
    Call,
    ConvertibleNote,
    EarnOut,
    Equity,
    Grant,
    Guarantee,
    Land,
    Loan,
    Park,
    Purchase,
    Put,
    Ratchet,
    Recapture,
    RevenueShare,
    TermSheet,
    Warrant,
)

type Made = Sequence[InstrumentLowering]
"""What has been lowered before: others may refer to it."""


def _stake(made: Made, id: str) -> EquityLowering | None:
    return next((x for x in made if isinstance(x, EquityLowering) and x.name == id), None)


def _equity(item: Equity, bench: Bench, made: Made) -> InstrumentLowering | None:
    return EquityLowering(item, bench) if item.tranches else None


def _put(item: Put, bench: Bench, made: Made) -> InstrumentLowering | None:
    stake = _stake(made, item.on)
    return PutLowering(item, bench, stake) if stake is not None else None


def _call(item: Call, bench: Bench, made: Made) -> InstrumentLowering | None:
    stake = _stake(made, item.on)
    puts = tuple(x for x in made if isinstance(x, PutLowering))
    return CallLowering(item, bench, stake, puts) if stake is not None else None


def _ratchet(item: Ratchet, bench: Bench, made: Made) -> InstrumentLowering | None:
    stake = _stake(made, item.on)
    return RatchetLowering(item, bench, stake) if stake is not None else None


type Lower = Callable[[Any, Bench, Made], InstrumentLowering | None]
"""Makes the lowering of an instrument; None where there is nothing to lower."""

LOWERINGS: dict[type[Any], Lower] = {
    Equity: _equity,
    Put: _put,
    Call: _call,
    Loan: lambda item, bench, made: LoanLowering(item, bench),
    ConvertibleNote: lambda item, bench, made: ConvertibleNoteLowering(item, bench),
    Warrant: lambda item, bench, made: WarrantLowering(item, bench),
    Ratchet: _ratchet,
    RevenueShare: lambda item, bench, made: RevenueShareLowering(item, bench),
    EarnOut: lambda item, bench, made: EarnOutLowering(item, bench),
    Grant: lambda item, bench, made: GrantLowering(item, bench),
    Land: lambda item, bench, made: LandLowering(item, bench),
    Guarantee: lambda item, bench, made: GuaranteeLowering(item, bench),
    Park: lambda item, bench, made: ParkLowering(item, bench),
    Purchase: lambda item, bench, made: PurchaseLowering(item, bench),
    Recapture: lambda item, bench, made: RecaptureLowering(item, bench),
}
"""Dataclass of an instrument that is shipped to its lowering."""

_LOWERINGS: Seam[tuple[type[Any], Lower]] = Seam("LOWERINGS", LOWERINGS.items(), lambda pair: pair[0].__name__)


def lowerings() -> dict[type[Any], Lower]:
    """Dataclass of each instrument to its lowering: those that are shipped, then those of extensions."""
    return dict(_LOWERINGS.values())


def lower(sheet: TermSheet, bench: Bench) -> tuple[InstrumentLowering, ...]:
    """All instruments of a sheet, in the order of the table.

    Raises:
        KeyError: A kind has no lowering: a deal that leaves a clause out would be another deal.
    """
    made: list[InstrumentLowering] = []
    unknown = {type(item) for item in sheet.instruments} - lowerings().keys()
    if unknown:
        raise KeyError(", ".join(sorted(data.__name__ for data in unknown)))
    for data, build in lowerings().items():
        for item in sheet.of(data):
            lowered = build(item, bench, made)
            if lowered is not None:
                made.append(lowered)
    return tuple(made)
