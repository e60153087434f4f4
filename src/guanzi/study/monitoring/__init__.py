"""Monitoring: a signed deal on a day, by the term sheet's own program and what is known of the company by then."""

from guanzi.deal.program import grid_of
from guanzi.study.monitoring.actuals import READ_FROM, figure, last_ended, observe
from guanzi.study.monitoring.claims import PROMISED, REPORTED, VERIFIED, Claims, MilestoneClaim, claims_of, subject_of
from guanzi.study.monitoring.covenants import (
    CovenantTest,
    Examined,
    Headroom,
    Late,
    RightTest,
    TierTest,
    breach_of,
    examine,
    force_of,
    late_of,
)
from guanzi.study.monitoring.examining import ConditionVerdict, Examiner, Truths
from guanzi.study.monitoring.milestones import Milestone, milestone_ids, milestones
from guanzi.study.monitoring.observations import MissingObservation, Observations
from guanzi.study.monitoring.warning_rules import WarningRule, WarningRules, warning_rules
from guanzi.study.monitoring.warnings import REPORT, Sign, Signs, openings, signs

__all__ = [
    "PROMISED",
    "READ_FROM",
    "REPORT",
    "REPORTED",
    "VERIFIED",
    "Claims",
    "ConditionVerdict",
    "CovenantTest",
    "Examined",
    "Examiner",
    "Headroom",
    "Late",
    "Milestone",
    "MilestoneClaim",
    "MissingObservation",
    "Observations",
    "RightTest",
    "Sign",
    "Signs",
    "TierTest",
    "Truths",
    "WarningRule",
    "WarningRules",
    "breach_of",
    "claims_of",
    "examine",
    "figure",
    "force_of",
    "grid_of",
    "last_ended",
    "late_of",
    "milestone_ids",
    "milestones",
    "observe",
    "openings",
    "signs",
    "subject_of",
    "warning_rules",
]
