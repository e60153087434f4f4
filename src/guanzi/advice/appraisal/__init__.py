"""Appraisal: composes evidence, terms, simulation, diligence, fiscal and playbook for one case into advice."""

from typing import TYPE_CHECKING

from guanzi.advice.appraisal.advice_data import Advice, Demand, Reversal, Row
from guanzi.advice.appraisal.amended import Amended, AmendedLine, amended
from guanzi.advice.appraisal.apart import HEADLINES
from guanzi.advice.appraisal.bet import profile_of
from guanzi.advice.appraisal.book import outlying, text
from guanzi.advice.appraisal.commitments import commitments, contingent, plan_of
from guanzi.advice.appraisal.company_side import CompanySide, company_side
from guanzi.advice.appraisal.comparison import compare_playbooks
from guanzi.advice.appraisal.comparison_data import (
    Comparison,
    DealData,
    PilotData,
    PlanEntry,
    PlaybookColumn,
    StatementData,
)
from guanzi.advice.appraisal.compose import AppraisalOptions, appraise, facts_used, run, simulated_figures
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.deal import Instalment, budget_of, budget_parties, budget_party
from guanzi.advice.appraisal.document import (
    Accounts,
    Appraisal,
    CaseData,
    ClauseData,
    Exposure,
    FactData,
    Fan,
    Figure,
    FindingData,
    Limit,
    Observation,
    ParameterData,
    Party,
    SourceData,
    TierCurve,
    TrendChange,
    Year,
)
from guanzi.advice.appraisal.foreseen import foresee
from guanzi.advice.appraisal.generic import generic_model, public_money
from guanzi.advice.appraisal.linting import lint_context
from guanzi.advice.appraisal.needs import CaseNeed, CaseReview, review_case
from guanzi.advice.appraisal.plan_data import PlanData, QuestionData
from guanzi.advice.appraisal.precision import Reached, parse_precision, paths_for, precision_message
from guanzi.advice.appraisal.prepare import (
    Prepared,
    method_sha256,
    of_method,
    policy_of,
    prepare,
    prepare_sheet,
    uncomputed_problems,
)
from guanzi.advice.appraisal.promises import promise_problems
from guanzi.advice.appraisal.rates import without_rate
from guanzi.advice.appraisal.records import source_data
from guanzi.advice.appraisal.section import Section
from guanzi.advice.appraisal.sensitivity_data import SensitivityData
from guanzi.advice.appraisal.serial import from_json, json_schema, to_json
from guanzi.advice.appraisal.track_data import TrackCandidate, TrackData
from guanzi.advice.appraisal.turning import TurningFact, facts_in_use, turning_facts
from guanzi.advice.appraisal.why import Why, why
from guanzi.advice.appraisal.workstream_data import BarData, StreamFound, UnitCostData
from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.advice.appraisal.track import track_candidate, track_section
else:
    _, __getattr__ = late_names(__name__)
from guanzi.advice.appraisal.table_data import Column, TableData

__all__ = [
    "HEADLINES",
    "Accounts",
    "Advice",
    "Amended",
    "AmendedLine",
    "Appraisal",
    "AppraisalOptions",
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
    "Instalment",
    "Limit",
    "Observation",
    "ParameterData",
    "Party",
    "PilotData",
    "PlanData",
    "PlanEntry",
    "PlaybookColumn",
    "Prepared",
    "QuestionData",
    "Reached",
    "Reversal",
    "Row",
    "Section",
    "SensitivityData",
    "SourceData",
    "StatementData",
    "StreamFound",
    "TableData",
    "Text",
    "TierCurve",
    "TrackCandidate",
    "TrackData",
    "TrendChange",
    "TurningFact",
    "UnitCostData",
    "Why",
    "Year",
    "amended",
    "appraise",
    "budget_of",
    "budget_parties",
    "budget_party",
    "commitments",
    "company_side",
    "compare_playbooks",
    "contingent",
    "facts_in_use",
    "facts_used",
    "foresee",
    "from_json",
    "generic_model",
    "json_schema",
    "lint_context",
    "method_sha256",
    "of_method",
    "outlying",
    "parse_precision",
    "paths_for",
    "plan_of",
    "policy_of",
    "precision_message",
    "prepare",
    "prepare_sheet",
    "profile_of",
    "promise_problems",
    "public_money",
    "review_case",
    "run",
    "simulated_figures",
    "source_data",
    "text",
    "to_json",
    "track_candidate",
    "track_section",
    "turning_facts",
    "uncomputed_problems",
    "why",
    "without_rate",
]
