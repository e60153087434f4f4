"""The tracks of a region beside a case, as data: where it stands, what it could enter, how well that could be told."""

from __future__ import annotations

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.table_data import TableData
from guanzi.base.core import BilingualText
from guanzi.base.reading import Data

PREFIX = "industries."
"""The parent of the figures is the panel: ``industries.<name>``."""


class MarketData(Data):
    """The window of a market.

    Attributes:
        track: Id of the track.
        sentences: The verdict, when half of sales is reached, and what more could decide it.
        table: The kinds of evidence that are known, each with its newest figure.
    """

    track: str
    sentences: tuple[Text, ...]
    table: TableData


class TrackCandidate(Data):
    """An industry that the region could enter, in the order of the list.

    Attributes:
        probability, low, high: Of entry within the horizon, with 90 % for the curve of the forecast.
        gain: What else would come near: complexity outlook gain.
        size: Value at the share that all regions have of it.
        growth: A year over the whole, since one horizon before; None where the panel has no year so far back.
        front: No other within reach is at least as good in every respect.
        rank: 5, 50 and 95 % of its ranks over all weights.
        top: Share of weights by which it is among the first.
    """

    industry: BilingualText
    probability: float
    low: float
    high: float
    gain: float
    size: float
    growth: float | None
    front: bool
    rank: tuple[int, int, int]
    top: float


class AnswerData(Data):
    """One of the five questions, ``this``, ``us``, ``now``, ``sure`` or ``change``, with its answer in sentences."""

    question: str
    sentences: tuple[Text, ...]


class TrackData(Data):
    """The scan of the region by what a panel held on the day.

    Attributes:
        panel: Name of the panel's file; ``sha256`` of what it held on the day.
        region: As the panel calls it.
        measure: What its values are.
        regions, industries, first, last: Its extent, and its first and last year.
        horizon: Years ahead.
        standing: What is first on the list, how much is within reach, and where the region stands.
        own: The industry of the case in the panel; empty: none was named.
        stand: What can be said of it where it is no candidate: it is held already, or cannot be judged.
        answers: The five answers to it, where it is a candidate.
        candidates: All, in the order of the list; ``first`` of them are the short list.
        tested: What the backtest on the window before says.
        calibration: Of the backtest, in bins: mean probability, share entered, cells; empty without a backtest.
        window: From which year to which the backtest went; None without one.
    """

    panel: BilingualText
    sha256: str
    region: BilingualText
    measure: BilingualText
    regions: int
    industries: int
    first_year: int
    last_year: int
    horizon: int
    standing: tuple[Text, ...]
    own: BilingualText = ""
    stand: Text | None = None
    answers: tuple[AnswerData, ...] = ()
    candidates: tuple[TrackCandidate, ...]
    first: int
    tested: tuple[Text, ...]
    calibration: tuple[tuple[float, float, int], ...] = ()
    window: tuple[int, int] | None = None
