"""Chains: what a place has of an industrial chain, whom to invite, and whether the cluster survives its anchor."""

from guanzi.chains.costs import CostShare, cost_shares
from guanzi.chains.exports import follow_the_money, graphml
from guanzi.chains.grades import GRADES, Link, LinkGrade, grade_links, standing_plants

__all__ = [
    "GRADES",
    "CostShare",
    "Link",
    "LinkGrade",
    "cost_shares",
    "follow_the_money",
    "grade_links",
    "graphml",
    "standing_plants",
]
