"""Terms: the deal as text — term sheets and conditions read, checked, explained, and lowered for simulation."""

from guanzi.deal.terms import instruments
from guanzi.deal.terms.amounts import money
from guanzi.deal.terms.clause import GROUPS, Clause, group_title
from guanzi.deal.terms.computed import as_computed
from guanzi.deal.terms.conditions import (
    MIRRORED,
    Arithmetic,
    Consecutive,
    DateTest,
    EventHappened,
    Expression,
    Held,
    Logic,
    MonthsSince,
    Negation,
    Number,
    Observable,
    Relation,
    TierInForce,
    Total,
    Type,
)
from guanzi.deal.terms.data import Condition, DealParty, Unknown, Value
from guanzi.deal.terms.explain import drawn_before, explain
from guanzi.deal.terms.flow import (
    CASH,
    NATURES,
    PLANNED,
    SUPPORT,
    AskedCondition,
    Flow,
    Nature,
    least_and_most,
    years_on,
)
from guanzi.deal.terms.folding import NumberFold, Rewriting, Smallest, SmallestFold, TruthFold, senses
from guanzi.deal.terms.formats import json_schema
from guanzi.deal.terms.gaps import Gap
from guanzi.deal.terms.grid import QUARTER, Grid
from guanzi.deal.terms.instruments import *  # noqa: F403  -- each instrument is named there, and only there
from guanzi.deal.terms.needs import asked_for, conditions_by_clause, conditions_of, observables_of
from guanzi.deal.terms.parser import parse, parse_condition
from guanzi.deal.terms.parts import Covenant, Event, Promise, Tier
from guanzi.deal.terms.positions import locator
from guanzi.deal.terms.quoting import PLAIN_SUBJECTS, SUBJECTS, ClauseQuote, ContractLine
from guanzi.deal.terms.reading import SheetReading, parse_sheet, read_sheet
from guanzi.deal.terms.scope import Scope
from guanzi.deal.terms.sheet import PARTNERS, TermSheet
from guanzi.deal.terms.sums import Payout, in_a_year, owed_by, payments, payouts, public_flows, whole
from guanzi.deal.terms.typing import children, conjuncts, observables, type_of, walk
from guanzi.deal.terms.unknowns import unknowns
from guanzi.deal.terms.values import is_stated, scale_value
from guanzi.deal.terms.vocabulary import FUNCTIONS, MONEY, OBSERVABLES, STOCK, UNITS, Term, money_unit
from guanzi.deal.terms.words import explain_condition
from guanzi.deal.terms.writing import unparse

__all__ = [
    "CASH",
    "FUNCTIONS",
    "GROUPS",
    "MIRRORED",
    "MONEY",
    "NATURES",
    "OBSERVABLES",
    "PARTNERS",
    "PLAIN_SUBJECTS",
    "PLANNED",
    "QUARTER",
    "STOCK",
    "SUBJECTS",
    "SUPPORT",
    "UNITS",
    "Arithmetic",
    "AskedCondition",
    "Clause",
    "ClauseQuote",
    "Condition",
    "Consecutive",
    "ContractLine",
    "Covenant",
    "DateTest",
    "DealParty",
    "Event",
    "EventHappened",
    "Expression",
    "Flow",
    "Gap",
    "Grid",
    "Held",
    "Logic",
    "MonthsSince",
    "Nature",
    "Negation",
    "Number",
    "NumberFold",
    "Observable",
    "Payout",
    "Promise",
    "Relation",
    "Rewriting",
    "Scope",
    "SheetReading",
    "Smallest",
    "SmallestFold",
    "Term",
    "TermSheet",
    "Tier",
    "TierInForce",
    "Total",
    "TruthFold",
    "Type",
    "Unknown",
    "Value",
    "as_computed",
    "asked_for",
    "children",
    "conditions_by_clause",
    "conditions_of",
    "conjuncts",
    "drawn_before",
    "explain",
    "explain_condition",
    "group_title",
    "in_a_year",
    "is_stated",
    "json_schema",
    "least_and_most",
    "locator",
    "money",
    "money_unit",
    "observables",
    "observables_of",
    "owed_by",
    "parse",
    "parse_condition",
    "parse_sheet",
    "payments",
    "payouts",
    "public_flows",
    "read_sheet",
    "scale_value",
    "senses",
    "type_of",
    "unknowns",
    "unparse",
    "walk",
    "whole",
    "years_on",
]
__all__ += instruments.__all__
