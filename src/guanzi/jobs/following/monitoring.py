"""A signed deal on a day: milestones, covenants and rights, signs of trouble, and what falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.advice.following import (
    Followed,
    HoldingAdvice,
    advice_data,
    advise_holding,
    behind_of,
    position_data,
    position_of,
)
from guanzi.base.core import InvalidInput, Message, Period, Place, Problem, dump_json
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.jobs.following.declared import MonitorRequest
from guanzi.jobs.following.watched import (
    covenant_data,
    entry_data,
    milestone_data,
    right_data,
    sign_data,
    tier_data,
    unseen_data,
)
from guanzi.jobs.shared.results import refusing, write_whole
from guanzi.jobs.shared.unsimulated import not_followed
from guanzi.record.evidence import Case, View, open_case, silent_since, watched_case
from guanzi.record.playbooks import Playbook, load_playbook, worded
from guanzi.study.monitoring import (
    CalendarEntry,
    Examined,
    ExaminedDay,
    Milestone,
    Position,
    Signs,
    WarningRules,
    calendar_of,
    ends_of,
    examine_day,
    grounds_of,
    learnt_since,
    milestones,
    signs,
    warning_rules,
    watch_problems,
)

if TYPE_CHECKING:
    from guanzi.jobs.following.documents.monitor import MonitorStudy
    from guanzi.render import Document, FirstScreen


Request = MonitorRequest


@dataclass(frozen=True)
class Watched:
    """A signed deal with what was known of it on a day.

    Attributes:
        case: With the facts that came after signing, as far as they were known on the day.
        view: What was known on the day.
        sheet: The newest term sheet of the day.
        rules: The rules of early warning.
    """

    case: Case
    view: View
    sheet: TermSheet
    rules: WarningRules

    @property
    def reporting_days(self) -> int:
        """Days after the end of a quarter within which its figures are to be there."""
        return int(self.rules.reporting.quarter_days.value)

    @cached_property
    def examined(self) -> ExaminedDay:
        """Every condition of the deal on the day, looked at once."""
        return examine_day(self.sheet, self.view, self.rules)

    @cached_property
    def signs(self) -> Signs:
        """Signs of trouble on the day."""
        return signs(self.view, self.rules)

    @property
    def before(self) -> tuple[date, Signs] | None:
        """Of a silent company, the day of the newest fact on it and its signs then; None where they say nothing."""
        last = silent_since(self.view)
        if last is None:
            return None
        then = signs(self.case.view(last.known_on), self.rules)
        return (last.known_on, then) if then.found or then.quiet else None


@dataclass(frozen=True, slots=True)
class Result:
    """What is to be seen of a deal on a day; where it cannot be followed, what is in the way of that."""

    watched: Watched
    milestones: tuple[Milestone, ...]
    examined: Examined
    signs: Signs
    calendar: tuple[CalendarEntry, ...]
    advice: HoldingAdvice
    followed: Followed | None = None
    holding: tuple[Message, ...] = ()
    holding_set: date | None = None
    unfollowed: tuple[Problem, ...] = ()
    position: Position | None = None


def watch(request: Request) -> Watched:
    """Open a signed deal on a day.

    Raises:
        InvalidInput: The deal was refused, there is no signed one on this day, or facts after signing cannot be; all
            problems at once.
    """
    case = watched_case(open_case(request.case))
    check_not_refused(case)
    as_of = request.as_of or max((fact.known_on for fact in case.facts), default=case.decision_date)
    view = case.view(as_of)
    file, place = view.sheet, Place(str(case.folder / "terms"))
    if file is None:
        cause = Message.of("desk.monitor.no_sheet", day=as_of.isoformat())
        raise InvalidInput(Problem(cause, place, Message.of("desk.monitor.no_sheet.mend")))
    try:
        sheet = parse_sheet(file.document)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error
    if sheet.status == "draft":
        cause = Message.of("desk.monitor.draft", sheet=file.name)
        raise InvalidInput(Problem(cause, case.located([Problem(cause, sheet.place)])[0].place, _fix("draft")))
    if as_of < sheet.signed:
        cause = Message.of("desk.monitor.before_signing", day=as_of.isoformat(), signed=sheet.signed.isoformat())
        raise InvalidInput(Problem(cause, Place("--as-of"), _fix("before_signing")))
    problems = watch_problems(sheet, view)
    if problems:
        raise InvalidInput(case.located(problems))
    return Watched(case.known_by(as_of), view, sheet, warning_rules())


def check_not_refused(case: Case) -> None:
    """Refuse a case whose deal was declined: nobody signed it, so that there is nothing to follow.

    Raises:
        InvalidInput: It was.
    """
    if case.decision == "refused":
        cause = Message.of("desk.monitor.refused", day=case.decision_date.isoformat())
        place = Place(str(case.folder / "case.yaml"), field="decision")
        raise InvalidInput(Problem(cause, place, Message.of("desk.monitor.refused.mend")))


def monitor(request: Request) -> Result:
    """Look at a signed deal on a day.

    Raises:
        InvalidInput: See :func:`watch`; the day lies far behind the deal.
    """
    return look(watch(request), request)


def look(watched: Watched, request: Request) -> Result:
    """Look at a signed deal that was opened on the day that is asked for.

    Raises:
        InvalidInput: The day lies far behind the deal.
    """
    sheet, view = watched.sheet, watched.view
    if request.as_of is not None:
        must_be_within(sheet, request.as_of, "--as-of")
    reached = milestones(sheet, view)
    playbook = load_playbook(request.playbook)
    followed, unfollowed = _followed(watched, playbook, request) if request.paths else (None, ())
    stands = position_of(sheet, view, playbook)
    return Result(
        watched,
        reached,
        watched.examined.ended,
        watched.signs,
        calendar_of(sheet, view, reached, watched.rules.reporting),
        advise_holding(sheet, view, watched.examined.ended, stands),
        followed,
        _holding(playbook, sheet),
        playbook.made_on,
        unfollowed,
        stands if stands.paid is not None or any(behind_of(view).values()) else None,
    )


def must_be_within(sheet: TermSheet, day: date, option: str) -> None:
    """Refuse a day that lies far behind a deal: more than a year after the end of its horizon.

    Raises:
        InvalidInput: It does.
    """
    last = Period.of("quarter", sheet.signed).shift(4 * (sheet.horizon + 1)).end
    if day > last:
        cause = Message.of("desk.monitor.too_late", day=day.isoformat(), years=sheet.horizon)
        fix = Message.of("desk.monitor.too_late.mend", last=last.isoformat())
        raise InvalidInput(Problem(cause, Place(option), fix))


def _followed(watched: Watched, playbook: Playbook, request: Request) -> tuple[Followed | None, tuple[Problem, ...]]:
    """The deal followed from its signing; where it cannot be simulated as it was signed, what is in the way."""
    from guanzi.advice.following import follow, sign  # loads late: compiled code needs a moment

    try:
        signed = sign(watched.case, playbook, request.paths, request.seed)
    except InvalidInput as error:
        return None, tuple(not_followed(watched.case, watched.sheet, playbook, error))
    return follow(signed, watched.case, playbook, watched.view.as_of, watched.reporting_days), ()


def _holding(playbook: Playbook, sheet: TermSheet) -> tuple[Message, ...]:
    """The rules of the playbook on holding shares and leaving, with the day on which they were set.

    A rule on leaving is told where the deal has a right to sell back; without shares there is nothing to hold.
    """
    kinds = ("hold", "exit") if sheet.public_puts else ("hold",) if sheet.public_stakes else ()
    return tuple(
        Message.of(
            "reports.monitor.holding_rule",
            playbook=playbook.called,
            version=playbook.version,
            day=playbook.made_on.isoformat(),
            rule=worded(rule.text),
        )
        for rule in playbook.governance.patience
        if rule.kind in kinds
    )


def data(result: Result) -> dict[str, Any]:
    """The content of ``monitor.json``: sentences as messages, amounts in the unit of the sheet."""
    watched, examined = result.watched, result.examined
    sheet, view = watched.sheet, watched.view
    learnt = [fact.id for fact in learnt_since(view)]
    ends = [fact.id for fact in ends_of(view, watched.rules)]
    before = watched.before
    signs = {fact for sign in result.signs.found for fact in sign.facts}
    if before is not None:
        signs |= {fact for sign in before[1].found for fact in sign.facts} | set(before[1].quieted)
    signs |= {fact for rule in result.signs.unseen for fact in rule.facts}
    cited = sorted(signs | _facts(result) | {*learnt, *ends})
    return {
        "case": view.id,
        "as_of": view.as_of.isoformat(),
        "view": view.sha256,
        "deal": sheet.deal,
        "signed": sheet.signed.isoformat(),
        "currency": sheet.currency,
        "unit": sheet.unit,
        "tested": examined.seen.end_of(examined.seen.until).isoformat(),
        "ends": ends,
        "learnt": learnt,
        "milestones": [milestone_data(m) for m in result.milestones],
        "tiers": [tier_data(t, examined) for t in examined.tiers],
        "covenants": [covenant_data(c, examined, view.as_of) for c in examined.covenants],
        "rights": [
            right_data(r, examined, grounds_of(r, sheet, examined, view.as_of, watched.reporting_days), view.as_of)
            for r in examined.rights
        ],
        "signs": [sign_data(s, watched.rules) for s in result.signs.found],
        "quiet": [rule.id for rule in result.signs.quiet],
        "blind": [rule.id for rule in result.signs.blind],
        "unseen": [unseen_data(one) for one in result.signs.unseen],
        "before": None
        if before is None
        else {
            "day": before[0].isoformat(),
            "signs": [sign_data(s, watched.rules) for s in before[1].found],
            "quiet": [rule.id for rule in before[1].quiet],
            "blind": [rule.id for rule in before[1].blind],
        },
        "calendar": [entry_data(entry) for entry in result.calendar],
        "advice": advice_data(result.advice),
        "position": None if result.position is None else position_data(result.position, behind_of(view)),
        "followed": None if result.followed is None else _followed_data(result.followed),
        "unfollowed": [
            {"cause": one.cause.as_dict(), "mend": None if one.fix is None else one.fix.as_dict()}
            for one in result.unfollowed
        ],
        "facts": {id: view.fact(id).content() for id in cited},
    }


def study_of(result: Result) -> MonitorStudy:
    """What the page, the calendar and the workbook tell."""
    from guanzi.jobs.following.documents.monitor import MonitorStudy  # loads late: charts need much

    watched = result.watched
    return MonitorStudy(
        watched.view,
        watched.sheet,
        result.milestones,
        result.examined,
        result.signs,
        result.calendar,
        watched.rules,
        result.advice,
        result.followed,
        result.holding,
        result.holding_set,
        result.unfollowed,
        result.position,
        watched.before,
    )


def opening_of(result: Result) -> FirstScreen:
    """The first screen of the deal."""
    from guanzi.jobs.following.documents import monitor  # loads late: charts need much

    return monitor.opening_of(study_of(result))


def document_of(result: Result) -> Document:
    """What is to be seen of the deal, as a document."""
    from guanzi.jobs.following.documents.monitor import monitor_document  # loads late: charts need much

    return monitor_document(study_of(result))


def write(result: Result, folder: Path | None, lang: str) -> Path:
    """Write ``monitor.json``, ``monitor.html``, ``monitor.ics`` and ``monitor.xlsx``; the path of the page.

    Args:
        result: What was found.
        folder: Where to; None: ``<case>-<day>-monitor`` here.
        lang: Language of the page and of the workbook.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.jobs.following.documents.monitor_calendar import calendar_text
    from guanzi.render import document_html, write_document_book  # loads late: charts need much

    view = result.watched.view
    target = folder if folder is not None else Path(f"{view.id}-{view.as_of.isoformat()}-monitor")
    found, document = study_of(result), document_of(result)
    files = {
        "monitor.json": dump_json(data(result)),
        "monitor.html": document_html(document, lang),
        "monitor.ics": calendar_text(found, lang),
    }
    write_whole(target, files)
    with refusing(target):
        write_document_book(document, target / "monitor.xlsx", lang)
    return target / "monitor.html"


def _followed_data(found: Followed) -> dict[str, Any]:
    from guanzi.advice.following import followed_data

    return followed_data(found)


def _facts(result: Result) -> set[str]:
    examined = result.examined
    verdicts = [c.verdict for c in examined.covenants if c.verdict is not None]
    verdicts += [t.verdict for t in examined.tiers] + [r.verdict for r in examined.rights]
    found = {fact for verdict in verdicts for facts in verdict.facts for fact in facts}
    claims = [c for m in result.milestones for c in (*m.claims.promises, *m.claims.reports, *m.claims.proofs)]
    return found | {claim.fact for claim in claims}


def _fix(kind: str) -> Message:
    return Message.of(f"desk.monitor.{kind}.mend")
