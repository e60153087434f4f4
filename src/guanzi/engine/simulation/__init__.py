"""Simulation: company models, the interpreter, the lane machine, and the runs that compose them."""

from guanzi.engine.simulation.cluster import Cluster
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.errors import Z_95
from guanzi.engine.simulation.forecast import Forecast, forecast
from guanzi.engine.simulation.information import Information, Worth, information
from guanzi.engine.simulation.programsharing import SharedProgramSampler
from guanzi.engine.simulation.remembered import Remembered
from guanzi.engine.simulation.resampling import resample
from guanzi.engine.simulation.results import SimulationResult
from guanzi.engine.simulation.run import Engine
from guanzi.engine.simulation.running import HERE, Running, simulate, trace
from guanzi.engine.simulation.sampling import Sampler, outputs_of
from guanzi.engine.simulation.sensitivity import CHANCE, Sensitivity, TornadoSpan, given, sensitivity
from guanzi.engine.simulation.sobol import sobol_points
from guanzi.engine.simulation.summaries import FanData
from guanzi.engine.simulation.variants import Variants
from guanzi.engine.simulation.watcher import Watcher
from guanzi.engine.simulation.watching import watchable

__all__ = [
    "CHANCE",
    "HERE",
    "Z_95",
    "Cluster",
    "Engine",
    "FanData",
    "Forecast",
    "Information",
    "Remembered",
    "Running",
    "Sampler",
    "Sensitivity",
    "SharedProgramSampler",
    "SimulationResult",
    "TornadoSpan",
    "Variants",
    "Watcher",
    "Worth",
    "compose",
    "forecast",
    "given",
    "information",
    "outputs_of",
    "resample",
    "sensitivity",
    "simulate",
    "sobol_points",
    "trace",
    "watchable",
]
