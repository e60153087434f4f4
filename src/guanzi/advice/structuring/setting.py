"""One deal with what is needed to simulate it; model and policy come from the floor above as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy


@dataclass(frozen=True, slots=True)
class DealSetting:
    """A term sheet, the company model as it was calibrated, and how the public side counts."""

    sheet: TermSheet
    model: CompanyModel
    policy: Policy

    @property
    def per_year(self) -> float:
        """Steps per year of its grid."""
        return 12.0 / self.sheet.step
