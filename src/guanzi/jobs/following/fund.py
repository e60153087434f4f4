"""Many signed deals on a day: exposure against binding, calls of cash, concentration, proceeds and tail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, dump_json
from guanzi.jobs.following.declared import FundRequest, MonitorRequest
from guanzi.jobs.following.monitoring import Watched, watch
from guanzi.jobs.shared.results import refusing, write_whole
from guanzi.jobs.shared.run import Run
from guanzi.jobs.shared.unsimulated import not_followed
from guanzi.record.evidence import held_rate, open_case, watched_case
from guanzi.record.playbooks import Playbook, load_playbook

if TYPE_CHECKING:
    from guanzi.advice.following import Fund, FundDeal
    from guanzi.render import Document

Request = FundRequest


@dataclass(frozen=True, slots=True)
class Result:
    """A fund on a day, with the deals that it holds."""

    as_of: date
    found: Fund
    watched: tuple[Watched, ...]
    run: Run


def hold(request: Request) -> Result:
    """Add many signed deals up.

    Raises:
        InvalidInput: No deal; a folder without a signed one; the same deal twice; a currency without a rate. All
            problems at once.
    """
    from guanzi.advice.following import fund  # loads late: compiled code needs a moment

    folders = tuple(_folders(request.folders))
    if not folders:
        raise InvalidInput(Problem(Message.of("desk.fund.empty"), Place("FOLDER"), Message.of("desk.fund.empty.mend")))
    day = request.as_of or _last_day(folders)
    playbook = load_playbook(request.playbook)
    watched = _watch(folders, day, request.playbook)
    home = request.currency or watched[0].sheet.currency
    rates = _rates(watched, home)
    run = request.run
    with run.working("deals", len(watched)) as advance:
        deals = []
        for one, (rate, fact) in zip(watched, rates, strict=True):
            deals.append(_deal(one, playbook, run, rate, fact))
            advance(1)
    return Result(day, fund(deals, home, playbook, run.threads), watched, run)


def data(result: Result) -> dict[str, Any]:
    """The content of ``fund.json``: amounts in millions, sentences as messages."""
    from guanzi.jobs.following.documents.fund_tables import FundStudy  # loads late: documents need much

    found = result.found
    planned, guessed = FundStudy(result.as_of, found, (), result.run.paths).planned_ahead()
    plain = asdict(replace(found, notes=(), rows=(), calls=()))
    del plain["rows"], plain["calls"], plain["notes"]
    return plain | {
        "as_of": result.as_of.isoformat(),
        "sums": found.sums,
        "planned_ahead": {"planned": planned, "guessed": guessed},
        "paths": result.run.paths,
        "seed": result.run.seed,
        "views": {one.view.id: one.view.sha256 for one in result.watched},
        "deals": [
            asdict(replace(row, why=(), payments=()))
            | {
                "why": [why.as_dict() for why in row.why],
                "valued": None if row.valued is None else row.valued.isoformat(),
                "payments": [asdict(paid) | {"due": paid.due.isoformat()} for paid in row.payments],
            }
            for row in found.rows
        ],
        "calls": [asdict(call) | {"period": str(call.period)} for call in found.calls],
        "notes": [note.as_dict() for note in found.notes],
    }  # fmt: skip


def document_of(result: Result) -> Document:
    """The fund on the day, as a document."""
    from guanzi.jobs.following.documents.fund import fund_document  # loads late: charts need much
    from guanzi.jobs.following.documents.fund_tables import FundStudy

    views = tuple(one.view for one in result.watched)
    return fund_document(FundStudy(result.as_of, result.found, views, result.run.paths))


def write(result: Result, folder: Path | None, lang: str) -> Path:
    """Write ``fund.json``, ``fund.html`` and ``fund.xlsx``; the path of the page.

    Args:
        result: What was found.
        folder: Where to; None: ``fund-<day>`` here.
        lang: Language of page and workbook.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.render import document_html, write_document_book  # loads late: charts need much

    target = folder if folder is not None else Path(f"fund-{result.as_of.isoformat()}")
    document = document_of(result)
    write_whole(target, {"fund.json": dump_json(data(result)), "fund.html": document_html(document, lang)})
    with refusing(target):
        write_document_book(document, target / "fund.xlsx", lang)
    return target / "fund.html"


def _folders(names: Sequence[str]) -> Iterator[str]:
    """Cases by name or folder, with the cases that a folder holds in place of it."""
    for name in names:
        folder = Path(name)
        if folder.is_dir() and not (folder / "case.yaml").exists():
            held = sorted(path.parent for path in folder.glob("*/case.yaml"))
            if not held:
                cause = Message.of("desk.fund.no_case", folder=name)
                raise InvalidInput(Problem(cause, Place(name), Message.of("desk.fund.no_case.mend")))
            yield from (str(path) for path in held)
        else:
            yield name


def _last_day(folders: Sequence[str]) -> date:
    cases = [watched_case(open_case(name)) for name in folders]
    return max((fact.known_on for case in cases for fact in case.facts), default=max(c.decision_date for c in cases))


def _watch(folders: Sequence[str], day: date, playbook: str) -> tuple[Watched, ...]:
    """The deals on the day; all that is wrong with any of them at once."""
    problems: list[Problem] = []
    found: list[Watched] = []
    held: dict[tuple[str, str], str] = {}
    for name in folders:
        try:
            one = watch(MonitorRequest(name, day, playbook, paths=0))
        except InvalidInput as error:
            problems += [replace(p, place=Place(name)) if p.place.file == "--as-of" else p for p in error.problems]
            continue
        key = (one.view.id, one.sheet.deal)
        if key in held:
            cause = Message.of("desk.fund.twice", deal=one.view.title, first=held[key], second=name)
            problems.append(Problem(cause, Place(name), Message.of("desk.fund.twice.mend")))
        held.setdefault(key, name)
        found.append(one)
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _rates(watched: Sequence[Watched], home: str) -> tuple[tuple[float, str], ...]:
    """The rate that each case held on the day, with its fact; none is ever assumed."""
    problems: list[Problem] = []
    found: list[tuple[float, str]] = []
    for one in watched:
        own, view = one.sheet.currency, one.view
        rate = held_rate(view, own, home)
        if rate is not None:
            found.append((rate.value, rate.facts[0] if rate.facts else ""))
            continue
        named: dict[str, Parameter] = {"deal": view.title, "own": own, "home": home, "day": view.as_of.isoformat()}
        fix = Message.of("desk.fund.no_rate.mend", name=f"{own}_{home}".lower(), folder=str(one.case.folder))
        place = one.case.located([Problem(Message.of("desk.fund.no_rate", **named), one.sheet.place, fix)])
        problems += place
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _deal(one: Watched, playbook: Playbook, run: Run, rate: float, fact: str) -> FundDeal:
    from guanzi.advice.following import FundDeal, sign  # loads late: compiled code needs a moment
    from guanzi.study.monitoring import examine, observe

    view, sheet = one.view, one.sheet
    examined = examine(sheet, observe(sheet, view), view.as_of, one.reporting_days)
    signed = None
    why: tuple[Message, ...] = ()
    if not run.paths:
        why = (Message.of("desk.fund.not_asked"),)
    else:
        try:
            signed = sign(one.case, playbook, run.paths, run.seed, run.threads)
        except InvalidInput as error:
            why = tuple(problem.cause for problem in not_followed(one.case, sheet, playbook, error))
    return FundDeal(view, sheet, examined, signed, why, rate, fact)
