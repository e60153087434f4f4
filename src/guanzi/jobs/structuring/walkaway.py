"""How far the public side may go: the walk-away value of each term, with rivals where they are named."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from guanzi.advice.structuring import Reach, Rival, chance_to_win, reaches, winners_curse
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.inputs import RivalsFile, load_rivals
from guanzi.jobs.shared.run import SEARCHING, Run
from guanzi.jobs.structuring.draft import Drafted, DraftRequest, open_draft
from guanzi.render import Document

TRIALS_A_TERM = 13
"""About how many values of a term are tried, for the progress."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        draft: Which draft, and whose terms are looked at.
        rivals: File that names rivals and the term on which all bid; None: nobody else bids.
        floor: Least value of the deal to the public side, in units of the sheet.
        run: How it is run.
    """

    draft: DraftRequest
    rivals: Path | None = None
    floor: float = 0.0
    run: Run = SEARCHING


@dataclass(frozen=True, slots=True)
class Result:
    """How far each term may go.

    Attributes:
        drafted: The draft.
        found: One reach a term.
        rivals: Who else bids; None: nobody is named.
        floor: As asked.
        curse: What the floor is raised by, because the best bidder of several has overrated the most.
        run: How it was run.
    """

    drafted: Drafted
    found: tuple[Reach, ...]
    rivals: RivalsFile | None
    floor: float
    curse: float
    run: Run

    def chance(self, reach: Reach) -> float | None:
        """The chance to win against the rivals with the walk-away value of their term; None: not known."""
        rivals = () if self.rivals is None else self.rivals.rivals
        return chance_to_win(reach, [Rival(r.name, r.low, r.high) for r in rivals])

    @property
    def contested(self) -> Reach | None:
        """The term on which rivals bid."""
        if self.rivals is None:
            return None
        return next(r for r in self.found if r.term.figure.address == self.rivals.term)


def find_walkaway(request: Request) -> Result:
    """Find the walk-away values.

    Raises:
        InvalidInput: There is no such draft or term, no term is a number, or rivals bid on another term.
    """
    rivals = None if request.rivals is None else load_rivals(request.rivals, str(request.rivals))
    asked, run = request.draft, request.run
    if rivals is not None and not asked.terms:
        asked = replace(asked, terms=(rivals.term,))
    drafted = open_draft(asked, "--term")
    draft = drafted.draft
    if rivals is not None and rivals.term not in [t.figure.address for t in draft.terms]:
        cause = Message.of("desk.walkaway.other_term", term=rivals.term)
        raise InvalidInput(Problem(cause, Place(str(request.rivals)), Message.of("desk.walkaway.other_term.mend")))
    curse = 0.0
    if rivals is not None and rivals.error is not None:
        curse = winners_curse(len(rivals.rivals) + 1) * rivals.error
    numbers = [t for t in draft.terms if t.figure.kind not in ("day", "words")]
    if not numbers:
        names = tuple(t.figure.address for t in draft.terms)
        cause, fix = Message.of("desk.walkaway.no_number", terms=names), Message.of("desk.walkaway.no_number.mend")
        raise InvalidInput(Problem(cause, Place("--term"), fix))
    with run.working("variants", TRIALS_A_TERM * len(numbers)) as advance:
        found = reaches(
            draft, request.floor + curse, paths=run.paths, seed=run.seed, threads=run.threads, progress=advance
        )
    return Result(drafted, found, rivals, request.floor, curse, run)


def document_of(result: Result) -> Document:
    """The reaches as a document."""
    from guanzi.jobs.structuring.documents.walkaway import (  # loads late: pages need a large library
        Contest,
        walkaway_document,
    )

    drafted, contested, sample = result.drafted.version, result.contested, (result.run.paths, result.run.seed)
    contest = None
    if contested is not None and result.rivals is not None:
        contest = Contest(result.rivals, result.curse, result.chance(contested))
    return walkaway_document(drafted.label, drafted.sheet, result.found, result.floor, contest, sample)


def data(result: Result) -> dict[str, Any]:
    """The reaches as plain data; amounts in the unit of the sheet."""
    sheet, contested = result.drafted.version.sheet, result.contested
    return {
        "draft": result.drafted.version.label,
        "floor": result.floor,
        "winners_curse": result.curse,
        "terms": [
            _reach(reach) | ({"chance_to_win": result.chance(reach)} if reach is contested else {})
            for reach in result.found
        ],
        "currency": sheet.currency,
        "unit": sheet.unit,
        "paths": result.run.paths,
        "seed": result.run.seed,
    }


def _reach(reach: Reach) -> dict[str, Any]:
    options = reach.term.options
    return {
        "address": reach.term.figure.address,
        "draft": options[reach.term.draft],
        "range": [options[0], options[-1]],
        "status": reach.status,
        "rising": reach.rising,
        "walkaway": reach.at,
        "interval": None if reach.at is None else [reach.low, reach.high],
        "rungs": [asdict(rung) for rung in reach.rungs],
    }
