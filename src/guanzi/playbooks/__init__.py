"""Playbooks: governance models as versioned data, and the decision table they carry."""

from guanzi.playbooks.load import load_playbook, parse_playbook, playbook_names
from guanzi.playbooks.plans import Plan, PlanQuestion, diligence_plans, plan_for
from guanzi.playbooks.reversals import Reversal, reversals
from guanzi.playbooks.schema import (
    AllOf,
    AnyOf,
    ButForPrior,
    Committee,
    Demand,
    Exit,
    FigureTest,
    FindingTest,
    Origin,
    Playbook,
    Practice,
    Setting,
    Source,
    TableRow,
    leaves,
    playbook_schema,
)
from guanzi.playbooks.table import Decision, Demanded, RowResult, evaluate, outcome

__all__ = [
    "AllOf",
    "AnyOf",
    "ButForPrior",
    "Committee",
    "Decision",
    "Demand",
    "Demanded",
    "Exit",
    "FigureTest",
    "FindingTest",
    "Origin",
    "Plan",
    "PlanQuestion",
    "Playbook",
    "Practice",
    "Reversal",
    "RowResult",
    "Setting",
    "Source",
    "TableRow",
    "diligence_plans",
    "evaluate",
    "leaves",
    "load_playbook",
    "outcome",
    "parse_playbook",
    "plan_for",
    "playbook_names",
    "playbook_schema",
    "reversals",
]
