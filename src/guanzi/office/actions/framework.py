"""What an action is, who may do it, and how it is done: once, whole, and with its entry in the log.

An action is a function of :class:`ActionContext` and of what is asked (a model of pydantic). Around it :func:`perform`
does in one transaction: wait for the write transaction, answer again what was asked before under the same key, read
what is asked, ask whether the person may, do it, and enter it in the log. What fails leaves nothing. What takes long is
asked of :func:`guanzi.office.auditlog.prefetching.prefetch`: the action is taken back and tried again with what was
found meanwhile.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_type_hints

from django.utils import timezone
from django.utils.crypto import salted_hmac
from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, asking_as, hidden_in_name
from guanzi.office.actions.texts import HIDDEN, plain_text
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.auditlog.transactions import take
from guanzi.office.bodies import SMALL
from guanzi.office.cases.plaintext import hides
from guanzi.office.deciding.interests import enter_recusals, gathering
from guanzi.office.faults import faults_as_refusals
from guanzi.office.models import ActionRun, OfficeCase, Organisation, Person
from guanzi.office.numbers import is_kept
from guanzi.office.paying.looking import keep_standing
from guanzi.office.paying.verifying import take_out
from guanzi.office.people.humans import acts_instead
from guanzi.office.people.origins import MACHINE, RequestOrigin
from guanzi.office.people.visibility import Viewer
from guanzi.office.refusing import no_case
from guanzi.office.roles import Role
from guanzi.record.ledger import Log

Scope = Literal["write", "decide", "money", "tokens"]
"""What a token must be allowed for an action."""


class ActionInput(BaseModel):
    """What is asked of an action: plain data, nothing unknown, no text that hides something (see :mod:`.texts`)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*")
    @classmethod
    def number_is_kept(cls, value: Any) -> Any:
        """Refuse a number that no row can have."""
        if isinstance(value, int | float) and not is_kept(value):
            raise PydanticCustomError("finite_number", "no row can have it")
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _hides_nothing(cls, value: Any, about: ValidationInfo) -> Any:
        return plain_text(value, cls.model_fields[str(about.field_name)])


class CaseInput(ActionInput):
    """What is asked of a case, by its id."""

    case: str


class Forbidden(GuanziError):
    """The person may not do it; the problem says why."""


class NotThere(GuanziError):
    """There is no such thing, as far as the person may know."""


@dataclass(frozen=True, slots=True)
class PermissionPolicy:
    """Who may do an action.

    Attributes:
        roles: Roles in the organisation of which one is needed; empty: none is.
        parts: Parts of a seat of which one is needed at the case; empty: none is.
        either: A role or a part is enough; otherwise both are needed where both are named.
        states: States of the case in which it can be done; empty: in any.
        company: Whoever sits for a company may do it: with a case he alone, without one beside everybody else.
    """

    roles: frozenset[Role] = frozenset()
    parts: frozenset[str] = frozenset()
    either: bool = False
    states: frozenset[str] = frozenset()
    company: bool = False


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What an action has at hand.

    Attributes:
        person: Who does it.
        case: The case; None where it concerns none.
        at: Now.
        record: What it leaves in the log.
        secret: What the answer tells once, and nothing keeps.
        made: The case that it opened.
        origin: From where it is asked.
    """

    person: Person
    case: OfficeCase | None
    at: datetime
    record: LogRecord = field(default_factory=LogRecord)
    secret: dict[str, Any] = field(default_factory=dict)
    made: list[OfficeCase] = field(default_factory=list)
    origin: RequestOrigin = MACHINE

    @property
    def today(self) -> date:
        """The day at the place of the office."""
        return timezone.localdate(self.at)

    @property
    def of(self) -> OfficeCase:
        """The case of an action that has one."""
        if self.case is None:
            raise LookupError("this action concerns no case")
        return self.case


type Do = Callable[[ActionContext, Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Action:
    """An action.

    Attributes:
        id: E.g. ``vote.cast``.
        asks: What is asked.
        answers: What it answers, as a dictionary with types.
        rule: Who may do it.
        scope: What a token must be allowed.
        do: Does it, and answers with plain data.
        most_bytes: Of a request that asks for it.
    """

    id: str
    asks: type[ActionInput]
    answers: type
    rule: PermissionPolicy
    scope: Scope
    do: Do
    most_bytes: int = SMALL

    @property
    def of_case(self) -> bool:
        """Whether it concerns a case."""
        return issubclass(self.asks, CaseInput)


@dataclass(frozen=True, slots=True)
class Performed:
    """An action that was done: what it answered, its entry in the log, and whether it had been done before."""

    answer: dict[str, Any]
    entry: int
    repeated: bool

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {"answer": self.answer, "entry": self.entry, "repeated": self.repeated}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, from where, and by which key and hash it is known again."""

    person: Person
    origin: RequestOrigin
    key: str
    hash: str


_LONG = 100_000
"""Characters from which on a field is read before the write transaction."""
ACTIONS: dict[str, Action] = {}
_logger = logging.getLogger("guanzi.office")


def action[D: Do](
    id: str,
    rule: PermissionPolicy,
    scope: Scope = "write",
    most_bytes: int = SMALL,
    asks: type[ActionInput] | None = None,
) -> Callable[[D], D]:
    """Make an action of a function ``(doing, asked) -> answer``.

    The type of ``asked`` says what is asked; ``asks`` names a model with more fields than that type has.
    """

    def register(do: D) -> D:
        second = list(inspect.signature(do).parameters)[1]
        types = get_type_hints(do)
        if id in ACTIONS and ACTIONS[id].do.__module__ != do.__module__:
            cause = Message.of("core.extension.taken", name=do.__module__, seam="ACTIONS", id=id)
            raise InvalidInput(Problem(cause, Place(""), Message.of("core.extension.taken.mend")))
        ACTIONS[id] = Action(id, asks or types[second], types["return"], rule, scope, do, most_bytes)
        return do

    return register


def may(viewer: Viewer, what: Action, case: OfficeCase | None) -> Message | None:
    """Why somebody may not do an action; None: he may.

    Args:
        viewer: Who.
        what: The action.
        case: One that he can see.
    """
    rule, person = what.rule, viewer.person
    known = person.organisation is not None or (rule.company and viewer.company is not None)
    if not known or not person.is_active:
        return Message.of("office.refused.no_organisation")
    if person.must_change and what.id != "person.change_password":
        return Message.of("office.refused.must_change")
    by_role = not rule.roles or bool(rule.roles & viewer.roles)
    by_part = not rule.parts or (case is not None and viewer.part_in(case) in rule.parts)
    enough = any if rule.either and rule.roles and rule.parts else all
    if not enough((by_role, by_part)):
        who = tuple(Message.of(f"office.role.{role}") for role in sorted(rule.roles))
        who += tuple(Message.of(f"office.part.{part}") for part in sorted(rule.parts))
        return Message.of("office.refused.role", who=who)
    if case is not None and rule.states and case.state not in rule.states:
        states = tuple(Message.of(f"office.state.{state}") for state in sorted(rule.states))
        return Message.of("office.refused.state", now=Message.of(f"office.state.{case.state}"), states=states)
    other = None if case is None else acts_instead(person, case)
    return None if other is None else Message.of("office.refused.other_account", name=other.username)


def perform(person: Person, id: str, asked: Mapping[str, Any], key: str, origin: RequestOrigin = MACHINE) -> Performed:
    """Do an action.

    Args:
        person: Who does it.
        id: Of the action.
        asked: What is asked, as plain data.
        key: Chosen by whoever asks; the same key does a thing once.
        origin: From where it is asked.

    Raises:
        NotThere: There is no such action or case, as far as the person may know.
        Forbidden: The person may not.
        InvalidInput: What is asked cannot be used; everything that is wrong with it at once.
        Unable: The disk is full or the database is lost: it was done whole or not at all.
    """
    with faults_as_refusals(id), asking_as(f"person-{person.pk}"):
        return _perform(person, id, asked, key, origin)


def _perform(person: Person, id: str, asked: Mapping[str, Any], key: str, origin: RequestOrigin) -> Performed:
    what = ACTIONS.get(id)
    if what is None:
        raise NotThere(Problem(Message.of("office.refused.no_action", name=id), Place("action")))
    if hidden := hidden_in_name(key):
        raise InvalidInput(Problem(hides("key", hidden), Place("key")))
    hash = _hash(id, asked)

    def once(log: Log) -> Performed:
        before = ActionRun.objects.filter(person=person, key=key).first()
        if before is not None:
            if (before.action, before.asked) != (id, hash):
                raise InvalidInput(Problem(Message.of("office.refused.key_used", key=key), Place("key")))
            _still_seen(person, before, asked)
            return Performed(before.answer, before.entry, True)
        return _do(log, Asking(person, origin, key, hash), what, asked)

    return take(id, once)


def _do(log: Log, by: Asking, what: Action, asked: Mapping[str, Any]) -> Performed:
    """Do what was not done yet, within the transaction."""
    now_known = Person.objects.select_related("organisation").get(pk=by.person.pk)
    case = authorise(now_known, what, asked)
    read = (
        _read(what.asks, asked)
        if _is_short(asked)
        else prefetch((by.key, by.hash), lambda: _read(what.asks, asked), keep=False)
    )
    context = ActionContext(now_known, case, timezone.now(), origin=by.origin)
    organisation = Viewer(now_known).organisation
    if organisation is None:
        raise LookupError("this person belongs to no organisation")
    subject = _subject(context, organisation)
    with gathering() as recused:
        answer = what.do(context, read)
        _take_out(context)
        _look_again(context)
    enter_recusals(context.record, recused)
    run = ActionRun(
        person=now_known,
        key=by.key,
        action=what.id,
        asked=by.hash,
        answer=answer,
        organisation=organisation,
        case=case or next(iter(context.made), None),
        at=context.at,
    )
    entry = enter_action(log, what.id, now_known.username, subject, context.record, run)
    return Performed({**answer, **context.secret}, entry, False)


def _is_short(asked: Mapping[str, Any]) -> bool:
    """Whether what is asked is read at once: no document or archive is in it."""
    return all(len(value) < _LONG for value in asked.values() if isinstance(value, str | bytes))


def _take_out(context: ActionContext) -> None:
    """Take out of the files what verifications say that fell, whatever the action was."""
    made = None if context.case is None else take_out(context.case, context.person)
    if made is not None:
        context.record.data["new_version"] = made


def _look_again(context: ActionContext) -> None:
    """Keep where a signed deal stands, whatever the action was; what that found stands in its entry."""
    looked = None if context.case is None else keep_standing(context.case, context.at, context.today)
    if looked is not None and (looked.new or looked.gone):
        context.record.data |= looked.as_data()


def _still_seen(person: Person, before: ActionRun, asked: Mapping[str, Any]) -> None:
    """Answer nothing again of a case that the person no longer sees; that he declared an interest tells nothing of it.

    Raises:
        NotThere: He does not see it.
    """
    if before.case_id is None or before.action == "interest.declare":
        return
    viewer = Viewer(person)
    own = viewer.company is not None and viewer.company.case_id == before.case_id
    if not own and not viewer.cases.filter(pk=before.case_id).exists():
        raise NotThere(no_case(str(asked.get("case", ""))))


def authorise(person: Person, what: Action, asked: Mapping[str, Any]) -> OfficeCase | None:
    """The case of an action, once it is sure that the person may do it; before anything else that is asked is read.

    Raises:
        NotThere: There is no such case, as far as the person may know.
        Forbidden: The person may not.
        InvalidInput: No case is named.
    """
    case, viewer = None, Viewer(person)
    if what.of_case:
        slug = asked.get("case")
        if not isinstance(slug, str):
            raise InvalidInput(Problem(Message.of("office.refused.missing", field="case"), Place("case")))
        case = (viewer.own_case if what.rule.company else viewer.case)(slug.strip())
        if case is None:
            raise NotThere(no_case("" if hidden_in_name(slug.strip()) else slug))
    if (because := may(viewer, what, case)) is not None:
        _logger.warning("%s refused to person %s: %s", what.id, person.pk, because.id)
        raise Forbidden(Problem(because, Place(what.id)))
    return case


def _subject(context: ActionContext, organisation: Organisation) -> Subject:
    case = context.case
    if case is None:
        return Subject(organisation.slug)
    head = case.head
    return Subject(organisation.slug, case.slug, head.sha256 if head is not None else None, case.playbook_sha256)


def _read(form: type[ActionInput], asked: Mapping[str, Any]) -> ActionInput:
    try:
        return form.model_validate(asked)
    except ValidationError as error:
        raise InvalidInput([_problem(told) for told in error.errors(include_url=False)]) from error


def _problem(error: ErrorDetails) -> Problem:
    place = ".".join(str(part) for part in error["loc"]) or "body"
    kind = error["type"]
    if kind == "missing":
        return Problem(Message.of("office.refused.missing", field=place), Place(place))
    if kind == HIDDEN:
        return _hides(place, error["ctx"]["code"])
    if kind == "extra_forbidden":
        return Problem(Message.of("office.refused.unknown_field", field=place), Place(place))
    return Problem(Message.of("office.refused.value", field=place, kind=kind), Place(place))


def _hides(field: str, code: str) -> Problem:
    """A text that hides something, by the number of the character in Unicode."""
    return Problem(hides(field, chr(int(code[2:], 16))), Place(field), Message.of("office.refused.hidden.mend"))


def _hash(id: str, asked: Mapping[str, Any]) -> str:
    """A hash of what is asked, with a key, since it may hold a password."""
    plain = {
        str(name): value if isinstance(value, int | float | bool | list | tuple | dict) else str(value)
        for name, value in asked.items()
    }
    words = json.dumps({"action": id, "asked": plain}, sort_keys=True, default=str)
    return salted_hmac("guanzi.office.action", words, algorithm="sha256").hexdigest()
