"""The instruments of a term sheet: one file each, and one table of all of them.

A file holds the dataclass of an instrument, its reading, its JSON Schema, its words and its gaps; what it does step by
step stands in the file of the same name in :mod:`guanzi.deal.program`.
"""

from collections.abc import Iterable
from typing import Any

from guanzi.base.core import Seam, modules_in
from guanzi.deal.terms.instruments.call import Call
from guanzi.deal.terms.instruments.clawback import Recapture
from guanzi.deal.terms.instruments.convertible_note import ConvertibleNote
from guanzi.deal.terms.instruments.earn_out import EarnOut
from guanzi.deal.terms.instruments.equity import Contribution, Equity
from guanzi.deal.terms.instruments.grant import Clawback, Grant
from guanzi.deal.terms.instruments.guarantee import Guarantee
from guanzi.deal.terms.instruments.kind import SECTIONS, Context, InstrumentKind
from guanzi.deal.terms.instruments.land import Land
from guanzi.deal.terms.instruments.loan import Loan
from guanzi.deal.terms.instruments.park import Park
from guanzi.deal.terms.instruments.preference import Preference
from guanzi.deal.terms.instruments.purchase import Purchase
from guanzi.deal.terms.instruments.put import Put
from guanzi.deal.terms.instruments.ratchet import Ratchet
from guanzi.deal.terms.instruments.revenue_share import RevenueShare
from guanzi.deal.terms.instruments.tranche import Tranche
from guanzi.deal.terms.instruments.warrant import Warrant

_ORDER = [
    "equity",
    "loan",
    "convertible_note",
    "revenue_share",
    "earn_out",
    "put",
    "call",
    "warrant",
    "ratchet",
    "grant",
    "land",
    "guarantee",
    "park",
    "purchase",
    "clawback",
]
"""Reading order by the first word of each: others refer to holders of equity. One that is not named comes last."""


def _found() -> tuple[InstrumentKind[Any], ...]:
    held = [file.KIND for file in modules_in(__name__, __path__) if hasattr(file, "KIND")]
    by_word = {kind.types[0]: kind for kind in held}
    return tuple(by_word[word] for word in dict.fromkeys((*_ORDER, *by_word)))


KINDS = _found()
"""Instruments that are shipped, in reading order: those of each file here that has a ``KIND``."""
_KINDS: Seam[InstrumentKind[Any]] = Seam("INSTRUMENTS", KINDS, lambda kind: kind.types[0])


def kinds() -> tuple[InstrumentKind[Any], ...]:
    """All instruments in reading order: those that are shipped, then those of extensions."""
    return tuple(_KINDS.values())


def kind_of(item: Any) -> InstrumentKind[Any]:
    """The kind of an instrument.

    Raises:
        KeyError: It is of no kind of the table.
    """
    for kind in _KINDS.values():
        if type(item) is kind.data:
            return kind
    raise KeyError(type(item).__name__)


def in_order(items: Iterable[Any]) -> tuple[Any, ...]:
    """Instruments by kind in reading order; those of one kind stay in their order."""
    place = {kind.data: number for number, kind in enumerate(kinds())}
    return tuple(sorted(items, key=lambda item: place[type(item)]))


__all__ = [
    "KINDS",
    "SECTIONS",
    "Call",
    "Clawback",
    "Context",
    "Contribution",
    "ConvertibleNote",
    "EarnOut",
    "Equity",
    "Grant",
    "Guarantee",
    "InstrumentKind",
    "Land",
    "Loan",
    "Park",
    "Preference",
    "Purchase",
    "Put",
    "Ratchet",
    "Recapture",
    "RevenueShare",
    "Tranche",
    "Warrant",
    "in_order",
    "kind_of",
    "kinds",
]
