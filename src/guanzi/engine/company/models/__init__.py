"""Company models: one file per type of company, and the table by which a case names them."""

from guanzi.base.core import Seam
from guanzi.engine.company.models.deep_tech import PreRevenueDeepTech
from guanzi.engine.company.models.fab import CapacityCycleFab
from guanzi.engine.company.models.protocol import CompanyModel
from guanzi.engine.company.models.scale_up import ScaleUpManufacturer
from guanzi.engine.company.models.streams import Streams

MODELS: Seam[type[CompanyModel]] = Seam(
    "MODELS", (ScaleUpManufacturer, CapacityCycleFab, PreRevenueDeepTech), lambda model: model.ID
)
"""Id of a company model, as a case names it, to the model."""

__all__ = ["MODELS", "CapacityCycleFab", "CompanyModel", "PreRevenueDeepTech", "ScaleUpManufacturer", "Streams"]
