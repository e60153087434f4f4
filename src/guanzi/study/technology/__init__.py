"""Technology: route against route, adoption, and patents."""

from guanzi.study.technology.bass import Adoption, adoption
from guanzi.study.technology.patents import Family, Patent, families_of, patents_of
from guanzi.study.technology.portfolio import ClassCount, Inventor, PatentPortfolio, portfolio
from guanzi.study.technology.routes import RouteSeries, routes_in, routes_of_case
from guanzi.study.technology.substitution import Substitution, substitution

__all__ = [
    "Adoption",
    "ClassCount",
    "Family",
    "Inventor",
    "Patent",
    "PatentPortfolio",
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
