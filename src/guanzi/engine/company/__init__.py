"""Company models: what a company does in a step, its parameters, and what the public side gets of it."""

from guanzi.engine.company.effects import TAX_BASES, WITH, WITHOUT, EffectRecorder, Effects, Taxes
from guanzi.engine.company.models import MODELS
from guanzi.engine.company.models.deep_tech import PreRevenueDeepTech
from guanzi.engine.company.models.fab import CapacityCycleFab
from guanzi.engine.company.models.protocol import CompanyModel
from guanzi.engine.company.models.scale_up import ScaleUpManufacturer
from guanzi.engine.company.models.shares import lenders_get
from guanzi.engine.company.models.streams import Streams
from guanzi.engine.company.parameters import MOST_KNOTS, PIECEWISE, Distribution, Parameter, ParameterOrigin
from guanzi.engine.company.policy import Policy

__all__ = [
    "MODELS",
    "MOST_KNOTS",
    "PIECEWISE",
    "TAX_BASES",
    "WITH",
    "WITHOUT",
    "CapacityCycleFab",
    "CompanyModel",
    "Distribution",
    "EffectRecorder",
    "Effects",
    "Parameter",
    "ParameterOrigin",
    "Policy",
    "PreRevenueDeepTech",
    "ScaleUpManufacturer",
    "Streams",
    "Taxes",
    "lenders_get",
]
