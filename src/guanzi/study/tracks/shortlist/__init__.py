"""The short list: what a region could enter, whether it is worth it, why, and what would change that."""

from guanzi.study.tracks.shortlist.candidates import CRITERIA, Candidate, candidates_of
from guanzi.study.tracks.shortlist.explaining import Explanation, Peer, explain, peers_of
from guanzi.study.tracks.shortlist.ranking import RankedCandidate, Weights, rank, refuse_strategic, refuse_weights
from guanzi.study.tracks.shortlist.whatif import Stone, stepping_stone, what_if

__all__ = [
    "CRITERIA",
    "Candidate",
    "Explanation",
    "Peer",
    "RankedCandidate",
    "Stone",
    "Weights",
    "candidates_of",
    "explain",
    "peers_of",
    "rank",
    "refuse_strategic",
    "refuse_weights",
    "stepping_stone",
    "what_if",
]
