"""Actions on discussions: open one beside a subject, answer, resolve, reopen, and mark a mention as read."""

from __future__ import annotations

import re
from typing import Literal, TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.cases.subjects import subject_of
from guanzi.office.deciding.discussions import readable, refusal
from guanzi.office.deciding.panels import panels_of
from guanzi.office.models import Discussion, DiscussionRemark, Mention, Person
from guanzi.office.people.naming import full_username
from guanzi.office.people.visibility import who_sees

LONGEST = 5_000
"""Characters of a remark."""
TALKERS = PermissionPolicy(states=frozenset({"open", "signed", "declined"}))
_NAMED = re.compile(r"(?<![A-Za-z0-9._@-])@([a-z][a-z0-9]*(?:[.-][a-z0-9]+)*(?:@[a-z0-9-]+)?)")


class OpenDiscussion(CaseInput):
    """A subject and a first remark; ``@username`` mentions somebody.

    Attributes:
        about: Id of the finding, clause or question; empty for the case.
    """

    kind: Literal["case", "finding", "clause", "question"] = "case"
    about: str = Field(default="", max_length=180)
    text: LongText = Field(min_length=1, max_length=LONGEST)


class RemarkResult(TypedDict):
    """A discussion and a remark in it, by their numbers, and who is mentioned."""

    discussion: int
    remark: int
    mentioned: list[str]


@action("discussion.open", TALKERS)
def open_discussion(context: ActionContext, asked: OpenDiscussion) -> RemarkResult:
    """Open a discussion beside the case, a finding, a clause or a question."""
    case, panels = context.of, panels_of(context.of)
    subject = subject_of(case, asked.kind, asked.about, panels)
    if subject is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_subject"), Place("about")))
    if because := refusal(context.person, asked.kind, asked.about, panels):
        raise InvalidInput(Problem(because, Place("text")))
    made = Discussion.objects.create(case=case, kind=asked.kind, about=asked.about, subject=subject.as_dict())
    return _say(context, made, asked.text)


class DiscussionNumber(CaseInput):
    """A discussion by its number."""

    discussion: int


class AnswerDiscussion(DiscussionNumber):
    """A discussion by its number, and a remark; ``@username`` mentions somebody."""

    text: LongText = Field(min_length=1, max_length=LONGEST)


@action("discussion.answer", TALKERS)
def answer(context: ActionContext, asked: AnswerDiscussion) -> RemarkResult:
    """Answer in a discussion that is open; what mentions oneself in it is read."""
    return _say(context, _found(context, asked, resolved=False), asked.text)


class DiscussionResult(TypedDict):
    """A discussion by its number."""

    discussion: int


@action("discussion.resolve", TALKERS)
def resolve(context: ActionContext, asked: DiscussionNumber) -> DiscussionResult:
    """Resolve a discussion; nobody waits for it any more."""
    found = _found(context, asked, resolved=False)
    found.resolved_at, found.resolved_by = context.at, context.person
    found.save(update_fields=["resolved_at", "resolved_by"])
    Mention.objects.filter(remark__discussion=found, done_at=None).update(done_at=context.at)
    return _recorded(context, found)


@action("discussion.reopen", TALKERS)
def reopen(context: ActionContext, asked: DiscussionNumber) -> DiscussionResult:
    """Open a resolved discussion again."""
    found = _found(context, asked, resolved=True)
    found.resolved_at = found.resolved_by = None
    found.save(update_fields=["resolved_at", "resolved_by"])
    return _recorded(context, found)


@action("discussion.read", PermissionPolicy())
def read(context: ActionContext, asked: DiscussionNumber) -> DiscussionResult:
    """Mark as read what mentions oneself in a discussion."""
    found = _found(context, asked, resolved=False)
    _done(context, found)
    return _recorded(context, found)


def _found(context: ActionContext, asked: DiscussionNumber, *, resolved: bool) -> Discussion:
    """A discussion that the person may read, in the state that is asked for.

    Raises:
        InvalidInput: There is none, or it is in the other state.
    """
    seen = readable(context.of, context.person, panels_of(context.of))
    found = seen.filter(pk=asked.discussion).first()
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_discussion"), Place("discussion")))
    if (found.resolved_at is not None) is not resolved:
        id = "office.refused.discussion_open" if resolved else "office.refused.discussion_resolved"
        raise InvalidInput(Problem(Message.of(id), Place("discussion")))
    return found


def _say(context: ActionContext, to: Discussion, text: str) -> RemarkResult:
    """Add a remark with its mentions, and enter it in the log.

    Raises:
        InvalidInput: It mentions somebody who does not see the case.
    """
    mentioned = _mentioned(context, text)
    made = DiscussionRemark.objects.create(discussion=to, person=context.person, text=text, at=context.at)
    _done(context, to)
    Mention.objects.bulk_create(Mention(remark=made, person=person) for person in mentioned)
    _recorded(context, to)
    context.record.words["remark"] = text
    context.record.who |= {f"mentioned.{n}": person.username for n, person in enumerate(mentioned, 1)}
    return {"discussion": to.pk, "remark": made.pk, "mentioned": [person.username for person in mentioned]}


def _mentioned(context: ActionContext, text: str) -> list[Person]:
    names = dict.fromkeys(_NAMED.findall(text))
    whole = {name: name if "@" in name else full_username(context.person.employer, name) for name in names}
    found = {one.username: one for one in who_sees(context.of).filter(username__in=whole.values())}
    if unknown := tuple(name for name, one in whole.items() if one not in found):
        raise InvalidInput(Problem(Message.of("office.refused.mention", names=unknown), Place("text")))
    return [one for one in found.values() if one != context.person]


def _done(context: ActionContext, of: Discussion) -> None:
    rows = Mention.objects.filter(remark__discussion=of, person=context.person, done_at=None)
    rows.update(done_at=context.at)


def _recorded(context: ActionContext, of: Discussion) -> DiscussionResult:
    context.record.data |= {"discussion": of.pk, "kind": of.kind, "about": of.about}
    return {"discussion": of.pk}
