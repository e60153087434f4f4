"""What companies of an industry were seen to earn and to hold, row by row, from the base rates of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.record.evidence.priors import priors

MARGIN, CASH_TO_SALES, CASH_HELD = "gross_margin", "cash_over_sales", "cash_held"
PERCENT = 0.01


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """A figure of a company or of companies.

    Attributes:
        prior: Id of the base rate in which it stands.
        label: The company and the period.
        value: The figure; of what is told in percent a fraction.
    """

    prior: str
    label: str
    value: float


def margins_of(industry: str, company: str, day: date | None = None) -> tuple[IndustryRow, ...]:
    """Gross margins of an industry without those of a company.

    Args:
        industry: As cases name it; empty: of all.
        company: Whose own rows are left out.
        day: Only what was published by then; None: all that is known to the method.
    """
    return rows_of(MARGIN, company, day, industry)


def rows_of(
    quantity: str, company: str, day: date | None = None, industry: str = "", *, scale: float = PERCENT
) -> tuple[IndustryRow, ...]:
    """Rows of a quantity, times a scale; ``industry``: only those that name it; for the rest see :func:`margins_of`."""
    return tuple(
        IndustryRow(prior.id, label, values[0] * scale)
        for prior in priors().values()
        if prior.quantity == quantity
        and (day is None or prior.known_on <= day)
        and (not industry or industry in prior.columns.get("industries", ()))
        for label, values in prior.rows.items()
        if label.split(" ")[0] != company
    )
