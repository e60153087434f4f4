"""Tracks: which industries a region could enter. Pure functions on panels of region x industry x year."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from guanzi.intake.industries import IndustryPanel as Panel
from guanzi.study.tracks.arrays import NotCarried
from guanzi.study.tracks.complexity import Complexity, Fitness, complexity, fitness, parts_of
from guanzi.study.tracks.dynamics import Changes, ShiftShare, entries_and_exits, shift_share
from guanzi.study.tracks.indices import HoldingTest, Indices, indices, scan_years
from guanzi.study.tracks.nullmodel import expected_presence, shuffle_holders
from guanzi.study.tracks.outlook import opportunity_gain, opportunity_outlook
from guanzi.study.tracks.proximity import (
    continuous_proximity,
    cooccurrence,
    proximity,
    proximity_p,
    validated_proximity,
)
from guanzi.study.tracks.relatedness import distance, relatedness_density
from guanzi.study.tracks.specialization import (
    excess_p,
    expected,
    herfindahl,
    krugman,
    location_quotient,
    per_head_quotient,
    presence,
    significant_presence,
    smoothed_quotient,
)
from guanzi.study.tracks.validity import Validity, validity

if TYPE_CHECKING:
    from guanzi.study.tracks import forecast as forecast
    from guanzi.study.tracks.estimators import EconomicComplexity as EconomicComplexity
    from guanzi.study.tracks.estimators import FitnessComplexity as FitnessComplexity
    from guanzi.study.tracks.estimators import LocationQuotient as LocationQuotient
    from guanzi.study.tracks.estimators import RelatednessDensity as RelatednessDensity
    from guanzi.study.tracks.opening import Opening as Opening
    from guanzi.study.tracks.opening import judge_window as judge_window
    from guanzi.study.tracks.scan import FIRST as FIRST
    from guanzi.study.tracks.scan import Markets as Markets
    from guanzi.study.tracks.scan import Priorities as Priorities
    from guanzi.study.tracks.scan import Recommendation as Recommendation
    from guanzi.study.tracks.scan import RegionScan as RegionScan
    from guanzi.study.tracks.scan import held_quotient as held_quotient
    from guanzi.study.tracks.scan import recommend as recommend
    from guanzi.study.tracks.scan import scan_region as scan_region
    from guanzi.study.tracks.scan import scan_steps as scan_steps
    from guanzi.study.tracks.shortlist import RankedCandidate as RankedCandidate
    from guanzi.study.tracks.telling import QUESTIONS as QUESTIONS
    from guanzi.study.tracks.telling import answers as answers
    from guanzi.study.tracks.telling import signed as signed
    from guanzi.study.tracks.telling import tell_standing as tell_standing
    from guanzi.study.tracks.telling import tell_supposed as tell_supposed
    from guanzi.study.tracks.telling import tell_tested as tell_tested
    from guanzi.study.tracks.telling import verdicts as verdicts
    from guanzi.study.tracks.telling import window_verdict as window_verdict

__all__ = [
    "FIRST",
    "QUESTIONS",
    "Changes",
    "Complexity",
    "EconomicComplexity",
    "Fitness",
    "FitnessComplexity",
    "HoldingTest",
    "Indices",
    "LocationQuotient",
    "Markets",
    "NotCarried",
    "Opening",
    "Panel",
    "Priorities",
    "RankedCandidate",
    "Recommendation",
    "RegionScan",
    "RelatednessDensity",
    "ShiftShare",
    "Validity",
    "answers",
    "complexity",
    "continuous_proximity",
    "cooccurrence",
    "distance",
    "entries_and_exits",
    "excess_p",
    "expected",
    "expected_presence",
    "fitness",
    "forecast",
    "held_quotient",
    "herfindahl",
    "indices",
    "judge_window",
    "krugman",
    "location_quotient",
    "opportunity_gain",
    "opportunity_outlook",
    "parts_of",
    "per_head_quotient",
    "presence",
    "proximity",
    "proximity_p",
    "recommend",
    "relatedness_density",
    "scan_region",
    "scan_steps",
    "scan_years",
    "shift_share",
    "shuffle_holders",
    "signed",
    "significant_presence",
    "smoothed_quotient",
    "tell_standing",
    "tell_supposed",
    "tell_tested",
    "validated_proximity",
    "validity",
    "verdicts",
    "window_verdict",
]

_LATE = {
    "EconomicComplexity": "estimators",
    "FitnessComplexity": "estimators",
    "LocationQuotient": "estimators",
    "RelatednessDensity": "estimators",
    "Opening": "opening",
    "judge_window": "opening",
    "FIRST": "scan",
    "Markets": "scan",
    "Priorities": "scan",
    "Recommendation": "scan",
    "RegionScan": "scan",
    "held_quotient": "scan",
    "recommend": "scan",
    "scan_region": "scan",
    "scan_steps": "scan",
    "RankedCandidate": "shortlist",
    "QUESTIONS": "telling",
    "answers": "telling",
    "signed": "telling",
    "tell_standing": "telling",
    "tell_supposed": "telling",
    "tell_tested": "telling",
    "verdicts": "telling",
    "window_verdict": "telling",
}


def __getattr__(name: str) -> Any:
    """What stands on scikit-learn is loaded when it is asked for, because that library is heavy."""
    if name == "forecast":
        return import_module("guanzi.study.tracks.forecast")
    if name in _LATE:
        return getattr(import_module(f"guanzi.study.tracks.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
