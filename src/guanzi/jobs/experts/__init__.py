"""Experts: their judgement asked for, weighed and pooled."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.intake.questionnaire import Filled, add_forms, elicitation_text
    from guanzi.jobs.experts.documents.experts import experts_document
    from guanzi.study.experts import Assessed, Elicited, elicit

__all__ = [
    "Assessed",
    "Elicited",
    "Filled",
    "add_forms",
    "elicit",
    "elicitation_text",
    "experts",
    "experts_document",
    "panels",
]

_LATE = {
    "guanzi.intake.questionnaire": (
        "Filled",
        "add_forms",
        "elicitation_text",
    ),
    "guanzi.study.experts": (
        "Assessed",
        "Elicited",
        "elicit",
    ),
    "documents.experts": ("experts_document",),
}
__getattr__ = late_names(__name__, _LATE, ("experts", "panels"))
