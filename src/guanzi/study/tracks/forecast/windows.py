"""Windows of time: from which year is looked ahead, and in which year is looked what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Flags, Floats
from guanzi.study.tracks.specialization import location_quotient

LONGEST = 1.5
"""A window may be so many times as long as was asked for, where the panel has no year nearer."""
MOST_WINDOWS = 4
"""Windows that are learnt from: the youngest, since the way in which regions change changes too."""

_ORIGINS, _LENGTHS = 6, 4
"""Origins, and windows from each, by which the growth of the hazard is judged: the youngest."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A year from which is looked ahead and the year in which is looked what came."""

    origin: int
    target: int

    @property
    def years(self) -> int:
        """How long it is."""
        return self.target - self.origin


def target_of(years: tuple[int, ...], origin: int, horizon: int) -> int | None:
    """The first year that lies at least the horizon after the origin, if it does not lie too far off."""
    later = [year for year in years if year >= origin + horizon]
    return later[0] if later and later[0] - origin <= LONGEST * horizon else None


def last_window(panel: IndustryPanel, horizon: int) -> Window:
    """The youngest window that the panel has seen to its end.

    Raises:
        InvalidInput: No two years lie so far apart.
    """
    for origin in reversed(panel.years):
        target = target_of(panel.years, origin, horizon)
        if target == panel.years[-1]:
            return Window(origin, target)
    raise _too_short(panel, horizon, "tracks.window.none")


def learning_windows(panel: IndustryPanel, horizon: int, known: int) -> tuple[Window, ...]:
    """Windows whose outcome was known in a year, the youngest first, half a horizon apart and at most four.

    Args:
        panel: The panel.
        horizon: Years ahead.
        known: Nothing later than this year is looked at.

    Raises:
        InvalidInput: There is none.
    """
    years = tuple(year for year in panel.years if year <= known)
    found: list[Window] = []
    for origin in reversed(years):
        target = target_of(years, origin, horizon)
        if target is None or (found and found[-1].origin - origin < max(horizon // 2, 1)):
            continue
        found.append(Window(origin, target))
        if len(found) == MOST_WINDOWS:
            break
    if not found:
        raise _too_short(panel, horizon, "tracks.window.nothing_to_learn")
    return tuple(found)


def previous(panel: IndustryPanel, origin: int, horizon: int) -> int | None:
    """The year about one horizon before, for what has changed since; None where none is near."""
    earlier = [year for year in panel.years if horizon / LONGEST <= origin - year <= LONGEST * horizon]
    return min(earlier, key=lambda year: abs(origin - horizon - year)) if earlier else None


@dataclass(frozen=True, slots=True)
class WindowOutcome:
    """What came in a window, regions x industries.

    Attributes:
        entered: Quotient at least 1, and value at least the stated minimum, in the target year.
        known: Whether it can be said: the value is not kept back, and the industry is counted in both years.
    """

    entered: Flags
    known: Flags


def outcome(panel: IndustryPanel, window: Window, measure: str | None, minimum: float) -> WindowOutcome:
    """What a window shows in its target year; cells that were held at the origin are for the caller to leave out."""
    before, after = panel.matrix(window.origin, measure), panel.matrix(window.target, measure)
    with np.errstate(invalid="ignore"):
        entered = (np.nan_to_num(location_quotient(after)) >= 1) & (after >= minimum)
    counted = (before.sum(axis=0) > 0) & (after.sum(axis=0) > 0)
    return WindowOutcome(entered, ~panel.unknown(window.target, measure) & counted[None])


def growth_with_length(panel: IndustryPanel, measure: str | None, minimum: float) -> float:
    """How the hazard of entry grows with the length of a window, by all pairs of years of a panel.

    The exponent of the length that fits best between windows of one origin. It lies well below 1, since regions leave
    industries too: who entered after two years may have left after seven. 0 where the panel has no windows of two
        lengths.

    Args:
        panel: What was known.
        measure: Of the panel.
        minimum: Least value that counts as an entry.
    """
    lengths: list[float] = []
    hazards: list[float] = []
    for origin in panel.years[-_ORIGINS - 1 : -1]:
        risk = at_risk(panel.matrix(origin, measure), panel.unknown(origin, measure))
        later = [year for year in panel.years if year > origin][:_LENGTHS]
        came = [outcome(panel, Window(origin, year), measure, minimum) for year in later]
        rates = [float(one.entered[risk & one.known].mean()) if (risk & one.known).any() else 0.0 for one in came]
        told = [(np.log(y - origin), np.log(-np.log1p(-r))) for y, r in zip(later, rates, strict=True) if 0 < r < 1]
        if len(told) > 1:
            x, y = np.array(told).T
            lengths += list(x - x.mean())
            hazards += list(y - y.mean())
    x, y = np.array(lengths), np.array(hazards)
    return float(np.clip((x @ y) / (x @ x), 0, 1)) if len(x) and x @ x > 0 else 0.0


def at_risk(values: Floats, unknown: Flags) -> Flags:
    """Cells that could be entered: region and industry have a value somewhere, and the quotient is below 1."""
    quotient = location_quotient(values)
    with np.errstate(invalid="ignore"):
        return (quotient < 1) & ~unknown


def _too_short(panel: IndustryPanel, horizon: int, id: str) -> InvalidInput:
    years = tuple(map(str, panel.years))
    cause = Message.of(id, horizon=horizon, years=years)
    return InvalidInput(Problem(cause, Place(panel.name), Message.of("tracks.window.mend")))
