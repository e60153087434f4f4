"""Technology: route against route, adoption, and patents."""

from __future__ import annotations

from guanzi.diligence.technology.bass import Adoption, adoption
from guanzi.diligence.technology.patents import Family, Patent, families_of, patents_of
from guanzi.diligence.technology.portfolio import ClassCount, Inventor, Portfolio, portfolio
from guanzi.diligence.technology.routes import RouteSeries, routes_in, routes_of_case
from guanzi.diligence.technology.substitution import Substitution, substitution

__all__ = [
    "Adoption",
    "ClassCount",
    "Family",
    "Inventor",
    "Patent",
    "Portfolio",
    "RouteSeries",
    "Substitution",
    "adoption",
    "families_of",
    "patents_of",
    "portfolio",
    "routes_in",
    "routes_of_case",
    "substitution",
]
