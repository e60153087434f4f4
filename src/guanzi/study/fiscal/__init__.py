"""Fiscal: cash calls against budget and debt limit, but-for and displacement, whose a tax is.

Pure functions over plain data; only the loaders read, and only the data that are shipped.
"""

from guanzi.study.fiscal.butfor import ButFor, Triangular, but_for
from guanzi.study.fiscal.cash_calls import CashPlan, YearCall, planned_calls
from guanzi.study.fiscal.debt_limit import (
    DebtLimit,
    LimitPlan,
    LimitYear,
    against_debt_limit,
    known_debt_limit,
    subjects_of_debt,
)
from guanzi.study.fiscal.debt_service import DebtService, ServiceYear, service_if_borrowed
from guanzi.study.fiscal.displacement import Displacement, GrossNet, displacement_in, net_of_displacement
from guanzi.study.fiscal.forgone import (
    FIELDS,
    ForgoneEntry,
    ForgoneTable,
    ForgoneYear,
    Incentive,
    forgone_table,
)
from guanzi.study.fiscal.load import (
    countries,
    load_displacement,
    load_effects,
    load_tax_sharing,
    parse_displacement,
    parse_effects,
    parse_tax_sharing,
)
from guanzi.study.fiscal.local import LocalEffect, local_effects
from guanzi.study.fiscal.ranges import Range
from guanzi.study.fiscal.schema import (
    DisplacementData,
    DisplacementPrior,
    EffectJudgement,
    EffectsData,
    LocalRule,
    Market,
    MultiplierPrior,
    SharingRule,
    Tax,
    TaxSharing,
    WageLevel,
)
from guanzi.study.fiscal.sharing import TaxSplit, split_tax

__all__ = [
    "FIELDS",
    "ButFor",
    "CashPlan",
    "DebtLimit",
    "DebtService",
    "Displacement",
    "DisplacementData",
    "DisplacementPrior",
    "EffectJudgement",
    "EffectsData",
    "ForgoneEntry",
    "ForgoneTable",
    "ForgoneYear",
    "GrossNet",
    "Incentive",
    "LimitPlan",
    "LimitYear",
    "LocalEffect",
    "LocalRule",
    "Market",
    "MultiplierPrior",
    "Range",
    "ServiceYear",
    "SharingRule",
    "Tax",
    "TaxSharing",
    "TaxSplit",
    "Triangular",
    "WageLevel",
    "YearCall",
    "against_debt_limit",
    "but_for",
    "countries",
    "displacement_in",
    "forgone_table",
    "known_debt_limit",
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
