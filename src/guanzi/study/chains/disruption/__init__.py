"""Disruption: which firm's failure costs how much, how a stop travels day by day, and who outlives the anchor."""

from guanzi.study.chains.disruption.ario import DAYS, Course, ShockSettings, Stop, ario
from guanzi.study.chains.disruption.esri import (
    RESIDUAL,
    Failure,
    SystemicRisk,
    failure,
    residual_downstream,
    systemic_risk,
    worth_of_sales,
)
from guanzi.study.chains.disruption.firms import chosen_firms, local_flows, network_of, unknown_name
from guanzi.study.chains.disruption.network import Arrays, Network
from guanzi.study.chains.disruption.survival import TOLERANCES, Survival, survival_curve, survive

__all__ = [
    "DAYS",
    "RESIDUAL",
    "TOLERANCES",
    "Arrays",
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
    "residual_downstream",
    "survival_curve",
    "survive",
    "systemic_risk",
    "unknown_name",
    "worth_of_sales",
]
