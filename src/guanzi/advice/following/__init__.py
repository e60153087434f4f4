"""Following a signed deal: the forecast of signing, weighed by what came since, and what it says of holding on."""

from guanzi.advice.following.course import (
    HoldingAdvice,
    advise_holding,
    answered_inside,
    behind_of,
    flows_of,
    position_of,
)
from guanzi.advice.following.debts import sentence_parts
from guanzi.advice.following.follow import Band, Followed, FollowedSeries, follow
from guanzi.advice.following.fund import fund
from guanzi.advice.following.fund_data import Fund, FundDeal, FundRow, FundShares, PlannedPayment
from guanzi.advice.following.fund_tail import FundTail, fund_tail
from guanzi.advice.following.learnt import sign
from guanzi.advice.following.record import advice_data, followed_data, position_data
from guanzi.advice.following.replay import Ahead, Replayed, count_covered, crps, replay, replay_days

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
    "PlannedPayment",
    "Replayed",
    "advice_data",
    "advise_holding",
    "answered_inside",
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
    "sentence_parts",
    "sign",
]
