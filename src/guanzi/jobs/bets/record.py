"""Luck or method: what came of a city's bets against what the register expects of bets that were answered alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from guanzi.advice.odds import answers_of, odds_without
from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, meant, plain_words
from guanzi.intake.bets import AskedBet, case_answers, outcomes, outcomes_hash, read_bets, register
from guanzi.intake.industries import names_of
from guanzi.jobs.bets.declared import ExpectedData, RecordData, RecordRequest
from guanzi.record.evidence import builtin_precedents, case_title, city_names, load_city
from guanzi.study.bets import ExpectedSum, PlacedBet, PlaceRecord, asked_answers, coded, place_record

if TYPE_CHECKING:
    from guanzi.render import Document


Request = RecordRequest


def record_of(request: Request) -> PlaceRecord:
    """The record of a city, or of the bets of a file; none of these bets forecasts itself or another of them.

    Raises:
        InvalidInput: Everything that is wrong with the file, or no settled bet of the city is known.
    """
    bets, unsettled, name = _of_file(Path(request.of)) if request.of.lower().endswith(".csv") else _of_city(request.of)
    if not bets:
        cause = Message.of("desk.bets.no_record", place=request.of)
        fix = meant(request.of, _recorded(), Message.of("desk.bets.no_record.mend"))
        raise InvalidInput(Problem(cause, Place("PLACE"), fix, excerpt=request.of))
    return place_record(odds_without(_same(bets)), bets, name, unsettled)


def _same(bets: list[PlacedBet]) -> frozenset[str]:
    """Rows of the register that are among the bets, by id, or as the case that they are."""
    ids = {bet.id for bet in bets}
    return frozenset(row.id for row in register() if row.id in ids or row.case in ids)


def _of_city(asked: str) -> tuple[list[PlacedBet], tuple[str, ...], str]:
    """Bets of the register placed in a city, and settled cases of the library that are none of them."""
    slug, name = _city(asked)
    rows = [bet for bet in register() if _is_in(bet.place, name)]
    told = outcomes()
    placed = [
        PlacedBet(
            bet.id,
            case_title(bet.case) if bet.case else bet.name,
            bet.population if bet.left_out is None else "",
            bet.decided,
            coded(answers_of(bet)),
            success,
            "register",
            bet.betrays,
        )
        for bet in rows
        if (success := told[bet.id].success) is not None
    ]
    cases = [_of_case(p.case, p.decided.isoformat(), p.success) for p in builtin_precedents() if p.region == slug]
    placed += [bet for bet in cases if bet.id not in {row.case for row in rows}]
    settled = {bet.id for bet in placed}
    return placed, tuple(bet.id for bet in rows if bet.id not in settled), name


def _of_case(case: str, decided: str, success: float) -> PlacedBet:
    return PlacedBet(case, case_title(case), "", decided, coded(case_answers().get(case, {})), success, "case", True)


def _city(asked: str) -> tuple[str, Bilingual]:
    """Id and name in both languages of a place, by any of its names; else what was asked for, as a name is written."""
    wanted = asked.casefold().removesuffix("市")
    named = ((id, name) for id, name in _places() if wanted in (id, name.casefold(), name.localised("zh")))
    return next(named, (wanted, Bilingual(asked.title() if asked.islower() else asked)))


def _places() -> Iterator[tuple[str, Bilingual]]:
    """Cities of which files are shipped, and the other Chinese cities and provinces."""
    for id in city_names():
        city = load_city(id)
        yield id, Bilingual(city.name, city.name_zh.removesuffix("市"))
    for kind in ("city", "province"):
        yield from ((place.name.casefold(), place.name) for place in names_of(kind).values())


def _recorded() -> set[str]:
    """Names of places of which bets are known, in every language in which they have one."""
    places = {re.split(r"[,(]", bet.place)[0].strip() for bet in register()} - {""}
    regions = {precedent.region for precedent in builtin_precedents()}
    both = {name.localised("zh") for id, name in _places() if id in regions or name in places}
    return places | both | {region.title() for region in regions}


def _is_in(place: str, name: str) -> bool:
    words = place.casefold().replace(",", " ").replace("(", " ").replace(")", " ").split()
    wanted = name.casefold().split()
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


def _of_file(path: Path) -> tuple[list[PlacedBet], tuple[str, ...], str]:
    file = read_bets(path, with_outcomes=True)
    placed = list(_placed(file.bets))
    settled = {bet.id for bet in placed}
    return placed, tuple(bet.id for bet in file.bets if bet.id not in settled), path.name


def _placed(bets: tuple[AskedBet, ...]) -> Iterator[PlacedBet]:
    for bet in bets:
        if bet.success is not None:
            row = coded(asked_answers(bet.answers)[0])
            yield PlacedBet(bet.id, "", bet.population, bet.decided, row, bet.success, "file", False)


def data(result: PlaceRecord) -> RecordData:
    """The record as plain data."""
    return {
        "of": plain_words(result.of),
        "model": outcomes_hash(),
        "settled": len(result.bets),
        "unsettled": list(result.unsettled),
        "successes": result.came,
        "expected_unanswered": _expected_data(result.unanswered),
        "expected_answered": _expected_data(result.answered),
        "verdict": result.verdict,
        "hidden_failures_that_would_explain": result.hidden,
        "coder_knew": sum(bet.knew for bet in result.bets),
        "bets": [
            {
                "id": bet.id,
                "name": plain_words(bet.name) or None,
                "population": bet.population or None,
                "decided": bet.decided,
                "source": bet.source,
                "success": bet.success,
                "probability_unanswered": bet.alone,
                "probability": bet.answered,
                "coder_knew": bet.knew,
            }
            for bet in result.bets
        ],
    }


def _expected_data(expected: ExpectedSum) -> ExpectedData:
    return {
        "mean": expected.mean,
        "low": expected.low,
        "high": expected.high,
        "chance_of_as_many": expected.as_many,
        "chance_of_as_few": expected.as_few,
    }


def document_of(result: PlaceRecord) -> Document:
    """The record as a document."""
    from guanzi.jobs.bets.documents.record import record_document

    return record_document(result)
