"""The instruments of a term sheet: one file each, and one table of all of them.

A file holds the dataclass of an instrument, its reading, its JSON Schema, its words and its gaps; what it does step by
step stands in the file of the same name in :mod:`guanzi.terms.lowering`.
"""

from typing import Any

from guanzi.terms.instruments import call, convertible_note, equity, grant, guarantee, land, loan, put
from guanzi.terms.instruments.call import Call
from guanzi.terms.instruments.convertible_note import ConvertibleNote
from guanzi.terms.instruments.equity import Contribution, Equity, Tranche
from guanzi.terms.instruments.grant import Clawback, Grant
from guanzi.terms.instruments.guarantee import Guarantee
from guanzi.terms.instruments.kind import SECTIONS, Context, Kind
from guanzi.terms.instruments.land import Land
from guanzi.terms.instruments.loan import Loan
from guanzi.terms.instruments.put import Put

KINDS: tuple[Kind[Any], ...] = (
    equity.KIND,
    loan.KIND,
    convertible_note.KIND,
    put.KIND,
    call.KIND,
    grant.KIND,
    land.KIND,
    guarantee.KIND,
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
    "Equity",
    "Grant",
    "Guarantee",
    "Kind",
    "Land",
    "Loan",
    "Put",
    "Tranche",
]
