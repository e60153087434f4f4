"""What lies within reach: how much complexity is near to a region, and what an industry would open up."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanzi.study.tracks.arrays import Floats, Numbers


def opportunity_outlook(presence: Any, density: Any, complexity: Any) -> Floats:
    """Complexity outlook of each region: complexity of the industries that it lacks, weighed by how near they are.

    Args:
        presence: Regions x industries.
        density: Relatedness density, likewise.
        complexity: Of industries; those without one do not count.

    References:
        R. Hausmann et al., *The Atlas of Economic Complexity*, MIT Press (2014).
    """
    near = np.array(density)
    near[np.isnan(near) | np.asarray(presence, dtype=np.bool_)] = 0
    return np.asarray(near @ np.nan_to_num(complexity).astype(near.dtype), dtype=np.float64)


def opportunity_gain(presence: Any, proximity: Any, complexity: Any) -> Numbers:
    """Complexity outlook gain of each industry for each region: what else would come near if it were entered.

    ``Σⱼ φᵢⱼ / Σₗ φⱼₗ · (1 − Mⱼ) · PCIⱼ``, nought where the region holds the industry already.

    Args:
        presence: Regions x industries.
        proximity: Industries x industries.
        complexity: Of industries; those without one do not count.
    """
    near = np.asarray(proximity)
    lacks = (~np.asarray(presence, dtype=np.bool_)).astype(near.dtype)
    whole = near.sum(axis=1)
    worth = np.where(whole > 0, np.nan_to_num(np.asarray(complexity)) / np.where(whole > 0, whole, 1), 0)
    found: Numbers = (lacks * worth.astype(near.dtype)[None]) @ near
    found *= lacks
    return found
