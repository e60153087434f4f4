"""The instruments of a term sheet: one file each, and one table of all of them.

A file holds the dataclass of an instrument, its reading, its JSON Schema, its words and its gaps; what it does step by
step stands in the file of the same name in :mod:`guanzi.terms.lowering`.
"""

from typing import Any

from guanzi.terms.instruments import (
    call,
    clawback,
    convertible_note,
    earn_out,
    equity,
    grant,
    guarantee,
    land,
    loan,
    park,
    purchase,
    put,
    ratchet,
    revenue_share,
    warrant,
)
from guanzi.terms.instruments.call import Call
from guanzi.terms.instruments.clawback import Recapture
from guanzi.terms.instruments.convertible_note import ConvertibleNote
from guanzi.terms.instruments.earn_out import EarnOut
from guanzi.terms.instruments.equity import Contribution, Equity, Tranche
from guanzi.terms.instruments.grant import Clawback, Grant
from guanzi.terms.instruments.guarantee import Guarantee
from guanzi.terms.instruments.kind import SECTIONS, Context, Kind
from guanzi.terms.instruments.land import Land
from guanzi.terms.instruments.loan import Loan
from guanzi.terms.instruments.park import Park
from guanzi.terms.instruments.preference import Preference
from guanzi.terms.instruments.purchase import Purchase
from guanzi.terms.instruments.put import Put
from guanzi.terms.instruments.ratchet import Ratchet
from guanzi.terms.instruments.revenue_share import RevenueShare
from guanzi.terms.instruments.warrant import Warrant

KINDS: tuple[Kind[Any], ...] = (
    equity.KIND,
    loan.KIND,
    convertible_note.KIND,
    revenue_share.KIND,
    earn_out.KIND,
    put.KIND,
    call.KIND,
    warrant.KIND,
    ratchet.KIND,
    grant.KIND,
    land.KIND,
    guarantee.KIND,
    park.KIND,
    purchase.KIND,
    clawback.KIND,
)
"""All instruments, in reading order; equity stands first, because others refer to its holders."""

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
    "Kind",
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
]
