"""Appraisal: composes evidence, terms, simulation, diligence, fiscal and playbook for one case into advice."""

from guanzi.appraisal.calibration import calibrate
from guanzi.appraisal.compose import appraise, run, simulated_figures
from guanzi.appraisal.document import Appraisal, Figure, Text
from guanzi.appraisal.prepare import Prepared, method_sha256, prepare
from guanzi.appraisal.serial import from_json, json_schema, to_json
from guanzi.appraisal.why import Why, why

__all__ = [
    "Appraisal",
    "Figure",
    "Prepared",
    "Text",
    "Why",
    "appraise",
    "calibrate",
    "from_json",
    "json_schema",
    "method_sha256",
    "prepare",
    "run",
    "simulated_figures",
    "to_json",
    "why",
]
