"""People and entities: do two names name one bearer, who is on a list, and who is behind a company."""

from guanzi.diligence.entities.evaluation import Evaluation, Figure, evaluate_pairs
from guanzi.diligence.entities.folding import HAN
from guanzi.diligence.entities.index import Hit, NameIndex, build_index
from guanzi.diligence.entities.matching import THRESHOLD, Match, compare, probability, scores
from guanzi.diligence.entities.ownership import (
    Behind,
    Holding,
    TooMuchHeld,
    circles,
    controlled_by,
    everybody_above,
    overheld,
    related_buyers,
    shared,
    who_is_behind,
)
from guanzi.diligence.entities.ties import Ties, plain_address, ties_of

__all__ = [
    "HAN",
    "THRESHOLD",
    "Behind",
    "Evaluation",
    "Figure",
    "Hit",
    "Holding",
    "Match",
    "NameIndex",
    "Ties",
    "TooMuchHeld",
    "build_index",
    "circles",
    "compare",
    "controlled_by",
    "evaluate_pairs",
    "everybody_above",
    "overheld",
    "plain_address",
    "probability",
    "related_buyers",
    "scores",
    "shared",
    "ties_of",
    "who_is_behind",
]
