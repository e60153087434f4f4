"""Actions of the watch: a quarter is reported, the deal is tested by it, and warnings are taken up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NotRequired, TypedDict

from pydantic import Field, create_model

from guanzi.base.core import LARGEST, Ceilings, InvalidInput, Message, Period, Place, Problem, confined
from guanzi.jobs.following import FIELDS, STATES, VERIFIED, Report, milestone_ids, report_of, unit_of
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import EncodedFile, LongText
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.bodies import BOOK
from guanzi.office.models import FigureCorrection, Person, WarningSeen
from guanzi.office.paying.afterwards import add_watched, source_row, watched_deal
from guanzi.office.paying.looking import LookedDeal, look_again
from guanzi.office.paying.reported import undisturbed
from guanzi.office.roles import Role
from guanzi.record.evidence import UNITS_BY_NAME, UNITS_MADE

_SIGNED = frozenset({"signed"})
REPORTERS = PermissionPolicy(parts=frozenset({"manager", "lead", "analyst"}), states=_SIGNED)
_COUNTS = frozenset({"people", "jobs", "count", *UNITS_MADE, *UNITS_BY_NAME["local_plant_capacity"]})
_BELOW_NOUGHT = frozenset({"gross_margin", "ebitda", "net_loss", "operating_cash_flow", "free_cash_flow"})
FLAGS = frozenset(name for name in FIELDS if "flag" in UNITS_BY_NAME[name])
MOST_BOOK = 5_000_000
_BOOK = Ceilings(seconds=30.0, memory=1_000_000_000)

FIGURES_ASKED: dict[str, Any] = {name: (bool | None if name in FLAGS else float | None, None) for name in FIELDS}


class QuarterInput(CaseInput):
    """A quarter (``2026Q3``) and its figures: money in millions of the currency of the case, shares 0 to 1."""

    quarter: str


ReportFigures = create_model("ReportFigures", __base__=QuarterInput, __doc__=QuarterInput.__doc__, **FIGURES_ASKED)


class EnteredQuarter(TypedDict):
    """A report by the id of its file, how many facts it has, and rules of the warnings that are new or gone."""

    report: str
    facts: int
    warnings: list[str]
    gone: NotRequired[list[str]]


@action("watch.report", REPORTERS, asks=ReportFigures)
def report(context: ActionContext, asked: QuarterInput) -> EnteredQuarter:
    """Enter the figures of a quarter; covenants, milestones and signs are tested by them at once."""
    quarter, given = given_of(context, asked)
    id = f"report-{str(quarter).lower()}"
    title = f"Report to the public side for {quarter}"
    facts = [fact_row(id, name, value, quarter, context) for name, value in given.items()]
    context.record.data |= {"quarter": str(quarter), "figures": given}
    return entered(context, id, {id: source_row(context.of.company, title, context.today, "B")}, facts, "quarter")


def given_of(context: ActionContext, asked: QuarterInput) -> tuple[Period, dict[str, float | bool]]:
    """The quarter that is asked for, and its figures.

    Raises:
        InvalidInput: Everything that is wrong with them.
    """
    signed = watched_deal(context.of, context.today).sheet.signed
    problems: list[Problem] = []
    quarter = _quarter(asked.quarter, signed, context, problems)
    given = {name: value for name in FIELDS if (value := getattr(asked, name)) is not None}
    if not given:
        problems.append(_problem("empty", "quarter"))
    for name, value in given.items():
        problems += _figure(name, value, unit_of(name, context.of.currency))
    if problems or quarter is None:
        raise InvalidInput(problems)
    return quarter, given


class UploadReport(CaseInput):
    """The workbook of a quarter as the company filled it in."""

    report: EncodedFile
    filename: str = Field(default="report.xlsx", max_length=200)


@action("watch.upload_report", REPORTERS, most_bytes=BOOK)
def upload(context: ActionContext, asked: UploadReport) -> EnteredQuarter:
    """Take in the workbook of a quarter; that a milestone is verified is not its to say."""
    if len(asked.report) > MOST_BOOK:
        raise InvalidInput(Problem(Message.of("office.refused.book_large", most=MOST_BOOK / 1e6), Place("report")))
    watched = watched_deal(context.of, context.today)
    about = {
        "case": context.of.slug,
        "currency": context.of.currency,
        "signed": watched.sheet.signed,
        "milestones": milestone_ids(watched.sheet),
        "name": asked.filename,
    }
    key = ("report", sha256(asked.report).hexdigest(), *about.values())
    found = prefetch(key, lambda: _read_book(asked.report, about), keep=False)
    if found.reported_on > context.today:
        raise InvalidInput(Problem(Message.of("office.refused.day_ahead"), Place(asked.filename)))
    own = [str(fact["subject"]) for fact in found.facts if fact["name"] == VERIFIED]
    if own:
        cause = Message.of("office.refused.verified_in_book", ids=tuple(own))
        raise InvalidInput(Problem(cause, Place(asked.filename)))
    context.record.files.append(asked.report)
    id = f"report-{str(found.quarter).lower()}"
    return entered(context, id, found.sources, found.facts, "report")


def _read_book(content: bytes, about: Mapping[str, Any]) -> Report:
    """Read the workbook of a quarter, in a process of its own.

    Raises:
        InvalidInput: It is none, or holds cells that cannot be.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        path.write_bytes(content)
        (data,) = confined("guanzi.intake.reported:read_beside", {**about, "path": str(path)}, _BOOK, about["name"])
    return report_of(data)


class LookAgain(CaseInput):
    """The case alone."""


@action("watch.look", PermissionPolicy(states=_SIGNED))
def look(context: ActionContext, asked: LookAgain) -> LookedDeal:
    """Test the deal as of today: time passes, and what is due is late without anybody reporting anything."""
    looked = look_again(context.of, context.at, context.today)
    context.record.data |= looked.as_data()
    return looked.as_data()


class AnswerWarning(CaseInput):
    """A warning by its number, and what is done about it."""

    warning: int
    words: LongText = Field(min_length=1, max_length=5_000)


class AnsweredWarning(TypedDict):
    """A warning, by its number."""

    warning: int


@action(
    "warning.answer",
    PermissionPolicy(
        roles=frozenset({Role.CHAIR, Role.FINANCE, Role.LEAD}),
        parts=frozenset({"manager", "lead", "analyst"}),
        either=True,
    ),
)
def answer(context: ActionContext, asked: AnswerWarning) -> AnsweredWarning:
    """Take up a warning: who did and what is done stands beside it from now on."""
    row = WarningSeen.objects.filter(case=context.of, pk=asked.warning, gone_at=None).first()
    if row is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_warning", id=asked.warning), Place("warning")))
    if row.seen_by is not None:
        raise InvalidInput(Problem(Message.of("office.refused.warning_answered"), Place("warning")))
    row.seen_by, row.seen_at, row.answer = context.person, context.at, asked.words
    row.save(update_fields=["seen_by", "seen_at", "answer"])
    if row.kind == "sign":
        name = f"office-answered-{row.rule}-{context.of.newest.number + 1}"
        fact = {
            "id": name,
            "subject": row.rule,
            "name": "sign_answered",
            "period": context.today,
            "value": True,
            "unit": "flag",
            "known_on": context.today,
            "source": name,
        }
        source = source_row(context.of.organisation.name, f"Answer to the warning {row.rule}", context.today)
        add_watched(context.of, name, {name: source}, [fact], context.person, "warning")
        look_again(context.of, context.at, context.today)
    context.record.data |= {"warning": row.pk, "kind": row.kind, "rule": row.rule}
    context.record.words["words"] = asked.words
    return {"warning": row.pk}


def entered(
    context: ActionContext,
    id: str,
    sources: Mapping[str, Any],
    facts: list[Any] | tuple[Any, ...],
    field: str,
    correction: FigureCorrection | None = None,
    by: Person | None = None,
) -> EnteredQuarter:
    """Write figures of a quarter into a file of their own, and test the deal by them.

    Args:
        context: The action.
        id: Of the file.
        sources, facts: As a file of facts has them.
        field: Of the form: where problems of these facts are told.
        correction: What these figures correct; None: they are reported for the first time.
        by: Who wrote them; None: who asks.

    Raises:
        InvalidInput: These facts cannot be, or a figure of the quarter stands already and would not be superseded.
    """
    if correction is None:
        with undisturbed(context.of, context.today):
            made = add_watched(context.of, id, sources, facts, by or context.person, field)
    else:
        made = add_watched(context.of, id, sources, facts, correction.asked_by, field)
    looked = look_again(context.of, context.at, context.today, correction)
    context.record.data |= {"report": id, "facts": len(facts), "new_version": made.version.sha256, **looked.as_data()}
    return {"report": id, "facts": len(facts), **looked.as_data()}


def _quarter(text: str, signed: date, context: ActionContext, problems: list[Problem]) -> Period | None:
    try:
        quarter = Period.parse(text)
    except InvalidInput:
        quarter = None
    if quarter is None or quarter.kind != "quarter":
        problems.append(_problem("no_quarter", "quarter", text=text[:40]))
        return None
    if quarter.end < signed:
        problems.append(_problem("before_signing", "quarter", quarter=str(quarter), signed=signed.isoformat()))
    if quarter.end >= context.today:
        day, end = context.today.isoformat(), quarter.end.isoformat()
        problems.append(_problem("before_end", "quarter", day=day, end=end))
    return quarter


def _figure(name: str, value: float | bool, unit: str) -> list[Problem]:
    """What is wrong with a figure."""
    if name in FLAGS:
        return []
    if not abs(value) <= LARGEST:
        return [_problem("too_large", name, name=name)]
    if value < 0 and name not in _BELOW_NOUGHT:
        return [_problem("negative", name, name=name)]
    if unit == "ratio" and name != "gross_margin" and value > 1:
        return [_problem("above_whole", name, name=name)]
    if unit in _COUNTS and value != int(value):
        return [_problem("not_whole", name, name=name)]
    return []


def fact_row(id: str, name: str, value: float | bool, quarter: Period, context: ActionContext) -> dict[str, Any]:
    """A figure of a quarter as a file of facts has it."""
    return {
        "id": f"{id}-{name.replace('_', '-')}",
        "name": name,
        "period": quarter.end if name in STATES else str(quarter),
        "value": value,
        "unit": unit_of(name, context.of.currency),
        "known_on": context.today,
        "source": id,
    }


def _problem(kind: str, field: str, **params: Any) -> Problem:
    cause, fix = (Message.of(f"importers.report.{kind}{part}", **params) for part in ("", ".mend"))
    return Problem(cause, Place(field), fix)
