"""The register of bets: populations that a rule defines, with their rows as known on the day of each decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.core import Bilingual
from guanzi.base.reading import Cell, Format, load_shipped, read_table, shipped_yaml
from guanzi.record.evidence import LocalisedText, Words

FOLDER = Path(str(files("guanzi"))) / "library" / "bets"
ASKED = ("parent", "volume", "in_business", "made_before", "offtake", "finance", "milestones")
"""Questions that are answered by a word, in the first and the second wording."""
MEMORY = "memory"


class BetPopulation(Format):
    """A population of bets: the rule by which a bet belongs to it, and how far it is complete."""

    id: Words
    name: LocalisedText
    country: Words
    rule: LocalisedText
    complete: LocalisedText
    sources: Annotated[tuple[Words, ...], Field(min_length=1)]


class PopulationsFile(Format):
    """All populations, in the order in which they are shown."""

    format: Literal[1]
    populations: tuple[BetPopulation, ...]


@dataclass(frozen=True, slots=True)
class PublicBet:
    """A row of the register: one decision about public money, as known on its day.

    Attributes:
        id: Its own, unique in the register.
        population: Id of its population.
        name, sponsor, place, sector: Who and where; empty where unknown.
        decided: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty where not even the year is known.
        form: Of the public money; empty where it was not seen.
        public_sum, investment: In millions of ``currency``; None where unknown.
        answers: What the questions were answered with; a question without an entry is unknown.
        sales_before: Sales of the year before in millions of ``currency``; None where unknown.
        betrays: The coder of the answers says that he knows how it ended.
        from_memory: No page was read for any of the answers.
        left_out: Why it trains nothing, in the words of the protocol; None where it does.
        edge: It stands at the edge of its population's rule.
        case: The case of the library that is the same bet; empty where there is none.
        sources: What frame, answers and figures rest on, as the coders named it.
        notes: What the coders of the answers remarked.
    """

    id: str
    population: str
    name: str
    sponsor: str
    place: str
    sector: str
    decided: str
    form: str
    public_sum: float | None
    currency: str
    investment: float | None
    answers: Mapping[str, str]
    sales_before: float | None
    betrays: bool
    from_memory: bool
    left_out: str | None
    edge: bool
    case: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The decision as a day; of a month or a year its first."""
        return day_of_text(self.decided)

    @property
    def cluster(self) -> str:
        """Bets of one sponsor within a population share it."""
        return f"{self.population}: {self.sponsor or self.name}"


def day_of_text(text: str) -> date | None:
    """A day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; of a month or a year its first. None of nothing.

    >>> day_of_text("2008-09"), day_of_text("")
    (datetime.date(2008, 9, 1), None)
    """
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 7 else f"{text}-01"[:10]) if text else None


@cache
def populations() -> tuple[BetPopulation, ...]:
    """The populations of the register, in their order."""
    return load_shipped(PopulationsFile, "bets", "populations.yaml").populations


@cache
def register() -> tuple[PublicBet, ...]:
    """Every row of the register, in the order of the populations and of their files."""
    return tuple(bet for population in populations() for bet in _rows(population.id))


@cache
def second_codings() -> Mapping[str, Mapping[str, str]]:
    """Answers of the second coder by row, for a fifth of the register; a question without an entry is unknown."""
    table = read_table(FOLDER / "second.csv")
    return {row["id"].text: {n: c.text for n, c in row.items() if n in ASKED} for row in table.rows}


def register_hash() -> str:
    """SHA-256 of protocol, rows and code, as it was fixed before any outcome was laid beside an answer."""
    return str(shipped_yaml("bets", "frozen.yaml").data["sha256"])


def _rows(population: str) -> tuple[PublicBet, ...]:
    table = read_table(FOLDER / "rows" / f"{population}.csv", f"bets/rows/{population}.csv")
    return tuple(_bet(population, row) for row in table.rows)


def _bet(population: str, row: Mapping[str, Cell]) -> PublicBet:
    def text(column: str) -> str:
        return row[column].text if column in row else ""

    def number(column: str) -> float | None:
        return float(row[column].text) if column in row else None

    return PublicBet(
        text("id"),
        population,
        text("name"),
        text("sponsor"),
        text("place"),
        text("sector"),
        text("decided"),
        text("form"),
        number("public_sum"),
        text("currency"),
        number("planned_investment"),
        {name: row[name].text for name in ASKED if name in row},
        number("sales_before"),
        text("betrays") == "1",
        text("basis") == text("basis_money") == MEMORY,
        text("left_out") or None,
        text("edge") == "1",
        text("case"),
        tuple(text(name) for name in ("frame_source", "source", "money_source") if name in row),
        tuple(text(name) for name in ("note", "note_money") if name in row),
    )


def named(population: str) -> Bilingual | None:
    """The name of a population in both languages; None of one that the register does not hold."""
    return next((Bilingual.read(p.name) for p in populations() if p.id == population), None)
