"""Calibration: the parameters of the company model from what was known, with their origins."""

from guanzi.appraisal.calibration.judgements import JUDGEMENTS
from guanzi.appraisal.calibration.model import calibrate, calibrate_company, judgement_problems, rules_sha256
from guanzi.appraisal.calibration.panels import PREFIX as PANEL
from guanzi.appraisal.calibration.series import last_four, quarters, years

__all__ = [
    "JUDGEMENTS",
    "PANEL",
    "calibrate",
    "calibrate_company",
    "judgement_problems",
    "last_four",
    "quarters",
    "rules_sha256",
    "years",
]
