"""Questions of the plan of due diligence, work-stream by work-stream, with the facts that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanzi.base.reading import TextFile, parse_yaml
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import IndexedFact, OfficeCase
from guanzi.record.evidence import OWN_SUBJECTS
from guanzi.record.playbooks import PlanQuestion, State, plan_for

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of the plan.

    Attributes:
        question: Its words and what it needs.
        state: How far facts answer it.
        facts: Ids of facts that answer it, those of the best source first; none: it is open.
        more: How many more there are.
        grade: Best grade of their sources; empty: it is open.
    """

    question: PlanQuestion
    state: State
    facts: tuple[str, ...]
    more: int
    grade: str


def model_of(case: OfficeCase) -> str:
    """Id of the company model of a case, by which its plan is chosen."""
    return str(_header(case.tree["case.yaml"])["model"])


def question_of(case: OfficeCase, lang: str) -> str:
    """The question that the case puts to the committee, in a language; empty: it puts none."""
    header = _header(case.tree["case.yaml"])
    said = header.get("question", "")
    both = said if isinstance(said, dict) else {"en": said, "zh": header.get("question_zh")}
    return str(both.get(lang) or both["en"]).strip()


@lru_cache(maxsize=4_096)
def _header(sha256: str) -> Mapping[str, Any]:
    text = content_of(sha256).decode("utf-8")
    found: Mapping[str, Any] = parse_yaml(TextFile("case.yaml", text, tuple(text.split("\n")))).data
    return found


def questions_of(case: OfficeCase, model: str) -> Mapping[str, tuple[OpenQuestion, ...]]:
    """The questions of each work-stream by the plan of a company model, answered from the index of facts.

    The rule is that of :func:`guanzi.study.diligence.answers`; a fact that was corrected answers nothing.
    """
    plan = plan_for(model)
    names = {need.name for question in plan.questions for need in question.needs}
    rows = IndexedFact.objects.filter(case=case, name__in=names, superseded_by="").order_by("grade", "fact")
    held: dict[str, list[tuple[str, str, str]]] = {}
    for fact, name, subject, grade in rows.values_list("fact", "name", "subject", "grade"):
        held.setdefault(name, []).append((fact, subject, grade))
    found: dict[str, list[OpenQuestion]] = {rule.id: [] for rule in workflow().streams}
    covering = {part: rule.id for rule in workflow().streams for part in rule.covers}
    for question in plan.questions:
        met = [
            (grade, fact, need)
            for need in question.needs
            for fact, subject, grade in held.get(need.name, ())
            if (subject not in OWN_SUBJECTS if need.subject == "*" else subject == need.subject)
        ]
        mine, state = sorted({(grade, fact) for grade, fact, _ in met}), question.state(need for *_, need in met)
        shown = tuple(fact for _, fact in mine[:_MOST_SHOWN])
        grade = mine[0][0] if mine else ""
        found[covering[question.stream]].append(OpenQuestion(question, state, shown, len(mine) - len(shown), grade))
    return {stream: tuple(questions) for stream, questions in found.items()}
