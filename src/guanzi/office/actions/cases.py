"""Actions on cases: open one from a folder, give and take seats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pydantic import Base64Bytes

from guanzi.base.core import InvalidInput, Message, Place, Problem, is_slug, sha256_of, suggest_slug
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.office.actions.framework import ActionInput, Allowance, CaseInput, Doing, action
from guanzi.office.contents import look_for_interests, new_version, read_folder, read_tree
from guanzi.office.exchange import unpacked
from guanzi.office.models import OfficeCase, Person, Seat, Workstream
from guanzi.office.roles import Role
from guanzi.office.sittings import VOTERS
from guanzi.office.workflow import workflow
from guanzi.record.evidence import Case, builtin_cases, find_case
from guanzi.record.playbooks import load_playbook, playbook_names

COMMITTEE = frozenset({Role.MEMBER, Role.CHAIR, Role.FINANCE})
"""Who can be given a seat that votes."""
PARTS = ("lead", "analyst", "expert", "member", "chair", "manager", "reader")


class OpenCase(ActionInput):
    """A case folder as a ZIP file, or the name of a built-in case; exactly one of them."""

    archive: Base64Bytes | None = None
    builtin: str | None = None
    playbook: str | None = None


@action("case.open", Allowance(roles=frozenset({Role.LEAD, Role.ANALYST})))
def open_case(doing: Doing, asked: OpenCase) -> dict[str, Any]:
    """Open a case from a folder: whoever opens it leads it."""
    if (asked.archive is None) == (asked.builtin is None):
        raise InvalidInput(Problem(Message.of("office.refused.one_folder"), Place("archive")))
    if asked.builtin is not None and asked.builtin not in builtin_cases():  # a name, never a folder of the machine
        raise InvalidInput(Problem(Message.of("office.refused.no_builtin", name=asked.builtin[:100]), Place("builtin")))
    if asked.playbook and asked.playbook not in playbook_names():
        raise InvalidInput(Problem(Message.of("office.refused.playbook", names=playbook_names()), Place("playbook")))
    files = unpacked(asked.archive) if asked.archive is not None else read_folder(find_case(str(asked.builtin)))
    return begin_case(doing, files, asked.playbook or doing.person.organisation.playbook)


def begin_case(doing: Doing, files: dict[str, bytes], playbook: str) -> dict[str, Any]:
    """A new case of the organisation, with its first version, its streams and the seat of whoever opens it.

    Raises:
        InvalidInput: The files are no case, the playbook is none, or there is a case of this id already.
    """
    held = load_playbook(playbook)
    person, day = doing.person, doing.today
    slug = _slug(files)
    if OfficeCase.objects.filter(organisation=person.organisation, slug=slug).exists():
        raise InvalidInput(Problem(Message.of("office.refused.case_taken", case=slug), Place("case.yaml")))
    case = OfficeCase(
        organisation=person.organisation,
        slug=slug,
        decision_date=day,
        stage=workflow().stages[0].id,
        playbook=playbook,
        playbook_sha256=sha256_of(held.model_dump(mode="json")),
        opened_at=doing.at,
        opened_by=person,
        due=workflow().due(day),
    )
    case.save()
    made = new_version(case, files, person, "opened")
    describe(case, read_tree(slug, made.version.tree))
    case.save()
    Seat.objects.create(case=case, person=person, part="lead", given_at=doing.at)
    Workstream.objects.bulk_create(
        Workstream(case=case, stream=rule.id, due=day + timedelta(days=rule.day)) for rule in workflow().streams
    )
    doing.made.append(case)
    doing.record.data |= {"case": slug, "version": made.version.sha256}
    return {"case": slug, "version": made.version.sha256}


def describe(case: OfficeCase, read: Case) -> None:
    """Take over what lists show of a case from its folder."""
    case.title, case.title_zh = str(read.title), read.title.zh or ""
    case.company, case.company_zh = str(read.company.name), read.company.name_zh or ""
    case.region, case.region_zh = str(read.region.name), read.region.name_zh or ""
    case.industry, case.currency, case.decision_date = read.industry, read.currency, read.decision_date


class GiveSeat(CaseInput):
    """A person, by username, and the part in the case."""

    person: str
    part: str
    weight: float = 1.0


@action("case.give_seat", Allowance(roles=frozenset({Role.CHAIR}), parts=frozenset({"lead"}), either=True))
def give_seat(doing: Doing, asked: GiveSeat) -> dict[str, Any]:
    """Give somebody of the organisation a seat, or another part in place of the one held."""
    person = Person.objects.filter(
        username=asked.person, organisation=doing.person.organisation, is_active=True
    ).first()
    if person is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_person", name=asked.person), Place("person")))
    if asked.part not in PARTS:
        parts = tuple(Message.of(f"office.part.{part}") for part in PARTS)
        raise InvalidInput(Problem(Message.of("office.refused.part", parts=parts), Place("part")))
    if not 0 < asked.weight <= 10:
        raise InvalidInput(Problem(Message.of("office.refused.weight"), Place("weight")))
    if problems := list(_packed(doing, asked, person)):
        raise InvalidInput(problems)
    Seat.objects.update_or_create(
        case=doing.of,
        person=person,
        defaults={"part": asked.part, "weight": asked.weight, "given_at": doing.at},
    )
    look_for_interests(doing.of, [person])
    doing.record.who["seated"] = person.username
    doing.record.data |= {"part": asked.part, "weight": asked.weight}
    return {"person": person.username, "part": asked.part}


def _packed(doing: Doing, asked: GiveSeat, person: Person) -> Iterator[Problem]:
    """Why a seat would pack the committee: its members vote, each with one vote, unless the chair says otherwise."""
    voting = asked.part in VOTERS
    if voting and not COMMITTEE & person.roles():
        roles = tuple(Message.of(f"office.role.{role}") for role in sorted(COMMITTEE))
        yield Problem(Message.of("office.refused.seat_role", name=asked.person, roles=roles), Place("person"))
    if voting and person == doing.person and Role.CHAIR not in person.roles():
        yield Problem(Message.of("office.refused.seat_own"), Place("person"))
    if Role.CHAIR in doing.person.roles():
        return
    held = Seat.objects.filter(case=doing.of, person=person, part__in=VOTERS).first()
    if held is not None and not voting:
        yield Problem(Message.of("office.refused.seat_taken"), Place("part"))
    if (voting or held is not None) and asked.weight != (held.weight if held is not None else 1):
        yield Problem(Message.of("office.refused.seat_weight"), Place("weight"))


def _slug(files: dict[str, bytes]) -> str:
    try:
        text = files["case.yaml"].decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        raise InvalidInput(Problem(Message.of("office.refused.no_header"), Place("case.yaml"))) from None
    data = parse_yaml(TextFile("case.yaml", text, tuple(text.split("\n")))).data
    slug = data.get("case") if isinstance(data, dict) else None
    if not isinstance(slug, str) or not slug or len(slug) > 100:
        raise InvalidInput(Problem(Message.of("office.refused.no_header"), Place("case.yaml")))
    if not is_slug(slug):  # the folder that is laid out bears this name
        mend = Message.of("core.id.mend", proposal=suggest_slug(slug) or "case-1")
        raise InvalidInput(Problem(Message.of("core.id.invalid", text=slug), Place("case.yaml", field="case"), mend))
    return slug
