"""What a register of filings states of the company of a case, proposed as of a day; later filings are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.importers import DraftFact, ImportDraft, write_import
from guanzi.jobs.evidence.dataroom import own_case
from guanzi.jobs.evidence.registers import REGISTERS, Filing
from guanzi.record.evidence import Fact, find_case, load_case

_ORIGIN = re.compile(r"(edgar):(?:CIK)?0*(\d{1,10})|(cninfo):(\d{6})", re.IGNORECASE)
_SAME = 5e-4
"""Share of a value within which a figure of a case is the same as one of a filing, which may be less rounded."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which case is filled from where.

    Attributes:
        case: Name or folder of the case.
        origin: ``edgar:`` and the number of the company, or ``cninfo:`` and the code of its share.
        recorded: Folder with the files of the register, named as it names them; None: they are fetched.
        as_of: Filings of later days are left out; None: the decision date of the case.
        confirmed: Ids of the proposals that become facts of the case.
        every: All proposals become facts, but for those that the case contradicts.
    """

    case: str
    origin: str
    recorded: Path | None = None
    as_of: date | None = None
    confirmed: tuple[str, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class FiledProposal:
    """A fact that a filing states, beside the fact of the case that says the same or contradicts it."""

    draft: DraftFact
    held: Fact | None = None
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What was proposed, what was left out, and what was written.

    Attributes:
        as_of: Day as of which it is proposed.
        company: Name of the company in the register.
        proposals: In the order of the register.
        later: Facts that were left out since they were filed after the day.
        filings: Documents filed by the day, the newest first.
        later_filings: Documents filed after it.
        remarks: What was left out or decided of the files.
        written: The file of the confirmed facts; None: nothing was confirmed.
        entered: How many facts it holds.
    """

    as_of: date
    company: str
    proposals: tuple[FiledProposal, ...]
    later: tuple[DraftFact, ...]
    filings: tuple[Filing, ...]
    later_filings: tuple[Filing, ...]
    remarks: tuple[Message, ...]
    written: Path | None = None
    entered: int = 0


def fill(request: Request) -> Result:
    """What the register states of the company by the day; what was confirmed is written into the case.

    Raises:
        InvalidInput: There is no such case or register, a file cannot be had or read, or a confirmed id is none.
    """
    register, number = origin_of(request.origin)
    case = load_case(find_case(request.case))
    as_of = request.as_of or case.decision_date
    read = REGISTERS[register](number, request.recorded, as_of)
    draft, filings = read.draft, read.filings
    known = [fact for fact in draft.facts if fact.known_on <= as_of]
    held = case.view(as_of).facts
    proposals = tuple(_beside(fact, held) for fact in known)
    result = Result(
        as_of,
        read.company,
        proposals,
        tuple(fact for fact in draft.facts if fact.known_on > as_of),
        tuple(one for one in filings if one.filed <= as_of),
        tuple(one for one in filings if one.filed > as_of),
        tuple(draft.remarks),
    )
    chosen = list(_chosen(request, proposals))
    if not chosen:
        return result
    written = write_import(own_case(request.case), f"{register}-{number}", _confirmed(draft, chosen))
    return replace(result, written=Path(written), entered=len(chosen))


def data(result: Result) -> dict[str, Any]:
    """What was proposed and left out, as plain data."""
    return {
        "as_of": result.as_of.isoformat(),
        "company": result.company,
        "proposals": [
            {
                **_row(one.draft),
                "held": one.held.id if one.held is not None else None,
                "contradicts": one.contradicts,
            }
            for one in result.proposals
        ],
        "later": [_row(fact) for fact in result.later],
        "filings": [_filing(one) for one in result.filings],
        "later_filings": [_filing(one) for one in result.later_filings],
        "written": str(result.written) if result.written is not None else None,
        "entered": result.entered,
    }


def _row(fact: DraftFact) -> dict[str, Any]:
    content = fact.content() | {"period": fact.period, "known_on": fact.known_on.isoformat()}
    return {key: content.get(key) for key in ("id", "name", "value", "unit", "period", "known_on", "source", "note")}


def _filing(one: Filing) -> dict[str, Any]:
    reports = one.reports.isoformat() if one.reports is not None else None
    return {"number": one.number, "form": one.form, "filed": one.filed.isoformat(), "reports": reports}


def origin_of(origin: str) -> tuple[str, str]:
    """The register that is named, and the number of the company in it."""
    found = _ORIGIN.fullmatch(origin.strip())
    if found is None:
        fix = Message.of("desk.fill.origin.mend")
        raise InvalidInput(Problem(Message.of("desk.fill.origin", text=origin), Place("--from"), fix, excerpt=origin))
    return (found[1] or found[3]).casefold(), found[2] or found[4]


def _beside(fact: DraftFact, held: tuple[Fact, ...]) -> FiledProposal:
    """A proposal with the fact of the case that states the same, or else the one that contradicts it."""
    of_same = [
        one
        for one in held
        if (one.subject, one.name, str(one.period), one.unit) == (fact.subject, fact.name, fact.period, fact.unit)
    ]
    same = next((one for one in of_same if _is_same(one, fact.value)), None)
    return FiledProposal(fact, same or (of_same[0] if of_same else None), bool(of_same) and same is None)


def _is_same(held: Fact, value: float) -> bool:
    if isinstance(held.value, str):
        return False
    low, high = held.interval
    room = _SAME * max(abs(value), abs(low))
    return low - room <= value <= high + room


def _chosen(request: Request, proposals: tuple[FiledProposal, ...]) -> Iterator[DraftFact]:
    """The proposals that become facts: those that are named, or all that the case neither holds nor contradicts."""
    ids = {one.draft.id for one in proposals}
    if unknown := sorted(set(request.confirmed) - ids):
        cause = Message.of("desk.fill.confirm", ids=tuple(unknown))
        raise InvalidInput(Problem(cause, Place("--confirm"), Message.of("desk.fill.confirm.mend")))
    for one in proposals:
        if one.draft.id in request.confirmed or (request.every and one.held is None):
            yield one.draft


def _confirmed(draft: ImportDraft, chosen: list[DraftFact]) -> ImportDraft:
    """The confirmed facts with their sources; what corrects one that is not among them corrects nothing."""
    ids = {fact.id for fact in chosen}
    facts = [replace(fact, supersedes=fact.supersedes if fact.supersedes in ids else None) for fact in chosen]
    sources: Mapping[str, dict[str, Any]] = draft.sources
    return ImportDraft({fact.source: sources[fact.source] for fact in facts}, facts, draft.remarks)
