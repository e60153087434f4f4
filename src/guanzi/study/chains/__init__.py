"""Chains: what a place has of an industrial chain, whom to invite, and whether the cluster survives its anchor."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from guanzi.study.chains.costs import CostShare, cost_shares
from guanzi.study.chains.exports import follow_the_money, graphml
from guanzi.study.chains.gaps import LinkGap, find_gaps
from guanzi.study.chains.grades import GRADES, Link, LinkGrade, grade_links, standing_plants
from guanzi.study.chains.groups import distance_km, groups_of, without
from guanzi.study.chains.invitations import Invitation, plan_invitations
from guanzi.study.chains.knowledge import LaboratoryMatch, match_laboratories
from guanzi.study.chains.openness import ClusterOpenness, Removal, Supplier, judge_openness
from guanzi.study.chains.shares import KnownSupplier, known_suppliers
from guanzi.study.chains.targets import (
    CRITERIA,
    LINK_CRITERIA,
    Target,
    TargetCandidate,
    firm_candidates,
    link_candidates,
    rank_targets,
)

if TYPE_CHECKING:
    from guanzi.study.chains import coverage as coverage
    from guanzi.study.chains import disruption as disruption
    from guanzi.study.chains import multipliers as multipliers

__all__ = [
    "CRITERIA",
    "GRADES",
    "LINK_CRITERIA",
    "ClusterOpenness",
    "CostShare",
    "Invitation",
    "KnownSupplier",
    "LaboratoryMatch",
    "Link",
    "LinkGap",
    "LinkGrade",
    "Removal",
    "Supplier",
    "Target",
    "TargetCandidate",
    "cost_shares",
    "coverage",
    "disruption",
    "distance_km",
    "find_gaps",
    "firm_candidates",
    "follow_the_money",
    "grade_links",
    "graphml",
    "groups_of",
    "judge_openness",
    "known_suppliers",
    "link_candidates",
    "match_laboratories",
    "multipliers",
    "plan_invitations",
    "rank_targets",
    "standing_plants",
    "without",
]

_HEAVY = ("coverage", "disruption", "multipliers")


def __getattr__(name: str) -> Any:
    """``multipliers`` and the like are loaded when they are asked for, because their libraries are heavy."""
    if name in _HEAVY:
        return import_module(f"guanzi.study.chains.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
