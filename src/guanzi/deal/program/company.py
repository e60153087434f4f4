"""What the lowering of a deal needs to know of the company's slots: the seam between terms and company models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompanySlots:
    """Names of the slots in which a company model keeps the issuer's state.

    Attributes:
        observables: Observable of the condition language to slot; what is missing here the model does not provide.
        before: Flow observable to the slot with its level per step before signing, for calendar years under way; where
            each quarter is known, ``<observable>@<n>`` is that of the n-th quarter before signing.
        cash: Account of the issuer.
        world: Account of customers, suppliers and staff.
        market: Account of other investors and lenders.
        mark: Equity value at the end of the step before.
        solvent: Truth: not failed.
        dilution: Factor by which shares agreed at signing have shrunk through later rounds.
        debt: Financial debt, a number.
        reserve: Cash that the issuer keeps back when it must pay a put.
        borrowable: What it can borrow in order to pay a put.
        estate: What its assets and cash would fetch if it failed now.
        ahead: Claims that rank ahead of equity if it failed now.
        distress: Truth: in this step no price cleared, whatever became of it; empty where the model knows none.
        wages: Level of wages, one at signing; empty where the model does not move it.
        held: Value of the shares held at signing, discounted to then; empty where the model does not count it.
        assets: Book value of what it has built and bought; empty where the model does not count it.
    """

    observables: Mapping[str, str]
    before: Mapping[str, str]
    cash: str
    world: str
    market: str
    mark: str
    solvent: str
    dilution: str
    debt: str
    reserve: str
    borrowable: str
    estate: str
    ahead: str
    distress: str = ""
    held: str = ""
    wages: str = ""
    assets: str = ""

    def earlier(self, name: str, quarters: int) -> str | None:
        """The slot with a flow so many quarters before signing; None where the model knows nothing of that time."""
        return self.before.get(f"{name}@{quarters}", self.before.get(name))


@dataclass(frozen=True, slots=True)
class ExitPolicy:
    """How the public side leaves after a listing.

    Attributes:
        lockup_months: Months after the listing during which nothing is sold.
        discount: Discount on the market value for a block sale, as a ratio.
        horizon_haircut: Discount on a stake still held at the horizon.
    """

    lockup_months: float
    discount: float
    horizon_haircut: float
