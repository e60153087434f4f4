"""Fiscal: cash calls against budget and debt limit, but-for and displacement, whose a tax is.

Pure functions over plain data; only the loaders read, and only the data that are shipped.
"""

from guanzi.study.fiscal.butfor import Triangular, but_for
from guanzi.study.fiscal.cash_calls import CashPlan, planned_calls
from guanzi.study.fiscal.debt_limit import DebtLimit, against_debt_limit, known_debt_limit, subjects_of_debt
from guanzi.study.fiscal.debt_service import service_if_borrowed
from guanzi.study.fiscal.displacement import displacement_in, net_of_displacement
from guanzi.study.fiscal.forgone import FIELDS, ForgoneEntry, Incentive, forgone_table
from guanzi.study.fiscal.levies import Levy, levy_on
from guanzi.study.fiscal.load import (
    countries,
    load_displacement,
    load_effects,
    load_tax_sharing,
    parse_displacement,
    parse_effects,
    parse_tax_sharing,
)
from guanzi.study.fiscal.local import local_effects
from guanzi.study.fiscal.ranges import Range
from guanzi.study.fiscal.schema import Base, EffectsData, Level, Market, TaxSharing
from guanzi.study.fiscal.sharing import split_tax

__all__ = [
    "FIELDS",
    "Base",
    "CashPlan",
    "DebtLimit",
    "EffectsData",
    "ForgoneEntry",
    "Incentive",
    "Level",
    "Levy",
    "Market",
    "Range",
    "TaxSharing",
    "Triangular",
    "against_debt_limit",
    "but_for",
    "countries",
    "displacement_in",
    "forgone_table",
    "known_debt_limit",
    "levy_on",
    "load_displacement",
    "load_effects",
    "load_tax_sharing",
    "local_effects",
    "net_of_displacement",
    "parse_displacement",
    "parse_effects",
    "parse_tax_sharing",
    "planned_calls",
    "service_if_borrowed",
    "split_tax",
    "subjects_of_debt",
]
