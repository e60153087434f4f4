"""Experts: their judgement asked for, weighed and pooled."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.intake.questionnaire import Filled, add_forms, elicitation_text
    from guanzi.jobs.experts import experts, panels
    from guanzi.study.experts import Assessed, Elicited, elicit
else:
    __all__, __getattr__ = late_names(__name__)
