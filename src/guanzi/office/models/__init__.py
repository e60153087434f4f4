"""What the office holds; one noun of the trade a file."""

from guanzi.office.models.actionruns import ActionRun
from guanzi.office.models.cases import (
    UNDECIDED,
    Blob,
    CaseVersion,
    HeldContent,
    IndexedFact,
    IndexedPage,
    IndexedSource,
    OfficeCase,
    WatchedFact,
)
from guanzi.office.models.companies import CompanySeat, HandedIn
from guanzi.office.models.digests import RowDigest
from guanzi.office.models.discussions import Discussion, DiscussionRemark, Mention
from guanzi.office.models.identities import Identity
from guanzi.office.models.leads import DroppedLead
from guanzi.office.models.money import FigureOwed, MilestoneReport, Signing, TrancheRelease, Verification
from guanzi.office.models.notices import CalendarFeed, NoticeChannel, OutgoingNotice
from guanzi.office.models.outcomes import CaseOutcome
from guanzi.office.models.people import ApiToken, Organisation, Person, PersonChange, RoleHeld, rehashed
from guanzi.office.models.proposals import RefusedProposal
from guanzi.office.models.ratelimit import GuessCount
from guanzi.office.models.rows import (
    Gathered,
    Held,
    accounted_models,
    columns_of,
    gathering_rows,
    is_gathering,
    rows_of,
    take_gathered,
    watch_rows,
)
from guanzi.office.models.scenes import PilotRun, Scene
from guanzi.office.models.seats import Declaration, Interest, Seat
from guanzi.office.models.sheetruns import DealStanding, SheetRun
from guanzi.office.models.votes import (
    COUNTED,
    AppraisalRun,
    Ballot,
    ClosedPanel,
    ConditionWaiver,
    ExpertJudgement,
    SheetApproval,
    Sitting,
)
from guanzi.office.models.watching import FigureCorrection, WarningSeen, WatchRun
from guanzi.office.models.work import Workstream

__all__ = [
    "COUNTED",
    "UNDECIDED",
    "ActionRun",
    "ApiToken",
    "AppraisalRun",
    "Ballot",
    "Blob",
    "CalendarFeed",
    "CaseOutcome",
    "CaseVersion",
    "ClosedPanel",
    "CompanySeat",
    "ConditionWaiver",
    "DealStanding",
    "Declaration",
    "Discussion",
    "DiscussionRemark",
    "DroppedLead",
    "ExpertJudgement",
    "FigureCorrection",
    "FigureOwed",
    "Gathered",
    "GuessCount",
    "HandedIn",
    "Held",
    "HeldContent",
    "Identity",
    "IndexedFact",
    "IndexedPage",
    "IndexedSource",
    "Interest",
    "Mention",
    "MilestoneReport",
    "NoticeChannel",
    "OfficeCase",
    "Organisation",
    "OutgoingNotice",
    "Person",
    "PersonChange",
    "PilotRun",
    "RefusedProposal",
    "RoleHeld",
    "RowDigest",
    "Scene",
    "Seat",
    "SheetApproval",
    "SheetRun",
    "Signing",
    "Sitting",
    "TrancheRelease",
    "Verification",
    "WarningSeen",
    "WatchRun",
    "WatchedFact",
    "Workstream",
    "accounted_models",
    "columns_of",
    "gathering_rows",
    "is_gathering",
    "rehashed",
    "rows_of",
    "take_gathered",
    "watch_rows",
]
