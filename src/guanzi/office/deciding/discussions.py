"""What can be discussed in a case, and which discussions a person may read while a panel answers blind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, QuerySet

from guanzi.base.core import Message
from guanzi.office.deciding.panels import OfficePanel
from guanzi.office.models import Discussion, OfficeCase, Person

KINDS = ("case", "finding", "clause", "question")
type OpenCounts = Mapping[tuple[str, str], int]
"""Kind and id of a subject -> its open discussions."""


def blind_questions(panels: Iterable[OfficePanel]) -> frozenset[str]:
    """Ids of the questions (``panel/question``) that experts are still answering blind: nobody discusses them."""
    return frozenset(
        f"{one.id}/{question.id}" for one in panels if not one.shown for question in one.asked.form.questions
    )


def answers_blind(person: Person, panels: Iterable[OfficePanel]) -> bool:
    """Whether somebody has still to answer a panel blind: until then the person reads no discussion of the case."""
    return any(not one.shown and person in one.experts and one.lacking(person) for one in panels)


def readable(case: OfficeCase, person: Person, panels: Iterable[OfficePanel]) -> QuerySet[Discussion]:
    """The discussions of a case that somebody who sees the case may read now."""
    held = tuple(panels)
    found = Discussion.objects.filter(case=case)
    if answers_blind(person, held):
        return found.none()
    return found.exclude(kind="question", about__in=blind_questions(held))


def open_counts(case: OfficeCase) -> OpenCounts:
    """How many discussions are open on each subject of a case."""
    rows = Discussion.objects.filter(case=case, resolved_at=None).values_list("kind", "about")
    return {(kind, about): n for kind, about, n in rows.annotate(n=Count("pk"))}


def refusal(person: Person, kind: str, about: str, panels: Iterable[OfficePanel]) -> Message | None:
    """Why somebody may not speak on a subject now; None: he may."""
    held = tuple(panels)
    if answers_blind(person, held):
        return Message.of("office.refused.answer_first")
    if kind == "question" and about in blind_questions(held):
        return Message.of("office.refused.question_blind")
    return None
