"""Lowering: from a term sheet to instructions of the intermediate representation."""

from guanzi.terms.lowering.company import CompanySlots, ExitPolicy
from guanzi.terms.lowering.deal import DealLowering, grid_of
from guanzi.terms.lowering.needs import conditions_of, observables_of

__all__ = ["CompanySlots", "DealLowering", "ExitPolicy", "conditions_of", "grid_of", "observables_of"]
