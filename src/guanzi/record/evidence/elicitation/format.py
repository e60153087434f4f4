"""The format of an elicitation: ``judgements/*.yaml`` of a case, and the file that an analyst writes before asking."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.reading import Format
from guanzi.record.evidence.formats import Day, FactName, Number, Slug, Words


class SeedEntry(Format):
    """The true value of a seed question: known to whoever asks, not to the experts."""

    value: Number
    known_on: Annotated[date, Field(description="First day on which the true value could be held")]
    source: Annotated[str, Field(description="Publisher, title, date", min_length=1)]


class QuestionEntry(Format):
    """A quantity that experts assess."""

    id: Slug
    text: Words
    text_zh: str = ""
    unit: Words
    scale: Annotated[
        Literal["linear", "log"], Field(description="log where orders of magnitude are in doubt; values above 0")
    ] = "linear"
    least: Annotated[Number | None, Field(description="Smallest value that is possible at all")] = None
    most: Annotated[Number | None, Field(description="Largest value that is possible at all")] = None
    seed: Annotated[SeedEntry | None, Field(description="Makes it a seed question")] = None
    parameter: Annotated[FactName | None, Field(description="Parameter of the company model that the answers feed")] = (
        None
    )


class ExpertEntry(Format):
    """An expert, by name only where all have agreed."""

    id: Slug
    name: str = ""
    field: Annotated[str, Field(description="What he or she knows about")] = ""


class AnswerEntry(Format):
    """The quantiles that one expert gives for one question."""

    expert: Slug
    question: Slug
    values: Annotated[tuple[Number, ...], Field(description="One for each of the quantiles, ascending")]
    reason: str = ""


class RoundEntry(Format):
    """The answers of one round."""

    round: Annotated[int, Field(ge=1, le=9)]
    known_on: Annotated[Day, Field(description="Day on which the last answer of the round was in")]
    answers: tuple[AnswerEntry, ...]


class ElicitationFormat(Format):
    """An elicitation: questions, and once they are asked, experts and rounds of answers."""

    format: Literal[1]
    panel: Annotated[Slug, Field(description="Id of the panel")]
    title: Words
    title_zh: str = ""
    quantiles: Annotated[tuple[Number, ...], Field(description="Probabilities, ascending; 0.05, 0.5, 0.95 are usual")]
    weights: Annotated[
        Literal["performance", "equal"],
        Field(description="performance: by how the experts did on the seeds, if these suffice; equal: all alike"),
    ] = "performance"
    questions: tuple[QuestionEntry, ...]
    experts: tuple[ExpertEntry, ...] = ()
    rounds: tuple[RoundEntry, ...] = ()
