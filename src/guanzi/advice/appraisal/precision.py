"""How many paths a figure needs until its sampling error is as small as was asked.

Paths are added until the error, estimated by independent batches of them, is within the bound: how many are run next
follows from the error so far, since it falls with the root of their number. What is then said is what the same number
of paths says that is asked for by itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from guanzi.advice.appraisal.apart import HEADLINES
from guanzi.advice.appraisal.coherent import MOST
from guanzi.advice.appraisal.compose import run, simulated_figures
from guanzi.advice.appraisal.document import Figure
from guanzi.advice.appraisal.foreseen import foresee
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.engine.simulation import HERE, Z_95, Remembered, Running

FIRST, STEP = 8_192, 4_096
MOST_SOUGHT = 2**21
"""More paths than this are not run in search of a precision."""
SPARE = 1.1
"""So many times the paths that the error so far asks for are run next: it is estimated itself."""
_ASKED = re.compile(r"(?:(?P<figure>[\w.]+)=)?(?P<bound>\d+(?:\.\d+)?)\s*(?P<percent>%)?")


@dataclass(frozen=True, slots=True)
class Precision:
    """How exact a figure is to be.

    Attributes:
        bound: Half of the width within which 19 of 20 runs lie: of a share in points (0.005 is half a point), of an
            amount as a part of what the public side pays on average, of anything else as a part of itself.
        figure: Its id; empty: the first of :data:`HEADLINES` that the deal has.
    """

    bound: float
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the search for a precision stopped.

    Attributes:
        paths: So many were run.
        figure: Of which the error was asked.
        error: Half of the width within which 19 of 20 runs lie, in its unit.
        allowed: What was asked, in its unit.
        weighted: Paths carry weights that are learnt on no more than :data:`coherent.MOST` of them.
    """

    paths: int
    figure: Figure
    error: float
    allowed: float
    weighted: bool

    @property
    def met(self) -> bool:
        """Whether the error is as small as was asked."""
        return self.error <= self.allowed


def parse_precision(said: str) -> Precision:
    """A precision as people write it: ``0.5%``, or ``fund.loss_probability=0.5%``.

    Raises:
        InvalidInput: It is not written so, is not above zero, or names a figure that is no headline.

    >>> parse_precision("0.5%"), parse_precision("put.payable=0.01")
    (Precision(bound=0.005, figure=''), Precision(bound=0.01, figure='put.payable'))
    """
    found = _ASKED.fullmatch(said.strip())
    bound = 0.0 if found is None else float(found["bound"]) / (100 if found["percent"] else 1)
    figure = "" if found is None else found["figure"] or ""
    if not 0.0 < bound < 1.0:
        raise _refusal("unread", said)
    if figure and figure not in HEADLINES:
        raise _refusal("figure", said)
    return Precision(bound, figure)


def paths_for(prepared: Prepared, asked: Precision, seed: int = 1, running: Running = HERE) -> Reached | None:
    """How many paths are run for a precision; None where nothing is simulated.

    Args:
        prepared: What is simulated.
        asked: How exact which figure is to be.
        seed: Key of the random numbers.
        running: How it is run; it does not change the result.

    Raises:
        InvalidInput: The deal has no such figure.
    """
    quiet = replace(running, progress=None, memory=running.memory or Remembered())
    paths = FIRST
    while True:
        seen = foresee(prepared, paths, seed, quiet)
        result = run(prepared, paths, seed, quiet, seen)
        if result is None:
            return None
        weighted = seen is not None and seen.ids(1) is not None
        figures = simulated_figures(prepared, result)
        figure = _asked_of(figures, asked)
        error, allowed = Z_95 * (figure.error or 0.0), _allowed(figure, figures, asked.bound)
        more = next_paths(paths, error, allowed, MOST if weighted else MOST_SOUGHT)
        if more is None:
            return Reached(paths, figure, error, allowed, weighted)
        paths = more


def next_paths(paths: int, error: float, allowed: float, most: int) -> int | None:
    """How many paths are run after so many with such an error; None: no more.

    >>> next_paths(8_192, 0.02, 0.01, 65_536), next_paths(8_192, 0.01, 0.01, 65_536)
    (36864, None)
    """
    if error <= allowed or paths >= most:
        return None
    wanted = most if allowed <= 0.0 else min(SPARE * paths * (error / allowed) ** 2, most)
    return max(paths + STEP, STEP * math.ceil(wanted / STEP))


def precision_message(reached: Reached, currency: str) -> Message:
    """Where the search stopped, and why where the precision was not reached."""
    how = "met" if reached.met else "weighted" if reached.weighted else "most"
    unit = "points" if reached.figure.unit == "ratio" else "amount" if reached.figure.unit.endswith(" m") else "number"
    label = Message.from_dict(reached.figure.label.model_dump())
    error = Message.of_money(currency, f"appraisal.precision.error.{unit}", error=reached.error)
    allowed = Message.of_money(currency, f"appraisal.precision.error.{unit}", error=reached.allowed)
    return Message.of(f"appraisal.precision.{how}", label=label, paths=reached.paths, error=error, allowed=allowed)


def _asked_of(figures: Mapping[str, Figure], asked: Precision) -> Figure:
    names = (asked.figure,) if asked.figure else HEADLINES
    found = next((figures[id] for id in names if id in figures and figures[id].error is not None), None)
    if found is None:
        raise _refusal("absent", asked.figure)
    return found


def _allowed(figure: Figure, figures: Mapping[str, Figure], bound: float) -> float:
    if figure.unit == "ratio":
        return bound
    paid = figures.get("public.paid_mean")
    if figure.unit.endswith(" m") and paid is not None and paid.value:
        return bound * paid.value
    return bound * abs(figure.value or 0.0)


def _refusal(why: str, said: str) -> InvalidInput:
    cause, fix = Message.of(f"appraisal.precision.{why}", text=said), Message.of("appraisal.precision.mend")
    return InvalidInput(Problem(cause, Place("--precision"), fix, excerpt=said))
