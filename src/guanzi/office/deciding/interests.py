"""Interests inferred from the ties of a case: who of the organisation bears the name of somebody close to the company.

They are looked for wherever the evidence or the seats change: at a new version, at a new seat, and at the opening of a
sitting. What is found stands until the chair clears it with reasons; the same chain is not raised again after that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.office.auditlog.log import LogRecord
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.deciding.gates import fall_back
from guanzi.office.deciding.voiding import unsettle, void_signed, void_verified
from guanzi.office.models import Interest, OfficeCase, Person, Sitting
from guanzi.office.people.humans import accounts_in, other_accounts
from guanzi.record.evidence import Case, Entity, ends_of, kind_of_tie

INTEREST = "interest."
"""Before the number of an interest among the reasons why something is void."""
MOST_TIES = 4
"""Longest chain of ties of all kinds that is an interest: he sits with somebody on a board who holds a holder."""
_FOUND: ContextVar[list[Recusal] | None] = ContextVar("interests_found", default=None)


@dataclass(frozen=True, slots=True)
class Recusal:
    """An interest that was found, and what became void by it: ``sitting.7``, ``stream.legal``, ``payment.t1``."""

    interest: Interest
    voided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieStep:
    """A tie between two entities, in words."""

    id: str
    first: str
    second: str
    sentence: Message


@contextmanager
def gathering() -> Iterator[list[Recusal]]:
    """Gather the interests that are found while an action is done, so that its entry in the log can name them."""
    found: list[Recusal] = []
    token = _FOUND.set(found)
    try:
        yield found
    finally:
        _FOUND.reset(token)


def enter_recusals(record: LogRecord, found: Iterable[Recusal]) -> None:
    """Who is recused by an action and why, and what it voids: names and words as commitments, kinds as they are."""
    told, voided = [], set(record.data.get("voided", ()))
    for n, one in enumerate(found, 1):
        interest = one.interest
        voided |= set(one.voided)
        record.who[f"recused.{n}"] = interest.person.username
        record.words[f"interest.{n}"] = " ".join(
            [render(interest.reason, "en"), *(render(step, "en") for step in interest.path)]
        )
        told.append({"interest": interest.pk, "kind": interest.kind, "ties": len(interest.path)})
    if told:
        record.data["recused"] = told
    if voided:
        record.data["voided"] = sorted(voided)


def recuse(case: OfficeCase, person: Person, kind: str, reason: Message, path: Iterable[Message] = ()) -> Interest:
    """Let an interest stand: it takes sight and seat, and voids what he signed or verified, and where he voted.

    It stands for every account of the human being. What somebody declares costs him his seat, and voids an open sitting
    at once. What was inferred from evidence that anybody may bring in does not: the chair decides.
    """
    told, steps = reason.as_dict(), [step.as_dict() for step in path]
    first, *_ = [_recuse(case, account, kind, told, steps) for account in (person, *other_accounts(person))]
    return first


def recuse_accounts(case: OfficeCase, person: Person) -> None:
    """See that the accounts of one human being count as one in a case, once it is known that they are.

    The first that acted goes on, and what the others did falls; an interest of one is an interest of all.
    """
    for account in accounts_in(person, case)[1:]:
        acts = accounts_in(person, case)[0]
        _recuse(case, account, "account", Message.of("office.interest.account", name=acts.username).as_dict(), [])
    standing = Interest.objects.filter(case=case, cleared_at=None).exclude(kind="account").select_related("person")
    for interest in standing.filter(person__human=person.human):
        for account in other_accounts(interest.person).exclude(pk__in=standing.values("person")):
            _recuse(case, account, interest.kind, interest.reason, interest.path)


def _recuse(case: OfficeCase, person: Person, kind: str, reason: dict[str, Any], path: list[Any]) -> Interest:
    interest = Interest.objects.create(
        case=case, person=person, kind=kind, reason=reason, path=path, found_at=timezone.now()
    )
    because = f"{INTEREST}{interest.pk}"
    voided = (
        *void_voted(case, person, interest),
        *void_signed(case, person, because, at_once=kind != "inferred"),
        *void_verified(case, person, because, interest.found_at),
    )
    gathered = _FOUND.get()
    if gathered is not None:
        gathered.append(Recusal(interest, voided))
    return interest


def void_voted(case: OfficeCase, person: Person, interest: Interest) -> tuple[str, ...]:
    """Make void the sittings of an undecided case in which somebody with an interest has voted."""
    states = ("open", "closed") if case.state in ("open", "declined") else ("open",)
    voted = list(Sitting.objects.filter(case=case, state__in=states, ballots__person=person))
    voided = tuple(unsettle(voted, [f"{INTEREST}{interest.pk}"], at_once=interest.kind != "inferred"))
    if case.state == "declined" and any(one.state == "void" and one.purpose == "decide" for one in voted):
        case.state = "open"  # what declined it is void
        case.save(update_fields=["state"])
    if voted:
        fall_back(case)
    return voided


def find_interests(case: OfficeCase, read: Case, people: Iterable[Person] | None = None) -> tuple[Interest, ...]:
    """Look for interests of people in a case, within the transaction of an action.

    Args:
        case: The case.
        read: Its newest version.
        people: Whom to look at; None: everybody of the organisation, since some see cases without a seat.
    """
    bearers = [dated.entity for dated in read.entities if dated.entity.schema == "Person"]
    if not bearers:
        return ()
    if people is None:
        people = Person.objects.filter(organisation_id=case.organisation_id, is_active=True)
    known = tuple(people)
    chains = chains_to(read, bearers)
    held: dict[int, list[Interest]] = {}
    for interest in Interest.objects.filter(case=case, person__in=known, kind="inferred"):
        held.setdefault(interest.person_id, []).append(interest)
    found = []
    for person, bearer, same in same_names(known, [one for one in bearers if one.id in chains]):
        path = (same, *(step.sentence for step in chains[bearer.id]))
        before = held.setdefault(person.pk, [])
        plain = [step.as_dict() for step in path]
        if any(one.cleared_at is None or one.path == plain for one in before):
            continue
        company = (str(read.company.name), read.company.name_zh or "")
        reason = Message.of("office.interest.inferred", company=company, ties=len(path) - 1)
        before.append(recuse(case, person, "inferred", reason, path))
        found.append(before[-1])
    return tuple(found)


def same_names(people: Iterable[Person], bearers: Iterable[Entity]) -> Iterator[tuple[Person, Entity, Message]]:
    """People of the office and people of the case who may be the same, with the likeness in words; the likest first."""
    pairs = [
        (person, bearer, own, other)
        for person in people
        for bearer in bearers
        for own in dict.fromkeys(filter(None, (person.name, person.name_zh)))
        for other in bearer.names
    ]
    if not pairs:
        return
    found: dict[tuple[int, str], tuple[float, Person, Entity, str, str, int]] = {}
    names = tuple((own, other) for _, _, own, other in pairs)
    alike = prefetch(("alike", names), lambda: _alike(names))
    for (person, bearer, own, other), (score, likely) in zip(pairs, alike, strict=True):
        best = found.get((person.pk, bearer.id))
        if likely is not None and (best is None or score > best[0]):
            found[person.pk, bearer.id] = (score, person, bearer, own, other, likely)
    for _, person, bearer, own, other, likely in sorted(found.values(), key=lambda f: (-f[0], f[1].pk, f[2].id)):
        yield person, bearer, Message.of("office.tie.same_name", own=own, other=other, likely=likely)


def _alike(names: tuple[tuple[str, str], ...]) -> tuple[tuple[float, int | None], ...]:
    """Score of each pair of names, and how likely they name one person, in hundredths; None: too unlike."""
    from guanzi.jobs.screening import THRESHOLD, probability, scores  # compiled code: loads when names are compared

    points = map(float, scores(list(names), ["Person"] * len(names)))
    return tuple((score, round(100 * probability(score)) if score >= THRESHOLD else None) for score in points)


def warm_names() -> None:
    """Load the code that compares names: the first comparison on a machine takes many seconds."""
    _alike((("Li Ming", "Li Ming"),))


def chains_to(read: Case, bearers: Iterable[Entity]) -> Mapping[str, tuple[TieStep, ...]]:
    """The shortest chain of ties from people of a case to its company; only from those who have one.

    Ties that have ended count: an earlier employer or board is shared history. A chain of shares upwards counts at any
    length, another chain up to :data:`MOST_TIES` ties.
    """
    steps = tuple(_steps(dated.entity for dated in read.entities))
    company = read.company.id
    around: dict[str, list[tuple[str, TieStep]]] = {}
    above: dict[str, list[tuple[str, TieStep]]] = {}
    for step, owned in steps:
        around.setdefault(step.second, []).append((step.first, step))
        around.setdefault(step.first, []).append((step.second, step))
        if owned:
            above.setdefault(step.second, []).append((step.first, step))
    near, owners = _outwards(company, around, MOST_TIES), _outwards(company, above, len(steps))
    return {one.id: chain for one in bearers if (chain := near.get(one.id) or owners.get(one.id)) and one.id != company}


def _outwards(
    start: str, ties: Mapping[str, list[tuple[str, TieStep]]], most: int
) -> Mapping[str, tuple[TieStep, ...]]:
    """Whom one reaches from a start, with the shortest chain, told from its far end."""
    reached: dict[str, tuple[TieStep, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if len(reached[here]) == most:
            continue
        for there, step in ties.get(here, ()):
            if there not in reached:
                reached[there] = (step, *reached[here])
                waiting.append(there)
    return reached


def _steps(entities: Iterable[Entity]) -> Iterator[tuple[TieStep, bool]]:
    """Every tie in words, and whether it is a share."""
    all_of_them = tuple(entities)
    names = {one.id: (one.first("name") or one.id) for one in all_of_them}
    for tie in all_of_them:
        kind, ends = kind_of_tie(tie), ends_of(tie)
        if kind is None or ends is None:
            continue
        first, second = ends
        told: dict[str, Any] = {"first": names.get(first, first), "second": names.get(second, second)}
        ended = tie.first("endDate")
        share = tie.first("percentage").strip().rstrip("%").strip()
        role = ", ".join(tie.properties.get("role", ()))
        detail = f"{share} %" if share else "" if kind == "buyer" else role
        said = Message.of(f"office.tie.{kind}{'.of' if detail else ''}", **told, detail=detail)
        message = Message.of("office.tie.ended", told=said, day=ended) if ended else said
        yield TieStep(tie.id, first, second, message), kind == "ownership"


def clear(interest: Interest, by: Person, at: datetime) -> None:
    """Let an interest stand no longer."""
    interest.cleared_at, interest.cleared_by = at, by
    interest.save(update_fields=["cleared_at", "cleared_by"])
