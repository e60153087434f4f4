"""People and entities: do two names name one bearer, who is on a list, and who is behind a company."""

from guanzi.diligence.entities.evaluation import Evaluation, Figure, evaluate_pairs
from guanzi.diligence.entities.matching import THRESHOLD, Match, compare, probability, scores

__all__ = ["THRESHOLD", "Evaluation", "Figure", "Match", "compare", "evaluate_pairs", "probability", "scores"]
