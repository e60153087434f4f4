"""The register of bets: its populations with what came of them, and one of them, or one bet, with all its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from guanzi.advice.odds import answers_of
from guanzi.base.core import InvalidInput, Message, Place, Problem, meant, plain_words
from guanzi.intake.bets import (
    BetOutcome,
    PopulationRecord,
    PublicBet,
    outcomes,
    outcomes_hash,
    populations,
    register,
    second_codings,
)
from guanzi.jobs.bets.declared import (
    BetData,
    PopulationBets,
    PopulationCounts,
    PopulationData,
    PopulationsData,
    PopulationsRequest,
    RegisterData,
    RegisterRequest,
)
from guanzi.study.bets import kappa

if TYPE_CHECKING:
    from guanzi.render import Document


TWICE = ("in_business", "made_before")
"""Questions that were coded twice."""


Request = RegisterRequest


@dataclass(frozen=True, slots=True)
class Result:
    """What was asked for: whole populations, or, where one bet was asked for, its population with that row alone."""

    populations: tuple[PopulationRecord, ...]
    asked: str


def list_populations(request: PopulationsRequest) -> Result:
    """All populations of the register."""
    return show_register(Request(""))


def show_register(request: Request) -> Result:
    """Populations of the register, or one of them, or one bet.

    Raises:
        InvalidInput: The register holds neither a population nor a bet of this id.
    """
    told, asked = outcomes(), request.id
    records = tuple(
        PopulationRecord(population, bets, told)
        for population in populations()
        if (bets := tuple(bet for bet in register() if bet.population == population.id and _is_asked(bet, asked)))
    )
    if not records:
        ids = [population.id for population in populations()] + [bet.id for bet in register()]
        fix = meant(asked, ids, Message.of("desk.bets.unknown.mend"))
        raise InvalidInput(Problem(Message.of("desk.bets.unknown", bet=asked), Place("ID"), fix, excerpt=asked))
    return Result(records, asked)


def _is_asked(bet: PublicBet, asked: str) -> bool:
    return not asked or asked.casefold() in (bet.id.casefold(), bet.population.casefold())


def coded_twice(population: str) -> tuple[int, Mapping[str, float | None]]:
    """Rows of a population that a second coder coded, and by question how far the two agreed beyond chance.

    Cohen's kappa, an unknown answer being a class of its own; None where both coders know only one class.
    """
    again = second_codings()
    pairs = [(bet.answers, again[bet.id]) for bet in register() if bet.population == population and bet.id in again]
    found: dict[str, float | None] = {}
    for name in TWICE:
        agreed = kappa(*([coding.get(name, "unknown") for coding in codings] for codings in zip(*pairs, strict=True)))
        found[name] = None if isnan(agreed) else agreed
    return len(pairs), found


def data(result: Result) -> RegisterData:
    """The rows of a population, or one bet, as plain data."""
    return {"model": outcomes_hash(), "populations": [_bets(record) for record in result.populations]}


def counts_data(result: Result) -> PopulationsData:
    """Populations as plain data, with counts of their rows."""
    return {"model": outcomes_hash(), "populations": [_counts(record) for record in result.populations]}


def _about(record: PopulationRecord) -> PopulationData:
    population = record.population
    return {
        "id": population.id,
        "name": plain_words(population.name),
        "country": population.country,
        "rule": plain_words(population.rule),
        "complete": plain_words(population.complete),
        "sources": list(population.sources),
    }


def _bets(record: PopulationRecord) -> PopulationBets:
    bets = [_bet(bet, record.outcomes[bet.id]) for bet in record.bets]
    return {**_about(record), "bets": bets}


def _counts(record: PopulationRecord) -> PopulationCounts:
    twice, agreed = coded_twice(record.population.id)
    return {
        **_about(record),
        "rows": len(record.bets),
        "left_out": len(record.bets) - len(record.kept),
        "outcomes": dict(record.came()),
        "betray": sum(bet.betrays for bet in record.kept),
        "answers_from_memory": record.answers_from_memory(),
        "outcomes_from_memory": record.outcomes_from_memory(),
        "coded_twice": twice,
        "kappa": dict(agreed),
    }


def _bet(bet: PublicBet, outcome: BetOutcome) -> BetData:
    return {
        "id": bet.id,
        "name": bet.name,
        "sponsor": bet.sponsor,
        "place": bet.place,
        "sector": bet.sector,
        "decided": bet.decided,
        "form": bet.form,
        "public_sum_millions": bet.public_sum,
        "planned_investment_millions": bet.investment,
        "currency": bet.currency,
        "answers": dict(answers_of(bet)),
        "betrays": bet.betrays,
        "answers_from_memory": bet.from_memory,
        "left_out": bet.left_out,
        "edge": bet.edge,
        "case": bet.case or None,
        "sources": list(bet.sources),
        "notes": list(bet.notes),
        "outcome": {
            "outcome": outcome.outcome,
            "on": outcome.on or None,
            "public_loss_millions": outcome.loss,
            "currency": outcome.currency or None,
            "from_memory": outcome.from_memory,
            "source": outcome.source or None,
            "confidence": outcome.confidence,
            "note": outcome.note,
        },
    }


def document_of(result: Result) -> Document:
    """The register as a document."""
    from guanzi.jobs.bets.documents.register import bet_document, populations_document, rows_document

    if not result.asked:
        twice = {record.population.id: coded_twice(record.population.id) for record in result.populations}
        return populations_document(result.populations, twice)
    (record,) = result.populations
    if record.population.id.casefold() == result.asked.casefold():
        return rows_document(record)
    return bet_document(record)
