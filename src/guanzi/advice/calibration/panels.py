"""Parameters from panels of experts: the pooled answers of the last round that was closed by the as-of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from guanzi.base.core import InvalidInput, Message, Problem, nearest
from guanzi.engine.company import MODELS, MOST_KNOTS, Distribution, Parameter, ParameterOrigin
from guanzi.record.evidence import UNITS_MADE, Elicitation
from guanzi.study.experts import Assessed, Elicited, elicit

RULES_VERSION = "experts/1"
PREFIX = "panel."
"""Before the id of a panel, where a parameter names its parents."""


def panel_parameters(
    panels: tuple[Elicitation, ...], model: str, found: Mapping[str, Parameter], judged: Mapping[str, Distribution]
) -> Iterator[Parameter]:
    """Parameters that panels were asked about.

    Whoever asks a panel about a parameter wants its answer to count: it takes the place of comparable companies, of a
    named judgement and of what own facts would give; what it replaces is said.

    Args:
        panels: As known on the as-of date.
        model: Id of the company model.
        found: What holds without the panels.
        judged: The judgements of the model; where these never go, a pool does not go either.

    Raises:
        InvalidInput: A panel names a parameter or unit that the model does not have, or answers what it cannot take.
    """
    problems = list(panel_problems(panels, model, judged))
    if problems:
        raise InvalidInput(problems)
    for panel in panels:
        if not any(question.parameter for question in panel.form.questions):
            continue
        result = elicit(_bounded(panel, model, judged))
        for assessed in result.questions:
            if assessed.question.parameter is not None:
                yield _parameter(panel, result, assessed, found[assessed.question.parameter])


def panel_problems(
    panels: tuple[Elicitation, ...], model: str, judged: Mapping[str, Distribution]
) -> Iterator[Problem]:
    """What of the panels does not fit the company model."""
    kind = MODELS[model]
    for panel in panels:
        for i, question in enumerate(panel.form.questions):
            name = question.parameter
            if name is None:
                continue
            at = ("questions", i)
            unit = kind.UNITS.get(name)
            if unit is None:
                cause = Message.of("appraisal.panel.no_parameter", parameter=name, model=model)
                near = nearest(name, kind.PARAMETERS)
                fix = Message.of("appraisal.panel.no_parameter.mend", guess=near) if near else None
                yield panel.document.problem((*at, "parameter"), cause, fix)
            elif unit == "flag":
                yield panel.document.problem((*at, "parameter"), Message.of("appraisal.panel.flag", parameter=name))
            elif not _asked_in(unit, question.unit):
                cause = Message.of("appraisal.panel.unit", parameter=name, unit=question.unit)
                yield panel.document.problem((*at, "unit"), cause, Message.of("appraisal.panel.unit.mend", unit=unit))
        yield from _outside(panel, model, judged)


def _asked_in(unit: str, asked: str) -> bool:
    """Whether an answer in the unit of a question is one in that of the parameter; units made have their own names."""
    made, per, by = unit.partition("/")
    return asked == unit or (made == "units" and asked in {f"{name}{per}{by}" for name in UNITS_MADE})


def _outside(panel: Elicitation, model: str, judged: Mapping[str, Distribution]) -> Iterator[Problem]:
    """Answers that the parameter cannot take."""
    named = {q.id: q.parameter for q in panel.form.questions if q.parameter in judged}
    for i, entry in enumerate(panel.form.rounds):
        for j, answer in enumerate(entry.answers):
            name = named.get(answer.question)
            if name is None:
                continue
            low, high = _bounds(name, model, judged)
            if (low is not None and min(answer.values) < low) or (high is not None and max(answer.values) > high):
                cause = Message.of("appraisal.panel.outside", parameter=name)
                kind = "ratio" if high is not None and max(answer.values) > high else "negative"
                fix = Message.of(f"appraisal.panel.outside.{kind}")
                yield panel.document.problem(("rounds", i, "answers", j, "values"), cause, fix)


def _bounds(name: str, model: str, judged: Mapping[str, Distribution]) -> tuple[float | None, float | None]:
    """Where judgement never goes: below 0; above 1, for a ratio."""
    ends = judged[name].quantile(np.array([0.0, 1.0]))
    ratio = MODELS[model].UNITS[name] == "ratio" and ends[1] <= 1.0
    return (0.0 if ends[0] >= 0.0 else None), (1.0 if ratio else None)


def _bounded(panel: Elicitation, model: str, judged: Mapping[str, Distribution]) -> Elicitation:
    """The panel with the bounds of the parameters beside those that the questions state."""
    questions = []
    for question in panel.form.questions:
        if question.parameter is not None:
            low, high = _bounds(question.parameter, model, judged)
            least = [x for x in (question.least, low) if x is not None]
            most = [x for x in (question.most, high) if x is not None]
            ends = {"least": max(least, default=None), "most": min(most, default=None)}
            question = question.model_copy(update=ends)
        questions.append(question)
    return Elicitation(panel.form.model_copy(update={"questions": tuple(questions)}), panel.document)


def _parameter(panel: Elicitation, result: Elicited, assessed: Assessed, instead: Parameter) -> Parameter:
    pooled = assessed.weighted.with_knots(MOST_KNOTS, assessed.assessments.probabilities)
    kind = "log_piecewise" if pooled.log else "piecewise"
    distribution = Distribution(kind, (*map(float, pooled.levels), *map(float, pooled.values)))
    weighting = "alike" if assessed.unweighted else result.weighting
    because = Message.of(
        "appraisal.parameter.experts",
        title=panel.form.title,
        experts=len(assessed.experts),
        rounds=result.rounds,
        day=panel.form.rounds[-1].known_on.isoformat(),
        weighting=Message.of(f"appraisal.panel.weighting.{weighting}", seeds=result.seeds),
        instead=Message.of(f"appraisal.panel.instead.{instead.origin.kind}"),
    )
    return Parameter(instead.id, distribution, "", ParameterOrigin("experts", because, (f"{PREFIX}{panel.id}",)))
