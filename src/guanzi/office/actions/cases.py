"""Actions on cases: open one from a folder, and end one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from guanzi.base.core import InvalidInput, Message, Place, Problem, is_slug, sha256_of, suggest_slug
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.jobs.chains import chain_names, leads
from guanzi.office.actions.framework import ActionContext, ActionInput, PermissionPolicy, action
from guanzi.office.actions.texts import EncodedFile
from guanzi.office.bodies import FILE
from guanzi.office.cases.contents import new_version, read_folder, read_tree
from guanzi.office.cases.endedbets import with_ended_bets
from guanzi.office.cases.plaintext import check_plain
from guanzi.office.cases.workbooks import files_of
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import OfficeCase, Person, Seat, Workstream
from guanzi.office.people.naming import own_prefix
from guanzi.office.people.visibility import Viewer
from guanzi.office.roles import EVERY_CASE, Role
from guanzi.record.evidence import Case, builtin_cases, find_case
from guanzi.record.playbooks import load_playbook, playbook_names

_SHOWN = frozenset({"title", "company", "region"})
LONGEST_ID = 100
"""Characters of the id of a case."""


class OpenCase(ActionInput):
    """Exactly one of: a workbook, or a case folder as a ZIP file; the name of a built-in case; a firm of a chain.

    Attributes:
        chain, city: Chain of the library in which the firm stands, and the city of the chain that examines it.
        link: Of the chain that the case is about, where the firm makes several; empty: the first.
    """

    archive: EncodedFile | None = None
    builtin: str | None = None
    firm: str | None = None
    chain: str = ""
    city: str = ""
    link: str = ""
    playbook: str | None = None


class OpenedCase(TypedDict):
    """A new case, and the hash of its first version."""

    case: str
    version: str


@action("case.open", PermissionPolicy(roles=frozenset({Role.LEAD, Role.ANALYST})), most_bytes=FILE)
def open_case(context: ActionContext, asked: OpenCase) -> OpenedCase:
    """Open a case from a folder: whoever opens it leads it."""
    if [asked.archive, asked.builtin, asked.firm].count(None) != 2:
        raise InvalidInput(Problem(Message.of("office.refused.one_folder"), Place("archive")))
    if asked.builtin is not None and asked.builtin not in builtin_cases():  # a name, never a folder of the machine
        raise InvalidInput(Problem(Message.of("office.refused.no_builtin", name=asked.builtin[:100]), Place("builtin")))
    if asked.playbook and asked.playbook not in playbook_names():
        raise InvalidInput(Problem(Message.of("office.refused.playbook", names=playbook_names()), Place("playbook")))
    if asked.archive is not None:
        files = dict(files_of(asked.archive))
    else:
        files = read_folder(find_case(asked.builtin)) if asked.builtin is not None else _files_of_lead(context, asked)
    return begin_case(context, files, asked.playbook or context.person.employer.playbook)


def _files_of_lead(context: ActionContext, asked: OpenCase) -> dict[str, bytes]:
    """The folder of a case that begins with what a chain holds of a firm, and the library of the city.

    Raises:
        InvalidInput: There is no such chain, firm or city.
    """
    if asked.chain not in chain_names():  # a name, never a file of the machine
        fix = Message.of("office.refused.no_chain.mend", names=chain_names())
        raise InvalidInput(Problem(Message.of("office.refused.no_chain", name=asked.chain[:100]), Place("chain"), fix))
    found = leads.find(leads.Request(asked.chain, asked.firm or "", asked.city, asked.link, as_of=context.today))
    with TemporaryDirectory(prefix="guanzi-lead-") as folder:
        own = own_prefix(context.person) if _names_own_way(context.person) else ""
        name = f"{own}{found.folder.name}"[:LONGEST_ID]
        return read_folder(leads.write(found, Path(folder) / name, "en"))


def begin_case(context: ActionContext, files: dict[str, bytes], playbook: str) -> OpenedCase:
    """A new case of the organisation, with its first version, its streams and the seat of whoever opens it.

    Raises:
        InvalidInput: The files are no case, the playbook is none, or there is a case of this id already.
    """
    held = load_playbook(playbook)
    person, day = context.person, context.today
    slug = _slug(files)
    _check_name(person, slug)
    if OfficeCase.objects.filter(organisation=person.organisation, slug=slug).exists():
        raise InvalidInput(Problem(Message.of("office.refused.case_taken", case=slug), Place("case.yaml")))
    case = OfficeCase(
        organisation=person.organisation,
        slug=slug,
        decision_date=day,
        stage=workflow().stages[0].id,
        playbook=playbook,
        playbook_sha256=sha256_of(held.model_dump(mode="json")),
        opened_at=context.at,
        opened_by=person,
        due=workflow().due(day),
    )
    case.save()
    made = new_version(case, with_ended_bets(case.organisation, slug, files, day), person, "opened")
    describe(case, read_tree(slug, made.version.tree))
    case.save()
    Seat.objects.create(case=case, person=person, part="lead", given_at=context.at)
    Workstream.objects.bulk_create(
        Workstream(case=case, stream=rule.id, due=day + timedelta(days=rule.day)) for rule in workflow().streams
    )
    context.made.append(case)
    context.record.data |= {
        "case": slug,
        "version": made.version.sha256,
        "playbook": playbook,
        "playbook_version": held.version,
        "playbook_sha256": case.playbook_sha256,
    }
    return {"case": slug, "version": made.version.sha256}


def _check_name(person: Person, slug: str) -> None:
    """Let a case bear an id that tells nobody what is there: whoever does not see every case names his own way.

    Raises:
        InvalidInput: He does not, or it lies where only another opens cases; whether there is such a case or not.
    """
    own, place = own_prefix(person), Place("case.yaml", field="case")
    if slug.startswith(own):
        return
    plain = slug.replace("_", "-")
    if _names_own_way(person):
        fix = Message.of("office.refused.own_name.mend", proposal=f"{own}{plain}"[:LONGEST_ID])
        raise InvalidInput(Problem(Message.of("office.refused.own_name", own=own), place, fix))
    if "_" in slug:
        fix = Message.of("office.refused.own_name.mend", proposal=plain)
        raise InvalidInput(Problem(Message.of("office.refused.name_of_another", own=own), place, fix))


def _names_own_way(person: Person) -> bool:
    """Whether there may be cases that this person does not see."""
    return not person.roles() & EVERY_CASE or Viewer(person).interests.exists()


def describe(case: OfficeCase, read: Case) -> None:
    """Take over what lists show of a case from its folder.

    Raises:
        InvalidInput: A name or the title hides something.
    """
    case.title, case.title_zh = str(read.title), read.title.zh or ""
    case.company, case.company_zh = str(read.company.name), read.company.name_zh or ""
    case.region, case.region_zh = str(read.region.name), read.region.name_zh or ""
    said = (case.title, case.title_zh, case.company, case.company_zh, case.region, case.region_zh)
    fields = ("title", "title", "company", "company", "region", "region")
    check_plain(
        [(Place("case.yaml", field=field), {field: text}) for field, text in zip(fields, said, strict=True)], _SHOWN
    )
    case.industry, case.currency, case.decision_date = read.industry, read.currency, read.decision_date


def _slug(files: dict[str, bytes]) -> str:
    try:
        text = files["case.yaml"].decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        raise InvalidInput(Problem(Message.of("office.refused.no_header"), Place("case.yaml"))) from None
    data = parse_yaml(TextFile("case.yaml", text, tuple(text.split("\n")))).data
    slug = data.get("case") if isinstance(data, dict) else None
    if not isinstance(slug, str) or not slug or len(slug) > LONGEST_ID:
        raise InvalidInput(Problem(Message.of("office.refused.no_header"), Place("case.yaml")))
    if not is_slug(slug):  # the folder that is laid out bears this name
        fix = Message.of("core.id.mend", proposal=suggest_slug(slug) or "case-1")
        raise InvalidInput(Problem(Message.of("core.id.invalid", text=slug), Place("case.yaml", field="case"), fix))
    return slug
