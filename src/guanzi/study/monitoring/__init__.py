"""Monitoring: a signed deal on a day, by the term sheet's own program and what is known of the company by then."""

from guanzi.deal.program import grid_of
from guanzi.study.monitoring.actuals import READ_FROM, figure, observe
from guanzi.study.monitoring.calendar import CalendarEntry, calendar_of
from guanzi.study.monitoring.claims import VERIFIED, MilestoneClaim, subject_of
from guanzi.study.monitoring.contradictions import contradictions
from guanzi.study.monitoring.covenants import CovenantTest, Examined, Headroom, RightTest, TierTest, examine
from guanzi.study.monitoring.examining import Examiner
from guanzi.study.monitoring.grounds import Ground, grounds_of
from guanzi.study.monitoring.late import Late
from guanzi.study.monitoring.learnt import ends_of, learnt_since
from guanzi.study.monitoring.milestones import OF_MONEY, Milestone, milestone_ids, milestones
from guanzi.study.monitoring.needs import ConditionVerdict
from guanzi.study.monitoring.observations import Observations, step_end
from guanzi.study.monitoring.outcome import Attribution, Stated, attribute
from guanzi.study.monitoring.patience import CashFlow, Position, Realised, Trigger, position, verdict
from guanzi.study.monitoring.refusals import watch_problems
from guanzi.study.monitoring.release import (
    ConditionTest,
    DemandTest,
    ExaminedDay,
    Release,
    Verdict,
    deciding_figures,
    examine_day,
    payments_meant,
    payout_of,
    release_of,
)
from guanzi.study.monitoring.returns import realised, spanned_rate
from guanzi.study.monitoring.settlements import Settlement, Span, cash_flows, settlements, total_of
from guanzi.study.monitoring.signs_record import RECORD
from guanzi.study.monitoring.warning_rules import WarningRule, WarningRules, warning_rules
from guanzi.study.monitoring.warnings import Sign, Signs, Unseen, openings, signs

__all__ = [
    "OF_MONEY",
    "READ_FROM",
    "RECORD",
    "VERIFIED",
    "Attribution",
    "CalendarEntry",
    "CashFlow",
    "ConditionTest",
    "ConditionVerdict",
    "CovenantTest",
    "DemandTest",
    "Examined",
    "ExaminedDay",
    "Examiner",
    "Ground",
    "Headroom",
    "Late",
    "Milestone",
    "MilestoneClaim",
    "Observations",
    "Position",
    "Realised",
    "Release",
    "RightTest",
    "Settlement",
    "Sign",
    "Signs",
    "Span",
    "Stated",
    "TierTest",
    "Trigger",
    "Unseen",
    "Verdict",
    "WarningRule",
    "WarningRules",
    "attribute",
    "calendar_of",
    "cash_flows",
    "contradictions",
    "deciding_figures",
    "ends_of",
    "examine",
    "examine_day",
    "figure",
    "grid_of",
    "grounds_of",
    "learnt_since",
    "milestone_ids",
    "milestones",
    "observe",
    "openings",
    "payments_meant",
    "payout_of",
    "position",
    "realised",
    "release_of",
    "settlements",
    "signs",
    "spanned_rate",
    "step_end",
    "subject_of",
    "total_of",
    "verdict",
    "warning_rules",
    "watch_problems",
]
