"""What becomes known after signing: facts in ``monitoring/``, the deal watched by them, and what the watch finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import yaml_text
from guanzi.desk import monitoring
from guanzi.office.contents import NewVersion, lay_out, new_version, within
from guanzi.office.models import DealStanding, OfficeCase, Person, WarningSeen
from guanzi.office.standing import standing_of
from guanzi.office.termsheets import signed_folder, signed_tree
from guanzi.record.evidence import WATCHED, RoomEntry, read_index
from guanzi.study.monitoring import subject_of

type FactRow = Mapping[str, Any]


def watched_deal(case: OfficeCase, day: date) -> monitoring.Watched:
    """The signed deal on a day, by the term sheet as it was signed.

    Raises:
        InvalidInput: It is not signed, or facts after signing cannot be.
    """
    folder = signed_folder(case)
    try:
        return monitoring.watch(monitoring.Request(str(folder), day, case.playbook, paths=0))
    except InvalidInput as error:
        raise InvalidInput([within(problem, folder) for problem in error.problems]) from error


def monitored(case: OfficeCase, day: date) -> monitoring.Result:
    """What is to be seen of the signed deal on a day; nothing is simulated.

    Raises:
        InvalidInput: See :func:`watched_deal`.
    """
    folder = signed_folder(case)
    try:
        return monitoring.monitor(monitoring.Request(str(folder), day, case.playbook, paths=0))
    except InvalidInput as error:
        raise InvalidInput([within(problem, folder) for problem in error.problems]) from error


def add_watched(
    case: OfficeCase, name: str, sources: Mapping[str, FactRow], facts: Sequence[FactRow], person: Person, field: str
) -> NewVersion:
    """Write facts into a file of ``monitoring/``: the decision that was signed stands.

    Args:
        case: The signed case.
        name: Of the file, without its ending.
        sources, facts: As a file of facts has them.
        person: Who makes the version.
        field: Of the form: where problems of these facts are told.

    Raises:
        InvalidInput: The file is there already, or these facts cannot be.
    """
    signed_tree(case)
    path = f"{WATCHED}/{name}.yaml"
    if case.head is not None and path in case.head.tree:
        raise InvalidInput(Problem(Message.of("office.refused.reported_already"), Place(field)))
    text = yaml_text({"sources": dict(sources), "facts": [dict(fact) for fact in facts]})
    made = new_version(case, {path: text.encode()}, person, name)
    day = max(fact["known_on"] for fact in facts)
    try:
        watched_deal(case, day)
    except InvalidInput as error:
        raise InvalidInput([_of_field(problem, path, field) for problem in error.problems]) from error
    return made


def milestone_fact(id: str, stand: str, milestone: str, reached: bool, day: date, known_on: date) -> dict[str, Any]:
    """A fact that says of a milestone that it is reported or verified, or that it is not."""
    return {
        "id": id,
        "subject": subject_of(milestone),
        "name": f"milestone_{stand}",
        "period": day,
        "value": reached,
        "unit": "flag",
        "known_on": known_on,
        "source": id,
    }


def source_row(publisher: str, title: str, day: date, grade: str = "A") -> dict[str, Any]:
    """A source as a file of facts has it."""
    return {"publisher": publisher, "title": title, "date": day, "grade": grade}


def proof_document(case: OfficeCase, document: str, field: str = "document") -> RoomEntry:
    """A document of the evidence room by its id.

    Raises:
        InvalidInput: There is none.
    """
    head = case.head
    entries = read_index(lay_out(case.slug, head.tree)) if head is not None else ()
    for entry in entries:
        if document in (entry.id, entry.sha256, entry.file):
            return entry
    ids = tuple(entry.id for entry in entries)
    if not ids:
        raise InvalidInput(Problem(Message.of("office.refused.no_documents"), Place(field)))
    raise InvalidInput(Problem(Message.of("office.refused.no_document", id=document[:100], ids=ids), Place(field)))


def look_again(case: OfficeCase, at: Any, day: date) -> tuple[str, ...]:
    """Test covenants, milestones and signs of trouble as of a day, within an action.

    A warning is found once: a breach by the end of its quarter, a sign by the day since which it is there, a milestone
    by its day; one that nobody has taken up goes when its milestone is verified.

    Returns:
        Rules of the warnings that are new.
    """
    found = monitored(case, day)
    rows: list[WarningSeen] = []
    for covenant in found.examined.covenants:
        if covenant.state == "breached" and covenant.breached is not None:
            text = Message.of("office.warning.covenant", name=covenant.name or covenant.id, entitles=covenant.entitles)
            rows.append(_warning(case, "covenant", covenant.id, covenant.breached, text, at))
    for milestone in found.milestones:
        if milestone.state in ("late", "refused") and milestone.due is not None and milestone.kind != "instalment":
            name = Message.of(f"office.warning.milestone_{milestone.state}", name=milestone.name)
            rows.append(_warning(case, "milestone", milestone.id, milestone.due, name, at))
    for sign in found.signs.found:
        rows.append(_warning(case, "sign", sign.rule.id, sign.since, sign.message, at))
    reached = [one.id for one in found.milestones if one.state == "verified"]
    WarningSeen.objects.filter(case=case, kind="milestone", rule__in=reached, seen_by=None).delete()
    held = set(WarningSeen.objects.filter(case=case).values_list("kind", "rule", "as_of"))
    new = [row for row in rows if (row.kind, row.rule, row.as_of) not in held]
    WarningSeen.objects.bulk_create(new)
    head = case.head
    DealStanding.objects.update_or_create(
        case=case,
        defaults={"version": head.sha256 if head is not None else "", "as_of": day, "data": standing_of(case, found)},
    )
    return tuple(row.rule for row in new)


def _warning(case: OfficeCase, kind: str, rule: str, day: date, text: Message, at: Any) -> WarningSeen:
    return WarningSeen(case=case, kind=kind, rule=rule, as_of=day, text=text.as_dict(), found_at=at)


def _of_field(problem: Problem, path: str, field: str) -> Problem:
    """A problem of facts that do not stay: its place is the field of the form."""
    return replace(problem, place=Place(field), line="") if problem.place.file.endswith(path) else problem
