"""People and entities: do two names name one bearer, who is on a list, and who is behind a company.

Names are compared by compiled code: it loads when it is asked for, and who only follows ties does without.
"""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.study.screening.folding import HAN
from guanzi.study.screening.ownership import (
    Behind,
    Shareholding,
    TooMuchHeld,
    circles,
    controlled_by,
    everybody_above,
    find_overheld,
    related_buyers,
    shared,
    who_is_behind,
)
from guanzi.study.screening.ties import Ties, plain_address, ties_of

if TYPE_CHECKING:
    from guanzi.study.screening.evaluation import MatchEvaluation, MatchFigure, evaluate_pairs
    from guanzi.study.screening.index import build_index
    from guanzi.study.screening.matching import THRESHOLD, Match, compare, probability, scores
else:
    _, __getattr__ = late_names(__name__)

__all__ = [
    "HAN",
    "THRESHOLD",
    "Behind",
    "Match",
    "MatchEvaluation",
    "MatchFigure",
    "Shareholding",
    "Ties",
    "TooMuchHeld",
    "build_index",
    "circles",
    "compare",
    "controlled_by",
    "evaluate_pairs",
    "everybody_above",
    "find_overheld",
    "plain_address",
    "probability",
    "related_buyers",
    "scores",
    "shared",
    "ties_of",
    "who_is_behind",
]
