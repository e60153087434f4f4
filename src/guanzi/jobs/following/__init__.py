"""Following: a signed deal watched, its payments released, a fund of deals."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.intake.reported import FIELDS, STATES, Report, report_of, unit_of
    from guanzi.jobs.following import fund, monitoring, release, reporting, watched
    from guanzi.jobs.following.documents.fund_charts import BindingBar, BindingDrawing, CallBar, CallsDrawing
    from guanzi.jobs.following.documents.monitor_calendar import calendar_text
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
else:
    __all__, __getattr__ = late_names(__name__)
