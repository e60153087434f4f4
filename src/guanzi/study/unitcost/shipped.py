"""The cost models that are shipped, by id."""

from __future__ import annotations

from guanzi.study.unitcost.fab import FAB
from guanzi.study.unitcost.model import CostModel
from guanzi.study.unitcost.swap_station import SWAP_STATION
from guanzi.study.unitcost.vehicle import VEHICLE

MODELS: dict[str, CostModel] = {model.id: model for model in (SWAP_STATION, VEHICLE, FAB)}
