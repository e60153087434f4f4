"""Actions on evidence: take documents in, add sources and facts, correct facts, replace the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Literal, TypedDict

from django.conf import settings
from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem, is_slug, suggest_slug
from guanzi.base.reading import scalar_value
from guanzi.office.actions.cases import describe
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import EncodedFile, LongText
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.bodies import FILE
from guanzi.office.cases.contents import NewVersion, new_version, read_tree
from guanzi.office.cases.documentuploads import DocumentUpload, take_documents
from guanzi.office.cases.factfile import is_office_file, of_fields, value_of, with_entry
from guanzi.office.cases.storage import require_storage
from guanzi.office.cases.workbooks import changes_by
from guanzi.office.deciding.panels import FOLDER
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import IndexedFact, IndexedSource
from guanzi.office.paying.reported import undisturbed
from guanzi.record.evidence import WATCHED

EVIDENCE = PermissionPolicy(
    parts=frozenset({"lead", "analyst", "expert", "manager"}), states=frozenset({"open", "signed", "declined"})
)
Day = date  # a field called "date" would hide the type


class UploadDocument(CaseInput):
    """A document with its title, the first day on which the team held it, and its source; or a ZIP file of documents.

    Attributes:
        filename: What ends in ``.zip`` is a ZIP file of documents, which are titled by their names.
        concerns: Work-streams that it concerns; none: all of them.
        without: SHA-256 of contents in the ZIP file that are left out: what is refused or held already.
    """

    file: EncodedFile
    filename: str = Field(min_length=1, max_length=200)
    known_on: date
    title: str = Field(default="", max_length=300)
    source: str = ""
    concerns: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class EvidenceVersion(TypedDict):
    """The newest version by hash and number, and what it made void."""

    case: str
    version: str
    number: int
    voided: list[str]


class UploadedDocument(EvidenceVersion):
    """The first document and all of them by their ids, their pages, and remarks on how they were read."""

    document: str
    documents: list[str]
    pages: int | None
    remarks: list[str]


@action("evidence.upload", EVIDENCE, most_bytes=FILE)
def upload(context: ActionContext, asked: UploadDocument) -> UploadedDocument:
    """Take a document, or all documents of a ZIP file, into the data room as one version, or none of them.

    The text is read by a process of its own.
    """
    _check_day(context, asked.known_on)
    require_storage(context.of.organisation, len(asked.file))
    _check_source(context, asked.source)
    unknown = set(asked.concerns) - {rule.id for rule in workflow().streams}
    if unknown:
        raise InvalidInput(Problem(Message.of("office.refused.stream", stream=min(unknown)), Place("concerns")))
    case, without = context.of, frozenset(asked.without)
    given = DocumentUpload(asked.file, asked.filename, asked.known_on, asked.title, asked.source, without)
    asked_for = (sha256(asked.file).hexdigest(), asked.filename, asked.known_on, asked.title, asked.source, without)
    key = ("document", str(settings.DATA), case.newest.sha256, *asked_for)
    taken = prefetch(key, lambda: take_documents(case, given), keep=False)
    first, *further = taken.entries
    more = {"further": {entry.id: entry.sha256 for entry in further}} if further else {}
    why = " ".join(("document", first.id, *([f"+ {len(further)}"] if further else [])))
    made = new_version(case, taken.changes, context.person, why, asked.concerns)
    context.record.data |= {"document": first.id, "sha256": first.sha256, "bytes": first.bytes, **more}
    remarks = sorted({remark for entry in taken.entries for remark in entry.remarks})
    pages = sum(entry.pages for entry in taken.entries)
    ids = [entry.id for entry in taken.entries]
    return {**_answer(context, made), "document": first.id, "documents": ids, "pages": pages, "remarks": remarks}


class AddSource(CaseInput):
    """A source that facts can cite."""

    id: str = Field(max_length=100)
    publisher: str = Field(min_length=1, max_length=300)
    title: str = Field(min_length=1, max_length=500)
    grade: Literal["A", "B", "C", "D"]
    date: Day | None = None
    address: str = Field(default="", max_length=1_000)
    note: LongText = Field(default="", max_length=2_000)


class AddedSource(EvidenceVersion):
    """A source, by its id."""

    source: str


@action("evidence.add_source", EVIDENCE)
def add_source(context: ActionContext, asked: AddSource) -> AddedSource:
    """Add a source; one that is there is not changed."""
    if not is_slug(asked.id):
        fix = Message.of("core.id.mend", proposal=suggest_slug(asked.id) or "source-1")
        raise InvalidInput(Problem(Message.of("core.id.invalid", text=asked.id), Place("id"), fix))
    if IndexedSource.objects.filter(case=context.of, source=asked.id).exists():
        raise InvalidInput(Problem(Message.of("office.refused.source_taken", source=asked.id), Place("id")))
    given = asked.model_dump(exclude={"case"})
    source = {name: value for name, value in given.items() if value not in ("", None)}
    made = write_evidence(context, source, None, f"source {asked.id}")
    context.record.data["source"] = asked.id
    return {**_answer(context, made), "source": asked.id}


class FactValues(CaseInput):
    """What is known, since when, from whom, and where it stands.

    Attributes:
        value: A number, yes or no, or words, as the unit asks.
        low, high: In place of a value, where only bounds are known.
        held_because: Needed where the source is dated after ``known_on``.
        document, page, quote: Where it stands in the data room: all three or none.
    """

    value: LongText = Field(default="", max_length=5_000)
    value_zh: LongText = Field(default="", max_length=5_000)
    low: str = ""
    high: str = ""
    unit: str = Field(min_length=1, max_length=60)
    known_on: date
    source: str
    confidence: Literal["high", "medium", "low"] = "high"
    known_to: Literal["public", "parties"] = "public"
    note: LongText = Field(default="", max_length=2_000)
    held_because: LongText = Field(default="", max_length=2_000)
    document: str = ""
    page: int | None = Field(default=None, ge=1)
    quote: LongText = Field(default="", max_length=5_000)


class AddFact(FactValues):
    """A fact; without an id it gets one from name, subject and period."""

    name: str = Field(min_length=1, max_length=100)
    subject: str = Field(default="company", max_length=100)
    period: str = Field(min_length=1, max_length=60)
    id: str = Field(default="", max_length=100)


class AddedFact(EvidenceVersion):
    """A fact, by its id."""

    fact: str


@action("evidence.add_fact", EVIDENCE)
def add_fact(context: ActionContext, asked: AddFact) -> AddedFact:
    """Add a fact, checked with the whole case."""
    id = asked.id or _free_id(context, asked.name, asked.subject, asked.period)
    if IndexedFact.objects.filter(case=context.of, fact=id).exists():
        raise InvalidInput(Problem(Message.of("office.refused.fact_taken", fact=id), Place("id")))
    return _add(context, asked, {"id": id, "subject": asked.subject, "name": asked.name, "period": asked.period}, {})


class CorrectFact(FactValues):
    """The fact that is corrected, by its id, and what is right."""

    fact: str


@action("evidence.correct_fact", EVIDENCE)
def correct_fact(context: ActionContext, asked: CorrectFact) -> AddedFact:
    """Correct a fact by one that supersedes it; the old one stays, for whoever asks what was known before."""
    old = IndexedFact.objects.filter(case=context.of, fact=asked.fact).first()
    if old is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_fact", fact=asked.fact), Place("fact")))
    if old.superseded_by:
        cause = Message.of("office.refused.fact_superseded", fact=old.fact, by=old.superseded_by)
        raise InvalidInput(Problem(cause, Place("fact")))
    id = _free_id(context, old.name, old.subject, old.period)
    what = {"id": id, "subject": old.subject, "name": old.name, "period": old.period}
    return _add(context, asked, what, {"supersedes": old.fact})


class ReplaceFolder(CaseInput):
    """The whole case anew: a workbook, or the folder as a ZIP file."""

    archive: EncodedFile
    why: LongText = Field(min_length=1, max_length=500)


class ReplacedFolder(EvidenceVersion):
    """How many files are other ones."""

    changed: int


@action("evidence.replace_folder", PermissionPolicy(parts=frozenset({"lead"}), states=EVIDENCE.states), most_bytes=FILE)
def replace_folder(context: ActionContext, asked: ReplaceFolder) -> ReplacedFolder:
    """Put a folder or workbook in place of what is held: what it does not hold is gone from the new version.

    What no workbook holds stays: documents, answers of experts, what was reported, ties.
    """
    case = context.of
    changes = changes_by(asked.archive, case.tree)
    if case.state == "signed" and (touched := sorted(_changed_under(f"{WATCHED}/", changes, case.tree))):
        raise InvalidInput([Problem(Message.of("office.refused.watched"), Place(name)) for name in touched])
    if touched := sorted(_changed_under(FOLDER, changes, case.tree)):
        fix = Message.of("office.refused.judgements.mend")
        raise InvalidInput([Problem(Message.of("office.refused.judgements"), Place(name), fix) for name in touched])
    with undisturbed(case, context.today):
        made = new_version(case, changes, context.person, asked.why)
    if not made.version.changed:
        raise InvalidInput(Problem(Message.of("office.refused.nothing_changed"), Place("archive")))
    describe(case, read_tree(case.slug, made.version.tree))
    case.save()
    context.record.words["why"] = asked.why
    return {**_answer(context, made), "changed": len(made.version.changed)}


def _changed_under(part: str, changes: Mapping[str, bytes | None], tree: Mapping[str, str]) -> Iterator[str]:
    """Files that would change though they come from their own actions alone: answers, what was reported."""
    for name, content in changes.items():
        if name.startswith(part) and (content is None or sha256(content).hexdigest() != tree.get(name)):
            yield name


def _add(context: ActionContext, asked: FactValues, what: Mapping[str, Any], more: Mapping[str, Any]) -> AddedFact:
    _check_day(context, asked.known_on)
    _check_source(context, asked.source)
    value = value_of(asked.value, asked.low, asked.high, asked.unit)
    if asked.value_zh:
        value = {"en": asked.value, "zh": asked.value_zh}
    rest = {
        "note": asked.note,
        "held_because": asked.held_because,
        "document": asked.document,
        "page": asked.page,
        "quote": asked.quote,
    }
    fact = {
        **what,
        "period": scalar_value(str(what["period"])),
        "value": value,
        "unit": asked.unit,
        "known_on": asked.known_on,
        "known_to": asked.known_to,
        "source": asked.source,
        "confidence": asked.confidence,
        **{name: given for name, given in rest.items() if given not in ("", None)},
        **more,
    }
    with undisturbed(context.of, context.today):
        made = write_evidence(context, None, fact, f"fact {what['id']}")
    told = {"name": what["name"], "period": str(what["period"]), "unit": asked.unit, "source": asked.source}
    context.record.data |= {"fact": what["id"], "known_on": asked.known_on.isoformat(), **told, **more}
    context.record.words["value"] = " – ".join(filter(None, (asked.value, asked.value_zh, asked.low, asked.high)))
    return {**_answer(context, made), "fact": what["id"]}


def write_evidence(
    context: ActionContext, source: Mapping[str, Any] | None, fact: Mapping[str, Any] | None, why: str
) -> NewVersion:
    """Write a source, a fact or both into the file of the office, and make a version of it.

    Raises:
        InvalidInput: The case would not be sound; places name fields.
    """
    case = context.of
    own = {path: content_of(found) for path, found in case.tree.items() if is_office_file(path)}
    path, content = with_entry(own, source, fact)
    try:
        return new_version(case, {path: content}, context.person, why)
    except InvalidInput as error:
        raise of_fields(error, frozenset({path})) from error


def _answer(context: ActionContext, made: NewVersion) -> EvidenceVersion:
    context.record.data |= {"made": made.version.sha256, "number": made.version.number, "voided": list(made.voided)}
    return {
        "case": context.of.slug,
        "version": made.version.sha256,
        "number": made.version.number,
        "voided": list(made.voided),
    }


def _check_day(context: ActionContext, known_on: date) -> None:
    if known_on > context.today:
        cause = Message.of("office.refused.known_ahead", day=known_on.isoformat(), today=context.today.isoformat())
        raise InvalidInput(Problem(cause, Place("known_on")))


def _check_source(context: ActionContext, source: str) -> None:
    if source and not IndexedSource.objects.filter(case=context.of, source=source).exists():
        cause = Message.of("evidence.fact.unknown_source", source=source)
        raise InvalidInput(Problem(cause, Place("source"), Message.of("office.refused.source.mend")))


def _free_id(context: ActionContext, name: str, subject: str, period: str) -> str:
    parts = (name, "" if subject == "company" else subject, period)
    proposal = suggest_slug("-".join(filter(None, parts)))[:90].strip("-") or "fact"
    taken = set(IndexedFact.objects.filter(case=context.of, fact__startswith=proposal).values_list("fact", flat=True))
    number, id = 1, proposal
    while id in taken:
        number += 1
        id = f"{proposal}-{number}"
    return id
