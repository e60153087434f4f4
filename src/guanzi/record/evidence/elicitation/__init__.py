"""Elicitations: what experts were asked and what they answered, as a file of a case."""

from guanzi.record.evidence.elicitation.format import (
    AnswerEntry,
    ElicitationFormat,
    ExpertEntry,
    QuestionEntry,
    RoundEntry,
    SeedEntry,
)
from guanzi.record.evidence.elicitation.reading import (
    MOST_EXPERTS,
    Elicitation,
    answer_problem,
    bound_problem,
    parse_elicitation,
    read_elicitation,
)

__all__ = [
    "MOST_EXPERTS",
    "AnswerEntry",
    "Elicitation",
    "ElicitationFormat",
    "ExpertEntry",
    "QuestionEntry",
    "RoundEntry",
    "SeedEntry",
    "answer_problem",
    "bound_problem",
    "parse_elicitation",
    "read_elicitation",
]
