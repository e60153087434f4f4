"""Chains: what a place has of an industrial chain, whom to invite, and whether the cluster survives its anchor."""

from guanzi.chains.costs import CostShare, cost_shares
from guanzi.chains.exports import follow_the_money, graphml
from guanzi.chains.gaps import Gap, find_gaps
from guanzi.chains.grades import GRADES, Link, LinkGrade, grade_links, standing_plants
from guanzi.chains.groups import distance_km, groups_of, without
from guanzi.chains.targets import Candidate, Target, firm_candidates, link_candidates, rank_targets

__all__ = [
    "GRADES",
    "Candidate",
    "CostShare",
    "Gap",
    "Link",
    "LinkGrade",
    "Target",
    "cost_shares",
    "distance_km",
    "find_gaps",
    "firm_candidates",
    "follow_the_money",
    "grade_links",
    "graphml",
    "groups_of",
    "link_candidates",
    "rank_targets",
    "standing_plants",
    "without",
]
