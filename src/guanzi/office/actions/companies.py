"""Actions on the seat of a company: its lead invites and ends it, it hands in, and somebody of the platform answers."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Period, Place, Problem
from guanzi.jobs.following import milestone_ids
from guanzi.office.actions.evidence import UploadDocument
from guanzi.office.actions.evidence import upload as take_document
from guanzi.office.actions.figures import verified
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.milestones import VERIFIERS, MilestoneFact, ReportMilestone, reported
from guanzi.office.actions.proofs import ProofInput
from guanzi.office.actions.texts import EncodedFile, LongText
from guanzi.office.actions.watching import QuarterInput, ReportFigures, entered, fact_row, given_of
from guanzi.office.auditlog.blobs import content_of, keep_blob
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.bodies import FILE
from guanzi.office.cases.documentuploads import LARGEST
from guanzi.office.cases.storage import keep_within
from guanzi.office.models import CompanySeat, HandedIn, Person
from guanzi.office.paying.afterwards import source_row, watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.verifying import digests_of
from guanzi.office.people.credentials import draw_password
from guanzi.office.people.opensessions import end_all_sessions
from guanzi.office.roles import Role

MOST_SEATS, MOST_FILES = 5, 50
"""Seats of a company that hold, and files of it that wait, in a case."""
_SIGNED = frozenset({"signed"})
COMPANY = PermissionPolicy(states=_SIGNED, company=True)
HOSTS = PermissionPolicy(parts=frozenset({"lead"}), states=_SIGNED)


class InviteCompany(CaseInput):
    """A person of the company, as the case names it."""

    name: str = Field(min_length=1, max_length=200)
    name_zh: str = Field(default="", max_length=200)


class InvitedCompany(TypedDict):
    """The user name that was made, and its first password, which is told once."""

    username: str
    one_time: NotRequired[str]


@action("company.invite", HOSTS)
def invite(context: ActionContext, asked: InviteCompany) -> InvitedCompany:
    """Give a person of the company a seat at this case alone; whoever invites verifies nothing that it hands in."""
    case = context.of
    if CompanySeat.objects.filter(case=case, ended_at=None).count() >= MOST_SEATS:
        raise InvalidInput(Problem(Message.of("office.refused.company_seats", most=MOST_SEATS), Place("name")))
    new = prefetch("password for one time", draw_password, keep=False)
    person = Person.objects.create(
        username=f"company{CompanySeat.objects.filter(case=case).count() + 1}_{case.slug}@{case.organisation.slug}",
        name=asked.name,
        name_zh=asked.name_zh,
        language=context.person.language,
        password=new.hash,
        must_change=True,
    )
    CompanySeat.objects.create(person=person, case=case, invited_by=context.person, invited_at=context.at)
    context.record.who["invited"] = person.username
    context.secret["one_time"] = new.first + new.second
    return {"username": person.username}


class EndCompany(CaseInput):
    """A person of the company, by user name."""

    username: str


class EndedCompany(TypedDict):
    """A person of the company who enters no more."""

    username: str


@action("company.end", PermissionPolicy(frozenset({Role.CHAIR}), frozenset({"lead"}), either=True))
def end(context: ActionContext, asked: EndCompany) -> EndedCompany:
    """End a seat of the company at once; what it handed in stays."""
    seat = CompanySeat.objects.filter(case=context.of, person__username=asked.username, ended_at=None).first()
    if seat is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_person", name=asked.username), Place("username")))
    seat.ended_at = context.at
    seat.save(update_fields=["ended_at"])
    seat.person.is_active = False
    seat.person.save(update_fields=["is_active"])
    end_all_sessions(seat.person)
    context.record.who["of"] = asked.username
    return {"username": asked.username}


class HandedQuarter(TypedDict):
    """A quarter, and how many of its figures wait to be verified."""

    quarter: str
    figures: int


@action("company.report", COMPANY, asks=ReportFigures)
def report(context: ActionContext, asked: QuarterInput) -> HandedQuarter:
    """Hand in the figures of a quarter: each is reported, and no fact, until somebody of the platform verifies it."""
    quarter, given = given_of(context, asked)
    held = HandedIn.objects.filter(case=context.of, kind="figure", quarter=str(quarter), name__in=given)
    if known := sorted(held.filter(state="accepted").values_list("name", flat=True)):
        cause = Message.of("office.refused.handed_verified", quarter=str(quarter))
        raise InvalidInput([Problem(cause, Place(name)) for name in known])
    held.filter(state="reported").update(state="replaced")
    shared = {"case": context.of, "person": context.person, "at": context.at, "kind": "figure"}
    rows = (HandedIn(**shared, quarter=str(quarter), name=name, value=value) for name, value in given.items())
    HandedIn.objects.bulk_create(rows)
    context.record.data |= {"quarter": str(quarter), "figures": given}
    return {"quarter": str(quarter), "figures": len(given)}


@action("company.report_milestone", COMPANY)
def report_milestone(context: ActionContext, asked: ReportMilestone) -> MilestoneFact:
    """Report a milestone as reached: it counts for nothing until somebody of the platform has verified it."""
    return reported(context, asked)


class HandInFile(CaseInput):
    """A file, and the milestone that it is to prove, by its id; empty: none."""

    file: EncodedFile
    filename: str = Field(min_length=1, max_length=200)
    milestone: str = Field(default="", max_length=200)


class HandedFile(TypedDict):
    """A file by its number and hash."""

    handed: int
    sha256: str


@action("company.hand_in", COMPANY, most_bytes=FILE)
def hand_in(context: ActionContext, asked: HandInFile) -> HandedFile:
    """Hand in a file: nobody reads it as a document of the case until somebody of the platform takes it in."""
    if not 0 < len(asked.file) <= LARGEST:
        raise InvalidInput(Problem(Message.of("office.refused.document_large"), Place("file")))
    if asked.milestone and asked.milestone not in milestone_ids(watched_deal(context.of, context.today).sheet):
        raise InvalidInput(Problem(Message.of("office.refused.no_milestone_here"), Place("milestone")))
    if HandedIn.objects.filter(case=context.of, kind="file", state="reported").count() >= MOST_FILES:
        raise InvalidInput(Problem(Message.of("office.refused.handed_full", most=MOST_FILES), Place("file")))
    hash = keep_blob(asked.file)
    keep_within(context.of.organisation, {hash: len(asked.file)})
    made = HandedIn.objects.create(
        case=context.of,
        person=context.person,
        at=context.at,
        kind="file",
        milestone=asked.milestone,
        filename=asked.filename,
        sha256=hash,
        size=len(asked.file),
    )
    context.record.data |= {"handed": made.pk, "sha256": hash, "bytes": made.size}
    return {"handed": made.pk, "sha256": hash}


class VerifyHanded(ProofInput):
    """A figure that the company handed in, by its number, and where a document holds it."""

    handed: int


class VerifiedHanded(TypedDict):
    """The fact that a figure became, the hash of the document, and rules of the warnings that are new."""

    handed: int
    fact: str
    proof: str
    warnings: list[str]


@action("company.verify", VERIFIERS, "decide")
def verify(context: ActionContext, asked: VerifyHanded) -> VerifiedHanded:
    """Verify a figure by a document that holds it: it becomes a fact, and the deal is tested by it."""
    row = _waiting(context, asked.handed, "figure")
    quarter = Period.parse(row.quarter)
    value = row.value if isinstance(row.value, bool) else float(row.value or 0)
    fact = fact_row(f"company-{row.quarter.lower()}", row.name, value, quarter, context)
    id = fact["source"] = fact["id"]
    title = f"Report to the public side for {quarter}"
    source = {id: source_row(context.of.company, title, context.today, "B")}
    told = entered(context, id, source, [fact], "handed", by=row.person)
    read = watched_deal(context.of, context.today).case
    (made,) = (one for one in read.facts if one.id == id)
    given = verified(context, asked, made, digests_of(read, [made])[id])
    _answer(context, row, "accepted", became=id)
    return {"handed": row.pk, "fact": id, "proof": given["proof"], "warnings": told["warnings"]}


class TakeHanded(CaseInput):
    """A file that the company handed in, by its number, and the title under which it is taken in."""

    handed: int
    title: str = Field(default="", max_length=300)


class TakenHanded(TypedDict):
    """The document that a file became."""

    handed: int
    document: str


@action("company.take", VERIFIERS)
def take(context: ActionContext, asked: TakeHanded) -> TakenHanded:
    """Take a file into the data room, known from today on; figures and milestones are then verified by it."""
    row = _waiting(context, asked.handed, "file")
    wanted = UploadDocument.model_construct(
        case=context.of.slug,
        file=content_of(row.sha256),
        filename=row.filename,
        known_on=context.today,
        title=asked.title or row.filename,
    )
    made = take_document(context, wanted)
    _answer(context, row, "accepted", became=made["document"])
    return {"handed": row.pk, "document": made["document"]}


class ReturnHanded(CaseInput):
    """A figure or file that the company handed in, by its number, and why it is returned; the company reads it."""

    handed: int
    words: LongText = Field(min_length=1, max_length=2_000)


class ReturnedHanded(TypedDict):
    """What is returned."""

    handed: int


@action("company.return", VERIFIERS, "decide")
def give_back(context: ActionContext, asked: ReturnHanded) -> ReturnedHanded:
    """Return a figure or a file to the company with the reason: it becomes nothing, and another can be handed in."""
    row = _waiting(context, asked.handed)
    row.words = context.record.words["words"] = asked.words
    _answer(context, row, "returned")
    return {"handed": row.pk}


def _waiting(context: ActionContext, number: int, kind: str = "") -> HandedIn:
    """What waits for somebody of the platform who has not invited the company.

    Raises:
        InvalidInput: Nothing of this number waits, or the person may not answer it.
    """
    row = HandedIn.objects.select_related("person").filter(case=context.of, pk=number, state="reported").first()
    if row is None or kind not in ("", row.kind):
        raise InvalidInput(Problem(Message.of("office.refused.no_handed"), Place("handed")))
    if kind == "figure" and DealNow(context.of).inviters.get(row.person_id) == context.person.pk:
        raise InvalidInput(Problem(Message.of("office.refused.own_company"), Place("handed")))
    return row


def _answer(context: ActionContext, row: HandedIn, state: str, became: str = "") -> None:
    row.state, row.became, row.answered_by, row.answered_at = state, became, context.person, context.at
    row.save()
    context.record.data |= {"handed": row.pk, "state": state}
