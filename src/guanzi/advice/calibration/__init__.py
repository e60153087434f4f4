"""Calibration: the parameters of the company model from what was known, with their origins."""

from guanzi.advice.calibration.amounts import ROUND_RATES, Amount, a_year, balance_of_cash, home_rate, sales_of
from guanzi.advice.calibration.base_rates import growth_range
from guanzi.advice.calibration.debts import QUOTE_DAYS, LacksTerms, QuotedDebt, price_at, quoted_debts
from guanzi.advice.calibration.floors import default_rates, default_study, is_listed
from guanzi.advice.calibration.judgements import JUDGEMENTS
from guanzi.advice.calibration.making import judged
from guanzi.advice.calibration.model import (
    calibrate,
    calibrate_company,
    judgement_problems,
    no_rate,
    parents_of_rules,
    rules_sha256,
)
from guanzi.advice.calibration.panels import PREFIX as PANEL
from guanzi.advice.calibration.series import quarters, years
from guanzi.advice.calibration.valued import market_value, price_of_deal

__all__ = [
    "JUDGEMENTS",
    "PANEL",
    "QUOTE_DAYS",
    "ROUND_RATES",
    "Amount",
    "LacksTerms",
    "QuotedDebt",
    "a_year",
    "balance_of_cash",
    "calibrate",
    "calibrate_company",
    "default_rates",
    "default_study",
    "growth_range",
    "home_rate",
    "is_listed",
    "judged",
    "judgement_problems",
    "market_value",
    "no_rate",
    "parents_of_rules",
    "price_at",
    "price_of_deal",
    "quarters",
    "quoted_debts",
    "rules_sha256",
    "sales_of",
    "years",
]
