"""Actions on scenes: offer one for first use, begin a pilot in it, and write down what it showed as evidence."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem, suggest_slug
from guanzi.office.actions.evidence import EVIDENCE, write_evidence
from guanzi.office.actions.framework import ActionContext, ActionInput, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.models import PilotRun, Scene
from guanzi.office.roles import Role
from guanzi.record.playbooks import Pilot, Wording, load_playbook

OFFERING = PermissionPolicy(roles=frozenset({Role.LEAD, Role.CHAIR, Role.ADMINISTRATOR}))
CONFIDENCE = {"A": "high", "B": "high", "C": "medium", "D": "low"}
"""Confidence of a fact by the grade of the evidence that a pilot is."""


class OfferScene(ActionInput):
    """What the city needs solved, where, under which conditions and when."""

    title: str = Field(min_length=1, max_length=300)
    title_zh: str = Field(default="", max_length=300)
    owner: str = Field(min_length=1, max_length=200)
    place: str = Field(min_length=1, max_length=200)
    need: LongText = Field(min_length=1, max_length=5_000)
    conditions: LongText = Field(default="", max_length=5_000)
    opens: date
    closes: date | None = None


class SceneNumber(TypedDict):
    """A scene, by its number."""

    scene: int


@action("scene.offer", OFFERING)
def offer(context: ActionContext, asked: OfferScene) -> SceneNumber:
    """Offer a scene to companies that need a place of first use."""
    if asked.closes is not None and asked.closes < asked.opens:
        raise InvalidInput(Problem(Message.of("office.refused.closes_before"), Place("closes")))
    made = Scene.objects.create(
        organisation=context.person.employer, offered_by=context.person, offered_at=context.at, **asked.model_dump()
    )
    context.record.data["scene"] = made.pk
    context.record.words["title"] = asked.title
    return {"scene": made.pk}


class WithdrawScene(ActionInput):
    """A scene, by its number."""

    scene: int


@action("scene.withdraw", OFFERING)
def withdraw(context: ActionContext, asked: WithdrawScene) -> SceneNumber:
    """Offer a scene no longer; pilots in it go on."""
    scene = scene_of(context, asked.scene)
    scene.state = "withdrawn"
    scene.save(update_fields=["state"])
    context.record.data["scene"] = scene.pk
    return {"scene": scene.pk}


class BeginPilot(CaseInput):
    """The company of a case begins in a scene on a day, by a safety case that says how nobody is hurt."""

    scene: int
    begun_on: date
    safety_case: LongText = Field(default="", max_length=10_000)


class PilotNumber(TypedDict):
    """A pilot, by its number."""

    pilot: int


@action("pilot.begin", EVIDENCE)
def begin_pilot(context: ActionContext, asked: BeginPilot) -> PilotNumber:
    """Begin a pilot in a scene that is offered."""
    scene = scene_of(context, asked.scene)
    if scene.state != "offered":
        raise InvalidInput(Problem(Message.of("office.refused.scene_not_offered"), Place("scene")))
    closed = scene.closes is not None and asked.begun_on > scene.closes
    if asked.begun_on < scene.opens or closed or asked.begun_on > context.today:
        raise InvalidInput(Problem(Message.of("office.refused.pilot_day"), Place("begun_on")))
    pilot = PilotRun.objects.create(
        scene=scene, case=context.of, begun_on=asked.begun_on, safety_case=asked.safety_case, at=context.at
    )
    context.record.data |= {"scene": scene.pk, "pilot": pilot.pk}
    return {"pilot": pilot.pk}


class FinishPilot(CaseInput):
    """What a pilot showed, and who measured it.

    Attributes:
        safety_case: In place of the one that it began with; without one it counts for nothing.
    """

    pilot: int
    ended_on: date
    result: LongText = Field(min_length=1, max_length=10_000)
    measured_by: Literal["authority", "third_party", "owner", "company"]
    safety_case: LongText = Field(default="", max_length=10_000)


class FinishedPilot(TypedDict):
    """A pilot, the fact that came of it with its grade, and what that made void."""

    pilot: int
    fact: str
    grade: str
    voided: list[str]


@action("pilot.finish", EVIDENCE)
def finish_pilot(context: ActionContext, asked: FinishPilot) -> FinishedPilot:
    """Write down what a pilot showed: a fact of the case, of the grade that the playbook gives to who measured it."""
    pilot = pilot_of(context, asked.pilot)
    if pilot.ended_on is not None:
        raise InvalidInput(Problem(Message.of("office.refused.pilot_finished"), Place("pilot")))
    if asked.ended_on < pilot.begun_on or asked.ended_on > context.today:
        raise InvalidInput(Problem(Message.of("office.refused.pilot_end"), Place("ended_on")))
    pilot.safety_case = asked.safety_case or pilot.safety_case
    pilot.ended_on, pilot.result, pilot.measured_by = asked.ended_on, asked.result, asked.measured_by
    scene = pilot.scene
    grade = load_playbook(context.of.playbook).governance.scenarios.grade(
        Pilot(
            id="pilot",
            text=_words(scene.title),
            state="default",
            owner=_words(scene.owner),
            place=_words(scene.place),
            safety_case=_words(pilot.safety_case) if pilot.safety_case else None,
            result=_words(pilot.result),
            measured_by=asked.measured_by,
        )
    )
    if grade is None:
        raise InvalidInput(Problem(Message.of("office.refused.pilot_incomplete"), Place("safety_case")))
    id = f"pilot-{suggest_slug(scene.title)[:40].strip('-') or 'scene'}-{pilot.pk}"
    source = {"id": id, "publisher": scene.owner, "title": scene.title, "date": asked.ended_on, "grade": grade}
    fact = {
        "id": id,
        "subject": "company",
        "name": "pilot_result",
        "period": asked.ended_on,
        "value": asked.result,
        "unit": "text",
        "known_on": asked.ended_on,
        "known_to": "parties",
        "source": id,
        "confidence": CONFIDENCE[grade],
    }
    made = write_evidence(context, source, fact, f"pilot {pilot.pk}")
    pilot.fact = id
    pilot.save()
    context.record.data |= {"pilot": pilot.pk, "fact": id, "grade": grade, "made": made.version.sha256}
    return {"pilot": pilot.pk, "fact": id, "grade": grade, "voided": list(made.voided)}


class NoteOrder(CaseInput):
    """The order that followed from a pilot, in words."""

    pilot: int
    ordered: LongText = Field(min_length=1, max_length=5_000)


@action("pilot.ordered", EVIDENCE)
def note_order(context: ActionContext, asked: NoteOrder) -> PilotNumber:
    """Write down that an order followed: the deal may bind a tier to it."""
    pilot = pilot_of(context, asked.pilot)
    if not pilot.fact:
        raise InvalidInput(Problem(Message.of("office.refused.pilot_not_finished"), Place("pilot")))
    pilot.ordered = asked.ordered
    pilot.save(update_fields=["ordered"])
    context.record.data["pilot"] = pilot.pk
    context.record.words["ordered"] = asked.ordered
    return {"pilot": pilot.pk}


def _words(text: str) -> Wording:
    """Words that are the same in both languages: as they were typed."""
    return Wording(en=text, zh=text)


def scene_of(context: ActionContext, number: int) -> Scene:
    """A scene of the organisation.

    Raises:
        InvalidInput: There is none.
    """
    found = Scene.objects.filter(pk=number, organisation=context.person.organisation).first()
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_scene"), Place("scene")))
    return found


def pilot_of(context: ActionContext, number: int) -> PilotRun:
    """A pilot of the case.

    Raises:
        InvalidInput: There is none.
    """
    found = PilotRun.objects.select_related("scene").filter(pk=number, case=context.of).first()
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_pilot"), Place("pilot")))
    return found
