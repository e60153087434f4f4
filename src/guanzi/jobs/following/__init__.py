"""Following: a signed deal watched, its payments released, a fund of deals."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.intake.reported import FIELDS, STATES, Report, report_of, unit_of
    from guanzi.jobs.following.documents.fund import fund_document
    from guanzi.jobs.following.documents.fund_charts import BindingBar, BindingDrawing, CallBar, CallsDrawing
    from guanzi.jobs.following.documents.fund_tables import FundStudy
    from guanzi.jobs.following.documents.monitor import MonitorStudy, monitor_document
    from guanzi.jobs.following.documents.monitor_calendar import calendar_text
    from guanzi.jobs.following.documents.release import Loss, ReleaseStudy, release_document
    from guanzi.study.monitoring import (
        OF_MONEY,
        READ_FROM,
        VERIFIED,
        ConditionTest,
        CovenantTest,
        Milestone,
        Release,
        Verdict,
        deciding_figures,
        milestone_ids,
        milestones,
        payments_meant,
        payout_of,
        subject_of,
        total_of,
    )

__all__ = [
    "FIELDS",
    "OF_MONEY",
    "READ_FROM",
    "STATES",
    "VERIFIED",
    "BindingBar",
    "BindingDrawing",
    "CallBar",
    "CallsDrawing",
    "ConditionTest",
    "CovenantTest",
    "FundStudy",
    "Loss",
    "Milestone",
    "MonitorStudy",
    "Release",
    "ReleaseStudy",
    "Report",
    "Verdict",
    "calendar_text",
    "deciding_figures",
    "fund",
    "fund_document",
    "milestone_ids",
    "milestones",
    "monitor_document",
    "monitoring",
    "payments_meant",
    "payout_of",
    "release",
    "release_document",
    "report_of",
    "reporting",
    "subject_of",
    "total_of",
    "unit_of",
    "watched",
]

_LATE = {
    "guanzi.intake.reported": (
        "FIELDS",
        "Report",
        "STATES",
        "report_of",
        "unit_of",
    ),
    "guanzi.study.monitoring": (
        "ConditionTest",
        "CovenantTest",
        "Milestone",
        "OF_MONEY",
        "READ_FROM",
        "Release",
        "VERIFIED",
        "Verdict",
        "deciding_figures",
        "milestone_ids",
        "milestones",
        "payments_meant",
        "payout_of",
        "subject_of",
        "total_of",
    ),
    "documents.fund": ("fund_document",),
    "documents.fund_charts": (
        "BindingBar",
        "BindingDrawing",
        "CallBar",
        "CallsDrawing",
    ),
    "documents.fund_tables": ("FundStudy",),
    "documents.monitor": (
        "MonitorStudy",
        "monitor_document",
    ),
    "documents.monitor_calendar": ("calendar_text",),
    "documents.release": (
        "Loss",
        "ReleaseStudy",
        "release_document",
    ),
}
__getattr__ = late_names(__name__, _LATE, ("fund", "monitoring", "release", "reporting", "watched"))
