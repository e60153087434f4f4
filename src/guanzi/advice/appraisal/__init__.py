"""Appraisal: composes evidence, terms, simulation, diligence, fiscal and playbook for one case into advice."""

from guanzi.advice.appraisal.advice_data import Advice, Demand, Reversal, Row
from guanzi.advice.appraisal.bet import instruments_of
from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.company_side import CompanySide, company_side
from guanzi.advice.appraisal.comparison import compare_playbooks
from guanzi.advice.appraisal.comparison_data import Comparison, DealData, PlanEntry, PlaybookColumn, StatementData
from guanzi.advice.appraisal.compose import appraise, facts_used, run, simulated_figures
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import (
    Accounts,
    Appraisal,
    CaseData,
    ClauseData,
    Column,
    Exposure,
    FactData,
    Fan,
    Figure,
    FindingData,
    Limit,
    Observation,
    ParameterData,
    Party,
    Payment,
    PlaybookData,
    SensitivityData,
    SourceData,
    Summary,
    SwingData,
    TableData,
    TierCurve,
    Versions,
    Year,
)
from guanzi.advice.appraisal.generic import generic_model, public_money
from guanzi.advice.appraisal.linting import lint_context
from guanzi.advice.appraisal.needs import CaseNeed, CaseReview, review_case
from guanzi.advice.appraisal.plan_data import PlanData, QuestionData, StreamCoverage
from guanzi.advice.appraisal.prepare import (
    Prepared,
    method_sha256,
    policy_of,
    prepare,
    prepare_sheet,
    uncomputed_problems,
)
from guanzi.advice.appraisal.promises import promise_problems
from guanzi.advice.appraisal.rates import without_rate
from guanzi.advice.appraisal.records import source_data
from guanzi.advice.appraisal.serial import from_json, json_schema, to_json
from guanzi.advice.appraisal.turning import TurningFact, facts_in_use, turning_facts
from guanzi.advice.appraisal.why import Why, why
from guanzi.advice.appraisal.workstream_data import BarData, StreamFound, UnitCostData

__all__ = [
    "Accounts",
    "Advice",
    "Appraisal",
    "BarData",
    "CaseData",
    "CaseNeed",
    "CaseReview",
    "ClauseData",
    "Column",
    "CompanySide",
    "Comparison",
    "DealData",
    "Demand",
    "Exposure",
    "FactData",
    "Fan",
    "Figure",
    "FindingData",
    "Limit",
    "Observation",
    "ParameterData",
    "Party",
    "Payment",
    "PlanData",
    "PlanEntry",
    "PlaybookColumn",
    "PlaybookData",
    "Prepared",
    "QuestionData",
    "Reversal",
    "Row",
    "SensitivityData",
    "SourceData",
    "StatementData",
    "StreamCoverage",
    "StreamFound",
    "Summary",
    "SwingData",
    "TableData",
    "Text",
    "TierCurve",
    "TurningFact",
    "UnitCostData",
    "Versions",
    "Why",
    "Year",
    "appraise",
    "company_side",
    "compare_playbooks",
    "facts_in_use",
    "facts_used",
    "from_json",
    "generic_model",
    "instruments_of",
    "json_schema",
    "lint_context",
    "method_sha256",
    "policy_of",
    "prepare",
    "prepare_sheet",
    "promise_problems",
    "public_money",
    "review_case",
    "run",
    "simulated_figures",
    "source_data",
    "text",
    "to_json",
    "turning_facts",
    "uncomputed_problems",
    "why",
    "without_rate",
]
