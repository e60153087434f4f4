"""To which work-stream a fact belongs: to that whose questions in the plans of due diligence ask for it."""

from __future__ import annotations

from functools import cache

from guanzi.office.deciding.workflow import workflow
from guanzi.record.playbooks import diligence_plans


@cache
def _topics() -> dict[str, str]:
    covering = {part: rule.id for rule in workflow().streams for part in rule.covers}
    found: dict[str, str] = {}
    for plan in diligence_plans():
        for question in plan.questions:
            for need in question.needs:
                if question.stream in covering:
                    found.setdefault(need.name, covering[question.stream])
    return found


def topic_of(name: str) -> str:
    """The work-stream of a fact by its name; empty where no plan asks for it: such a fact concerns every stream."""
    return _topics().get(name, "")
