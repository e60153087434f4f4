"""Calibration: the parameters of the company model from what was known, with their origins."""

from guanzi.appraisal.calibration.judgements import JUDGEMENTS
from guanzi.appraisal.calibration.model import calibrate, calibrate_company, rules_sha256
from guanzi.appraisal.calibration.series import last_four, quarters

__all__ = ["JUDGEMENTS", "calibrate", "calibrate_company", "last_four", "quarters", "rules_sha256"]
