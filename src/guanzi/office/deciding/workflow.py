"""The workflow as data: stages, work-streams, clock and escalation (``library/office/workflow.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from pydantic import Field

from guanzi.base.reading import Format, load_shipped


class WorkflowOrigin(Format):
    """Where the numbers come from."""

    because: str


class WorkflowStage(Format):
    """A stage: the last day of it, counted from the opening, and what must stand before the case leaves it."""

    id: str
    day: int | None = None
    needs: tuple[str, ...] = ()


class StreamRule(Format):
    """A work-stream: its day, the streams of the plan that it covers, and those that it waits for."""

    id: str
    day: int
    covers: tuple[str, ...]
    after: tuple[str, ...] = ()


class WorkflowAct(Format):
    """A decision on a case: the stages at which it is taken, and the needs that must stand at that moment."""

    id: str
    stages: tuple[str, ...]
    needs: tuple[str, ...]


class Escalation(Format):
    """Who is told when something lies longer than so many days."""

    what: str
    after: int
    to: str


class Workflow(Format):
    """The whole.

    Attributes:
        days: From the opening to the decision.
        person_streams, lead_streams: The most work-streams of one person, and of the lead of a case.
        panel_experts: The least experts whose answers make a panel.
        committee_stands: Stage from which on only the chair changes who votes.
        sheet_approvals: People who approve a term sheet before it can be signed.
        release_people: People whom the release of money takes.
    """

    format: int
    id: str
    days: int = Field(ge=1)
    origin: WorkflowOrigin
    stages: tuple[WorkflowStage, ...]
    streams: tuple[StreamRule, ...]
    acts: tuple[WorkflowAct, ...]
    person_streams: int = Field(ge=1)
    lead_streams: int = Field(ge=0)
    panel_experts: int = Field(ge=1)
    committee_stands: str
    escalation: tuple[Escalation, ...] = ()
    sheet_approvals: int = Field(default=2, ge=1)
    release_people: int = Field(default=2, ge=2)

    def stage(self, id: str) -> WorkflowStage:
        """A stage by its id."""
        return next(stage for stage in self.stages if stage.id == id)

    def act(self, id: str) -> WorkflowAct:
        """A decision by its id."""
        return next(act for act in self.acts if act.id == id)

    def comes_before(self, stage: str, other: str) -> bool:
        """Whether a stage comes before another."""
        ids = [one.id for one in self.stages]
        return ids.index(stage) < ids.index(other)

    def due(self, opened: date) -> date:
        """Day on which the decision is due."""
        return opened + timedelta(days=self.days)

    def critical_path(self) -> tuple[str, ...]:
        """The streams one after another that end last: what is late on it makes the decision late."""
        rules = {rule.id: rule for rule in self.streams}
        last = max(self.streams, key=lambda rule: rule.day)

        def back(rule: StreamRule) -> Iterator[str]:
            before = [rules[id] for id in rule.after]
            if before:
                yield from back(max(before, key=lambda found: found.day))
            yield rule.id

        return tuple(back(last))


@cache
def workflow() -> Workflow:
    """The workflow of the office."""
    return load_shipped(Workflow, "office", "workflow.yaml")
