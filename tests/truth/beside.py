"""Documents that are asked for beside an appraisal: of the same case by other questions, of many deals, of no case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.truth.generation import days_of
from tests.truth.reading import PATHS, Reading

from guanzi.base.core import InvalidInput
from guanzi.jobs.appraisal import changes, comparison, sensitivity
from guanzi.jobs.chains import gaps
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring import difference, portfolio, structuring, walkaway
from guanzi.jobs.structuring.draft import DraftRequest
from guanzi.jobs.tracks import trackwindow
from guanzi.render import Document

VARIANTS = 16
"""Variants of a draft that a search looks at."""
NEW = 6
"""At most so many facts are new since the earlier day, where the second half of the days allows it: each is a cause."""
OTHER_DEAL = "nio-hefei-2020"
"""The deal that a portfolio holds beside one."""

type Told = tuple[str, Document, Any]
"""Name of a document, the document, and what is published of the same result."""


def add_beside(reading: Reading, folder: Path, paths: int = PATHS) -> None:
    """Add what changed since an earlier day, the case under other playbooks, what it hangs on, a track on a day, and
    the gaps of a chain in a city."""
    _add(reading, folder, paths, (_changes, _comparison, _sensitivity, _of_no_case))


def add_changes(reading: Reading, folder: Path, paths: int = PATHS) -> None:
    """Add what changed since an earlier day."""
    _add(reading, folder, paths, (_changes,))


def add_searched(reading: Reading, folder: Path, paths: int = PATHS) -> None:
    """Add a better deal, how far the public side may go, two deals together, and what the versions differ in."""
    if reading.sheet is not None:
        _add(reading, folder, paths, (_structure, _walkaway, _portfolio, _difference))


type Maker = Callable[[Reading, str, Run], Iterator[Told]]


def _add(reading: Reading, folder: Path, paths: int, makers: tuple[Maker, ...]) -> None:
    for make in makers:
        try:
            for name, document, published in make(reading, str(folder), Run(paths=paths, threads=1)):
                reading.documents[name], reading.published[name] = document, published
        except InvalidInput as error:
            reading.refused[make.__name__.removeprefix("_")] = error.problems


def _changes(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    day = reading.view.as_of
    known = [one for one in days_of(reading.data) if one < day]
    new = {one: sum(fact.known_on > one for fact in reading.view.facts) for one in known[len(known) // 2 :]}
    if known:
        since = next((one for one, n in new.items() if n <= NEW), known[-1]).isoformat()
        changed = changes.find_changes(changes.Request(folder, since, day, paths=run.paths, seed=run.seed, run=run))
        ends = (changed.attribution.before, changed.attribution.after)
        told = {"ends": [one.model_dump(mode="json", by_alias=True) for one in ends]} | changes.data(changed)
        yield "changes", changes.document_of(changed), told


def _comparison(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    found = comparison.compare_methods(comparison.Request(folder, as_of=reading.view.as_of, run=run))
    yield "comparison", comparison.document_of(found), comparison.data(found)


def _sensitivity(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    found = sensitivity.find_sensitivity(sensitivity.Request(folder, reading.view.as_of, run=run))
    whole = found.appraisal.model_dump(mode="json", by_alias=True)
    yield "sensitivity", sensitivity.document_of(found), whole


def _of_no_case(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    opening = trackwindow.judge(trackwindow.Request("low-altitude"))
    yield "window", trackwindow.document_of(opening), trackwindow.data(opening)
    found = gaps.find(gaps.Request("nev", "hefei"))
    yield "gaps", gaps.document_of(found), {"gaps": gaps.data(found)}


def _structure(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    asked = structuring.Request(DraftRequest(folder, as_of=reading.view.as_of), evaluations=VARIANTS, run=run)
    found = structuring.find_structure(asked)
    yield "structure", structuring.document_of(found), structuring.data(found)


def _walkaway(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    found = walkaway.find_walkaway(walkaway.Request(DraftRequest(folder, as_of=reading.view.as_of), run=run))
    yield "walkaway", walkaway.document_of(found), walkaway.data(found)


def _portfolio(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    found = portfolio.hold_together(portfolio.Request((folder, OTHER_DEAL), run=run))
    yield "portfolio", portfolio.document_of(found), portfolio.data(found)


def _difference(reading: Reading, folder: str, run: Run) -> Iterator[Told]:
    first, *_, last = (f"{folder}@{sheet.name}" for sheet in (reading.view.sheets[0], reading.view.sheets[-1]))
    if first != last:
        found = difference.compare_deals(difference.Request(first, last, words_only=True))
        yield "difference", difference.document_of(found), difference.data(found)
