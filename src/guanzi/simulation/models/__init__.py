"""Company models: one file per type of company, and the table by which a case names them."""

from collections.abc import Mapping
from types import MappingProxyType

from guanzi.simulation.models.protocol import CompanyModel
from guanzi.simulation.models.scale_up import ScaleUpManufacturer

MODELS: Mapping[str, type[CompanyModel]] = MappingProxyType({ScaleUpManufacturer.ID: ScaleUpManufacturer})
"""Id of a company model, as a case names it, to the model."""

__all__ = ["MODELS", "CompanyModel", "ScaleUpManufacturer"]
