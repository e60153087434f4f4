"""Playbooks: governance models as versioned data, and the decision table they carry."""

from guanzi.record.playbooks.governance import MEASURES, PARTS, STATED, Gate, Pilot, Requirement, Scenarios, Structure
from guanzi.record.playbooks.load import load_playbook, parse_playbook, playbook_called, playbook_names
from guanzi.record.playbooks.new import new_playbook
from guanzi.record.playbooks.origins import Origin, Setting, Source, Statement
from guanzi.record.playbooks.plans import Plan, PlanQuestion, State, diligence_plans, plan_for
from guanzi.record.playbooks.reversals import OPEN, reversals, supposed
from guanzi.record.playbooks.review import Review, review
from guanzi.record.playbooks.schema import (
    ADVICE_ORDER,
    AllOf,
    AnyOf,
    Applies,
    ButForPrior,
    Committee,
    FigureTest,
    FindingTest,
    Playbook,
    TableRow,
    Test,
    leaves,
    playbook_schema,
)
from guanzi.record.playbooks.table import Decision, Outcome, RowResult, evaluate, outcome, read
from guanzi.record.playbooks.wording import Wording, Words, short_name, worded

__all__ = [
    "ADVICE_ORDER",
    "MEASURES",
    "OPEN",
    "PARTS",
    "STATED",
    "AllOf",
    "AnyOf",
    "Applies",
    "ButForPrior",
    "Committee",
    "Decision",
    "FigureTest",
    "FindingTest",
    "Gate",
    "Origin",
    "Outcome",
    "Pilot",
    "Plan",
    "PlanQuestion",
    "Playbook",
    "Requirement",
    "Review",
    "RowResult",
    "Scenarios",
    "Setting",
    "Source",
    "State",
    "Statement",
    "Structure",
    "TableRow",
    "Test",
    "Wording",
    "Words",
    "diligence_plans",
    "evaluate",
    "leaves",
    "load_playbook",
    "new_playbook",
    "outcome",
    "parse_playbook",
    "plan_for",
    "playbook_called",
    "playbook_names",
    "playbook_schema",
    "read",
    "reversals",
    "review",
    "short_name",
    "supposed",
    "worded",
]
