"""Fiscal: the three accounts apart, cash calls against the budget, but-for, local jobs and tax. Pure functions."""

from guanzi.fiscal.accounts import Account, AccountsMixed, BudgetAccount, ClusterAccount, FundAccount, total
from guanzi.fiscal.butfor import ButFor, Triangular, but_for
from guanzi.fiscal.cash_calls import CashPlan, YearCall, planned_calls
from guanzi.fiscal.local import LocalEffect, local_effects

__all__ = [
    "Account",
    "AccountsMixed",
    "BudgetAccount",
    "ButFor",
    "CashPlan",
    "ClusterAccount",
    "FundAccount",
    "LocalEffect",
    "Triangular",
    "YearCall",
    "but_for",
    "local_effects",
    "planned_calls",
    "total",
]
