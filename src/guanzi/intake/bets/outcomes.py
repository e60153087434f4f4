"""What became of the bets of the register: an outcome a row, with its own rule, day and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from guanzi.base.core import sha256_of
from guanzi.base.reading import read_table
from guanzi.intake.bets.register import FOLDER, MEMORY, BetPopulation, PublicBet, populations, register, register_hash

SUCCESS: Mapping[str, float] = {"worked": 1.0, "partly": 0.5, "failed": 0.0}
"""Outcomes that settle a bet, and how much of a success each is."""


@dataclass(frozen=True, slots=True)
class BetOutcome:
    """What became of a bet.

    Attributes:
        outcome: ``worked``, ``partly``, ``failed``, ``open`` or ``unknown``.
        on: ``YYYY`` or ``YYYY-MM``, when it was known; empty where that is not known.
        loss: Of public money, in millions of ``currency``; None where no source says.
        from_memory: No page was found: it is the coder's own knowledge.
        source: Publisher, title and day of the page; empty where it is from memory.
        confidence: ``high``, ``middle`` or ``low``.
        note: What the coder remarked.
    """

    outcome: str
    on: str
    loss: float | None
    currency: str
    from_memory: bool
    source: str
    confidence: str
    note: str

    @property
    def success(self) -> float | None:
        """1 worked out, ½ partly, 0 failed; None where it is open or unknown."""
        return SUCCESS.get(self.outcome)


@dataclass(frozen=True, slots=True)
class PopulationRecord:
    """A population with its rows and what came of each.

    Attributes:
        bets: Its rows, in the order of the register.
        outcomes: What became of each, by id.
    """

    population: BetPopulation
    bets: tuple[PublicBet, ...]
    outcomes: Mapping[str, BetOutcome]

    @property
    def kept(self) -> tuple[PublicBet, ...]:
        """The rows that are not left out."""
        return tuple(bet for bet in self.bets if bet.left_out is None)

    def came(self) -> Mapping[str, int]:
        """How many of the rows that are not left out had each outcome."""
        return Counter(self.outcomes[bet.id].outcome for bet in self.kept)

    def answers_from_memory(self) -> int:
        """Rows, of those not left out, for whose answers no page was read."""
        return sum(bet.from_memory for bet in self.kept)

    def outcomes_from_memory(self) -> int:
        """Rows, of those not left out, for whose outcome no page was read."""
        return sum(self.outcomes[bet.id].from_memory for bet in self.kept)


@cache
def outcomes() -> Mapping[str, BetOutcome]:
    """The outcome of every bet of the register, by its id."""
    return {id: outcome for population in populations() for id, outcome in _outcomes(population.id)}


def settled_bets() -> tuple[tuple[PublicBet, float], ...]:
    """The bets that odds are learnt from, each with its success: those not left out whose outcome is known."""
    told = outcomes()
    return tuple(
        (bet, success) for bet in register() if bet.left_out is None and (success := told[bet.id].success) is not None
    )


@cache
def outcomes_hash() -> str:
    """SHA-256 of protocol, rows and outcomes: what the odds of today are learnt from."""
    paths = sorted(FOLDER.glob("outcomes/*.csv"))
    return sha256_of({"register": register_hash()} | {path.name: sha256_of(path.read_bytes()) for path in paths})


def _outcomes(population: str) -> tuple[tuple[str, BetOutcome], ...]:
    found = []
    for row in read_table(FOLDER / "outcomes" / f"{population}.csv").rows:
        told = {name: cell.text for name, cell in row.items()}
        page = "; ".join(told[name] for name in ("publisher", "title", "published") if name in told)
        outcome = BetOutcome(
            told["outcome"],
            told.get("outcome_on", ""),
            float(told["public_loss"]) if "public_loss" in told else None,
            told.get("currency", ""),
            told["basis"] == MEMORY,
            "" if told["basis"] == MEMORY else page,
            told["confidence"],
            told.get("note", ""),
        )
        found.append((told["id"], outcome))
    return tuple(found)
