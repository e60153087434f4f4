"""The questionnaire: the form that experts fill in offline, reading it back, and the file of a case made of it."""

from guanzi.intake.questionnaire.collecting import add_forms
from guanzi.intake.questionnaire.filled import Filled, panel_of_form, read_form
from guanzi.intake.questionnaire.form import FormFeedback, write_form
from guanzi.intake.questionnaire.storing import elicitation_text, store_elicitation

__all__ = [
    "Filled",
    "FormFeedback",
    "add_forms",
    "elicitation_text",
    "panel_of_form",
    "read_form",
    "store_elicitation",
    "write_form",
]
