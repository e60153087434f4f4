"""Lowering: from a term sheet to instructions of the intermediate representation."""

from guanzi.deal.program.company import CompanySlots, ExitPolicy
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.deal import DealLowering, grid_of, order_tiers
from guanzi.deal.program.representation import OPERATIONS, Emitter, Instruction, Program

__all__ = [
    "OPERATIONS",
    "CompanySlots",
    "ConditionLowering",
    "DealLowering",
    "Emitter",
    "ExitPolicy",
    "Instruction",
    "Program",
    "grid_of",
    "order_tiers",
]
