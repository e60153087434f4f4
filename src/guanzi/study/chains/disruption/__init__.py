"""Disruption: which firm's failure costs how much, how a stop travels day by day, and who outlives the anchor."""

from guanzi.study.chains.disruption.ario import Course, ShockSettings, Stop, ario
from guanzi.study.chains.disruption.esri import RESIDUAL, Failure, SystemicRisk, failure, systemic_risk
from guanzi.study.chains.disruption.firms import chosen_firms, local_flows, network_of, unknown_name
from guanzi.study.chains.disruption.network import Network
from guanzi.study.chains.disruption.survival import Survival, survival_curve, survive

__all__ = [
    "RESIDUAL",
    "Course",
    "Failure",
    "Network",
    "ShockSettings",
    "Stop",
    "Survival",
    "SystemicRisk",
    "ario",
    "chosen_firms",
    "failure",
    "local_flows",
    "network_of",
    "survival_curve",
    "survive",
    "systemic_risk",
    "unknown_name",
]
