"""From an elicitation to distributions: experts weighed on the seeds of their last round, answers pooled.

References:
    Hemming, Burgman, Hanea, McBride, Wintle: A practical guide to structured expert elicitation using the IDEA
        protocol. Methods in Ecology and Evolution 9 (2018).
    Cooke: Experts in Uncertainty (Oxford University Press 1991).
    Lichtendahl, Grushka-Cockayne, Winkler: Is it better to average probabilities or quantiles? Management Science 59
        (2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.intake.questionnaire import FormFeedback
from guanzi.record.evidence import Elicitation, QuestionEntry
from guanzi.study.experts.classical import Performance, equal_weights, half_cut, intrinsic_range, performance
from guanzi.study.experts.classical import pool as pooled_quantiles
from guanzi.study.experts.density import Assessments, Pooled, assessments
from guanzi.study.experts.dispersion import Dispersion, RoundChange, change, dispersion
from guanzi.study.experts.panel import ExpertPanel, ExpertQuestion, Floats, Seeds, seeds_of

type Weighting = Literal["performance", "asked_equal", "few_seeds", "few_experts", "no_score"]


@dataclass(frozen=True, slots=True)
class ExpertResult:
    """One expert of the last round.

    Attributes:
        id: Number of the expert.
        name: Name, where it was kept.
        weight: Weight in the pools.
        performance: Calibration and information on the seeds; None when the expert was not scored.
        answered: Questions answered in the last round.
    """

    id: str
    name: str
    weight: float
    performance: Performance | None
    answered: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """One question.

    Attributes:
        question: As it was asked.
        experts: Ids of those who answered it in the last round.
        weights: Their weights, adding up to 1.
        unweighted: None of those who answered has a weight, so all of them count alike.
        assessments: Their quantiles.
        weighted: Linear pool with the weights.
        equal: Linear pool of all who answered, alike.
        averaged: Quantiles averaged with the weights.
        dispersion: Disagreement; None for one expert.
        changes: From round to round.
    """

    question: QuestionEntry
    experts: tuple[str, ...]
    weights: tuple[float, ...]
    unweighted: bool
    assessments: Assessments
    weighted: Pooled
    equal: Pooled
    averaged: Pooled
    dispersion: Dispersion | None
    changes: tuple[RoundChange, ...]


@dataclass(frozen=True, slots=True)
class Elicited:
    """What came of an elicitation.

    Attributes:
        panel: Id of the panel.
        rounds: Number of rounds.
        weighting: How experts were weighed, or why all count alike.
        seeds: Seed questions on which they were scored.
        experts: Experts of the last round.
        left: Ids of experts who answered an earlier round only; they are not pooled.
        questions: Questions that anybody answered in the last round, seeds included.
        equal: Performance of the equal pool on the seeds, round by round; empty when too few seeds are known.
        weighted: Performance of the weighted pool on the seeds of the last round; it has learnt from them.
    """

    panel: str
    rounds: int
    weighting: Weighting
    seeds: int
    experts: tuple[ExpertResult, ...]
    left: tuple[str, ...]
    questions: tuple[Assessed, ...]
    equal: tuple[Performance, ...]
    weighted: Performance | None


def elicit(elicitation: Elicitation) -> Elicited:
    """Weigh and pool the answers of the last round.

    Args:
        elicitation: With at least one round.
    """
    form = elicitation.form
    panels = [panel_of_round(elicitation, i) for i in range(len(form.rounds))]
    last = panels[-1]
    seeds = seeds_of(last)
    weights, weighting = _weights(seeds, last, form.weights)
    scored = _scored(seeds, last)
    all_seeds = [seeds_of(panel) for panel in panels]
    names = {expert.id: expert.name for expert in form.experts}
    experts = tuple(
        ExpertResult(id, names.get(id, ""), float(weights[i]), scored.get(id), int(last.answered[i].sum()))
        for i, id in enumerate(last.experts)
    )
    questions = tuple(
        _assessed(question, j, panels, weights)
        for j, question in enumerate(form.questions)
        if last.answered[:, j].any()
    )
    here = set(last.experts)
    left = tuple(e.id for e in form.experts if e.id not in here)
    return Elicited(
        panel=form.panel,
        rounds=len(form.rounds),
        weighting=weighting,
        seeds=len(seeds.questions),
        experts=experts,
        left=left,
        questions=questions,
        equal=tuple(map(_equal, all_seeds)) if all(found.enough for found in all_seeds) else (),
        weighted=_pool_performance(seeds, weights[list(seeds.experts)]) if seeds.enough else None,
    )


def feedback(elicitation: Elicitation) -> tuple[FormFeedback, ...]:
    """What was said in the last round, question by question and without names, for the form of the next.

    Experts stand in the order of their medians, question by question, so that nobody can be followed from one question
    to the next.
    """
    panel = panel_of_round(elicitation, len(elicitation.form.rounds) - 1)
    reasons = {(a.expert, a.question): a.reason for a in elicitation.form.rounds[-1].answers}
    middle = len(panel.probabilities) // 2
    found = []
    for j, question in enumerate(elicitation.form.questions):
        who = np.flatnonzero(panel.answered[:, j])
        if not len(who):
            found.append(FormFeedback((), ()))
            continue
        said = _assessments(question, panel, who, j)
        group = said.pool(equal_weights(len(who))).quantile(said.probabilities)
        order = sorted(who, key=lambda i: (panel.quantiles[i, j, middle], tuple(panel.quantiles[i, j])))
        answers = tuple(
            (str(n), tuple(map(float, panel.quantiles[i, j])), reasons.get((panel.experts[i], question.id), ""))
            for n, i in enumerate(order, start=1)
        )
        found.append(FormFeedback(answers, tuple(map(float, group))))
    return tuple(found)


def panel_of_round(elicitation: Elicitation, place: int) -> ExpertPanel:
    """The answers of one round, counted from 0, as a panel of the classical model."""
    form = elicitation.form
    answers = form.rounds[place].answers
    said = {answer.expert for answer in answers}
    experts = tuple(expert.id for expert in form.experts if expert.id in said)
    quantiles = np.full((len(experts), len(form.questions), len(form.quantiles)), np.nan)
    places = {question.id: j for j, question in enumerate(form.questions)}
    for answer in answers:
        quantiles[experts.index(answer.expert), places[answer.question]] = answer.values
    questions = tuple(
        ExpertQuestion(
            id=q.id,
            scale="log" if q.scale == "log" else "uniform",
            realisation=None if q.seed is None else q.seed.value,
            text=q.text,
            unit=q.unit,
        )
        for q in form.questions
    )
    return ExpertPanel(form.panel, form.quantiles, questions, experts, quantiles)


def _scored(seeds: Seeds, panel: ExpertPanel) -> dict[str, Performance]:
    """Performance of every expert who was scored, by id."""
    if not seeds.questions:
        return {}
    return {panel.experts[e]: performance(seeds.values[i], seeds) for i, e in enumerate(seeds.experts)}


def _weights(seeds: Seeds, panel: ExpertPanel, asked: str) -> tuple[Floats, Weighting]:
    """A weight for each expert of the panel, and how it came about."""
    alike = equal_weights(len(panel.experts))
    if asked == "equal":
        return alike, "asked_equal"
    if not seeds.enough:
        return alike, "few_experts" if len(panel.experts) < 3 else "few_seeds"
    scores = [performance(expert, seeds) for expert in seeds.values]
    if not any(score.score > 0.0 for score in scores):
        return alike, "no_score"
    weights = np.zeros(len(panel.experts))
    weights[list(seeds.experts)] = half_cut(scores)
    return weights, "performance"


def _assessed(question: QuestionEntry, j: int, panels: list[ExpertPanel], weights: Floats) -> Assessed:
    last = panels[-1]
    who = np.flatnonzero(last.answered[:, j])
    said = _assessments(question, last, who, j)
    mine = weights[who]
    unweighted = not mine.sum() > 0.0
    mine = equal_weights(len(who)) if unweighted else mine / mine.sum()
    changes = []
    for before, after in pairwise(panels):
        both = [e for e in after.experts if e in before.experts]
        both = [e for e in both if before.answered[before.experts.index(e), j]]
        both = [e for e in both if after.answered[after.experts.index(e), j]]
        if both:
            rows = [np.array([panel.experts.index(e) for e in both]) for panel in (before, after)]
            changes.append(
                change(_assessments(question, before, rows[0], j), _assessments(question, after, rows[1], j))
            )
    return Assessed(
        question=question,
        experts=tuple(last.experts[i] for i in who),
        weights=tuple(float(w) for w in mine),
        unweighted=unweighted,
        assessments=said,
        weighted=said.pool(mine),
        equal=said.pool(equal_weights(len(who))),
        averaged=said.average(mine),
        dispersion=dispersion(said),
        changes=tuple(changes),
    )


def _assessments(question: QuestionEntry, panel: ExpertPanel, who: NDArray[np.intp], j: int) -> Assessments:
    return assessments(
        panel.quantiles[who, j],
        np.array(panel.probabilities),
        log=question.scale == "log",
        least=question.least,
        most=question.most,
    )


def _equal(seeds: Seeds) -> Performance:
    return _pool_performance(seeds, equal_weights(len(seeds.experts)))


def _pool_performance(seeds: Seeds, weights: Floats) -> Performance:
    low, high = intrinsic_range(seeds.values, seeds.truths)
    return performance(pooled_quantiles(seeds.values, weights, low, high, seeds.probabilities), seeds)
