"""The properties to which everything that is said of a case is held, and the cases of ``make test``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from tests.truth.altered import altered
from tests.truth.arithmetic import sums
from tests.truth.denials import denied
from tests.truth.faults import Fault
from tests.truth.followed import untrue
from tests.truth.generation import CaseData, library, notes
from tests.truth.grounded import ungrounded
from tests.truth.invented import invented
from tests.truth.mutants import mutated
from tests.truth.nouns import misnamed
from tests.truth.numbers import differing
from tests.truth.officed import misshown
from tests.truth.qualified import unqualified
from tests.truth.reading import Reading, read
from tests.truth.rendered import lost
from tests.truth.verdicts import contradictions

PROPERTIES: Mapping[str, Callable[[Reading], Iterator[Fault]]] = {
    "grounded": ungrounded,
    "denial": denied,
    "verdict": contradictions,
    "arithmetic": sums,
    "nouns": misnamed,
    "languages": differing,
    "qualified": unqualified,
    "followed": untrue,
    "changes": altered,
}
"""By name: what finds the faults of what is said in one reading."""
DRAWN: Mapping[str, Callable[[Reading], Iterator[Fault]]] = {"pages": lost, "office": misshown}
"""By name: what finds the faults of what was drawn of it."""


def faults_of(reading: Reading) -> Iterator[Fault]:
    """All faults of a reading."""
    for find in (*PROPERTIES.values(), *DRAWN.values()):
        yield from find(reading)


OF_TRUTH = Path(__file__).parent / "cases"
"""Cases of kinds that the library lacks, made from an empty workbook."""
NOTES = Path(__file__).parents[3] / "shared" / "data" / "cases"
"""Research notes beside the repository, where they are at hand."""


def foreign() -> Iterator[CaseData]:
    """The cases of kinds that the library lacks."""
    yield from (CaseData.read(folder) for folder in sorted(OF_TRUTH.iterdir()))


def few() -> Iterator[CaseData]:
    """About sixty cases: the library, those that it lacks, mutants of it, and invented ones."""
    shipped = list(library())
    yield from shipped
    yield from foreign()
    yield from (mutated(data, 1) for data in shipped[::3])
    yield from (invented(seed) for seed in range(18))


def many(first: int, last: int, made: Path | None = None) -> Iterator[tuple[int, CaseData]]:
    """Numbered cases without end: of five, three are invented and two are mutants of the library.

    The first are those that the library lacks, and those of research notes where these are at hand.

    Args:
        first, last: Numbers.
        made: An empty folder for the cases of notes; None: they are left out.
    """
    shipped = [*library(), *foreign()]
    told = sorted(NOTES.glob("*.yaml")) if made is not None and NOTES.is_dir() else []
    for number in range(first, last):
        if number < len(told) and made is not None:
            yield number, next(notes(told[number], made))
        elif number % 5 < 3:
            yield number, invented(10_000 + number)
        else:
            yield number, mutated(shipped[number % len(shipped)], number)


def read_all(cases: Iterator[CaseData], folder: Path, most: int | None = None, whole: bool = True) -> Iterator[Reading]:
    """Readings of cases, each in a folder of its own below one; those that are not whole are of the appraisal alone."""
    for number, data in enumerate(islice(cases, most)):
        yield read(data, folder / str(number), whole=whole)
