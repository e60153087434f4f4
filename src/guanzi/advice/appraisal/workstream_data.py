"""What the work-streams found, as data: an overview by stream, and unit costs as distributions with a band."""

from __future__ import annotations

from guanzi.advice.appraisal.data import Text
from guanzi.base.reading import Data


class StreamFound(Data):
    """One work-stream: checks that rest on facts, of all its checks, and what they found."""

    stream: str
    checks: int
    held: int
    risks: int
    assets: int
    gaps: int


class BarData(Data):
    """One input of a tornado: its ends, and the result at each; None where no volume breaks even."""

    label: Text
    low: float
    high: float
    at_low: float | None
    at_high: float | None


class UnitCostData(Data):
    """Break-even of one unit as of the day.

    Attributes:
        model: Id of the cost model.
        unit: Of the volume.
        now: Volume that is there.
        levels: Probabilities.
        middle: Break-even at each, with even weight between the ends of what is disputed; None: no volume is enough.
        low, high: The same with everything disputed at its better and at its worse end.
        tornado: What moves it, longest first.
        result: What the tornado moves, in words.
        result_unit: Its unit.
        base: It with every input in the middle; None: no volume breaks even.
        missing: Inputs that are not known; then there is no break-even.
        facts: Ids of the facts behind it.
    """

    model: str
    label: Text
    sentence: Text
    unit: str
    now: float | None = None
    levels: tuple[float, ...] = ()
    middle: tuple[float | None, ...] = ()
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    tornado: tuple[BarData, ...] = ()
    result: Text | None = None
    result_unit: str = ""
    base: float | None = None
    missing: tuple[Text, ...] = ()
    facts: tuple[str, ...] = ()
