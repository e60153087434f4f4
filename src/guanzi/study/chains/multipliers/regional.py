"""From a national table to a region: which part of what sectors buy can come from the region itself.

Location quotients compare the weight of a sector in the region with that in the nation. FLQ (Flegg and Webber 1997)
also counts the size of the region: small regions buy more elsewhere. CHARM (Kronenberg 2009) counts that a region sells
and buys the same product across its border at once.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from guanzi.study.chains.multipliers.leontief import Matrix, Vector

type Method = Literal["slq", "cilq", "flq", "charm"]
METHODS: tuple[Method, ...] = ("flq", "slq", "cilq", "charm")
DELTA = (0.1, 0.4)
"""The exponent of FLQ: about 0.25 in Finland (Flegg and Tohmo 2013), elsewhere 0.1 to 0.4: taken as an interval."""


def location_quotients(region: Vector, nation: Vector) -> Vector:
    """The weight of each sector in the region over its weight in the nation; nought where the nation has none of it.

    >>> float(location_quotients(np.array([1714.0, 77292.0]), np.array([879213.0, 14714011.0]))[0].round(7))
    0.3847623
    """
    here, there = region / region.sum(), nation / nation.sum()
    found: Vector = np.divide(here, there, out=np.zeros_like(here), where=there > 0.0)
    return found


def cross_industry(region: Vector, nation: Vector) -> Matrix:
    """Location quotient of the seller over that of the buyer; on the diagonal that of the seller alone."""
    simple = location_quotients(region, nation)
    quotients: Matrix = np.divide(
        simple[:, None], simple[None, :], out=np.full((len(simple), len(simple)), np.inf), where=simple[None, :] > 0.0
    )
    quotients[simple == 0.0] = 0.0
    np.fill_diagonal(quotients, simple)
    return quotients


def size_factor(region: Vector, nation: Vector, delta: float) -> float:
    """λ = log₂(1 + size of the region over that of the nation) to the power of δ.

    >>> round(size_factor(np.array([10.0]), np.array([100.0]), 0.3), 4)
    0.5514
    """
    return float(np.log2(1.0 + region.sum() / nation.sum()) ** delta)


def trade_coefficients(method: Method, region: Vector, nation: Vector, delta: float = 0.25) -> Matrix:
    """Which part of what sector j (column) buys of product i (row) in the nation can come from the region, 0 to 1.

    Args:
        method: ``slq``, ``cilq`` or ``flq``; ``charm`` needs trade and has its own function.
        region: Size of the sectors in the region.
        nation: The same in the nation.
        delta: The exponent of FLQ.
    """
    if method == "slq":
        simple = location_quotients(region, nation)
        return np.minimum(np.repeat(simple[:, None], len(simple), axis=1), 1.0)
    quotients = cross_industry(region, nation)
    if method == "flq":
        quotients = quotients * size_factor(region, nation, delta)
    return np.minimum(quotients, 1.0)


def cross_hauling(output: Vector, use: Vector, exports: Vector, imports: Vector) -> Vector:
    """Trade in both directions per unit of what is made and used, in the nation: CHARM takes it to hold in the region.

    Args:
        output: Of each product.
        use: At home, by sectors and for final purposes.
        exports: Of each product.
        imports: Of each product.
    """
    both = exports + imports - np.abs(exports - imports)
    return np.divide(both, output + use, out=np.zeros_like(both), where=output + use > 0.0)


def charm(region_output: Vector, region_use: Vector, heterogeneity: Vector) -> Vector:
    """Which part of what the region uses of each product it makes itself, by CHARM.

    Args:
        region_output: Made in the region.
        region_use: Used in the region, by sectors and for final purposes.
        heterogeneity: See :func:`cross_hauling`.
    """
    surplus = region_output - region_use
    both = heterogeneity * (region_output + region_use)
    bought = np.minimum((both + np.abs(surplus) - surplus) / 2.0, region_use)
    return 1.0 - np.divide(bought, region_use, out=np.ones_like(bought), where=region_use > 0.0)
