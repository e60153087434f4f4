"""Appraisal: a case as of a day with dossier and brief, what it hangs on, and what changed since."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.advice.appraisal import Amended, AmendedLine, Appraisal, Exposure, Figure, Text, to_json
    from guanzi.advice.calibration import judgement_problems
    from guanzi.engine.simulation import Running
    from guanzi.jobs.appraisal.documents.brief import brief_document, brief_html
    from guanzi.jobs.appraisal.documents.changes import ChangesStudy, changes_document
    from guanzi.jobs.appraisal.documents.comparison import comparison_document
    from guanzi.jobs.appraisal.documents.dossier import appraisal_document, dossier_html
    from guanzi.jobs.appraisal.documents.fan_chart import FanDrawing
    from guanzi.jobs.appraisal.documents.front import first_sections
    from guanzi.jobs.appraisal.documents.sensitivity import sensitivity_document
    from guanzi.jobs.appraisal.documents.signature import signature_picture
    from guanzi.jobs.appraisal.documents.track_part import track_sections

__all__ = [
    "Amended",
    "AmendedLine",
    "Appraisal",
    "ChangesStudy",
    "Exposure",
    "FanDrawing",
    "Figure",
    "Running",
    "Text",
    "appraisal",
    "appraisal_document",
    "brief_document",
    "brief_html",
    "changes",
    "changes_document",
    "comparison",
    "comparison_document",
    "dossier_html",
    "earlier",
    "first_sections",
    "judgement_problems",
    "provenance",
    "sensitivity",
    "sensitivity_document",
    "signature_picture",
    "simulation",
    "to_json",
    "track_sections",
]

_LATE = {
    "guanzi.advice.appraisal": (
        "Amended",
        "AmendedLine",
        "Appraisal",
        "Exposure",
        "Figure",
        "Text",
        "to_json",
    ),
    "guanzi.advice.calibration": ("judgement_problems",),
    "guanzi.engine.simulation": ("Running",),
    "documents.brief": (
        "brief_document",
        "brief_html",
    ),
    "documents.changes": (
        "ChangesStudy",
        "changes_document",
    ),
    "documents.comparison": ("comparison_document",),
    "documents.dossier": (
        "appraisal_document",
        "dossier_html",
    ),
    "documents.fan_chart": ("FanDrawing",),
    "documents.front": ("first_sections",),
    "documents.sensitivity": ("sensitivity_document",),
    "documents.signature": ("signature_picture",),
    "documents.track_part": ("track_sections",),
}
__getattr__ = late_names(
    __name__, _LATE, ("appraisal", "changes", "comparison", "earlier", "provenance", "sensitivity", "simulation")
)
