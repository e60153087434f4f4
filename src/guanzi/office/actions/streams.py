"""Actions on work-streams: give them to somebody, begin, sign with an opinion, sign again."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.db.models import Q
from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem, sha256_of
from guanzi.office.actions.framework import ActionContext, CaseInput, Forbidden, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.bodies import TEXT
from guanzi.office.deciding.gates import too_many_streams
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.plans import model_of, questions_of
from guanzi.office.deciding.voiding import LEGAL, OTHER, TERMS
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import IndexedFact, OfficeCase, Seat, Workstream

WORKERS = ("lead", "analyst", "expert")
"""Parts of a seat that can own a work-stream."""
_WORK = PermissionPolicy(parts=frozenset(WORKERS), states=frozenset({"open"}))
_LEAST_WORDS = 20
"""Characters of a reason."""
FACTS = "facts"
"""Key of the basis under which the hash of all facts of a stream stands."""


class OfStream(CaseInput):
    """A work-stream of a case, by its id."""

    stream: str


class AssignStream(OfStream):
    """Who owns it from now on, and its day, where it is another than that of the workflow."""

    person: str
    due: date | None = None


class AssignedStream(TypedDict):
    """A work-stream and its owner."""

    case: str
    stream: str
    owner: str


@action("streams.assign", PermissionPolicy(parts=frozenset({"lead"}), states=frozenset({"open"})))
def assign(context: ActionContext, asked: AssignStream) -> AssignedStream:
    """Give a work-stream to somebody who has a seat; what was signed stays signed."""
    row = _stream(context, asked)
    workers = CaseNow(context.of).unbarred(*WORKERS)
    seat = next((one for one in workers if one.person.username == asked.person), None)
    if seat is None:
        fix = Message.of("office.refused.no_worker.mend")
        raise InvalidInput(Problem(Message.of("office.refused.no_worker", name=asked.person), Place("person"), fix))
    if asked.due is not None and asked.due > context.of.due:
        cause = Message.of("office.refused.due_late", due=asked.due.isoformat(), last=context.of.due.isoformat())
        raise InvalidInput(Problem(cause, Place("due")))
    _check_share(context.of, seat, row.stream)
    row.owner = seat.person
    row.due = asked.due or row.due
    row.save(update_fields=["owner", "due"])
    context.record.who["owner"] = seat.person.username
    context.record.data |= {"stream": row.stream, "due": row.due.isoformat()}
    return {"case": context.of.slug, "stream": row.stream, "owner": seat.person.username}


def _check_share(case: OfficeCase, seat: Seat, stream: str) -> None:
    """Refuse one stream more than one person may have: who examines does not examine alone.

    Raises:
        InvalidInput: He owns or has signed as many others as the workflow lets him.
    """
    rules, lead = workflow(), seat.part == "lead"
    most = rules.lead_streams if lead else rules.person_streams
    his = Q(owner=seat.person) | Q(signed_by=seat.person, state="signed")
    held = Workstream.objects.filter(his, case=case).exclude(stream=stream).count()
    if held >= most:
        cause = Message.of(f"office.refused.{'lead' if lead else 'person'}_streams", name=seat.person.name, most=most)
        raise InvalidInput(Problem(cause, Place("person"), Message.of("office.refused.person_streams.mend")))


class StreamState(TypedDict):
    """A work-stream, and its state."""

    case: str
    stream: str
    state: str


@action("streams.begin", _WORK)
def begin(context: ActionContext, asked: OfStream) -> StreamState:
    """Say that work on a stream has begun; its owner does."""
    row = _own(context, asked)
    if row.state != "waiting":
        raise InvalidInput(Problem(Message.of("office.refused.stream_begun"), Place("stream")))
    row.state = "working"
    row.save(update_fields=["state"])
    context.record.data["stream"] = row.stream
    return {"case": context.of.slug, "stream": row.stream, "state": row.state}


class SignStream(OfStream):
    """The opinion, and the number of the version that was read: on another one nobody signs by mistake.

    ``left_open`` says why the decision can do without the questions of the plan on which nothing is held.
    """

    opinion: LongText = Field(min_length=20, max_length=20_000)
    left_open: LongText = Field("", max_length=5_000)
    version: int


@action("streams.sign", _WORK, most_bytes=TEXT)
def sign(context: ActionContext, asked: SignStream) -> StreamState:
    """Sign a work-stream, or sign it again; what the sign-off rests on is recorded by its hashes."""
    row, case = _own(context, asked), context.of
    head = case.newest
    problems = []
    if row.state == "signed":
        problems.append(Problem(Message.of("office.refused.stream_signed"), Place("stream")))
    if asked.version != head.number:
        cause = Message.of("office.refused.version_read", read=asked.version, newest=head.number)
        problems.append(Problem(cause, Place("version")))
    rule = next(rule for rule in workflow().streams if rule.id == row.stream)
    questions = questions_of(case, model_of(case))[row.stream]
    unanswered = sum(not question.facts for question in questions)
    if unanswered and len(asked.left_open.strip()) < _LEAST_WORDS:
        cause = Message.of("office.refused.questions_open", open=unanswered, questions=len(questions))
        problems.append(Problem(cause, Place("left_open"), Message.of("office.refused.questions_open.mend")))
    if context.person.pk in too_many_streams(CaseNow(case)):
        cause = Message.of("office.refused.person_streams", name=context.person.name, most=workflow().person_streams)
        problems.append(Problem(cause, Place("stream"), Message.of("office.refused.person_streams.mend")))
    before = Workstream.objects.filter(case=case, stream__in=rule.after).exclude(state="signed")
    for other in before.order_by("stream"):
        name = Message.of(f"office.stream.{other.stream}")
        problems.append(Problem(Message.of("office.refused.stream_waits", stream=name), Place("stream")))
    if problems:
        raise InvalidInput(problems)
    opinion = f"{asked.opinion}\n\n{asked.left_open}" if unanswered else asked.opinion
    row.state, row.opinion, row.void_because = "signed", opinion, []
    row.signed_version, row.signed_by, row.signed_at = head, context.person, context.at
    row.basis = _basis(context, row.stream)
    row.save()
    context.record.words["opinion"] = opinion
    context.record.data |= {"stream": row.stream, "number": head.number, "basis": row.basis, "unanswered": unanswered}
    return {"case": case.slug, "stream": row.stream, "state": row.state}


def _basis(context: ActionContext, stream: str) -> dict[str, str]:
    """What a sign-off rests on: files with their hashes, and one hash of all facts that concern the stream."""
    case = context.of
    rows = IndexedFact.objects.filter(case=case, topic__in=("", stream)).order_by("fact")
    facts = {fact: (path, sha256) for fact, path, sha256 in rows.values_list("fact", "path", "sha256")}
    read = {path for path, _ in facts.values()}
    parts = (*OTHER, TERMS) if stream == LEGAL else OTHER
    files = {name: sha for name, sha in case.tree.items() if name in read or name.startswith(parts)}
    return files | {FACTS: sha256_of({fact: sha256 for fact, (_, sha256) in facts.items()})}


def _stream(context: ActionContext, asked: OfStream) -> Workstream:
    row = Workstream.objects.filter(case=context.of, stream=asked.stream).first()
    if row is None:
        raise InvalidInput(Problem(Message.of("office.refused.stream", stream=asked.stream), Place("stream")))
    return row


def _own(context: ActionContext, asked: OfStream) -> Workstream:
    row = _stream(context, asked)
    if row.owner_id != context.person.pk:
        raise Forbidden(Problem(Message.of("office.refused.not_owner"), Place("stream")))
    return row
