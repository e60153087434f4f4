"""Opening the outcomes of a library, and what becomes of them as precedents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from guanzi.advice.backtest.replay import profile_of_case
from guanzi.base.core import InvalidInput, Problem
from guanzi.record.evidence import Case, LabelFormat, Precedent, read_outcome, score_horizon
from guanzi.study.precedents import Profile

SUCCESS = {"success": 1.0, "partial": 0.5, "failure": 0.0}
"""What each label that is scored counts; the others are told apart."""


@dataclass(frozen=True, slots=True)
class RecordedOutcomes:
    """What the record says.

    Attributes:
        labels: Case to label, where there is one.
        companies: Case to what became of the company itself.
        precedents: Cases whose label is scored.
        settled: Cases whose score horizon had passed when they were judged, or that had come to an end.
        unlabelled: Case without a label to the reason, where one is written down.
        problems: What is wrong with an outcome; such a case is not scored.
    """

    labels: Mapping[str, str]
    companies: Mapping[str, str]
    precedents: tuple[Precedent, ...]
    settled: frozenset[str]
    problems: tuple[Problem, ...]
    unlabelled: Mapping[str, str] = field(default_factory=dict)


def open_outcomes(cases: Sequence[Case]) -> RecordedOutcomes:
    """Read the outcome of every case that has one; faults are gathered and not raised.

    Only the backtest may call it: nothing may be computed from the cases after this that enters a forecast.
    """
    labels: dict[str, str] = {}
    companies: dict[str, str] = {}
    precedents: list[Precedent] = []
    settled: set[str] = set()
    problems: list[Problem] = []
    unlabelled: dict[str, str] = {}
    for case in cases:
        try:
            outcome = read_outcome(case.folder)
        except InvalidInput as error:
            problems.extend(error.problems)
            continue
        label = outcome.label
        if label is None:
            unlabelled[case.id] = outcome.unlabelled
            continue
        labels[case.id] = label.label
        companies[case.id] = label.company.result
        if label.is_settled(case.decision_date, case.model):
            settled.add(case.id)
        if label.label in SUCCESS:
            precedents.append(precedent(case, label))
    return RecordedOutcomes(labels, companies, tuple(precedents), frozenset(settled), tuple(problems), unlabelled)


def precedent(case: Case, label: LabelFormat) -> Precedent:
    """A decided case as a precedent."""
    return settled_bet(profile_of_case(case), case.decision_date, _settled_on(case, label), label.label)


def settled_bet(profile: Profile, decided: date, settled: date, label: str) -> Precedent:
    """A bet with its outcome, as later ones count it; ``label``: one of :data:`SUCCESS`."""
    return Precedent(**asdict(profile), decided=decided, settled=settled, success=SUCCESS[label])


def _settled_on(case: Case, label: LabelFormat) -> date:
    """The end of the company, the end of the score horizon, or the day of the judgement, whichever came first."""
    horizon = score_horizon(case.model).end(case.decision_date)
    ended = label.company.by if label.company.result == "failure" else horizon
    return min(ended, horizon, label.judged_on)


def judged_bets(cases: Sequence[Case]) -> tuple[Precedent, ...]:
    """Ended cases as precedents of a later one: those whose outcome is judged; the cases themselves are not replayed.

    Raises:
        InvalidInput: An outcome has errors.
    """
    found = open_outcomes(cases)
    if found.problems:
        raise InvalidInput(found.problems)
    return found.precedents


def precedents_text(cases: Sequence[Case], made_on: date) -> str:
    """The scored cases of a library as the text of a precedents file."""
    lines = [
        "# Decided cases as precedents, derived from their outcomes by scripts/precedents.py; do not edit.",
        "# An analysis as of a day sees those that were settled by then, and never its own company or city.",
        "format: 1",
        f"made_on: {made_on.isoformat()}",
        "precedents:",
    ]
    for p in open_outcomes(cases).precedents:
        lines += [
            f"  - case: {p.case}",
            f"    company: {p.company}",
            f"    region: {p.region}",
            f"    country: {p.country}",
            f"    industry: {p.industry}",
            f"    model: {p.model}",
            f"    instruments: [{', '.join(p.instruments)}]",
            f"    decided: {p.decided.isoformat()}",
            f"    settled: {p.settled.isoformat()}",
            f"    success: {p.success:g}",
        ]
    return "\n".join(lines) + "\n"
