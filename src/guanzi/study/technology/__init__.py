"""Technology: route against route, adoption, and patents."""

from guanzi.study.technology.bass import adoption
from guanzi.study.technology.patents import Family, patents_of
from guanzi.study.technology.portfolio import PatentPortfolio, portfolio
from guanzi.study.technology.routes import RouteSeries, routes_in, routes_of_case
from guanzi.study.technology.substitution import Substitution, substitution

__all__ = [
    "Family",
    "PatentPortfolio",
    "RouteSeries",
    "Substitution",
    "adoption",
    "patents_of",
    "portfolio",
    "routes_in",
    "routes_of_case",
    "substitution",
]
