"""Monitoring: a signed deal on a day, by the term sheet's own program and what is known of the company by then."""

from guanzi.deal.program import grid_of
from guanzi.study.monitoring.actuals import READ_FROM, figure, last_ended, observe
from guanzi.study.monitoring.claims import PROMISED, REPORTED, VERIFIED, MilestoneClaim, Claims, claims_of, subject_of
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
from guanzi.study.monitoring.examining import Examiner, Truths, ConditionVerdict
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
    "MilestoneClaim",
    "Claims",
    "CovenantTest",
    "Examined",
    "Examiner",
    "Headroom",
    "Late",
    "Milestone",
    "MissingObservation",
    "Observations",
    "RightTest",
    "WarningRule",
    "Sign",
    "Signs",
    "TierTest",
    "Truths",
    "ConditionVerdict",
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
