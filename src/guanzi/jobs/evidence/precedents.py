"""Ended cases of a house as precedents of its next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guanzi.advice.backtest import judged_bets
from guanzi.base.core import InvalidInput, Message, Place, Problem, publish, scratch_directory
from guanzi.base.reading import yaml_text
from guanzi.record.evidence import PRECEDENTS, Precedent, builtin_cases, find_case, load_case


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
    entries = [one.model_dump() | {"instruments": list(one.instruments)} for one in bets]
    data = {"format": 1, "made_on": date.today(), "precedents": entries}
    with scratch_directory(folder.parent, ".precedents-") as work:
        (work / PRECEDENTS).write_text(yaml_text(data), encoding="utf-8", newline="\n")
        publish(work / PRECEDENTS, folder / PRECEDENTS)
    return Result(folder / PRECEDENTS, bets, tuple(one.id for one in cases if one.id not in held))
