"""What can be asked of bets, and of which shape the answers are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypedDict

from guanzi.console import Ask, Seed
from guanzi.jobs.shared.question import WITH_PAGE, JobQuestion

_NO_FILE = r"^(?:[^.\u0000]*|[^\u0000]*[^vV\u0000])$"
"""A text that does not end with ``.csv``."""
BetsFile = Annotated[Path, Ask("argument.bets", metavar="FILE.csv")]
OwnRate = Annotated[float | None, Ask("option.success_rate", "--base-rate", "P")]


@dataclass(frozen=True, slots=True)
class PopulationsRequest:
    """Nothing is asked: all populations of the register are told."""


@dataclass(frozen=True, slots=True)
class RegisterRequest:
    """Which part of the register is asked for: a population or a bet by its id; empty: all populations."""

    id: Annotated[str, Ask("argument.bet", metavar="ID")]


@dataclass(frozen=True, slots=True)
class ForecastRequest:
    """What is asked.

    Attributes:
        file: The bets, see :func:`guanzi.intake.bets.read_bets`.
        base_rate: Share of successes, within 0 and 1, among bets of populations that the register does not hold, as the
            user knows it; None: the pooled rate of the register with its spread.
    """

    file: BetsFile
    base_rate: OwnRate = None


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What is asked: which bets, what became of them, the user's own rate, and the seed of the tests."""

    file: BetsFile
    outcomes: Annotated[Path, Ask("argument.bet_outcomes", metavar="OUTCOMES.csv")]
    base_rate: OwnRate = None
    seed: Seed = 1


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """Whose record: a city by its name, or a file of bets with an outcome for each."""

    of: Annotated[str, Ask("argument.place", metavar="CITY|FILE.csv", pattern=_NO_FILE)]


type Words = str | dict[str, str]
"""Words, or words by language."""


class PopulationData(TypedDict):
    """A population of the register."""

    id: str
    name: Words
    country: str
    rule: Words
    complete: Words
    sources: list[str]


class PopulationCounts(PopulationData):
    """A population with counts of its rows; ``kappa``: agreement of two coders by question, null: of one class."""

    rows: int
    left_out: int
    outcomes: dict[str, int]
    betray: int
    answers_from_memory: int
    outcomes_from_memory: int
    coded_twice: int
    kappa: dict[str, float | None]


class BetOutcomeData(TypedDict):
    """What became of a bet; money in millions of its currency."""

    outcome: str
    on: str | None
    public_loss_millions: float | None
    currency: str | None
    from_memory: bool
    source: str | None
    confidence: str
    note: str


class BetData(TypedDict):
    """A bet of the register; money in millions of its currency."""

    id: str
    name: str
    sponsor: str
    place: str
    sector: str
    decided: str
    form: str
    public_sum_millions: float | None
    planned_investment_millions: float | None
    currency: str
    answers: dict[str, str | float | None]
    betrays: bool
    answers_from_memory: bool
    left_out: str | None
    edge: bool
    case: str | None
    sources: list[str]
    notes: list[str]
    outcome: BetOutcomeData


class PopulationBets(PopulationData):
    """A population with its rows, or one of them."""

    bets: list[BetData]


class PopulationsData(TypedDict):
    """All populations; ``model``: hash of what odds are learnt from."""

    model: str
    populations: list[PopulationCounts]


class RegisterData(TypedDict):
    """A population, or one bet; ``model``: as of populations."""

    model: str
    populations: list[PopulationBets]


class ExpectedData(TypedDict):
    """Successes that are expected, with an interval, and the chances of as many and of as few as came."""

    mean: float
    low: float
    high: float
    chance_of_as_many: float
    chance_of_as_few: float


class PlacedBetData(TypedDict):
    """A settled bet of a record, with its chance of success before and after its answers."""

    id: str
    name: Words | None
    population: str | None
    decided: str
    source: str
    success: float
    probability_unanswered: float
    probability: float
    coder_knew: bool


class RecordData(TypedDict):
    """A record against what was to be expected; ``model``: as of populations."""

    of: Words
    model: str
    settled: int
    unsettled: list[str]
    successes: float
    expected_unanswered: ExpectedData
    expected_answered: ExpectedData
    verdict: str
    hidden_failures_that_would_explain: int | None
    coder_knew: int
    bets: list[PlacedBetData]


POPULATIONS = JobQuestion(
    "bets list",
    PopulationsRequest,
    PopulationsData,
    "guanzi.jobs.bets.register:list_populations",
    "counts_data",
    last=WITH_PAGE,
)
REGISTER = JobQuestion(
    "bets show", RegisterRequest, RegisterData, "guanzi.jobs.bets.register:show_register", last=WITH_PAGE
)
FORECAST = JobQuestion(
    "bets forecast", ForecastRequest, None, "guanzi.jobs.bets.forecast:forecast_bets", last=WITH_PAGE
)
SCORE = JobQuestion("bets score", ScoreRequest, None, "guanzi.jobs.bets.score:score_bets", last=WITH_PAGE)
RECORD = JobQuestion(
    "bets track-record", RecordRequest, RecordData, "guanzi.jobs.bets.record:record_of", last=WITH_PAGE
)
QUESTIONS = (POPULATIONS, REGISTER, FORECAST, SCORE, RECORD)
