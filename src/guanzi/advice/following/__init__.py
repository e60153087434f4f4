"""Following a signed deal: the forecast of signing, weighed by what came since, and what it says of holding on."""

from guanzi.advice.following.course import HoldingAdvice, advise_holding, behind_of, flows_of, position_of
from guanzi.advice.following.follow import Band, Followed, FollowedSeries, follow
from guanzi.advice.following.fund import Fund, FundDeal, FundRow, FundShares, NewTier, QuarterCall, fund
from guanzi.advice.following.fund_tail import FundTail, LossTail, fund_tail
from guanzi.advice.following.learnt import Signed, sign
from guanzi.advice.following.record import advice_data, followed_data, position_data
from guanzi.advice.following.replay import Ahead, Replayed, count_covered, crps, replay, replay_days
from guanzi.advice.following.waiting import Waiting, weigh_waiting

__all__ = [
    "Ahead",
    "Band",
    "Followed",
    "FollowedSeries",
    "Fund",
    "FundDeal",
    "FundRow",
    "FundShares",
    "FundTail",
    "HoldingAdvice",
    "LossTail",
    "NewTier",
    "QuarterCall",
    "Replayed",
    "Signed",
    "Waiting",
    "advice_data",
    "advise_holding",
    "behind_of",
    "count_covered",
    "crps",
    "flows_of",
    "follow",
    "followed_data",
    "fund",
    "fund_tail",
    "position_data",
    "position_of",
    "replay",
    "replay_days",
    "sign",
    "weigh_waiting",
]
