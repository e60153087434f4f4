"""What becomes known after signing: facts in ``monitoring/``, the deal watched by them, and what the watch finds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from guanzi.base.core import InvalidInput, Message, Place, Problem, sha256_of
from guanzi.base.reading import yaml_text
from guanzi.desk import monitoring
from guanzi.office.cases.contents import NewVersion, lay_out, new_version, within
from guanzi.office.cases.termsheets import signed_tree
from guanzi.office.keeping.beforehand import beforehand
from guanzi.office.models import DealStanding, OfficeCase, Person, WarningSeen
from guanzi.office.paying.standing import standing_of
from guanzi.record.evidence import WATCHED, RoomEntry, read_index
from guanzi.study.monitoring import subject_of

type FactRow = Mapping[str, Any]
_told = logging.getLogger("guanzi.office")


def watched_deal(case: OfficeCase, day: date) -> monitoring.Watched:
    """The signed deal on a day, by the term sheet as it was signed.

    Raises:
        InvalidInput: It is not signed, or facts after signing cannot be.
    """
    return of_signed(case, day, ("watched",), lambda folder: monitoring.watch(_request(case, day, folder)))


def monitored(case: OfficeCase, day: date) -> monitoring.Result:
    """What is to be seen of the signed deal on a day; nothing is simulated.

    Raises:
        InvalidInput: See :func:`watched_deal`.
    """
    return of_signed(case, day, ("monitored",), lambda folder: monitoring.monitor(_request(case, day, folder)))


def _request(case: OfficeCase, day: date, folder: Path) -> monitoring.Request:
    return monitoring.Request(str(folder), day, case.playbook, paths=0)


def of_signed[T](case: OfficeCase, day: date, what: tuple[str, ...], find: Callable[[Path], T]) -> T:
    """What is found of the files of a signed deal, found once for the same files, playbook and day.

    Args:
        case: The signed case.
        day: The day.
        what: What is found, and all on which it depends besides.
        find: Finds it of the files as a folder.

    Raises:
        InvalidInput: It is not signed, or the files do not allow it.
    """
    slug, tree = case.slug, signed_tree(case)

    def found() -> T:
        folder = lay_out(slug, tree)
        try:
            return find(folder)
        except InvalidInput as error:
            raise InvalidInput([within(problem, folder) for problem in error.problems]) from error

    return beforehand((*what, str(settings.DATA), slug, sha256_of(tree), day, case.playbook), found)


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


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a signed deal brought.

    Attributes:
        new: Rules of the warnings that are new.
        gone: Rules of those that nobody had taken up and that no longer stand.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]

    def as_data(self) -> dict[str, list[str]]:
        """As the log holds it."""
        return {"warnings": list(self.new)} | ({"gone": list(self.gone)} if self.gone else {})


def look_again(case: OfficeCase, at: Any, day: date) -> Looked:
    """Test covenants, milestones and signs of trouble as of a day, and keep where the deal stands, within an action.

    A warning is found once: a breach or failure of a covenant by the end of its quarter, one that can still be cured by
    the day until which it can, a sign by the day since which it is there, a milestone by its day. One that nobody has
    taken up goes when what it warns of is cured, verified or corrected; the log keeps both.

    Raises:
        InvalidInput: See :func:`watched_deal`.
    """
    found = monitored(case, day)
    rows = [_warning(case, at, *warned) for warned in _warned(found)]
    standing = {(row.kind, row.rule, row.state, row.as_of) for row in rows}
    held = {(row.kind, row.rule, row.state, row.as_of): row for row in WarningSeen.objects.filter(case=case)}
    gone = [row for key, row in held.items() if key not in standing and row.seen_by_id is None]
    WarningSeen.objects.filter(pk__in=[row.pk for row in gone]).delete()
    new = [row for row in rows if (row.kind, row.rule, row.state, row.as_of) not in held]
    WarningSeen.objects.bulk_create(new)
    data = of_signed(case, day, ("standing",), lambda folder: standing_of(case, found))
    DealStanding.objects.update_or_create(case=case, defaults={"version": rests_on(case), "as_of": day, "data": data})
    return Looked(tuple(row.rule for row in new), tuple(row.rule for row in gone))


def keep_standing(case: OfficeCase, at: Any, day: date) -> Looked | None:
    """Look again at a signed deal whose files are other ones than when it was looked at last; within an action.

    It is called after every action, so that none can leave the portfolio behind. What cannot be tested stays as it was,
    and the page of the watch says why.

    Returns:
        What it brought; None: nothing has changed, or it cannot be tested.
    """
    if case.state != "signed":
        return None
    held = DealStanding.objects.filter(case=case).first()
    if held is not None and held.version == rests_on(case):
        return None
    try:
        return look_again(case, at, day)
    except InvalidInput:
        _told.warning("case %s cannot be watched", case.pk)
        return None


def rests_on(case: OfficeCase) -> str:
    """Hash of the files that the watch of a signed deal rests on."""
    return sha256_of(signed_tree(case))


def _warned(found: monitoring.Result) -> Iterator[tuple[str, str, str, date, Message]]:
    """What is to be warned of: kind, rule, state, day, words."""
    for covenant in found.examined.covenants:
        days = {"breached": covenant.breached, "failed": covenant.failed, "curing": covenant.curable}
        day = days.get(covenant.state)
        if day is not None:
            told = {"name": covenant.name or covenant.id, "entitles": covenant.entitles, "day": day.isoformat()}
            if covenant.state == "breached":
                told.pop("day")
            kind = "" if covenant.state == "breached" else f"_{covenant.state}"
            yield "covenant", covenant.id, covenant.state, day, Message.of(f"office.warning.covenant{kind}", **told)
    for milestone in found.milestones:
        if milestone.state in ("late", "refused") and milestone.due is not None and milestone.kind != "instalment":
            name = Message.of(f"office.warning.milestone_{milestone.state}", name=milestone.name)
            yield "milestone", milestone.id, milestone.state, milestone.due, name
    for sign in found.signs.found:
        yield "sign", sign.rule.id, "", sign.since, sign.message


def _warning(case: OfficeCase, at: Any, kind: str, rule: str, state: str, day: date, text: Message) -> WarningSeen:
    return WarningSeen(case=case, kind=kind, rule=rule, state=state, as_of=day, text=text.as_dict(), found_at=at)


def _of_field(problem: Problem, path: str, field: str) -> Problem:
    """A problem of facts that do not stay: its place is the field of the form."""
    return replace(problem, place=Place(field), line="") if problem.place.file.endswith(path) else problem
