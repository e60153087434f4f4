"""Company models: one file per type of company, and the table by which a case names them."""

from collections.abc import Mapping
from types import MappingProxyType

from guanzi.engine.company.models.deep_tech import PreRevenueDeepTech
from guanzi.engine.company.models.fab import CapacityCycleFab
from guanzi.engine.company.models.protocol import CompanyModel
from guanzi.engine.company.models.scale_up import ScaleUpManufacturer
from guanzi.engine.company.models.streams import Streams

MODELS: Mapping[str, type[CompanyModel]] = MappingProxyType(
    {kind.ID: kind for kind in (ScaleUpManufacturer, CapacityCycleFab, PreRevenueDeepTech)}
)
"""Id of a company model, as a case names it, to the model."""

__all__ = ["MODELS", "CapacityCycleFab", "CompanyModel", "PreRevenueDeepTech", "ScaleUpManufacturer", "Streams"]
