"""Terms: the deal as text — term sheets and conditions read, checked, explained, and lowered for simulation."""

from guanzi.terms.conditions import Expression, Type
from guanzi.terms.explain import GROUPS, Clause, explain, group_title
from guanzi.terms.formats import json_schema
from guanzi.terms.grid import Grid
from guanzi.terms.lowering import CompanySlots, DealLowering, ExitPolicy, conditions_of, grid_of, observables_of
from guanzi.terms.parser import Parsed, parse, parse_condition
from guanzi.terms.reading import Reading, parse_sheet, read_sheet
from guanzi.terms.representation import OPERATIONS, Emitter, Instruction, Program, Signature
from guanzi.terms.scope import Scope
from guanzi.terms.sheet import (
    Call,
    Condition,
    Contribution,
    Covenant,
    Equity,
    Event,
    LeavingCosts,
    Party,
    Put,
    TermSheet,
    Tier,
    Tranche,
    Unknown,
    UnknownClause,
    Value,
)
from guanzi.terms.typing import observables, walk
from guanzi.terms.unknowns import Gap, unknowns
from guanzi.terms.vocabulary import FUNCTIONS, OBSERVABLES, money_unit
from guanzi.terms.words import explain_condition
from guanzi.terms.writing import unparse

__all__ = [
    "FUNCTIONS",
    "GROUPS",
    "OBSERVABLES",
    "OPERATIONS",
    "Call",
    "Clause",
    "CompanySlots",
    "Condition",
    "Contribution",
    "Covenant",
    "DealLowering",
    "Emitter",
    "Equity",
    "Event",
    "ExitPolicy",
    "Expression",
    "Gap",
    "Grid",
    "Instruction",
    "LeavingCosts",
    "Parsed",
    "Party",
    "Program",
    "Put",
    "Reading",
    "Scope",
    "Signature",
    "TermSheet",
    "Tier",
    "Tranche",
    "Type",
    "Unknown",
    "UnknownClause",
    "Value",
    "conditions_of",
    "explain",
    "explain_condition",
    "grid_of",
    "group_title",
    "json_schema",
    "money_unit",
    "observables",
    "observables_of",
    "parse",
    "parse_condition",
    "parse_sheet",
    "read_sheet",
    "unknowns",
    "unparse",
    "walk",
]
