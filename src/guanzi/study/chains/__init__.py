"""Chains: what a place has of an industrial chain, whom to invite, and whether the cluster survives its anchor.

``multipliers`` and the like load when they are asked for, because their libraries are heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.study.chains.costs import CostShare, cost_shares
from guanzi.study.chains.exports import follow_the_money, graphml
from guanzi.study.chains.gaps import LinkGap, find_gaps
from guanzi.study.chains.grades import GRADES, Link, grade_links
from guanzi.study.chains.groups import groups_of, without
from guanzi.study.chains.invitations import Invitation, plan_invitations
from guanzi.study.chains.knowledge import LaboratoryMatch, match_laboratories
from guanzi.study.chains.leads import Lead, lead_of
from guanzi.study.chains.openness import ClusterOpenness, Removal, Supplier, judge_openness
from guanzi.study.chains.shares import known_suppliers
from guanzi.study.chains.targets import (
    CRITERIA,
    LINK_CRITERIA,
    Target,
    firm_candidates,
    link_candidates,
    rank_targets,
)

if TYPE_CHECKING:
    from guanzi.study.chains import coverage, disruption, multipliers
else:
    _, __getattr__ = late_names(__name__)

__all__ = [
    "CRITERIA",
    "GRADES",
    "LINK_CRITERIA",
    "ClusterOpenness",
    "CostShare",
    "Invitation",
    "LaboratoryMatch",
    "Lead",
    "Link",
    "LinkGap",
    "Removal",
    "Supplier",
    "Target",
    "cost_shares",
    "coverage",
    "disruption",
    "find_gaps",
    "firm_candidates",
    "follow_the_money",
    "grade_links",
    "graphml",
    "groups_of",
    "judge_openness",
    "known_suppliers",
    "lead_of",
    "link_candidates",
    "match_laboratories",
    "multipliers",
    "plan_invitations",
    "rank_targets",
    "without",
]
