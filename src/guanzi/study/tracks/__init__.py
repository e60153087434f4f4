"""Tracks: which industries a region could enter. Pure functions on panels of region x industry x year.

What stands on scikit-learn loads when it is asked for, because that library is heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.study.tracks.arrays import NotCarried
from guanzi.study.tracks.complexity import complexity, fitness, parts_of
from guanzi.study.tracks.dynamics import entries_and_exits, shift_share
from guanzi.study.tracks.indices import HoldingTest, indices
from guanzi.study.tracks.nullmodel import expected_presence, shuffle_holders
from guanzi.study.tracks.proximity import continuous_proximity, proximity, proximity_p, validated_proximity
from guanzi.study.tracks.relatedness import distance
from guanzi.study.tracks.specialization import (
    excess_p,
    herfindahl,
    krugman,
    location_quotient,
    presence,
    significant_presence,
    smoothed_quotient,
)
from guanzi.study.tracks.validity import validity

if TYPE_CHECKING:
    from guanzi.study.tracks import forecast, places
    from guanzi.study.tracks.estimators import (
        EconomicComplexity,
        FitnessComplexity,
        LocationQuotient,
        RelatednessDensity,
    )
    from guanzi.study.tracks.scan import (
        FIRST,
        Markets,
        Priorities,
        Recommendation,
        RegionScan,
        held_quotient,
        recommend,
        scan_region,
        scan_steps,
    )
    from guanzi.study.tracks.sentences import (
        QUESTIONS,
        answers,
        simpler_sentences,
        standing_sentences,
        supposed_sentences,
        tested_sentences,
        verdicts,
    )
    from guanzi.study.tracks.shortlist import RankedCandidate
else:
    _, __getattr__ = late_names(__name__)

__all__ = [
    "FIRST",
    "QUESTIONS",
    "EconomicComplexity",
    "FitnessComplexity",
    "HoldingTest",
    "LocationQuotient",
    "Markets",
    "NotCarried",
    "Priorities",
    "RankedCandidate",
    "Recommendation",
    "RegionScan",
    "RelatednessDensity",
    "answers",
    "complexity",
    "continuous_proximity",
    "distance",
    "entries_and_exits",
    "excess_p",
    "expected_presence",
    "fitness",
    "forecast",
    "held_quotient",
    "herfindahl",
    "indices",
    "krugman",
    "location_quotient",
    "parts_of",
    "places",
    "presence",
    "proximity",
    "proximity_p",
    "recommend",
    "scan_region",
    "scan_steps",
    "shift_share",
    "shuffle_holders",
    "significant_presence",
    "simpler_sentences",
    "smoothed_quotient",
    "standing_sentences",
    "supposed_sentences",
    "tested_sentences",
    "validated_proximity",
    "validity",
    "verdicts",
]
