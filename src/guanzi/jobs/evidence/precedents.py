"""Ended cases of a house as precedents of its next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guanzi.advice.appraisal import profile_of
from guanzi.advice.backtest import SUCCESS, judged_bets, settled_bet
from guanzi.advice.odds import case_says
from guanzi.base.core import InvalidInput, Message, Place, Problem, publish, scratch_directory
from guanzi.base.reading import yaml_text
from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import (
    PRECEDENTS,
    Case,
    Precedent,
    builtin_cases,
    builtin_precedents,
    find_case,
    load_case,
    score_horizon,
)


@dataclass(frozen=True, slots=True)
class Result:
    """The file that was written, the bets in it, and the cases that are none: without a judgement on their outcome."""

    file: Path
    precedents: tuple[Precedent, ...]
    unjudged: tuple[str, ...]


def take_over(case: str, ended: Sequence[str]) -> Result:
    """Write the ended cases whose outcome is judged as precedents of a case; what stood there is replaced.

    Args:
        case: The case that is to hold them: a folder, not one of the library.
        ended: Folders of ended cases, with ``outcome/label.yaml``.

    Raises:
        InvalidInput: A case or an outcome has errors, the case is one of the library, or none is judged.
    """
    shipped = [name for name in (case, *ended) if name in builtin_cases()]
    if shipped:
        place = Place("CASE" if case in shipped else "ENDED")
        raise InvalidInput(Problem(Message.of("evidence.precedent.shipped", name=shipped[0]), place))
    folder = find_case(case)
    load_case(folder)
    cases = [load_case(find_case(name)) for name in ended]
    bets = judged_bets(cases)
    held = {one.case for one in bets}
    if not held:
        fix = Message.of("evidence.precedent.none.mend")
        raise InvalidInput(Problem(Message.of("evidence.precedent.none"), Place("ENDED"), fix))
    with scratch_directory(folder.parent, ".precedents-") as work:
        (work / PRECEDENTS).write_text(file_of(bets, date.today()), encoding="utf-8", newline="\n")
        publish(work / PRECEDENTS, folder / PRECEDENTS)
    return Result(folder / PRECEDENTS, bets, tuple(one.id for one in cases if one.id not in held))


def file_of(bets: Sequence[Precedent], made_on: date) -> str:
    """The text of a file of precedents."""
    entries = [one.model_dump() | {"instruments": list(one.instruments)} for one in bets]
    return yaml_text({"format": 1, "made_on": made_on, "precedents": entries})


def bet_of(case: Case, sheet: TermSheet, label: str, decided: date, ended: date) -> Precedent | None:
    """A case that was signed and has ended as a precedent; None without a judgement, or if the library counts it.

    Args:
        case: The case.
        sheet: The term sheet that was signed.
        label: ``success``, ``partial`` or ``failure`` for the public side; any other: it is not judged.
        decided: Day of the decision.
        ended: Day on which it was ended; it counts from then on, or from the end of its score horizon if that is
            earlier.
    """
    if label not in SUCCESS or case.id in {one.case for one in builtin_precedents()}:
        return None
    settled = min(ended, score_horizon(case.model).end(decided))
    return settled_bet(profile_of(case, sheet), decided, settled, label)


def answers_on(case: Case, day: date) -> dict[str, str | float]:
    """What a case answered to the questions of the register of bets on a day; unknown answers are left out."""
    said = case_says(case.view(day), ())
    return {one.question: one.answer for one in said if one.answer is not None}
