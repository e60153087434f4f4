"""Appraisal: a case as of a day with dossier and brief, what it hangs on, and what changed since."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.advice.appraisal import Amended, AmendedLine, Appraisal, Exposure, Figure, Text, from_json, to_json
    from guanzi.advice.calibration import judgement_problems
    from guanzi.engine.simulation import Running
    from guanzi.jobs.appraisal import appraisal, changes, comparison, earlier, provenance, sensitivity, simulation
    from guanzi.jobs.appraisal.documents.brief import brief_document
    from guanzi.jobs.appraisal.documents.dossier import dossier_html
    from guanzi.jobs.appraisal.documents.fan_chart import FanDrawing
    from guanzi.jobs.appraisal.documents.front import opening_of
    from guanzi.jobs.appraisal.documents.signature import signature_picture
else:
    __all__, __getattr__ = late_names(__name__)
