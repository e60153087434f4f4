"""Panels in the exchange format of the Excalibur program: ``.dtt`` (what experts said) and ``.rls`` (what was true).

Columns are set apart by blanks, names may hold blanks, and numbers stand in exponential notation; a number below −990
means that there was no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, read_input

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+)?"
_NUMBERS = re.compile(rf"(?:\s*{_NUMBER})*")
_ASSESSED = re.compile(r"\s*(\d+)\s+(\S.*?)\s+(\d+)\s+(.*?)\s+(uni|log)\b\s*(.*)", re.IGNORECASE)
_REALISED = re.compile(rf"\s*(\d+)\s+(.*?)\s+({_NUMBER})\s+(uni|log)\b", re.IGNORECASE)
_HEAD = re.compile(r"QU=\s*([\d.\s]+)", re.IGNORECASE)
_NO_ANSWER = -990.0
PARTS = (".dtt", ".rls")
"""Endings of the two files of a panel: assessments, realisations."""


@dataclass(frozen=True, slots=True)
class PanelFile:
    """A panel as its files hold it.

    Attributes:
        id: Name of the files.
        probabilities: Of the quantiles.
        experts: Number to name.
        questions: Number to (name, scale).
        answers: (expert, question) to quantiles.
        truths: Question to true value; only seeds are there.
    """

    id: str
    probabilities: tuple[float, ...]
    experts: Mapping[int, str]
    questions: Mapping[int, tuple[str, str]]
    answers: Mapping[tuple[int, int], tuple[float, ...]]
    truths: Mapping[int, float]


def read_excalibur_folder(folder: Path, problems: list[Problem]) -> tuple[PanelFile, ...]:
    """All panels of a folder that can be read, in the order of their names.

    Args:
        folder: The folder.
        problems: Where to note which panels were left out, and why: one file is missing, or it cannot be read.

    Raises:
        InvalidInput: The folder cannot be read, or holds no panel that can.
    """
    if not folder.is_dir():
        raise InvalidInput(Problem(Message.of("evidence.panel.no_folder"), Place(str(folder))))
    files = {(p.stem.strip().lower(), p.suffix.lower()): p for p in sorted(folder.iterdir()) if p.is_file()}
    found: list[PanelFile] = []
    for name in sorted({name for name, suffix in files if suffix in PARTS}):
        halves = [files.get((name, suffix)) for suffix in PARTS]
        if halves[0] is None or halves[1] is None:
            there, lacks = (halves[0], PARTS[1]) if halves[0] is not None else (halves[1], PARTS[0])
            cause = Message.of("evidence.panel.half", suffix=lacks)
            problems.append(Problem(cause, Place(str(there.name if there else name)), severity="warning"))
            continue
        try:
            found.append(read_excalibur(halves[0], halves[1]))
        except InvalidInput as error:
            problems.extend(replace(problem, severity="warning") for problem in error.problems)
    if not found:
        fix = Message.of("evidence.panel.none.mend")
        raise InvalidInput([Problem(Message.of("evidence.panel.none"), Place(str(folder)), fix), *problems])
    return tuple(found)


def read_excalibur(assessments: Path, realisations: Path) -> PanelFile:
    """Read one panel.

    Raises:
        InvalidInput: A file cannot be read, or its head does not name the quantiles.
    """
    head, *lines = _lines(assessments)
    found = _HEAD.search(head)
    if found is None:
        fix = Message.of("evidence.panel.head.mend")
        raise InvalidInput(
            Problem(Message.of("evidence.panel.head"), Place(assessments.name, 1, 1), fix, excerpt=head[:80])
        )
    probabilities = tuple(float(x) / 100.0 for x in found.group(1).split())
    experts: dict[int, str] = {}
    questions: dict[int, tuple[str, str]] = {}
    answers: dict[tuple[int, int], tuple[float, ...]] = {}
    for line in lines:
        match = _ASSESSED.match(line)
        values = re.findall(_NUMBER, _leading(match.group(6)))[: len(probabilities)] if match else []
        if match is None or len(values) < len(probabilities):
            continue
        expert, question = int(match.group(1)), int(match.group(3))
        experts.setdefault(expert, match.group(2))
        questions.setdefault(question, (match.group(4).strip(), match.group(5).lower()))
        numbers = tuple(float(v) for v in values)
        if min(numbers) > _NO_ANSWER:
            answers[expert, question] = numbers
    truths: dict[int, float] = {}
    for line in _lines(realisations):
        match = _REALISED.match(line)
        if match is not None and float(match.group(3)) > _NO_ANSWER:
            number = int(match.group(1))
            truths[number] = float(match.group(3))
            questions[number] = (match.group(2).strip(), match.group(4).lower())
    return PanelFile(assessments.stem.strip(), probabilities, experts, questions, answers, truths)


def _leading(text: str) -> str:
    """The numbers before the words of the question, which may hold numbers, too."""
    found = _NUMBERS.match(text)
    return found.group() if found else ""


def _lines(path: Path) -> list[str]:
    return read_input(path, path.name).decode("latin-1").splitlines() or [""]
