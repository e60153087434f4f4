"""Simulation: company models, the interpreter, the lane machine, and the runs that compose them."""

from guanzi.simulation.assembler import Assembled, with_values
from guanzi.simulation.cluster import Cluster
from guanzi.simulation.compose import check_fit, compose
from guanzi.simulation.effects import TAX_BASES, Effects, Taxes
from guanzi.simulation.forecast import Forecast, forecast
from guanzi.simulation.information import Information, Worth, information
from guanzi.simulation.interpreter import Entry
from guanzi.simulation.models import (
    MODELS,
    CapacityCycleFab,
    CompanyModel,
    PreRevenueDeepTech,
    ScaleUpManufacturer,
    Streams,
)
from guanzi.simulation.parameters import MOST_KNOTS, PIECEWISE, Distribution, Origin, Parameter
from guanzi.simulation.policy import Policy
from guanzi.simulation.resampling import resampled
from guanzi.simulation.results import SimulationResult
from guanzi.simulation.run import Engine, simulate, trace
from guanzi.simulation.sampling import Sampler, outputs_of
from guanzi.simulation.sensitivity import CHANCE, Sensitivity, Swing, given, sensitivity
from guanzi.simulation.summaries import FanData, Summary

__all__ = [
    "CHANCE",
    "MODELS",
    "MOST_KNOTS",
    "PIECEWISE",
    "TAX_BASES",
    "Assembled",
    "CapacityCycleFab",
    "Cluster",
    "CompanyModel",
    "Distribution",
    "Effects",
    "Engine",
    "Entry",
    "FanData",
    "Forecast",
    "Information",
    "Origin",
    "Parameter",
    "Policy",
    "PreRevenueDeepTech",
    "Sampler",
    "ScaleUpManufacturer",
    "Sensitivity",
    "SimulationResult",
    "Streams",
    "Summary",
    "Swing",
    "Taxes",
    "Worth",
    "check_fit",
    "compose",
    "forecast",
    "given",
    "information",
    "outputs_of",
    "resampled",
    "sensitivity",
    "simulate",
    "trace",
    "with_values",
]
