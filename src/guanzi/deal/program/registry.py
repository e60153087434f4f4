"""How each instrument is lowered: the table that walks a sheet, in the order in which instruments act in a step."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from guanzi.base.core import Seam
from guanzi.deal.program.instrument import Bench, InstrumentLowering
from guanzi.deal.terms import KINDS, TermSheet

_ORDER = [
    "Equity",
    "Put",
    "Call",
    "Loan",
    "ConvertibleNote",
    "Warrant",
    "Ratchet",
    "RevenueShare",
    "EarnOut",
    "Grant",
    "Land",
    "Guarantee",
    "Park",
    "Purchase",
    "Recapture",
]
"""Dataclasses in the order of their lowerings; one that is not named comes after those that are."""


def _found() -> tuple[type[InstrumentLowering], ...]:
    """The lowering of each instrument that is shipped, which lies here in a file of the same name."""
    files = [import_module(f"{__package__}.{kind.data.__module__.rpartition('.')[2]}") for kind in KINDS]
    held = [one for file in files for one in vars(file).values() if isinstance(one, type) and hasattr(one, "LOWERS")]
    by_name = {lowering.LOWERS.__name__: lowering for lowering in held}
    return tuple(by_name[name] for name in dict.fromkeys((*_ORDER, *by_name)))


_LOWERINGS: Seam[type[InstrumentLowering]] = Seam("LOWERINGS", _found(), lambda one: one.LOWERS.__name__)


def lowerings() -> dict[type[Any], type[InstrumentLowering]]:
    """Dataclass of each instrument to its lowering: those that are shipped, then those of extensions."""
    return {one.LOWERS: one for one in _LOWERINGS.values()}


def lower(sheet: TermSheet, bench: Bench) -> tuple[InstrumentLowering, ...]:
    """All instruments of a sheet, in the order of the table.

    Raises:
        KeyError: A kind has no lowering: a deal that leaves a clause out would be another deal.
    """
    made: list[InstrumentLowering] = []
    unknown = {type(item) for item in sheet.instruments} - lowerings().keys()
    if unknown:
        raise KeyError(", ".join(sorted(data.__name__ for data in unknown)))
    for data, lowering in lowerings().items():
        for item in sheet.of(data):
            lowered = lowering.of(item, bench, made)
            if lowered is not None:
                made.append(lowered)
    return tuple(made)
