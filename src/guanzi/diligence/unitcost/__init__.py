"""Unit economics: lifecycle cost models with distributions in, and break-even, cost and margin of a unit out."""

from __future__ import annotations

from guanzi.diligence.unitcost.analysis import RESULTS, Analysis, Bar, Outcome, Quantile, ResultName, analyse, told
from guanzi.diligence.unitcost.casefacts import prepare_case
from guanzi.diligence.unitcost.fab import FAB
from guanzi.diligence.unitcost.model import CostModel, InputSpec
from guanzi.diligence.unitcost.reading import Held, Prepared, Statement, prepare
from guanzi.diligence.unitcost.spread import Interval, Lognormal, Point, Spread, Triangular
from guanzi.diligence.unitcost.swap_station import SWAP_STATION
from guanzi.diligence.unitcost.vehicle import VEHICLE

#: Every model by its id.
MODELS: dict[str, CostModel] = {model.id: model for model in (SWAP_STATION, VEHICLE, FAB)}

__all__ = [
    "MODELS",
    "RESULTS",
    "Analysis",
    "Bar",
    "CostModel",
    "Held",
    "InputSpec",
    "Interval",
    "Lognormal",
    "Outcome",
    "Point",
    "Prepared",
    "Quantile",
    "ResultName",
    "Spread",
    "Statement",
    "Triangular",
    "analyse",
    "prepare",
    "prepare_case",
    "told",
]
